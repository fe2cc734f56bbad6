"""Files in: opened, judged by what the store knows, taken whole or not at all."""

from dashboard.base.progress import QUIET, Cancelled, Progress
from dashboard.intake.preview import SheetPreview, preview
from dashboard.intake.receive import Store, receive
from dashboard.intake.submission_request import Handover, Receipt
from dashboard.store.mappings import remember_mapping

__all__ = [
    "QUIET",
    "Cancelled",
    "Handover",
    "Progress",
    "Receipt",
    "SheetPreview",
    "Store",
    "preview",
    "receive",
    "remember_mapping",
]
