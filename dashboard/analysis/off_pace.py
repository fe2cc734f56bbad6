"""Says of a target off pace which streets hold it back, and what is known of the reason."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.actuals import done_by
from dashboard.analysis.lagging_streets import Holdbacks
from dashboard.analysis.point import has_value, is_complete
from dashboard.analysis.points import Points
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.analysis.target_task import Manner
from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.targets import Milestone, Path

OFF_PACE = (Status.BEHIND, Status.OVER_LIMIT, Status.OVERDUE)


@dataclass(frozen=True, slots=True)
class MissedMilestone:
    """A milestone that was not reached, and what there was in its month, in base units."""

    milestone: Milestone
    actual: float


@dataclass(frozen=True, slots=True)
class OffPace:
    """One target off pace. ``comment`` is the office's own reason, "" where it gave none.

    ``year_before`` is what was spent in the whole year before the one of a limit, in base units.
    """

    row: Progress
    holdbacks: Holdbacks
    comment: str = ""
    missed: MissedMilestone | None = None
    year_before: float | None = None

    @property
    def months_overdue(self) -> int:
        """How many months ago the target was due; 0 where it is not overdue."""
        if self.row.status is not Status.OVERDUE:
            return 0
        return max(months_between(self.row.target.period, self.row.period), 0)


def missed_milestone(row: Progress, points: Points) -> MissedMilestone | None:
    """The latest milestone up to the judged month that was not reached."""
    target, at = row.target, row.actual_period
    if target.path is not Path.MILESTONES or at is None:
        return None
    for milestone in sorted(target.milestones, reverse=True):
        if milestone.period > at:
            continue
        point = done_by(points, target.indicator, row.area, target.start, milestone.period)
        if not has_value(point) or not is_complete(point):
            return None
        reached = point.amount >= milestone.value
        return None if reached else MissedMilestone(milestone, point.amount)
    return None


def spent_year_before(row: Progress, points: Points) -> float | None:
    """Of a limit on a calendar year's spending: what was spent in the year before."""
    target = row.target
    if row.task is None or row.task.manner is not Manner.SPEND or target.months != 12:
        return None
    start, end = target.start.plus(-12), target.period.plus(-12)
    if points.is_broken(row.area, end, target.period):
        return None
    point = done_by(points, target.indicator, row.area, Period(start.year, start.month), end)
    return point.value if is_complete(point) else None
