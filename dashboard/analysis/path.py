"""Works out the way a target was meant to go, month by month, and how far along it things were."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.analysis.actuals import done_by
from dashboard.analysis.pace import pace_of
from dashboard.analysis.point import Point
from dashboard.analysis.points import Points
from dashboard.analysis.progress import expected_level, share_on_path
from dashboard.analysis.target_goals import goal_of
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target


class PathStep(NamedTuple):
    """One month: what was expected by its end (None where nothing was), and what was done.

    Base units; ``actual`` is None where nothing was reported up to ``last``.
    """

    period: Period
    expected: float | None
    actual: Point | None


def path_of(points: Points, target: Target, area: str, last: Period) -> list[PathStep]:
    """Every month from the target's first to the one it is due in; actuals up to ``last``."""
    goal = goal_of(points, target, area)
    steps = []
    for ahead in range(target.months):
        month = target.start.plus(ahead)
        pace = pace_of(points, target, area, month)
        expected = None
        if goal.value is not None:
            expected = expected_level(target, goal, share_on_path(target, pace)[0], month)
        actual = done_by(points, target.indicator, area, target.start, month)
        known = month <= last and actual is not None and actual.value is not None
        steps.append(PathStep(month, expected, actual if known else None))
    return steps
