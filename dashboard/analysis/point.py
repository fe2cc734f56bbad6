"""Defines one point: a value in base units and how it came about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, TypeGuard, TypeVar

from dashboard.catalogue.area_changes import AreaChange, ChangeRule
from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period

T = TypeVar("T")
STORED, COMPUTED, ROLLED_UP = "stored", "computed", "rolled_up"


SUM_BELOW, STATED = "sum_below", "stated"


class OtherValue(NamedTuple):
    """Another value of the same quantity: what the areas below make up, or what was stated.

    ``kind`` is SUM_BELOW for a stated figure that differs from a complete sum, STATED for a rate
    that was stated otherwise than its counts give.
    """

    kind: str
    value: float


@dataclass(frozen=True, slots=True)
class Point:
    """One value in base units with how it came about.

    ``partial`` is (areas with a figure, areas expected) of an incomplete total, else None;
    ``missing`` names the codes that are not in it. ``restated`` are the changes of areas by whose
    rules the value is told for another area than it was reported of; without a value, those by
    which it could not be. ``qualifier`` is the word by which the value was stated as approximate,
    ``marks`` are those that neither status nor origin says. ``from_below`` says that the figures of
    areas below are in it; ``differs`` is the other value where two ways to the same quantity
    disagree. ``sides`` are the numerator and the denominator that a rate was made of.
    """

    value: float | None
    status: str = FigureStatus.FINAL
    origin: str = STORED
    partial: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    submissions: frozenset[int] = frozenset()
    grades: frozenset[str] = frozenset()
    since: Period | None = None
    others: tuple[float, ...] = ()
    restated: tuple[AreaChange, ...] = ()
    qualifier: str = ""
    marks: frozenset[FigureMark] = frozenset()
    from_below: bool = False
    differs: OtherValue | None = None
    sides: tuple[float, float] | None = None

    @property
    def amount(self) -> float:
        """The value; 0 where there is none."""
        return self.value or 0.0

    @property
    def is_approximate(self) -> bool:
        """Whether the value was stated as approximate, or is made of such values."""
        return bool(self.qualifier) or FigureMark.APPROXIMATE in self.marks

    @property
    def is_estimate(self) -> bool:
        """Whether the value is a share by rule of what another area reported."""
        return any(change.rule is ChangeRule.APPORTION for change in self.restated)


@dataclass(frozen=True, slots=True)
class TargetPoint:
    """A target or plan that applies: value in base units, and what it was set for."""

    value: float
    kind: str
    area: str
    period: Period
    submission: int


def value_of(point: Point | None) -> float | None:
    """The value of a point; None where there is no point, or none with a value."""
    return None if point is None else point.value


def has_value(point: Point | None) -> TypeGuard[Point]:
    """Whether there is a point, and a value in it."""
    return point is not None and point.value is not None


def is_complete(point: Point | None) -> TypeGuard[Point]:
    """Whether there is a value, and no area is missing from it."""
    return has_value(point) and not point.partial


def with_values(points: Iterable[Point | None]) -> list[Point]:
    """Those of the points that have a value."""
    return [point for point in points if has_value(point)]


def inputs(catalogue: Catalogue, indicators: Iterable[str]) -> frozenset[str]:
    """The ids to fetch so that these indicators can be derived wherever they are not stored."""
    ids: set[str] = set()
    waiting = [name for name in indicators if name in catalogue.indicators]
    while waiting:
        name = waiting.pop()
        if name in ids:
            continue
        ids.add(name)
        indicator = catalogue.indicators[name]
        waiting += [i for i in (indicator.numerator, indicator.denominator, indicator.linked) if i]
        waiting += [part.id for parts in catalogue.partitions(name) for part in parts]
    return frozenset(ids)


_UNFIRM = (FigureStatus.DISPUTED, FigureStatus.DRAFT, FigureStatus.PROVISIONAL)


def _worst(statuses: Collection[str]) -> str:
    return next((status for status in _UNFIRM if status in statuses), FigureStatus.FINAL)


def combine(value: float, parts: Iterable[Point], origin: str) -> Point:
    """A point made from others: as firm as the least firm, from all their submissions."""
    parts = list(parts)
    partial = [part for part in parts if part.partial]
    restated = [part.restated for part in parts if part.restated]
    return Point(
        value=value,
        status=_worst({part.status for part in parts}),
        origin=origin,
        partial=partial[0].partial if partial else None,
        missing=_each_once(partial) if partial else (),
        submissions=_joined({part.submissions for part in parts}),
        grades=_joined({part.grades for part in parts}),
        restated=tuple(sorted({*chain.from_iterable(restated)})) if restated else (),
        marks=_marks_of(parts),
        from_below=any([part.from_below for part in parts]),
    )


def _joined(sets: Collection[frozenset[T]]) -> frozenset[T]:
    """All elements of some sets, which are few."""
    return frozenset().union(*sets)


def combine_none(parts: Iterable[Point], status: str) -> Point:
    """A point without a value, for the reason ``status``, of parts that are reported."""
    return replace(combine(0.0, parts, COMPUTED), value=None, status=status)


_OWN = {FigureMark.AFTER_BREAK}  # of the area itself, not of a total it is in


def _marks_of(parts: Iterable[Point]) -> frozenset[FigureMark]:
    """The marks of a figure made from others; what is made of approximate ones is so itself."""
    marks: frozenset[FigureMark] = frozenset()
    for part in parts:
        if part.marks or part.qualifier:
            about = {FigureMark.APPROXIMATE} if part.is_approximate else set()
            marks |= (part.marks - _OWN) | about
    return marks


def _each_once(partial: Iterable[Point]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for part in partial for code in part.missing))


def added(parts: Sequence[Point], origin: str = COMPUTED) -> Point:
    """The sum of points that all have a value."""
    return combine(sum(part.amount for part in parts), parts, origin)


def taken_off(whole: Point, part: Point) -> Point:
    """The difference of two points that both have a value."""
    return combine(whole.amount - part.amount, [whole, part], COMPUTED)


def mixed(parts: Iterable[Point]) -> bool:
    """Whether an estimate stands beside a figure of other boundaries: they make no sum."""
    parts = list(parts)
    restatements = {part.restated for part in parts}
    return len(restatements) > 1 and any(part.is_estimate for part in parts)
