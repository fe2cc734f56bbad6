"""Works out what a target means in figures: the level or amount to reach, and its origin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard.analysis.actuals import done_by, is_flow
from dashboard.analysis.point import Point, has_value, is_complete
from dashboard.analysis.points import Points
from dashboard.analysis.series_breaks import breaks_between
from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind


@dataclass(frozen=True, slots=True)
class Goal:
    """The way from ``start`` to ``value``, in base units.

    ``limit`` is a goal not to be exceeded. ``base`` is what growth and increase are counted from,
    with its month where it is a figure. ``start`` is None where nothing says where the way begins.
    ``measure`` is what completion is a share of. ``reason`` says why there is no goal.
    """

    value: float | None = None
    start: float | None = None
    limit: bool = False
    base: float | None = None
    base_period: Period | None = None
    measure: float = 0.0
    missing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def falls(self) -> bool:
        """Whether the way leads down from a higher level."""
        return self.limit and self.start is not None and self.start > (self.value or 0.0)

    @property
    def behind_it(self) -> bool:
        """Whether a known level was where it is to be when the time began: no way to go."""
        if self.base is None or self.start is None or self.value is None:
            return False
        return self.start <= self.value if self.limit else self.start >= self.value


def goal_of(points: Points, target: Target, area: str) -> Goal:
    """The goal of a target in an area: its own, or one below that it holds for too."""
    meaning = points.catalogue.indicators[target.indicator]
    flows = is_flow(meaning)
    if target.kind is TargetKind.GROWTH:
        return _growth(points, target, area, flows)
    if target.kind is TargetKind.INCREASE:
        return _increase(points, target, area, flows)
    limit = target.kind is TargetKind.AT_MOST
    if flows:
        return Goal(target.value, 0.0, limit, measure=target.value)
    if target.base is not None and target.area == area:
        return Goal(target.value, target.base, limit, target.base, measure=target.value)
    begun = _begun(points, target, area)
    if begun is None:
        return Goal(target.value, None, limit, measure=target.value)
    month, point = begun
    return Goal(target.value, point.value, limit, point.value, month, target.value, point.missing)


class ReportedBase(NamedTuple):
    """The figure that a store has for the month a base is of."""

    period: Period
    point: Point


def reported_base(points: Points, target: Target) -> ReportedBase | None:
    """What the figures give where the base was typed; None where they say nothing of its month."""
    goal = goal_of(points, replace(target, base=None), target.area)
    back = target.period.plus(-12) if target.kind is TargetKind.GROWTH else target.start.plus(-1)
    month = target.base_period or back
    if goal.base is None or goal.base_period != month or goal.missing:
        return None
    point = points.point(target.indicator, target.area, month)
    return ReportedBase(month, replace(point, value=goal.base)) if has_value(point) else None


def _begun(points: Points, target: Target, area: str) -> tuple[Period, Point] | None:
    """Where a level stood before the target's time: in the month named, else when last known.

    A figure of some areas alone counts only where it is of the month before the first. A limit
    holds from the first month on: no way down is made of what was longer ago.
    """
    month = target.base_period or target.start.plus(-1)
    point = _usable(points, target, area, month, points.point(target.indicator, area, month))
    if point is not None or target.base_period or target.kind is TargetKind.AT_MOST:
        return None if point is None else (month, point)
    for earlier in reversed(points.candidates(target.indicator, area)):
        if earlier < month:
            point = points.point(target.indicator, area, earlier)
            point = _usable(points, target, area, earlier, point)
            if is_complete(point):
                return earlier, point
    return None


def _usable(
    points: Points, target: Target, area: str, month: Period, point: Point | None
) -> Point | None:
    """The point unless it is disputed or a break lies between it and the date the target is due."""
    if not has_value(point) or point.status == FigureStatus.DISPUTED:
        return None
    breaks = breaks_between(
        points.catalogue, points.areas, target.indicator, area, month, target.period
    )
    broken = points.is_broken(area, month, points.boundaries_of or target.period)
    return None if breaks or broken else point


def _base(points: Points, target: Target, area: str, month: Period, flows: bool) -> Goal:
    """A goal without a value yet: the base with its month, or why there is none."""
    if target.base is not None and target.area == area:
        return Goal(base=target.base, base_period=target.base_period)
    month = target.base_period or month
    if flows and target.months <= 12 and target.base_period is None:
        shifted = target.start.plus(-12)
        point = done_by(points, target.indicator, area, shifted, month)
    else:
        point = points.point(target.indicator, area, month)
    if not has_value(point):
        return Goal(reason="no_base")
    if point.status == FigureStatus.DISPUTED:
        return Goal(reason="disputed")
    if _usable(points, target, area, month, point) is None:
        return Goal(reason="break")
    return Goal(base=point.value, base_period=month, missing=point.missing)


def _growth(points: Points, target: Target, area: str, flows: bool) -> Goal:
    meaning = points.catalogue.indicators[target.indicator]
    start_from = _base(points, target, area, target.period.plus(-12), flows)
    if start_from.base is None:
        return start_from
    base = start_from.base
    if meaning.is_rate:
        value = base + target.value
    elif base == 0:
        return Goal(base=base, base_period=start_from.base_period, reason="zero_base")
    elif abs(base) < meaning.base_min:
        return Goal(base=base, base_period=start_from.base_period, reason="base_too_small")
    else:
        value = base + abs(base) * target.value / 100
    start = 0.0 if flows else base
    return Goal(
        value, start, target.value < 0, base, start_from.base_period, value, start_from.missing
    )


def _increase(points: Points, target: Target, area: str, flows: bool) -> Goal:
    if flows and target.base is None and target.base_period is None:
        return Goal(target.value, 0.0, measure=target.value)  # counts what was added
    start_from = _base(points, target, area, target.start.plus(-1), flows)
    if start_from.reason == "no_base" and not flows and (begun := _begun(points, target, area)):
        month, point = begun
        start_from = Goal(base=point.value, base_period=month, missing=point.missing)
    if start_from.base is None:
        return start_from
    start = 0.0 if flows else start_from.base
    return Goal(
        start_from.base + target.value,
        start,
        target.value < 0,
        start_from.base,
        start_from.base_period,
        target.value,
        start_from.missing,
    )
