"""Comparisons and walks through time, each refusing what would mean nothing.

A year-to-date figure is compared with the same months of another year; before it is compared with
the period before, it is de-accumulated. A refusal carries its reason as a word key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboard.analysis.point import added, has_value, mixed, taken_off, with_values
from dashboard.analysis.points import COMPUTED, Point, Points, combine
from dashboard.analysis.series_breaks import Mark, breaks_between, marks_between
from dashboard.base.language import Text
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Accumulation, FigureStatus, Indicator, Part, Polarity
from dashboard.catalogue.periods import Period

__all__ = [
    "COMPARISONS",
    "Change",
    "Mark",
    "breaks_between",
    "change",
    "compare",
    "flow",
    "marks_between",
    "period_on_period",
    "rank",
    "share",
    "step_before",
    "year_on_year",
]


@dataclass(frozen=True, slots=True)
class Change:
    """A comparison or why there is none.

    ``value`` is in percent, or in points where ``kind`` is "points"; ``absolute`` in base units.
    ``word`` is up, down or unchanged; ``tone`` better, worse, neutral or none. ``then`` is the
    value compared with, where one is there.
    """

    value: float | None
    absolute: float | None = None
    kind: str = "percent"
    base: Period | None = None
    word: str = ""
    tone: str = "none"
    reason: str = ""
    break_name: Text | None = None
    then: float | None = None


def _tone(indicator: Indicator, word: str) -> str:
    if word == "unchanged":
        return "none"
    if indicator.polarity is Polarity.NEUTRAL:
        return "neutral"
    return "better" if (word == "up") == (indicator.polarity is Polarity.HIGHER_BETTER) else "worse"


def kind_of_change(indicator: Indicator) -> str:
    """In what a change is given: "points" of a rate, "percent" of anything else."""
    return "points" if indicator.is_rate else "percent"


def compare(indicator: Indicator, now: Point | None, then: Point | None, base: Period) -> Change:
    """Two points of one quantity; a rate in points, everything else in percent of the base."""
    kind = kind_of_change(indicator)
    if not has_value(now):
        return Change(None, kind=kind, base=base, reason="not_reported")
    if not has_value(then):
        return Change(None, kind=kind, base=base, reason="no_base")
    if FigureStatus.DISPUTED in (now.status, then.status):
        return Change(None, kind=kind, base=base, reason="disputed")
    if set(now.missing) != set(then.missing):
        return Change(None, kind=kind, base=base, reason="partial_differs")
    absolute = now.amount - then.amount
    value, reason = _measured(indicator, absolute, then.amount)
    if value is None:
        return Change(None, absolute, kind, base, reason=reason, then=then.value)
    word = _direction(half_up(value, 1))
    tone = _tone(indicator, word)
    return Change(value, absolute, kind, base, word, tone, then=then.value)


def _measured(indicator: Indicator, absolute: float, base: float) -> tuple[float | None, str]:
    """A difference in points or in percent of its base; None and the reason where neither is."""
    if indicator.is_rate:
        return absolute, ""
    if base == 0:
        return (None, "zero_base") if absolute else (0.0, "")
    if abs(base) < indicator.base_min:
        return None, "base_too_small"
    return absolute / abs(base) * 100, ""


def _direction(rounded: float) -> str:
    if rounded > 0:
        return "up"
    return "down" if rounded < 0 else "unchanged"


def _refused(
    points: Points, indicator: Indicator, area: str, base: Period, now: Period
) -> Change | None:
    kind = kind_of_change(indicator)
    if indicator.accumulation is Accumulation.OVER_SPAN:
        return Change(None, kind=kind, base=base, reason="over_span")
    breaks = breaks_between(points.catalogue, points.areas, indicator.id, area, base, now)
    if breaks and points.value(indicator.id, area, base) is not None:
        return Change(
            None, kind=kind, base=base, reason="break_between", break_name=breaks[-1].name
        )
    return None


def year_on_year(points: Points, indicator: str, area: str, period: Period) -> Change:
    """同比: against the same period of the year before."""
    meaning, base = points.catalogue.indicators[indicator], period.plus(-12)
    refusal = _refused(points, meaning, area, base, period)
    if refusal is not None:
        return refusal
    return compare(
        meaning, points.point(indicator, area, period), points.point(indicator, area, base), base
    )


def flow(points: Points, indicator: str, area: str, period: Period, months: int) -> Point | None:
    """What happened in the ``months`` ending with ``period``: de-accumulated where needed.

    An end-of-period figure, a standard and a rate are what they are at the end of the period.
    """
    meaning = points.catalogue.indicators[indicator]
    now = points.point(indicator, area, period)
    if not has_value(now):
        return now
    if meaning.accumulation is Accumulation.IN_MONTH and months > 1:
        return _sum_of_months(points, indicator, area, period, months)
    if meaning.accumulation is not Accumulation.YEAR_TO_DATE or period.month == months:
        return now
    if meaning.numerator:
        return _flow_of_ratio(points, meaning, area, period, months)
    if period.month < months:
        return None
    return _de_accumulated(points, indicator, area, period.plus(-months), period)


def _sum_of_months(
    points: Points, indicator: str, area: str, period: Period, months: int
) -> Point | None:
    """The amounts of so many months up to ``period`` added up, where each of them is known."""
    parts = with_values(points.point(indicator, area, period.plus(-back)) for back in range(months))
    if len(parts) != months or mixed(parts):
        return None
    if points.is_broken(area, period.plus(1 - months), period):
        return None
    return added(parts)


def _de_accumulated(
    points: Points, indicator: str, area: str, first: Period, period: Period
) -> Point | None:
    """What a running total grew by from ``first`` to ``period``, both of the same areas."""
    now, before = points.point(indicator, area, period), points.point(indicator, area, first)
    if not has_value(now) or not has_value(before) or set(before.missing) != set(now.missing):
        return None
    if mixed((now, before)) or points.is_broken(area, first, period):
        return None
    return taken_off(now, before)


def _flow_of_ratio(
    points: Points, meaning: Indicator, area: str, period: Period, months: int
) -> Point | None:
    top = flow(points, meaning.numerator, area, period, months)
    bottom = flow(points, meaning.denominator, area, period, months)
    if not has_value(top) or not has_value(bottom) or not bottom.amount:
        return None
    return combine(top.amount / bottom.amount * meaning.unit.multiplier, [top, bottom], COMPUTED)


def step_before(points: Points, indicator: str, area: str, period: Period) -> int:
    """How many months lie between the figures here: 1, 3, 6, or 0 where none is before."""
    for months in (1, 3, 6):
        if (
            period.month % months == 0
            and points.value(indicator, area, period.plus(-months)) is not None
        ):
            return months
    return 0


def period_on_period(points: Points, indicator: str, area: str, period: Period) -> Change:
    """环比: the month (or quarter) against the one before, de-accumulated first."""
    meaning = points.catalogue.indicators[indicator]
    months = step_before(points, indicator, area, period)
    base = period.plus(-(months or 1))
    refusal = _refused(points, meaning, area, base, period)
    if refusal is not None:
        return refusal
    if not months:
        return Change(None, kind=kind_of_change(meaning), base=base, reason="no_base")
    return compare(
        meaning,
        flow(points, indicator, area, period, months),
        flow(points, indicator, area, base, months),
        base,
    )


COMPARISONS: dict[str, Callable[[Points, str, str, Period], Change]] = {
    "year_on_year": year_on_year,
    "period_on_period": period_on_period,
}


def change(
    comparison: str, points: Points, indicator: str, area: str, period: Period
) -> Change | None:
    """The chosen comparison, or None where none is chosen."""
    compared = COMPARISONS.get(comparison)
    return compared(points, indicator, area, period) if compared else None


def share(points: Points, indicator: str, area: str, period: Period) -> Point | None:
    """Percent of a component in its parent; None for an of-which line or an incomplete figure."""
    meaning = points.catalogue.indicators[indicator]
    if meaning.part is not Part.COMPONENT:
        return None
    part, whole = points.point(indicator, area, period), points.point(meaning.parent, area, period)
    if not has_value(part) or not has_value(whole) or not whole.amount:
        return None
    if part.partial or whole.partial:
        return None
    return combine(part.amount / whole.amount * 100, [part, whole], COMPUTED)


def rank(
    points: Points, indicator: str, areas: Iterable[str], period: Period
) -> dict[str, tuple[int, int]]:
    """Place of each area that has a value, and of how many; 1 is best, or largest where neutral."""
    meaning = points.catalogue.indicators[indicator]
    values = {code: points.value(indicator, code, period) for code in areas}
    present = {code: value for code, value in values.items() if value is not None}
    low_first = meaning.polarity is Polarity.LOWER_BETTER
    return {
        code: (
            1
            + sum((other < value) if low_first else (other > value) for other in present.values()),
            len(present),
        )
        for code, value in present.items()
    }
