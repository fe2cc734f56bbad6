"""Defines a mention: an amount of a draft with what is stated around it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.catalogue.spans import Span
from dashboard.intake.drafts.amounts import Amount

ACTUAL, TARGET, STANDARD, CHANGE = "actual", "target", "standard", "change"
PART, TOTAL = "part", "total"


@dataclass(frozen=True, slots=True)
class Mention:
    """An amount of passage ``passage`` with its context; offsets are within the passage."""

    amount: Amount
    passage: int
    sentence: tuple[int, int]
    before: str
    after: str
    subject: str = ""
    area: str = ""
    period: Span | None = None
    period_text: str = ""
    kind: str = ACTUAL
    relation: str = ""
    deadline: str = ""

    @property
    def place(self) -> tuple[int, int, int]:
        """Passage, start and end."""
        return self.passage, self.amount.start, self.amount.end
