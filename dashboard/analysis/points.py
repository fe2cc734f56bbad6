"""Points: stored figures and everything that honestly follows from them.

A point is looked for in this order: a ratio from its sums (Σ numerator ÷ Σ denominator), the stored
figure, the twin series (months ↔ year to date), a parent from its complete components, and the sum
over the areas below, marked as partial where some of them are missing. Nothing else is made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from dashboard.analysis.point import (
    COMPUTED,
    ROLLED_UP,
    STORED,
    Point,
    TargetPoint,
    combine,
    inputs,
)
from dashboard.analysis.reporting import expected_below, missing_of
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    Area,
    Figure,
    FigureKind,
    Indicator,
    Part,
)
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period

_SHOWN = (FigureKind.ACTUAL, FigureKind.STANDARD)
__all__ = [
    "COMPUTED", "ROLLED_UP", "STORED", "Point", "Points", "TargetPoint", "combine", "inputs",
]  # fmt: skip


class Points:
    """The figures of a few indicators, areas and periods, answering for derived ones too."""

    def __init__(self, catalogue: Catalogue, areas: Areas, figures: Iterable[Figure]) -> None:
        """Keep figures and targets apart, both by indicator, area and period."""
        self.catalogue, self.areas = catalogue, areas
        self._figures: dict[tuple[str, str, Period], Figure] = {}
        self._targets: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        self._stored: dict[tuple[str, str], set[Period]] = defaultdict(set)
        self._memo: dict[tuple[str, str, Period], Point | None] = {}
        self._below: dict[tuple[str, Period], tuple[Area, ...]] = {}
        for figure in figures:
            if figure.kind in _SHOWN:
                key = (figure.indicator, figure.area, figure.period)
                if key not in self._figures or figure.kind == FigureKind.ACTUAL:
                    self._figures[key] = figure
                self._stored[figure.indicator, figure.area].add(figure.period)
            else:
                self._targets[figure.indicator, figure.area].append(figure)

    def point(self, indicator: str, area: str, period: Period) -> Point | None:
        """The point, stored or derived, or None. The status of one without a value says why."""
        key = (indicator, area, period)
        if key not in self._memo:
            self._memo[key] = None  # an indicator that needs itself has no value
            self._memo[key] = self._find(self.catalogue.indicators[indicator], area, period)
        return self._memo[key]

    def value(self, indicator: str, area: str, period: Period) -> float | None:
        """Only the value of the point."""
        point = self.point(indicator, area, period)
        return point.value if point else None

    def periods(self, indicator: str, area: str) -> tuple[Period, ...]:
        """Periods in which the indicator has a value here, stored or derived; oldest first."""
        needed = inputs(self.catalogue, [indicator])
        places = [area, *(child.code for child in self.areas.children(area))]
        candidates: set[Period] = set()
        for name in needed:
            for place in places:
                candidates |= self._stored.get((name, place), set())
        return tuple(
            period
            for period in sorted(candidates)
            if self.value(indicator, area, period) is not None
        )

    def target(self, indicator: str, area: str, period: Period) -> TargetPoint | None:
        """The target or plan of this year. A rate's or a standard's holds for areas below too."""
        meaning = self.catalogue.indicators[indicator]
        places = [area]
        if meaning.aggregation is not Aggregation.SUM:
            places += [above.code for above in self.areas.ancestors(area)]
        for place in places:
            found = [
                f
                for f in self._targets.get((indicator, place), ())
                if f.period.year == period.year and f.value is not None
            ]
            if found:
                best = max(found, key=lambda f: (f.kind == FigureKind.TARGET, f.period))
                return TargetPoint(
                    best.value or 0.0, best.kind, place, best.period, best.submission
                )
        return None

    def _find(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        figure = self._figures.get((indicator.id, area, period))
        stored = Point(
            value=figure.value, status=figure.status, submissions=frozenset({figure.submission}),
            grades=frozenset({figure.grade}), since=figure.since, others=figure.others,
        ) if figure else None  # fmt: skip
        ratio = self._ratio(indicator, area, period)
        if ratio is not None and ratio.partial is None:
            return ratio
        if stored is not None:
            return stored
        return (
            self._linked(indicator, area, period)
            or self._from_components(indicator, area, period)
            or ratio
            or self._rolled_up(indicator, area, period)
        )

    def _divide(
        self, indicator: Indicator, tops: list[Point], bottoms: list[Point], period: Period
    ) -> Point | None:
        below = sum(point.value or 0.0 for point in bottoms)
        if indicator.per_month:
            below *= period.month
        if not below:
            return None
        above = sum(point.value or 0.0 for point in tops)
        return combine(above / below * indicator.unit.multiplier, [*tops, *bottoms], COMPUTED)

    def _ratio(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        if indicator.aggregation is not Aggregation.RATIO:
            return None
        top = self.point(indicator.numerator, area, period)
        bottom = self.point(indicator.denominator, area, period)
        if top and bottom and top.value is not None and bottom.value is not None:
            if not top.partial and not bottom.partial:
                return self._divide(indicator, [top], [bottom], period)
        return self._partial_ratio(indicator, area, period)

    def _partial_ratio(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        """Σ÷Σ over those areas below that have both: mixing scopes would make a rate up."""
        pairs, missing = [], []
        below = self._areas_below(area, period)
        for child in below:
            top = self.point(indicator.numerator, child.code, period)
            bottom = self.point(indicator.denominator, child.code, period)
            if top and bottom and top.value is not None and bottom.value is not None:
                pairs.append((top, bottom))
            else:
                missing.append(child.code)
        if not pairs:
            return None
        point = self._divide(indicator, [t for t, _ in pairs], [b for _, b in pairs], period)
        if point is None or not missing:
            return point
        return replace(point, partial=(len(pairs), len(below)), missing=tuple(missing))

    def _linked(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        """The month from two year-to-date figures, or the year to date from all of its months."""
        if not indicator.linked:
            return None
        if indicator.accumulation is Accumulation.IN_MONTH:
            now = self._figures.get((indicator.linked, area, period))
            before = self._figures.get((indicator.linked, area, period.plus(-1)))
            if now is None or now.value is None:
                return None
            if period.month == 1:
                return combine(now.value, [self._as_point(now)], COMPUTED)
            if before is None or before.value is None:
                return None
            parts = [self._as_point(now), self._as_point(before)]
            return combine(now.value - before.value, parts, COMPUTED)
        months = [
            self._figures.get((indicator.linked, area, Period(period.year, month)))
            for month in range(1, period.month + 1)
        ]
        if any(month is None or month.value is None for month in months):
            return None
        found = [self._as_point(month) for month in months if month is not None]
        return combine(sum(point.value or 0.0 for point in found), found, COMPUTED)

    @staticmethod
    def _as_point(figure: Figure) -> Point:
        return Point(
            figure.value,
            figure.status,
            submissions=frozenset({figure.submission}),
            grades=frozenset({figure.grade}),
        )

    def _from_components(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        children = self.catalogue.children(indicator.id, Part.COMPONENT)
        if len(children) < 2 or indicator.aggregation is not Aggregation.SUM:
            return None
        parts = [self.point(child.id, area, period) for child in children]
        found = [part for part in parts if part and part.value is not None and not part.partial]
        if len(found) != len(children):
            return None
        return combine(sum(part.value or 0.0 for part in found), found, COMPUTED)

    def _areas_below(self, area: str, period: Period) -> tuple[Area, ...]:
        if (area, period) not in self._below:
            self._below[area, period] = expected_below(self.areas, area, period)
        return self._below[area, period]

    def missing(self, indicator: str, area: str, period: Period) -> tuple[Area, ...]:
        """The areas below that have no value of the indicator, stored or derived."""
        below = self._areas_below(area, period)
        return missing_of(below, lambda code: self.value(indicator, code, period) is not None)

    def _rolled_up(self, indicator: Indicator, area: str, period: Period) -> Point | None:
        if indicator.aggregation is not Aggregation.SUM:
            return None
        if indicator.accumulation is Accumulation.OVER_SPAN:
            return None
        below = self._areas_below(area, period)
        all_of_them = [self.point(indicator.id, child.code, period) for child in below]
        found = [point for point in all_of_them if point and point.value is not None]
        if not found:
            return None
        total = combine(sum(point.value or 0.0 for point in found), found, ROLLED_UP)
        missing = tuple(child.code for child in self.missing(indicator.id, area, period))
        if not missing:
            return total
        return replace(total, partial=(len(found), len(below)), missing=missing)
