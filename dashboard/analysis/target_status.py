"""Whether a target is met, on pace or behind, and by how many points: the rule for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.analysis.points import Point
from dashboard.analysis.target_goals import Goal
from dashboard.catalogue.targets import Path, Target, TargetKind

NEAR = 1e-9  # share by which two figures may differ and still be the same


class Status(StrEnum):
    """How a target stands."""

    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    DONE = "done"
    MISSED = "missed"
    NOT_DUE = "not_due"
    CANNOT_JUDGE = "cannot_judge"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many points on a gap is called ahead or behind."""

    ahead: float = 5.0
    behind: float = 5.0


@dataclass(frozen=True, slots=True)
class Standing:
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
    def from_base(self) -> bool:
        """Whether a level is judged by the way from an earlier one."""
        return self.goal.base is not None and not self.flows


def completion(at: Standing) -> float | None:
    """Done ÷ target in percent, by kind; None where a percentage would mean nothing."""
    if at.small:
        return None
    if at.target.kind is TargetKind.BY_DATE and at.met:
        return 100.0
    if at.target.kind is TargetKind.INCREASE:
        done = at.value - (at.goal.base or 0.0)
        return done / at.goal.measure * 100 if at.goal.measure else None
    if at.goal.limit and not at.flows:
        return _completion_of_limit(at)
    return at.value / at.aim * 100 if at.aim > 0 else None


def _completion_of_limit(at: Standing) -> float | None:
    """Of a level that may not exceed the aim: how much of the way down to it is done."""
    start = at.goal.start
    if at.goal.falls and start is not None:
        return (start - at.value) / (start - at.aim) * 100
    if at.met:
        return 100.0
    return at.aim / at.value * 100 if at.value > 0 and at.aim >= 0 else None


def gap(at: Standing) -> float | None:
    """How far from what is expected by now, in points of the way; negative is behind.

    The way leads from where it starts to the aim. Where there is none, or one too short for
    percentages, points are those of the aim itself.
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


def judge(at: Standing, thresholds: Thresholds) -> Status:
    """The status by kind; the caller has ruled out what cannot be judged at all."""
    if at.goal.limit:
        return _of_limit(at, thresholds)
    status = _of_exact(at) if at.target.kind is TargetKind.EXACTLY else _of_least(at)
    if status is not None:
        return status
    if at.ended:
        # What is missing may still make it up; and a quota goes on after its date.
        quota = at.target.kind is TargetKind.RATIO
        return Status.BEHIND if at.partial or quota else Status.MISSED
    if at.target.kind is TargetKind.BY_DATE or at.target.path is Path.AT_END:
        return Status.NOT_DUE
    return _before_due(at, thresholds)


def _of_exact(at: Standing) -> Status | None:
    """Missed where a flow can come back no more, done where a level is in reach; else None."""
    beyond = at.value > at.aim + at.slack
    if beyond and (at.ended or at.flows):
        return Status.MISSED
    settled = at.ended or not at.flows
    return Status.DONE if at.met and settled and not at.partial else None


def _of_least(at: Standing) -> Status | None:
    """Done where the aim is reached for certain; None where it is not reached."""
    if not at.met:
        return None
    # A total of counts with some missing can only be higher, a rate need not.
    certain = not at.partial or at.flows or not _is_rate(at)
    return Status.DONE if certain else Status.ON_PACE


def _is_rate(at: Standing) -> bool:
    return at.target.kind is TargetKind.RATIO or at.actual.origin == "computed"


def _of_limit(at: Standing, thresholds: Thresholds) -> Status:
    if at.ended:
        return _of_limit_at_its_date(at)
    if at.flows:
        if not at.met:
            return Status.MISSED
    elif at.met:
        return Status.DONE if at.goal.falls and not at.partial else Status.ON_PACE
    if at.target.path is Path.AT_END:
        return Status.NOT_DUE
    # A level above its limit that never was to fall from higher has no way to be on.
    return _before_due(at, thresholds) if at.flows or at.goal.falls else Status.BEHIND


def _of_limit_at_its_date(at: Standing) -> Status:
    if not at.met:
        return Status.MISSED
    return Status.CANNOT_JUDGE if at.partial else Status.DONE


def _before_due(at: Standing, thresholds: Thresholds) -> Status:
    points = gap(at)
    if points is None:
        return Status.CANNOT_JUDGE
    if points <= -thresholds.behind:
        return Status.BEHIND
    return Status.AHEAD if points >= thresholds.ahead else Status.ON_PACE
