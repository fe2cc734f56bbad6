"""Progress read from the store: which targets there are, and how each stands in a period."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.analysis.actuals import RatioParts, ratio_parts
from dashboard.analysis.contributions import Contribution, of_rate, of_sum
from dashboard.analysis.default_period import Counts, default_period
from dashboard.analysis.path import PathStep, path_of
from dashboard.analysis.plan_pace import PacePlan, PaceRow, pace_row, why_no_plan
from dashboard.analysis.point import inputs
from dashboard.analysis.points import Points
from dashboard.analysis.progress import Progress, progress_of
from dashboard.analysis.reporting import expected_below
from dashboard.analysis.stated_targets import stated_targets
from dashboard.analysis.target_status import Thresholds
from dashboard.analysis.target_succession import with_carried
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Aggregation, Figure, FigureKind, Grade, Level, Observation
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.store.observations import figures_by_period, read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.statements import read_statements
from dashboard.store.submissions import read_sources
from dashboard.store.targets import read_targets

YEARS_OF_HISTORY = 3
_PLANNED = (FigureKind.TARGET, FigureKind.PLAN)


def all_targets(
    engine: Engine, catalogue: Catalogue, areas: Areas, as_of: datetime | None = None
) -> list[Target]:
    """Every target: the registered ones, those reports state where nobody registered one, and those
    that areas have from the ones they were made of.

    Retired ones too. By area, due date and id.
    """
    registered = [
        target for target in read_targets(engine, as_of) if target.indicator in catalogue.indicators
    ]
    places = {(target.indicator, target.area, target.period) for target in registered}
    stated = stated_targets(catalogue, _stated(engine, as_of))
    beside = [
        target for target in stated if (target.indicator, target.area, target.period) not in places
    ]
    every = with_carried([*registered, *beside], catalogue, areas)
    return sorted(every, key=lambda target: (target.area, target.period, target.id))


def _stated(
    engine: Engine, as_of: datetime | None
) -> Iterator[tuple[Observation, Grade, bool, str]]:
    """The planned figures that reports received by a moment state, each with its origin."""
    # First which they are, then the cells they came from: every figure ever received is not read.
    planned = read_figures(engine, Query(kinds=_PLANNED))
    if not planned:
        return
    ids, codes = {figure.indicator for figure in planned}, {figure.area for figure in planned}
    statements = read_statements(engine, Query(sorted(ids), sorted(codes), kinds=_PLANNED))
    heads = read_sources(engine, {statement.submission for statement in statements})
    for one in statements:
        head = heads.get(one.submission)
        if head and (not as_of or head.received <= as_of):
            yield one.observation, Grade(head.grade), head.is_sample, one.file


@dataclass(frozen=True, slots=True)
class TargetJudge:
    """Targets judged by the figures of one store. Made for one request, or kept per version."""

    engine: Engine
    catalogue: Catalogue
    areas: Areas
    thresholds: Thresholds
    targets: Sequence[Target]
    as_of: datetime | None = None

    def rows(
        self, area: str = "", period: Period | None = None, children: bool = False
    ) -> list[Progress]:
        """How every target of an area stands in a period, those below too where asked.

        Without an area: all targets. Without a period: each in the default period of its years, the
        latest in which the expected areas have reported. An area's quotas hold for those below it
        as well. An area that did not exist in the month is left out.
        """
        wanted: list[tuple[Target, str, Period]] = []
        known: dict[str, Counts] = {}
        for target, place in self._asked(area, children):
            asked = period or self._default(target, place, known)
            if target.covers(asked) and self._exists(place, min(asked, target.period)):
                wanted.append((target, place, asked))
        return list(self._judged(wanted))

    def contributions(self, row: Progress, parts: Sequence[Progress]) -> list[Contribution]:
        """What each area below contributes to a row's gap; they add up to it exactly."""
        target, at = row.target, row.actual_period
        if at is None or row.goal is None:
            return []
        codes = self._below(row.area, at)
        if self.catalogue.indicators[target.indicator].aggregation is Aggregation.RATIO:
            points = self._points_at(row)
            whole = ratio_parts(points, target.indicator, row.area, at)
            below = _known_parts(points, target.indicator, codes, at)
            return of_rate(whole, below, row.goal) if whole else []
        return of_sum(
            row, [part for part in parts if part.area in codes and part.actual_period == at]
        )

    def plan(self, row: Progress, parts: Sequence[Progress]) -> PacePlan | str:
        """The way to go of a target, and of each area below with a part in it.

        ``parts`` are the rows below with the same indicator and date. Where nothing can be planned
        by month: the key of the reason.
        """
        why = why_no_plan(row, self.catalogue.indicators[row.target.indicator])
        if why:
            return why
        at = row.actual_period or row.period
        whole, *planned = self._pace_rows(row, at, parts)
        if whole is None:
            return "rate"
        codes = set(self._below(row.area, at))
        streets = tuple(pace for pace in planned if pace is not None and pace.area in codes)
        unplanned = codes - {pace.area for pace in streets}
        left_out = tuple(part.area for part in parts if part.area in unplanned)
        return PacePlan(whole, streets, _rest(whole, streets), left_out)

    def _pace_rows(
        self, row: Progress, at: Period, parts: Sequence[Progress]
    ) -> list[PaceRow | None]:
        """What is left of a target, then of its parts judged at the same month; None of no rate."""
        meaning = self.catalogue.indicators
        is_rate = meaning[row.target.indicator].aggregation is Aggregation.RATIO
        points = self._points_at(row) if is_rate else None

        def pace(judged: Progress) -> PaceRow | None:
            if points is None:
                return pace_row(judged, None)
            sums = ratio_parts(points, judged.target.indicator, judged.area, at)
            return pace_row(judged, sums) if sums and sums.denominator else None

        same = [
            part
            for part in parts
            if part.actual_period == at and not why_no_plan(part, meaning[part.target.indicator])
        ]
        return [pace(row), *map(pace, same)]

    def path(self, row: Progress) -> tuple[Points, list[PathStep]]:
        """What was expected and done by each month of the target, and the points behind it."""
        points, last = self._points_at(row), row.actual_period or row.period
        return points, path_of(points, row.target, row.area, last)

    def figures_of(
        self,
        indicators: Sequence[str],
        places: Sequence[str],
        period: Period,
        since: Period | None = None,
    ) -> dict[str, dict[str, float | None]]:
        """What each indicator was in each area at the end of a period, base units.

        Without ``since`` the year's earlier months are read too, from which a sum can follow.
        """
        named = sorted(inputs(self.catalogue, indicators))
        codes = [code for place in places for code in (place, *self._below(place))]
        first = since or Period(period.year, 1)
        query = Query(named, codes, first, period, as_of=self.as_of)
        points = Points(self.catalogue, self.areas, read_figures(self.engine, query))
        return {
            indicator: {place: points.value(indicator, place, period) for place in places}
            for indicator in indicators
        }

    def _asked(self, area: str, children: bool) -> Iterator[tuple[Target, str]]:
        """The targets that count here, each with the area it is judged in."""
        standing = [target for target in self.targets if not target.retired]
        if not area:
            yield from ((target, target.area) for target in standing)
            return
        by_area: dict[str, list[Target]] = {}
        for one in standing:
            by_area.setdefault(one.area, []).append(one)
        below = self._below(area) if children else []
        for place in [area, *below]:
            own = by_area.get(place, [])
            yield from ((target, place) for target in own)
            yield from ((target, place) for target in self._inherited(place, own, by_area))

    def _inherited(
        self, place: str, own: Sequence[Target], by_area: Mapping[str, Sequence[Target]]
    ) -> Iterator[Target]:
        """The targets of areas above that hold here, the nearest of each indicator and date."""
        named = {(target.indicator, target.period) for target in own}
        for above in self.areas.ancestors(place):
            for target in by_area.get(above.code, []):
                if self._holds_below(target) and (target.indicator, target.period) not in named:
                    named.add((target.indicator, target.period))
                    yield target

    def _holds_below(self, target: Target) -> bool:
        """Whether a quota is set for every area; a rate of the whole is no target of its parts."""
        return target.kind is TargetKind.RATIO

    def _exists(self, place: str, period: Period) -> bool:
        """Whether an area exists in a month; one that is not listed does."""
        here = self.areas.get(place)
        return here is None or here.exists_in(period)

    def _default(self, target: Target, place: str, known: dict[str, Counts]) -> Period:
        """The default period of the target's years; the date it is due where there is none."""
        here = self.areas.get(place)
        home = here.parent if here and here.level in (Level.STREET, Level.COMMUNITY) else place
        if home not in known:
            codes = self.areas.with_past([home, *self._below(home)])
            known[home] = figures_by_period(self.engine, codes, self._named(), self.as_of)
        inside = {month: counts for month, counts in known[home].items() if target.covers(month)}

        def expected(month: Period) -> list[str]:
            return [child.code for child in expected_below(self.areas, home, month)]

        return default_period(inside, expected, self.thresholds.reported) or target.period

    def _named(self) -> list[str]:
        """The indicators to be counted: versions lie by indicator, so then all are named."""
        return [] if self.as_of is None else sorted(self.catalogue.indicators)

    def _judged(self, wanted: Iterable[tuple[Target, str, Period]]) -> Iterator[Progress]:
        listed = list(wanted)
        if not listed:
            return
        points = self._points([one for one, *_ in listed], [place for _, place, _ in listed])
        for target, place, asked in listed:
            yield progress_of(points, target, place, asked, self.thresholds)

    def _points_at(self, row: Progress) -> Points:
        """The figures of a row's target, in the boundaries it is judged in."""
        last = min(row.period, row.target.period)
        points = self._points([row.target], [row.area])
        return points.in_boundaries_of(self.areas.boundaries_of(row.area, last))

    def _points(self, targets: Sequence[Target], places: Iterable[str]) -> Points:
        codes = self.areas.with_past(
            {code for place in places for code in (place, *self._below(place))}
        )
        first = min(target.start.year for target in targets) - YEARS_OF_HISTORY
        bases = [target.base_period.year for target in targets if target.base_period]
        query = Query(
            indicators=sorted(inputs(self.catalogue, {target.indicator for target in targets})),
            areas=sorted(codes),
            first=Period(min([first, *bases]), 1),
            last=max(target.period for target in targets),
            as_of=self.as_of,
        )
        return Points(self.catalogue, self.areas, _outcomes(read_figures(self.engine, query)))

    def _below(self, place: str, at: Period | None = None) -> list[str]:
        return [child.code for child in self.areas.children(place, at)]


def _known_parts(
    points: Points, indicator: str, codes: Iterable[str], at: Period
) -> dict[str, RatioParts]:
    """The parts of a rate in each area that has them."""
    parts = {code: ratio_parts(points, indicator, code, at) for code in codes}
    return {code: one for code, one in parts.items() if one is not None}


def _outcomes(figures: Sequence[Figure]) -> list[Figure]:
    """The figures without the standard that a report states beside its target: its start."""
    planned = {(*figure[:3], figure.submission) for figure in figures if figure.kind in _PLANNED}
    return [
        figure
        for figure in figures
        if figure.kind != FigureKind.STANDARD or (*figure[:3], figure.submission) not in planned
    ]


def _rest(whole: PaceRow, streets: Sequence[PaceRow]) -> float:
    """What the whole has beyond what these streets have; 0 without any, and for a rounding."""
    if not streets:
        return 0.0
    rest = whole.actual - math.fsum(pace.actual for pace in streets)
    return 0.0 if abs(rest) <= 1e-9 * max(abs(whole.actual), 1.0) else rest
