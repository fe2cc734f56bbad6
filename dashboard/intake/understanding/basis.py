"""Works out which time a figure counts over, as headings, labels and titles say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.catalogue.grid import Measure, Programme
from dashboard.intake.understanding.meaning import SlotContext
from dashboard.intake.understanding.words import (
    BASIS,
    IN_MONTH,
    IN_QUARTER,
    MEASURE,
    MONTH,
    TO_DATE,
    Fact,
)

_MONEY = tuple(Fact(MEASURE, measure) for measure in ("money", "per_head", "standard"))
_COUNTED_TO_DATE = {"persons": "person_times", "households": "household_times"}


def basis_of(levels: Iterable[Sequence[Fact]]) -> str:
    """What the innermost of the headings and labels that speaks of a basis says, else empty."""
    for facts in levels:
        words = [fact.value for fact in facts if fact.slot == BASIS]
        for word in (TO_DATE, IN_MONTH, IN_QUARTER):
            if word in words:
                return word
        if MONTH in words and any(fact in _MONEY for fact in facts):
            return IN_MONTH
    return ""


def titled_basis(levels: Iterable[Sequence[Fact]]) -> str:
    """What the nearest title that speaks of a basis says, else empty; 9月份 says nothing."""
    for facts in levels:
        for word in (TO_DATE, IN_MONTH, IN_QUARTER):
            if Fact(BASIS, word) in facts:
                return word
    return ""


def measure_to_date(
    context: SlotContext, programme: Programme, measure: Measure, basis: str
) -> Measure:
    """累计人数 of a benefit are person-times, 累计人均 an average of the months."""
    if basis != TO_DATE or not any(Fact(BASIS, TO_DATE) in facts for facts in context.inner):
        return measure
    if programme.kind == "benefit" and measure.id in _COUNTED_TO_DATE:
        return context.grid.measures[_COUNTED_TO_DATE[measure.id]]
    if measure.id == "per_head":
        return context.grid.measures["per_head_to_date"]
    return measure
