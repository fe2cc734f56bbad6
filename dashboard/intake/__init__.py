"""Files in: opened, judged by what the store knows, taken whole or not at all.

What is offered here is imported when it is first asked for: a process that reads one file apart,
or lists what came in, does not wait for the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.base.progress import QUIET, Cancelled, JobProgress
    from dashboard.intake.hand_in import Store, receive
    from dashboard.intake.sheet_preview import SheetPreview, preview
    from dashboard.intake.submission_request import Handover, SheetOutcome
    from dashboard.store.mappings import remember_mapping

_MODULES = {
    "QUIET": "dashboard.base.progress",
    "Cancelled": "dashboard.base.progress",
    "Handover": "dashboard.intake.submission_request",
    "JobProgress": "dashboard.base.progress",
    "SheetOutcome": "dashboard.intake.submission_request",
    "SheetPreview": "dashboard.intake.sheet_preview",
    "Store": "dashboard.intake.hand_in",
    "preview": "dashboard.intake.sheet_preview",
    "receive": "dashboard.intake.hand_in",
    "remember_mapping": "dashboard.store.mappings",
}

__all__ = [
    "QUIET",
    "Cancelled",
    "Handover",
    "JobProgress",
    "SheetOutcome",
    "SheetPreview",
    "Store",
    "preview",
    "receive",
    "remember_mapping",
]


def __getattr__(name: str) -> object:
    """What the package offers by this name; raises AttributeError for another."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
