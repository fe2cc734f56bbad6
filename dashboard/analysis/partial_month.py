"""Works out what there is of a month newer than the one judged: who has reported, an estimate.

The range is made of what is known: the areas that have reported as they did, each of the others
with its slowest and its fastest month of the year before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.analysis.actuals import added_in, done_by, months_of
from dashboard.analysis.point import Point, has_value, is_complete
from dashboard.analysis.points import Points
from dashboard.catalogue.concepts import Aggregation
from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.targets import Target

FEWEST_MONTHS = 3  # of an area, for its slowest and fastest month to say something


@dataclass(frozen=True, slots=True)
class NewerPart:
    """A month for which ``reported`` of ``whole`` areas below have a figure.

    ``low`` and ``high`` are what all of them may come to, base units; None where nothing tells.
    """

    period: Period
    reported: int
    whole: int
    low: float | None = None
    high: float | None = None


def newer_part(points: Points, target: Target, area: str, at: Period) -> NewerPart | None:
    """The newest month after ``at`` of which only a part is known; None where a month is whole."""
    newest = None
    for month in months_of(at.plus(1), target.period):
        point = done_by(points, target.indicator, area, target.start, month)
        if is_complete(point):
            return None
        if has_value(point) and point.partial:
            newest = _estimated(points, target, at, month, point)
    return newest


def _estimated(
    points: Points, target: Target, at: Period, month: Period, point: Point
) -> NewerPart:
    reported, whole = point.partial or (0, 0)
    part = NewerPart(month, reported, whole)
    if points.catalogue.indicators[target.indicator].aggregation is not Aggregation.SUM:
        return part
    ends = list(_ends(points, target, at, month, point.missing))
    if len(ends) != len(point.missing):
        return part
    low, high = (point.amount + sum(side) for side in zip(*ends, strict=True))
    return NewerPart(month, reported, whole, low, high)


def _ends(
    points: Points, target: Target, at: Period, month: Period, missing: tuple[str, ...]
) -> Iterator[tuple[float, float]]:
    """The least and the most that each missing area may come to, where its months tell it."""
    for code in missing:
        before = done_by(points, target.indicator, code, target.start, at)
        known = added_in(points, target.indicator, code, months_of(at.plus(-11), at))
        if has_value(before) and len(known) >= FEWEST_MONTHS:
            amounts, ahead = [amount for _, amount in known], months_between(at, month)
            yield before.amount + ahead * min(amounts), before.amount + ahead * max(amounts)
