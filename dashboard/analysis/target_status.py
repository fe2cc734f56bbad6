"""Works out whether a target is met, on pace or behind, and by how many points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.analysis.point import COMPUTED, Point
from dashboard.analysis.target_goals import Goal
from dashboard.catalogue.targets import Path, Target, TargetKind

NEAR = 1e-9  # share by which two figures may differ and still be the same


class Status(StrEnum):
    """How a target stands."""

    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    DONE = "done"
    OVERDUE = "overdue"  # 逾期: the date is there and the goal is not reached
    OVER_LIMIT = "over_limit"  # 超支: more than a limit allows, which nothing takes back
    NOT_DUE = "not_due"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many points on a gap is called ahead or behind.

    ``reported`` is the share (0 to 1) of the expected areas with which a period is judged.
    """

    ahead: float = 5.0
    behind: float = 5.0
    reported: float = 0.8


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """All that a verdict follows from. ``ended``: the figure is that of the date due."""

    target: Target
    goal: Goal
    actual: Point
    expected: float | None
    flows: bool
    ended: bool
    base_min: float

    @property
    def value(self) -> float:
        """What was done."""
        return self.actual.value or 0.0

    @property
    def aim(self) -> float:
        """What is to be reached, or not to be exceeded."""
        return self.goal.value or 0.0

    @property
    def slack(self) -> float:
        """By how much the figure may miss the aim."""
        share = self.target.tolerance if self.target.kind is TargetKind.EXACTLY else 0.0
        return max(share, NEAR) * max(abs(self.aim), NEAR)

    @property
    def met(self) -> bool:
        """Whether the figure is where it is to be."""
        if self.target.kind is TargetKind.EXACTLY:
            return abs(self.value - self.aim) <= self.slack
        over = self.value - self.aim
        return over <= self.slack if self.goal.limit else over >= -self.slack

    @property
    def small(self) -> bool:
        """Whether percentages of so small a number would say nothing."""
        return abs(self.goal.measure) < self.base_min

    @property
    def partial(self) -> bool:
        """Whether areas are missing from the figure."""
        return self.actual.partial is not None

    @property
    def beyond(self) -> bool:
        """Whether the figure is more than the aim allows."""
        exact = self.target.kind is TargetKind.EXACTLY
        return (exact or self.goal.limit) and self.value > self.aim + self.slack

    @property
    def adds_up(self) -> bool:
        """Whether what areas are missing can only make the figure larger; of a rate it need not."""
        is_rate = self.target.kind is TargetKind.RATIO or self.actual.origin == COMPUTED
        return self.flows or not is_rate

    @property
    def from_base(self) -> bool:
        """Whether a level is judged by the way from an earlier one."""
        return self.goal.base is not None and not self.flows


def task_gap(at: TargetStanding) -> float | None:
    """How far from what is expected by now, in points of the way; negative is behind.

    The way leads from where it starts to the aim. Where there is none, or one too short for
    percentages, points are those of the aim itself. Only the verdict and the order follow from it.
    """
    if at.expected is None or at.small:
        return None
    distance = 0.0 if at.goal.behind_it else abs(at.aim - (at.goal.start or 0.0))
    if distance <= NEAR * abs(at.aim) or distance < at.base_min:
        distance = abs(at.aim)
    if distance == 0:
        return None
    ahead = at.value - at.expected
    return (-ahead if at.goal.limit else ahead) / distance * 100


def judge(at: TargetStanding, thresholds: Thresholds) -> Status:
    """The status by kind; the caller has ruled out what cannot be judged at all.

    An incomplete total is judged only where what is missing could not alter the verdict.
    """
    status = _judged(at, thresholds)
    return Status.NOT_JUDGED if at.partial and not _is_certain(at, status) else status


def _is_certain(at: TargetStanding, status: Status) -> bool:
    """Whether the areas that are missing could not make it another verdict."""
    if not at.adds_up:
        return False
    if at.beyond:
        return True
    if at.goal.limit or at.target.kind is TargetKind.EXACTLY:
        return False
    return (
        at.met or status is Status.NOT_DUE or (status in _FORWARD and (task_gap(at) or -1.0) >= 0)
    )


_FORWARD = (Status.AHEAD, Status.ON_PACE)


def _judged(at: TargetStanding, thresholds: Thresholds) -> Status:
    if at.goal.limit:
        return _of_limit(at, thresholds)
    if at.target.kind is TargetKind.EXACTLY:
        return _of_exact(at, thresholds)
    if at.met:
        return Status.DONE
    return _not_reached(at, thresholds)


def _not_reached(at: TargetStanding, thresholds: Thresholds) -> Status:
    """What is to be said of a goal that is not reached yet."""
    if at.ended:  # a quota goes on after its date
        return Status.BEHIND if at.target.kind is TargetKind.RATIO else Status.OVERDUE
    if at.target.kind is TargetKind.BY_DATE or at.target.path is Path.AT_END:
        return Status.NOT_DUE
    return _before_due(at, thresholds)


def _of_exact(at: TargetStanding, thresholds: Thresholds) -> Status:
    """Done within the tolerance; above it never ahead, and a flow can come back no more."""
    if at.beyond:
        if at.flows:
            return Status.OVER_LIMIT
        return Status.OVERDUE if at.ended else Status.BEHIND
    if at.met and (at.ended or not at.flows):
        return Status.DONE
    status = _not_reached(at, thresholds)
    return Status.ON_PACE if status is Status.AHEAD else status


def _of_limit(at: TargetStanding, thresholds: Thresholds) -> Status:
    if at.flows and not at.met:
        return Status.OVER_LIMIT
    if at.ended:
        return Status.DONE if at.met else Status.OVERDUE
    if at.met and not at.flows:
        return Status.DONE if at.goal.falls else Status.ON_PACE
    if at.target.path is Path.AT_END:
        return Status.NOT_DUE
    # A level above its limit that never was to fall from higher has no way to be on.
    return _before_due(at, thresholds) if at.flows or at.goal.falls else Status.BEHIND


def _before_due(at: TargetStanding, thresholds: Thresholds) -> Status:
    points = task_gap(at)
    if points is None:
        return Status.NOT_JUDGED
    if points <= -thresholds.behind:
        return Status.BEHIND
    return Status.AHEAD if points >= thresholds.ahead else Status.ON_PACE
