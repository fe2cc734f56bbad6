"""What was done from one month to another: a flow's amount, or where a level stands at the end."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.points import COMPUTED, Point, Points, combine
from dashboard.analysis.transforms import flow
from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import months_between

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
        return flow(points, indicator, area, period, months_between(start, period) + 1)
    parts = []
    for year in range(start.year, period.year + 1):
        last = period if year == period.year else Period(year, 12)
        first = start.month if year == start.year else 1
        parts.append(flow(points, indicator, area, last, last.month - first + 1))
    found = [part for part in parts if part is not None and part.value is not None]
    if len(found) != len(parts):
        return None
    if len(found) == 1:
        return found[0]
    return combine(sum(part.value or 0.0 for part in found), found, COMPUTED)


def latest_done(
    points: Points, indicator: str, area: str, start: Period, last: Period
) -> tuple[Period, Point] | None:
    """The newest month up to ``last`` for which it is known what was done, and what."""
    for back in range(months_between(start, last) + 1):
        point = done_by(points, indicator, area, start, last.plus(-back))
        if point is not None and point.value is not None:
            return last.plus(-back), point
    return None


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
    months = period.month if meaning.per_month else 1
    tops: list[float] = []
    bottoms: list[float] = []
    below = [child.code for child in points.areas.children(area, period)]
    for places in ([area], below):
        for code in places:
            top = points.point(meaning.numerator, code, period)
            bottom = points.point(meaning.denominator, code, period)
            if top is None or bottom is None or top.value is None or bottom.value is None:
                continue
            if code == area and (top.partial or bottom.partial):
                continue
            tops.append(top.value)
            bottoms.append(bottom.value * months)
        if tops:
            return RatioParts(sum(tops), sum(bottoms), meaning.unit.multiplier)
    return None


def best_month(
    points: Points, indicator: str, area: str, start: Period, last: Period
) -> tuple[Period, float] | None:
    """The month from ``start`` to ``last`` in which most was added, and how much; None if unknown.

    Of a rate, what was added to its numerator.
    """
    meaning = points.catalogue.indicators[indicator]
    counted = meaning.numerator or indicator
    level = not is_flow(points.catalogue.indicators[counted])
    best: tuple[Period, float] | None = None
    for ahead in range(months_between(start, last) + 1):
        period = start.plus(ahead)
        point = flow(points, counted, area, period, 1)
        if point is None or point.value is None or point.partial:
            continue
        added = point.value
        if level:
            before = points.point(counted, area, period.plus(-1))
            if before is None or before.value is None or before.partial:
                continue
            added -= before.value
        if best is None or added > best[1]:
            best = (period, added)
    return best
