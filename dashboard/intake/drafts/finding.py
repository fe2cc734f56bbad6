"""Defines a contradiction in a draft: which rule, its arithmetic, and the places it stands at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.mention import Mention

ERROR, WARNING, NOTE = "error", "warning", "note"
_SEVERITIES = (ERROR, WARNING, NOTE)
Spot = tuple[int, int, int]  # passage, start, end


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """What a rule objects to; ``spots`` are its places in reading order.

    ``arithmetic`` is what gives another value than the one printed, with that value. Two rules may
    come to the same and name it differently: the mean (平均数) and the value per head (人均).
    ``marked_by`` is the message without what the store adds to it; empty where it adds nothing.
    """

    rule: str
    severity: str
    message: Text
    spots: tuple[Spot, ...]
    arithmetic: str = ""
    marked_by: str = ""

    @property
    def claim(self) -> str:
        """The arithmetic, else the message: two findings with the same one say the same."""
        return self.arithmetic or self.message.zh

    def repeats(self, earlier: DraftFinding) -> bool:
        """Whether an earlier finding, which has a place in common with this, makes it needless.

        It does where it says the same, or where the places of one are among those of the other,
        it objects to how two figures or more go together, and it is not weaker.
        """
        if self.claim == earlier.claim:
            return True
        own, others = frozenset(self.spots), frozenset(earlier.spots)
        is_stronger = _SEVERITIES.index(self.severity) < _SEVERITIES.index(earlier.severity)
        return len(others) > 1 and not is_stronger and (own <= others or others <= own)

    def with_store(self, stored: DraftFinding) -> DraftFinding:
        """This finding with what the store says of one of its figures: one slip, listed once."""
        message = Text(
            f"{self.message.zh}；{stored.message.zh}", f"{self.message.en}; {stored.message.en}"
        )
        severity = min(self.severity, stored.severity, key=_SEVERITIES.index)
        marked_by = self.marked_by or self.message.zh
        return replace(self, message=message, severity=severity, marked_by=marked_by)

    def mark(self, texts: Sequence[str]) -> str:
        """A short mark that stays while rule and figures stay; ``texts`` are the passages."""
        figures = "|".join(texts[passage][start:end] for passage, start, end in self.spots)
        line = f"{self.rule}|{figures}|{self.marked_by or self.message.zh}"
        return hashlib.sha256(line.encode()).hexdigest()[:10]


def finding(
    rule: str, message: Text, mentions: Sequence[Mention], severity: str = ERROR
) -> DraftFinding:
    """A finding at the places of mentions."""
    spots = tuple(sorted({mention.place for mention in mentions}))
    return DraftFinding(rule, severity, message, spots)


def contradiction(
    rule: str, about: Text, arithmetic: str, stated: Mention, mentions: Sequence[Mention]
) -> DraftFinding:
    """A finding that a stated figure is not what the arithmetic gives."""
    written = stated.amount.written
    line = f"{arithmetic}，写的是 {written}"
    message = Text(f"{about.zh}：{line}", f"{about.en}: {arithmetic}, printed is {written}")
    return replace(finding(rule, message, mentions), arithmetic=line)


def printed(value: Decimal, places: int | None = None) -> str:
    """A number without useless noughts: 3881.98; rounded half up to ``places``."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_unit_of(value: Decimal, model: Mention) -> str:
    """A value of base units in the unit and decimals of a mention: 3881.98万元."""
    unit = model.amount.unit
    factor = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}.get(unit[:1], Decimal(1))
    if unit in {"%", "‰", "成"}:
        factor, unit = Decimal(1), "%"
    return f"{printed(value / factor, 3)}{unit}"
