"""Defines a mention: an amount of a draft with what is stated around it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.catalogue.spans import Period, Span
from dashboard.intake.drafts.amounts import Amount

ACTUAL, TARGET, STANDARD, CHANGE = "actual", "target", "standard", "change"
PART, TOTAL = "part", "total"


@dataclass(frozen=True, slots=True)
class Mention:
    """An amount of passage ``passage`` with its context; offsets are within the passage.

    ``deadline`` is the phrase by which a target is due, ``in_force`` the month from which a
    standard applies.
    """

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
    in_force: Period | None = None

    @property
    def place(self) -> tuple[int, int, int]:
        """Passage, start and end."""
        return self.passage, self.amount.start, self.amount.end
