"""Derives points from stored figures: everything that honestly follows from them.

A point is looked for in this order: a ratio from its sums (Σ numerator ÷ Σ denominator), the stored
figure, the twin series (months ↔ year to date), a parent from its complete components, and the sum
over the areas below, marked as partial where some of them are missing. Nothing else is made up.
Where an area was merged, split or renamed since, its earlier figures are told by the rule of that
change; what lies below an area is always counted as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from copy import copy
from dataclasses import replace
from typing import TypeVar, cast

from dashboard.analysis.derived_pairs import linked, without_series
from dashboard.analysis.point import (
    STATED,
    SUM_BELOW,
    OtherValue,
    Point,
    TargetPoint,
    added,
    combine_none,
    has_value,
    inputs,
    is_complete,
    value_of,
)
from dashboard.analysis.reporting import parts_below
from dashboard.analysis.restatement import restate
from dashboard.analysis.rollup import divided, partial_ratio, rolled_up
from dashboard.catalogue.area_changes import Step
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import (
    Aggregation,
    Area,
    Figure,
    FigureKind,
    FigureStatus,
    Indicator,
)
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period

T = TypeVar("T")
CLOSE = 0.0005  # of a sum: nothing of a printed percentage
_SHOWN = (FigureKind.ACTUAL, FigureKind.STANDARD)


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) <= CLOSE * max(abs(one), abs(other))


def _stored_point(figure: Figure | None) -> Point | None:
    if figure is None:
        return None
    return Point(
        value=figure.value,
        status=figure.status,
        submissions=frozenset({figure.submission}),
        grades=frozenset({figure.grade}),
        since=figure.since,
        others=figure.others,
        qualifier=figure.qualifier,
        marks=figure.marks,
    )


def _differing(point: Point, differs: OtherValue | None) -> Point:
    """The point with the other value of its quantity, where there is one."""
    return point if differs is None else replace(point, differs=differs)


def _made_up_otherwise(stated: Point, below: float | None) -> OtherValue | None:
    """The complete sum of the areas below a stated figure, where it is another."""
    if below is None or _is_close(stated.amount, below):
        return None
    return OtherValue(SUM_BELOW, below)


def _stated_otherwise(
    indicator: Indicator, ratio: Point, stated: Point | None
) -> OtherValue | None:
    """A stated rate that its counts do not give; what was rounded to be printed is none."""
    if not has_value(stated) or not has_value(ratio):
        return None
    slack = 0.5 * 10.0**-indicator.decimals + 0.005 * abs(ratio.amount)
    if abs(stated.amount - ratio.amount) <= slack:
        return None
    return OtherValue(STATED, stated.amount)


class Points:
    """The figures of a few indicators, areas and periods, answering for derived ones too.

    ``boundaries_of`` is the month in whose boundaries earlier figures are told; None: as they were.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        areas: Areas,
        figures: Iterable[Figure],
        boundaries_of: Period | None = None,
    ) -> None:
        """Keep figures and targets apart, both by indicator, area and period."""
        self.catalogue, self.areas, self.boundaries_of = catalogue, areas, boundaries_of
        self._others: dict[Period | None, Points] = {boundaries_of: self}
        self._figures: dict[tuple[str, str, Period], Figure] = {}
        self._targets: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        self._stored: dict[tuple[str, str], set[Period]] = defaultdict(set)
        self._memo: dict[tuple[str, str, Period], Point | None] = {}
        self._candidates_of: dict[tuple[str, str], frozenset[Period]] = {}
        self._reached: dict[str, set[Period]] = {}
        self._kept: dict[Hashable, object] = {}
        self._reached_below: dict[tuple[str, Period], bool] = {}
        self._below: dict[tuple[str, Period], tuple[Area, ...]] = {}
        for figure in figures:
            if figure.kind in _SHOWN:
                key = (figure.indicator, figure.area, figure.period)
                if key not in self._figures or figure.kind == FigureKind.ACTUAL:
                    self._figures[key] = figure
                self._stored[figure.indicator, figure.area].add(figure.period)
            else:
                self._targets[figure.indicator, figure.area].append(figure)
        self._named = {name for name, _ in self._stored}
        self._reach()

    def _reach(self) -> None:
        """Note of each area the periods in which it, or an area below it, has a figure.

        In others no point follows: so the cost grows with the figures, not with all areas below.
        """
        reached: defaultdict[str, set[Period]] = defaultdict(set)
        for (_, area), periods in self._stored.items():
            reached[area] |= periods
        for area, periods in list(reached.items()):
            for above in self.areas.ancestors(area):
                reached[above.code] |= periods
        self._reached = dict(reached)

    def in_boundaries_of(self, month: Period | None) -> Points:
        """The same figures in the boundaries of another month; None: as they were."""
        if not self.areas.changes:
            return self
        if month not in self._others:
            other = copy(self)
            other.boundaries_of, other._memo, other._candidates_of = month, {}, {}
            other._kept = {}
            self._others[month] = other
        return self._others[month]

    def point(self, indicator: str, area: str, period: Period) -> Point | None:
        """The point, stored or derived, or None. The status of one without a value says why."""
        key = (indicator, area, period)
        if key not in self._memo:
            self._memo[key] = None  # an indicator that needs itself has no value
            meaning, step = self.catalogue.indicators[indicator], self._step(area, period)
            self._memo[key] = (
                self._restated(meaning, area, period, step)
                if step
                else self._find(meaning, area, period)
            )
        return self._memo[key]

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What is worked out of these points under a key, the first time it is asked for."""
        if key not in self._kept:
            self._kept[key] = work_out()
        return cast(T, self._kept[key])

    def is_broken(self, area: str, first: Period, last: Period) -> bool:
        """Whether the area became another one, not to be compared, between the two months."""
        step = self.areas.changes.latest(area, first, last)
        while step is not None and not step.is_break:
            step = self.areas.changes.latest(area, first, step.period.plus(-1))
        return step is not None

    def _step(self, area: str, period: Period) -> Step | None:
        """The change of the area since the period, where figures are told in later boundaries."""
        if self.boundaries_of is None or not self.areas.changes:
            return None
        return self.areas.changes.latest(area, period, self.boundaries_of)

    def _restated(
        self, indicator: Indicator, area: str, period: Period, step: Step
    ) -> Point | None:
        if indicator.aggregation is Aggregation.RATIO and not step.is_break:
            own = self._sides(indicator, area, period)
            if own is not None:
                return divided(indicator, [own[0]], [own[1]], period)
        before = self.in_boundaries_of(step.period.plus(-1))
        parts = {
            pair.old: before.point(indicator.id, pair.old, period)
            for pair in step.pairs
            if not step.is_break or pair.old == area
        }
        return restate(indicator, step, parts)

    def value(self, indicator: str, area: str, period: Period) -> float | None:
        """Only the value of the point."""
        return value_of(self.point(indicator, area, period))

    def periods(self, indicator: str, area: str) -> tuple[Period, ...]:
        """Periods in which the indicator has a value here, stored or derived; oldest first."""
        candidates = self.candidates(indicator, area)
        return tuple(period for period in candidates if self.has(indicator, area, period))

    def candidates(self, indicator: str, area: str) -> list[Period]:
        """The periods in which the indicator may have a value here; oldest first."""
        return sorted(self._candidates(indicator, area))

    def latest(self, indicator: str, area: str, accept: Callable[[Period], bool]) -> Period | None:
        """The last of the accepted periods in which the indicator has a value; else None."""
        candidates = sorted(filter(accept, self._candidates(indicator, area)), reverse=True)
        return next(
            (candidate for candidate in candidates if self.has(indicator, area, candidate)), None
        )

    def has_any(self, indicator: str, area: str) -> bool:
        """Whether the indicator has a value here in any period."""
        return self.latest(indicator, area, lambda _period: True) is not None

    def has(self, indicator: str, area: str, period: Period) -> bool:
        """Whether there is a value, without making the point of one that is stored."""
        figure = self._figures.get((indicator, area, period))
        if figure is not None and figure.value is not None and not self._step(area, period):
            return True
        return self.value(indicator, area, period) is not None

    def _candidates(self, indicator: str, area: str) -> frozenset[Period]:
        """The periods of all figures from which a value here may follow."""
        key = (indicator, area)
        if key not in self._candidates_of:
            self._candidates_of[key] = self._find_candidates(indicator, area)
        return self._candidates_of[key]

    def _find_candidates(self, indicator: str, area: str) -> frozenset[Period]:
        places = [area, *(child.code for child in self.areas.children(area))]
        if self.boundaries_of is not None and self.areas.changes:
            past = self.areas.changes.before(area)
            places += [*past, *(child.code for old in past for child in self.areas.children(old))]
        stored = self._stored
        names = inputs(self.catalogue, [indicator])
        pairs = ((name, place) for place in places if place in self._reached for name in names)
        return frozenset().union(*(stored[pair] for pair in pairs if pair in stored))

    def agrees_with_below(self, indicator: str, area: str, period: Period) -> bool:
        """Whether the areas below are all known and make up what the area states itself."""
        own = self.value(indicator, area, period)
        below = self._sum_below(self.catalogue.indicators[indicator], area, period)
        return own is not None and below is not None and _is_close(own, below)

    def _sum_below(self, indicator: Indicator, area: str, period: Period) -> float | None:
        """What the areas below make up, where each of them has a complete figure."""
        below = self._rolled_up(indicator, area, period)
        return below.value if is_complete(below) else None

    def _rolled_up(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        if not self.reaches_below(area, period):
            return None
        return rolled_up(self, indicator, area, period)

    def figure(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The stored actual or standard figure of exactly this key, or None."""
        return self._figures.get((indicator, area, period))

    def target(self, indicator: str, area: str, period: Period) -> TargetPoint | None:
        """The target or plan of this year. A rate's or a standard's holds for areas below too."""
        meaning = self.catalogue.indicators[indicator]
        places = [area]
        if meaning.aggregation is not Aggregation.SUM:
            places += [above.code for above in self.areas.ancestors(area)]
        for place in places:
            of_year = [
                f
                for f in self._targets.get((indicator, place), ())
                if f.period.year == period.year and f.value is not None
            ]
            if of_year:
                best = max(of_year, key=lambda f: (f.kind == FigureKind.TARGET, f.period))
                return TargetPoint(
                    best.value or 0.0, best.kind, place, best.period, best.submission
                )
        return None

    def _find(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        if period not in self._reached.get(area, ()):
            return None
        figure = self.figure(indicator.id, area, period)
        stored = _stored_point(figure)
        ratio = self._ratio(indicator, area, period)
        if has_value(ratio) and ratio.partial is None:
            return _differing(ratio, _stated_otherwise(indicator, ratio, stored))
        if stored is not None:
            below = self._sum_below(indicator, area, period) if has_value(stored) else None
            return _differing(stored, _made_up_otherwise(stored, below))
        return (
            linked(self, indicator, area, period)
            or self._from_components(indicator, area, period)
            or ratio
            or self._rolled_up(indicator, area, period)
            or without_series(self, indicator, area, period)
        )

    def _ratio(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        if indicator.aggregation is not Aggregation.RATIO:
            return None
        own = self._sides(indicator, area, period)
        if own is not None:
            rate = divided(indicator, [own[0]], [own[1]], period)
            return rate or combine_none(own, FigureStatus.NOT_COMPUTABLE)
        return partial_ratio(self, indicator, area, period)

    def _sides(self, indicator: Indicator, area: str, period: Period) -> tuple[Point, Point] | None:
        """The complete numerator and denominator of a rate; None where it lacks one of them."""
        top = self.point(indicator.numerator, area, period)
        bottom = self.point(indicator.denominator, area, period)
        return (top, bottom) if is_complete(top) and is_complete(bottom) else None

    def _from_components(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        """The sum of parts that make up the whole, the first way in which all are complete."""
        if indicator.aggregation is not Aggregation.SUM:
            return None
        for parts in self.catalogue.partitions(indicator.id):
            if not all(self._is_named(part) for part in parts):
                continue
            points = [self.point(part.id, area, period) for part in parts]
            complete = [point for point in points if is_complete(point)]
            if len(complete) == len(parts):
                return added(complete)
        return None

    def _is_named(self, part: Indicator) -> bool:
        """Whether a figure may follow for a part: there is one of it, or it is made of others."""
        return (
            part.id in self._named
            or part.linked in self._named
            or bool(self.catalogue.partitions(part.id))
        )

    def reaches_below(self, area: str, period: Period) -> bool:
        """Whether an area below this one has a figure of any indicator in the period."""
        key = (area, period)
        if key not in self._reached_below:
            reached = self._reached
            self._reached_below[key] = any(
                period in reached.get(child.code, ()) for child in self.areas_below(area, period)
            )
        return self._reached_below[key]

    def areas_below(self, area: str, period: Period) -> tuple[Area, ...]:
        """The areas that make up this one in a period; none where not all of them are listed."""
        if (area, period) not in self._below:
            self._below[area, period] = parts_below(self.areas, area, period)
        return self._below[area, period]
