"""Works out the task of a target: what is to be done in its time, what was done, what is due now.

Every share, gap and sentence of a target is counted on this task; the level is no second base.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.analysis.target_status import NEAR, TargetStanding
from dashboard.catalogue.concepts import Aggregation, Indicator


class Manner(StrEnum):
    """How a target is counted, and so put into words."""

    ADD = "add"  # so many more than there were
    REACH = "reach"  # a number, from nothing or from where nobody knows
    DO = "do"  # an amount within the time
    SPEND = "spend"  # an amount that may not be exceeded
    REDUCE = "reduce"  # so many fewer than there were
    KEEP = "keep"  # a number that is there already
    LIMIT = "limit"  # a level that may not be exceeded
    RISE = "rise"  # a rate or a standard
    FALL = "fall"  # a rate or a standard that is to be low


SHARED = frozenset({Manner.ADD, Manner.REACH, Manner.DO, Manner.SPEND, Manner.REDUCE})


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done in all, what was done, and what is due by now, in base units.

    Of a rate, a standard and a limit these are levels; ``start`` is where a level began, where that
    is known. ``due`` is None where nothing is expected yet.
    """

    manner: Manner
    total: float
    done: float
    due: float | None = None
    start: float | None = None

    @property
    def has_shares(self) -> bool:
        """Whether percentages of the task mean something."""
        return self.manner in SHARED and self.total > 0 and self.done >= 0

    def share(self, amount: float | None) -> float | None:
        """An amount of the task in percent of all of it; None where that would mean nothing."""
        return None if amount is None or not self.has_shares else amount / self.total * 100

    @property
    def gap(self) -> float | None:
        """How far from what is due, in the task's unit; negative is behind."""
        if self.due is None:
            return None
        ahead = self.done - self.due
        return -ahead if self.manner in (Manner.SPEND, Manner.LIMIT, Manner.FALL) else ahead

    def at(self, level: float) -> float:
        """A level or amount, counted on the task."""
        if self.manner is Manner.ADD:
            return level - (self.start or 0.0)
        return (self.start or 0.0) - level if self.manner is Manner.REDUCE else level


def task_of(meaning: Indicator, at: TargetStanding) -> Task:
    """The task of a target that has a goal and a figure."""
    manner = _manner(meaning, at)
    blank = Task(manner, 0.0, 0.0, start=at.goal.start)
    due = None if at.expected is None else blank.at(at.expected)
    return Task(manner, blank.at(at.aim), blank.at(at.value), due, at.goal.start)


def _manner(meaning: Indicator, at: TargetStanding) -> Manner:
    if meaning.aggregation is not Aggregation.SUM or meaning.is_rate:
        return Manner.FALL if at.goal.limit else Manner.RISE
    if at.flows:
        return Manner.SPEND if at.goal.limit else Manner.DO
    if at.goal.limit:
        return Manner.REDUCE if at.goal.falls else Manner.LIMIT
    if at.goal.behind_it:
        return Manner.KEEP
    return Manner.REACH if at.goal.base is None or _is_nothing(at.goal.start) else Manner.ADD


def _is_nothing(start: float | None) -> bool:
    return start is None or abs(start) <= NEAR
