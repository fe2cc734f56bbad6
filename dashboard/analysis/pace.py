"""Measures time elapsed (序时进度): by the calendar and by the indicator's own earlier years."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeGuard

from dashboard.analysis.actuals import done_by, is_flow
from dashboard.analysis.point import Point, is_complete
from dashboard.analysis.points import Points
from dashboard.analysis.series_breaks import breaks_between
from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.periods import Period, months_between, months_counted
from dashboard.catalogue.targets import Target

YEARS_BACK = 3
FEWEST_YEARS = 2  # of which a curve is made: one odd year would be the rule


@dataclass(frozen=True, slots=True)
class Pace:
    """Shares (0 to 1) of the time, and of the years' totals reached by this month before.

    ``curve`` holds (year, share) of each earlier year that was complete, newest first.
    """

    calendar: float
    curve: tuple[tuple[int, float], ...] = ()

    @property
    def historical(self) -> float | None:
        """The median share of the earlier years; None with fewer than two."""
        enough = len(self.curve) >= FEWEST_YEARS
        return median(share for _, share in self.curve) if enough else None

    @property
    def range(self) -> tuple[float, float] | None:
        """The lowest and the highest share of the earlier years; None with fewer than two."""
        shares = [share for _, share in self.curve]
        return (min(shares), max(shares)) if len(shares) > 1 else None

    @property
    def years(self) -> tuple[int, ...]:
        """The years the curve is made of, oldest first."""
        return tuple(sorted(year for year, _ in self.curve))


def calendar_share(start: Period, due: Period, period: Period) -> float:
    """Share of the months from ``start`` to ``due`` over at the end of ``period``, 0 to 1."""
    whole = months_counted(start, due)
    return min(max((months_counted(start, period)) / whole, 0.0), 1.0)


def pace_of(points: Points, target: Target, area: str, period: Period) -> Pace:
    """How much of the target's time is over at the end of ``period``, both ways.

    Only what counts up from nothing within a year has a curve of its own.
    """
    calendar = calendar_share(target.start, target.period, period)
    if not is_flow(points.catalogue.indicators[target.indicator]) or target.months > 12:
        return Pace(calendar)
    return Pace(calendar, tuple(_curve(points, target, area, period)))


def _curve(points: Points, target: Target, area: str, period: Period) -> list[tuple[int, float]]:
    curve = []
    for back in range(1, YEARS_BACK + 1):
        start, then, due = (p.plus(-12 * back) for p in (target.start, period, target.period))
        part = done_by(points, target.indicator, area, start, then)
        whole = done_by(points, target.indicator, area, start, due)
        if not _is_firm(part) or not _is_firm(whole) or not whole.amount:
            continue
        if breaks_between(points.catalogue, points.areas, target.indicator, area, start, due):
            continue
        if points.is_broken(area, due, period):
            continue
        share = part.amount / whole.amount
        if 0 <= share <= 1:
            curve.append((due.year, share))
    return curve


def _is_firm(point: Point | None) -> TypeGuard[Point]:
    """Whether there is a complete value that nobody disputes."""
    return is_complete(point) and point.status != FigureStatus.DISPUTED


def milestone_level(
    target: Target, start: float | None, goal: float, period: Period
) -> float | None:
    """What the milestones expect at the end of ``period``, on straight lines between them.

    None before the first of them where it is not known where the way starts.
    """
    steps: list[tuple[Period, float]] = [*target.milestones]
    if start is not None:
        steps.insert(0, (target.start.plus(-1), start))
    elif period < steps[0][0]:
        return None
    if period == steps[0][0]:
        return steps[0][1]
    if steps[-1][0] < target.period:
        steps.append((target.period, goal))
    for (before, low), (after, high) in pairwise(steps):
        if period <= after:
            share = months_between(before, period) / max(months_between(before, after), 1)
            return low + (high - low) * min(max(share, 0.0), 1.0)
    return steps[-1][1]
