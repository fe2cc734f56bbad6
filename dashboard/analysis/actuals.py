"""Works out what was done between two months: a flow's amount, or a level at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.comparisons import flow
from dashboard.analysis.point import Point, added, has_value, is_complete, with_values
from dashboard.analysis.points import Points
from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator
from dashboard.catalogue.periods import Period, months_counted

_FLOWS = (Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH, Accumulation.OVER_SPAN)


def is_flow(indicator: Indicator) -> bool:
    """Whether the indicator counts up from nothing; a stock, a standard and a rate do not."""
    counts = indicator.aggregation is not Aggregation.RATIO and not indicator.is_rate
    return counts and indicator.accumulation in _FLOWS


def done_by(
    points: Points, indicator: str, area: str, start: Period, period: Period
) -> Point | None:
    """What was done from the month ``start`` to ``period``, in base units; None where unknown.

    A year-to-date figure is de-accumulated where the count begins within a year, and whole years
    are added where it runs over several; a level is what it is at the end.
    """
    meaning = points.catalogue.indicators[indicator]
    if not is_flow(meaning):
        return points.point(indicator, area, period)
    if meaning.accumulation is Accumulation.OVER_SPAN:
        point = points.point(indicator, area, period)
        return point if point is None or point.since in (None, start) else None
    if meaning.accumulation is Accumulation.IN_MONTH:
        return flow(points, indicator, area, period, months_counted(start, period))
    spans = _by_year(start, period)
    parts = with_values(flow(points, indicator, area, end, months) for end, months in spans)
    if len(parts) != len(spans):
        return None
    return parts[0] if len(parts) == 1 else added(parts)


def _by_year(start: Period, period: Period) -> list[tuple[Period, int]]:
    """The months from ``start`` to ``period`` cut at the years: last month, and how many."""
    spans = []
    for year in range(start.year, period.year + 1):
        last = period if year == period.year else Period(year, 12)
        first = start.month if year == start.year else 1
        spans.append((last, last.month - first + 1))
    return spans


def latest_done(
    points: Points, indicator: str, area: str, start: Period, last: Period
) -> tuple[Period, Point] | None:
    """The newest month up to ``last`` for which it is known what was done, and what.

    A month in which most of the expected areas have reported comes before a newer one in which
    only a few have: these say nothing of the others.
    """
    of_few = None
    for back in range(months_counted(start, last)):
        point = done_by(points, indicator, area, start, last.plus(-back))
        if not has_value(point):
            continue
        if not point.partial or point.partial[0] * 2 > point.partial[1]:
            return last.plus(-back), point
        of_few = of_few or (last.plus(-back), point)
    return of_few


def missing_months(
    points: Points, indicator: str, area: str, last: Period
) -> list[tuple[Period, Period]]:
    """The months of the year, as runs, without which later single months make no running total.

    Empty where none is known up to ``last``, or the indicator is no running total.
    """
    twin = points.catalogue.indicators[indicator].linked
    meaning = points.catalogue.indicators[indicator]
    if not twin or meaning.accumulation is not Accumulation.YEAR_TO_DATE:
        return []
    runs: list[tuple[Period, Period]] = []
    waiting: list[Period] = []
    for month in months_of(Period(last.year, 1), last):
        if not has_value(points.point(twin, area, month)):
            waiting.append(month)
        elif waiting:
            runs.append((waiting[0], waiting[-1]))
            waiting = []
    return runs


@dataclass(frozen=True, slots=True)
class RatioParts:
    """What a rate is made of here: Σ numerator, Σ denominator, and what their quotient is times."""

    numerator: float
    denominator: float
    multiplier: float

    def short_of(self, rate: float) -> float:
        """How much of the numerator is missing for this rate; negative where it is above."""
        return rate * self.denominator / self.multiplier - self.numerator


def ratio_parts(points: Points, indicator: str, area: str, period: Period) -> RatioParts | None:
    """The sums behind a rate, over those areas below that have both where a total is incomplete."""
    meaning = points.catalogue.indicators[indicator]
    if meaning.aggregation is not Aggregation.RATIO:
        return None
    own = _sides(points, meaning, area, period)
    if own is not None and all(map(is_complete, own)):
        pairs = [own]
    else:
        below = points.areas.children(area, period)
        pairs = list(filter(None, (_sides(points, meaning, c.code, period) for c in below)))
    if not pairs:
        return None
    months = period.month if meaning.per_month else 1
    return RatioParts(
        sum(top.amount for top, _ in pairs),
        sum(bottom.amount * months for _, bottom in pairs),
        meaning.unit.multiplier,
    )


def _sides(
    points: Points, meaning: Indicator, area: str, period: Period
) -> tuple[Point, Point] | None:
    """Numerator and denominator of an area, where both have a value."""
    top = points.point(meaning.numerator, area, period)
    bottom = points.point(meaning.denominator, area, period)
    return (top, bottom) if has_value(top) and has_value(bottom) else None


def best_month(
    points: Points, indicator: str, area: str, months: Sequence[Period], falls: bool = False
) -> tuple[Period, float] | None:
    """The month of these in which most was added, and how much; None if unknown.

    Of a rate, what was added to its numerator. Of a level that ``falls``, the month in which it
    fell most and by how much, None where it never fell.
    """
    known = added_in(points, indicator, area, months)
    if falls:
        known = [(month, -amount) for month, amount in known if amount < 0]
    return max(known, key=lambda pair: pair[1], default=None)  # the earlier of equal months


def added_in(
    points: Points, indicator: str, area: str, months: Sequence[Period]
) -> list[tuple[Period, float]]:
    """What was added in each of these months where it is known; of a rate, to its numerator."""
    meaning = points.catalogue.indicators[indicator]
    counted = points.catalogue.indicators[meaning.numerator or indicator]
    amounts = [(month, _added_in(points, counted, area, month)) for month in months]
    return [(month, amount) for month, amount in amounts if amount is not None]


def months_of(start: Period, last: Period) -> list[Period]:
    """Every month from one to another, oldest first."""
    return [start.plus(ahead) for ahead in range(months_counted(start, last))]


def _added_in(points: Points, counted: Indicator, area: str, month: Period) -> float | None:
    """What was added in a month: a flow's amount, or by how much a level rose; complete only."""
    point = flow(points, counted.id, area, month, 1)
    if not is_complete(point):
        return None
    if is_flow(counted):
        return point.value
    before = points.point(counted.id, area, month.plus(-1))
    return point.amount - before.amount if is_complete(before) else None
