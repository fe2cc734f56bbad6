"""Files in: opened, judged by what the store knows, taken whole or not at all."""

from dashboard.base.progress import QUIET, Cancelled, JobProgress
from dashboard.intake.preview import SheetPreview, preview
from dashboard.intake.receive import Store, receive
from dashboard.intake.submission_request import Handover, SheetOutcome
from dashboard.store.mappings import remember_mapping

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
