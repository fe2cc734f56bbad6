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


def completion(at: Standing) -> float | None:
    """Done ÷ target in percent, by kind; None where a percentage would mean nothing."""
    aim, goal, value = at.aim, at.goal, at.value
    if at.small:
        return None
    if at.target.kind is TargetKind.BY_DATE and at.met:
        return 100.0
    if at.target.kind is TargetKind.INCREASE:
        done = value - (goal.base or 0.0)
        return done / goal.measure * 100 if goal.measure else None
    if goal.limit and not at.flows:
        if goal.falls and goal.start is not None:
            return (goal.start - value) / (goal.start - aim) * 100
        return 100.0 if at.met else aim / value * 100 if value > 0 and aim >= 0 else None
    return value / aim * 100 if aim > 0 else None


def gap(at: Standing) -> float | None:
    """How far from what is expected by now, in points of the way; negative is behind.

    The way leads from where it starts to the aim. Where there is none, or one too short for
    percentages, points are those of the aim itself.
    """
    if at.expected is None or at.small:
        return None
    way = 0.0 if at.goal.behind_it else abs(at.aim - (at.goal.start or 0.0))
    if way <= NEAR * abs(at.aim) or way < at.base_min:
        way = abs(at.aim)
    if way == 0:
        return None
    ahead = at.value - at.expected
    return (-ahead if at.goal.limit else ahead) / way * 100


def judge(at: Standing, thresholds: Thresholds) -> Status:
    """The status by kind; the caller has ruled out what cannot be judged at all."""
    if at.goal.limit:
        return _of_limit(at, thresholds)
    partial = at.actual.partial is not None
    if at.target.kind is TargetKind.EXACTLY:
        beyond = at.value > at.aim + at.slack
        if beyond and (at.ended or at.flows):
            return Status.MISSED
        if at.met and (at.ended or not at.flows) and not partial:
            return Status.DONE
    elif at.met:
        # A total of counts with some missing can only be higher, a rate need not.
        certain = not partial or at.flows or not _is_rate(at)
        return Status.DONE if certain else Status.ON_PACE
    if at.ended:
        # What is missing may still make it up; and a quota goes on after its date.
        quota = at.target.kind is TargetKind.RATIO
        return Status.BEHIND if partial or quota else Status.MISSED
    if at.target.kind is TargetKind.BY_DATE or at.target.path is Path.AT_END:
        return Status.NOT_DUE
    return _on_the_way(at, thresholds)


def _is_rate(at: Standing) -> bool:
    return at.target.kind is TargetKind.RATIO or at.actual.origin == "computed"


def _of_limit(at: Standing, thresholds: Thresholds) -> Status:
    partial = at.actual.partial is not None
    if not at.met and (at.flows or at.ended):
        return Status.MISSED
    if at.ended:
        return Status.CANNOT_JUDGE if partial else Status.DONE
    if not at.flows and at.met:
        return Status.DONE if at.goal.falls and not partial else Status.ON_PACE
    if at.target.path is Path.AT_END:
        return Status.NOT_DUE
    if not at.flows and not at.goal.falls:
        return Status.BEHIND
    return _on_the_way(at, thresholds)


def _on_the_way(at: Standing, thresholds: Thresholds) -> Status:
    points = gap(at)
    if points is None:
        return Status.CANNOT_JUDGE
    if points <= -thresholds.behind:
        return Status.BEHIND
    return Status.AHEAD if points >= thresholds.ahead else Status.ON_PACE
