"""Works out which time a figure counts over, as headings, labels and titles say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.catalogue.grid import Measure, Programme
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, SlotContext
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
_OF_THE_YEAR = ("本年", "本年度", "当年", "全年")  # 本年人数: those of this year's end, or all paid


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
) -> Measure | Gap:
    """累计人数 of a benefit are person-times, 累计人均 an average of the months.

    本年人数 may be these or, compared with 上年人数, the number at the end: it is asked.
    """
    words = [
        token.text
        for phrase in context.around.inner
        for token in phrase.tokens
        if token.has(BASIS, TO_DATE)
    ]
    if basis != TO_DATE or not words:
        return measure
    if programme.kind == "benefit" and measure.id in _COUNTED_TO_DATE:
        counted = context.grid.measures[_COUNTED_TO_DATE[measure.id]]
        of_year = all(word in _OF_THE_YEAR for word in words)
        return gaps.end_or_times(words[0], measure, counted) if of_year else counted
    if measure.id == "per_head":
        return context.grid.measures["per_head_to_date"]
    return measure
