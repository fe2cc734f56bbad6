"""Files in: opened, judged by what the store knows, taken whole or not at all."""

from dashboard.intake.handover import Handover
from dashboard.intake.opened_file import Receipt
from dashboard.intake.preview import SheetPreview, preview
from dashboard.intake.receive import Store, receive

__all__ = ["Handover", "Receipt", "SheetPreview", "Store", "preview", "receive"]
