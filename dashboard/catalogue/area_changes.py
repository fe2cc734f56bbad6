"""Defines changes of areas: merged, split, renamed; from which month, and by which rule.

A change is kept as pairs, one for each old and new area. An area that goes on under its own code
with another boundary stands on both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.catalogue.periods import Period

SHARE_TOLERANCE = 0.001  # how far the shares of one split may be from 1: three times 0.333


class ChangeKind(StrEnum):
    """What happened to the areas."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"


class ChangeRule(StrEnum):
    """How figures from before the change are told for the areas after it."""

    ADD = "add"
    APPORTION = "apportion"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True, order=True)
class AreaChange:
    """One pair: from ``period`` on, ``new`` holds what ``old`` was, or ``share`` (0 to 1) of it.

    ``submission`` is the number of the submission that states it, 0 before it is stored.
    """

    period: Period
    kind: ChangeKind
    old: str
    new: str
    rule: ChangeRule
    share: float = 1.0
    source: str = ""
    submission: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What one area was made of in one month: its pairs, ordered by the old area's code."""

    period: Period
    area: str
    pairs: tuple[AreaChange, ...]

    @property
    def is_break(self) -> bool:
        """Whether figures before and after cannot be compared at all."""
        return any(pair.rule is ChangeRule.NOT_COMPARABLE for pair in self.pairs)

    @property
    def is_rename(self) -> bool:
        """Whether only the name or code is another."""
        return all(pair.kind is ChangeKind.RENAME for pair in self.pairs)

    @property
    def goes_on(self) -> bool:
        """Whether the area was there before, under the same code."""
        return any(pair.old == self.area for pair in self.pairs)


class Changes:
    """All changes that count, looked up by the areas they made and the areas they ended.

    Shares of one old area are used relative to their sum, so that they add back to the whole.
    """

    def __init__(self, changes: Iterable[AreaChange] = ()) -> None:
        """Index the pairs."""
        self._pairs = tuple(sorted(changes))
        whole: defaultdict[tuple[Period, str], float] = defaultdict(float)
        for pair in self._pairs:
            whole[pair.period, pair.old] += pair.share
        made: defaultdict[tuple[str, Period], list[AreaChange]] = defaultdict(list)
        self._left: defaultdict[str, list[AreaChange]] = defaultdict(list)
        for pair in self._pairs:
            if pair.rule is ChangeRule.APPORTION:
                pair = replace(pair, share=pair.share / whole[pair.period, pair.old])
            made[pair.new, pair.period].append(pair)
            self._left[pair.old].append(pair)
        self._made: defaultdict[str, list[Step]] = defaultdict(list)
        for (area, period), pairs in sorted(made.items()):
            self._made[area].append(Step(period, area, tuple(pairs)))

    def __iter__(self) -> Iterator[AreaChange]:
        """All pairs as they were stated, oldest first."""
        return iter(self._pairs)

    def __len__(self) -> int:
        """The number of pairs."""
        return len(self._pairs)

    def made(self, area: str) -> tuple[Step, ...]:
        """What made the area what it is, oldest first."""
        return tuple(self._made.get(area, ()))

    def from_old(self, area: str) -> tuple[AreaChange, ...]:
        """The pairs in which the area is the old one, oldest first."""
        return tuple(self._left.get(area, ()))

    def latest(self, area: str, after: Period, until: Period | None) -> Step | None:
        """The last change of this area after one month and up to another; None where none was."""
        for step in reversed(self._made.get(area, ())):
            if step.period > after and (until is None or step.period <= until):
                return step
        return None

    def before(self, area: str) -> tuple[str, ...]:
        """The codes of all areas this one was made of, through every change; not its own."""
        codes: dict[str, None] = {}
        waiting = [area]
        while waiting:
            for step in self._made.get(waiting.pop(), ()):
                for pair in step.pairs:
                    if pair.old != area and pair.old not in codes:
                        codes[pair.old] = None
                        waiting.append(pair.old)
        return tuple(codes)

    def closed_in(self, area: str) -> Period | None:
        """The last month of an area that a change ended, None where it goes on."""
        for pair in self._left.get(area, ()):
            if all(step.period != pair.period for step in self._made.get(area, ())):
                return pair.period.plus(-1)
        return None

    def opened_in(self, area: str) -> Period | None:
        """The first month of an area that a change made, None where it was there before."""
        steps = self._made.get(area, ())
        return steps[0].period if steps and not steps[0].goes_on else None
