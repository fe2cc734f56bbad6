"""Makes figures as a page shows them: charts, tiles, the board of streets, their origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import inputs
from dashboard.analysis.points import Points
from dashboard.catalogue.concepts import Figure
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.outlines import Outline
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along, ChartSpec, Kind, Step
from dashboard.charts.build import build_chart, needed
from dashboard.charts.generated import generated_spec
from dashboard.charts.kinds.course_rows import SPANS, courses_of_one
from dashboard.charts.kinds.street_board import Board, build_board
from dashboard.charts.kinds.tiles import Tile, build_tile, latest_before
from dashboard.charts.model.chart import Chart, Need, SourceNote
from dashboard.charts.model.course_row import CourseRow
from dashboard.charts.model.selection import Selection
from dashboard.charts.model.target_chart import TARGET_CHART
from dashboard.charts.provenance.figure_list import AHEAD, FigureLine, build_line, latest_of_each
from dashboard.charts.provenance.figure_page import FigurePage
from dashboard.services.access.person import acting_person
from dashboard.services.context import Context, NotFound, no_such_chart
from dashboard.services.figures import observations
from dashboard.services.figures.comparisons import headlines
from dashboard.services.figures.freshness import Freshness, freshness_of, read_shown
from dashboard.services.figures.provenance import (
    FiledCell,
    cell_findings,
    trace,
    with_findings,
)
from dashboard.services.figures.shared_figures import SharedFigures
from dashboard.services.figures.sources import source_notes
from dashboard.services.filters import moment_of
from dashboard.services.selections import Selections
from dashboard.services.submissions.coverage import coverage_words
from dashboard.services.submissions.finding_amounts import rights_of
from dashboard.services.submissions.reporting import Reporting, today
from dashboard.services.targets.targets import Targets
from dashboard.store import observations as stored
from dashboard.store.boundaries import read_outlines
from dashboard.store.observations import Revision
from dashboard.store.query import Query

PANELS = {
    "trend": (Kind.LINE, Along.PERIOD),
    "streets": (Kind.BAR, Along.AREA),
    "table": (Kind.TABLE, Along.AREA),
    "why": (Kind.WATERFALL, Along.AREA),
    "why_parts": (Kind.WATERFALL, Along.COMPONENT),
}
_Span = tuple[tuple[str, ...], Period, Period]  # the areas, the first and the last month


def _needs_below(points: Points, indicator: str, area: str, last: Period) -> bool:
    """Whether the area itself lacks a figure, or the one of a year before it is compared with."""
    point = points.point(indicator, area, last)
    if point is None or point.value is None or point.from_below:
        return True
    return points.value(indicator, area, last.plus(-12)) is None


class Figures:
    """Makes finished charts, tiles and lists from the stored figures. Thread-safe.

    It fetches exactly what is shown and caches it under keys that contain the data version.
    """

    def __init__(
        self, context: Context, selections: Selections, targets: Targets, reporting: Reporting
    ) -> None:
        """Show the figures in the store of this context."""
        self._context, self._selections = context, selections
        self._targets, self._reporting = targets, reporting
        self._engine = context.engine
        self._areas = context.areas
        self._shared = SharedFigures(context)

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def points(
        self,
        indicators: Iterable[str],
        area: str,
        first: Period | None,
        last: Period | None,
        below: bool = False,
        known: date | None = None,
    ) -> Points:
        """Points of an area; those below are read too where asked, else for what is compared."""
        ids, areas = sorted(inputs(self._catalogue, indicators)), self._areas()
        above = [a.code for a in areas.ancestors(area)]
        as_of = moment_of(known)
        query = Query(indicators=ids, areas=[area, *above], first=first, last=last, as_of=as_of)
        children = self._selections.with_below(area)[1:]
        if below:
            query = replace(query, areas=[*query.areas, *children])
        query = replace(query, areas=areas.with_past(query.areas))
        figures = stored.read_figures(self._engine, query)
        if not below and children and last:
            held = replace(query, areas=areas.with_past(children), periods=[last])
            figures += stored.read_figures(self._engine, held)  # what an own line is held against
        return Points(self._catalogue, areas, figures, areas.boundaries_of(area, last))

    def _course_points(
        self, indicators: Iterable[str], area: str, first: Period, last: Period
    ) -> Points:
        """Points of an area and those below as they stand now, of what charts read as well."""
        ids, areas = sorted(inputs(self._catalogue, indicators)), self._areas()
        families = self._shared.families(area, with_siblings=False)
        codes = _each_once(family.areas for family in families)
        figures = self._shared.read(families, ids).of(ids, codes, first, last)
        return Points(self._catalogue, areas, figures, areas.boundaries_of(area, last))

    def _newest(self, indicators: Sequence[str], area: str, last: Period) -> list[Period]:
        """The periods of the newest figures of each indicator of an area up to ``last``."""
        ids = sorted(inputs(self._catalogue, indicators))
        families = self._shared.families(area, with_siblings=False)
        courses = self._shared.read(families, ids)
        figures = courses.of(indicators, [area], Period(0, 1), last.plus(AHEAD))
        return sorted({figure.period for figure in latest_of_each(figures, last)})

    def spec(self, ref: str) -> ChartSpec:
        """The declared chart of "topic/chart", or the standard one of "indicator:id/panel"."""
        owner, _, name = ref.partition("/")
        if owner.startswith("indicator:") and name in PANELS:
            indicator = owner.removeprefix("indicator:")
            if indicator not in self._catalogue.indicators:
                raise NotFound(ref)
            kind, along = PANELS[name]
            return ChartSpec(
                id=name,
                topic=owner,
                kind=kind,
                indicators=(indicator,),
                along=along,
                step=Step.YEAR,
            )
        topic = self._catalogue.topics.get(owner)
        chart_spec = topic.chart(name) if topic else None
        if topic is not None and chart_spec is None:
            chart_spec = generated_spec(owner, name, self._catalogue)
        if chart_spec is None:
            raise no_such_chart(ref, self._catalogue)
        return chart_spec

    def definitions(self, chart: Chart, language: str) -> tuple[str, ...]:
        """What the chart's indicators mean, for a slide's notes; then the chart's own notes."""
        known = (self._catalogue.indicators[name] for name in self.spec(chart.id).indicators)
        said = [
            f"{indicator.name[language]}: {indicator.definition[language]}" for indicator in known
        ]
        return (*said, *chart.notes)

    def chart(self, ref: str, selection: Selection) -> Chart:
        """A finished chart; raises NotFound for an unknown ref."""
        if ref.startswith(TARGET_CHART):
            # An old target is judged by the day: what was due by now.
            return self._context.cached(
                "target-chart",
                (ref, selection, today()),
                lambda: self._targets.chart(ref, selection),
            )
        spec, selection = self.spec(ref), self._selections.within(selection)
        return self._context.cached(
            "chart", (ref, selection), lambda: self._chart(spec, selection), selection.area
        )

    def page_chart(self, ref: str, selection: Selection) -> Chart:
        """The same for a page that shows several, which ``charts`` may have drawn already.

        An empty one need not name the nearest period with figures.
        """
        selection = self._selections.within(selection)
        return self._context.cached(
            "page-chart", (ref, selection), lambda: self.chart(ref, selection), selection.area
        )

    def _source_notes(self, submissions: set[int]) -> dict[int, SourceNote]:
        """What stands under a chart of these submissions; charts of a page often share them."""
        return self._context.cached(
            "source-notes",
            tuple(sorted(submissions)),
            lambda: source_notes(self._engine, submissions),
        )

    def _chart(self, spec: ChartSpec, selection: Selection) -> Chart:
        areas = self._areas()
        need, as_of = needed(spec, selection, self._catalogue, areas), moment_of(selection.as_known)
        (figures,) = self._read([need], selection).values()
        boundaries_of = areas.boundaries_of(selection.area, selection.period)
        points = Points(self._catalogue, areas, figures, boundaries_of)
        notes = self._source_notes({figure.submission for figure in figures})
        outlines = read_outlines(self._engine, need.areas, as_of) if spec.kind is Kind.MAP else {}
        chart = build_chart(spec, selection, points, self._catalogue, areas, notes, (), outlines)
        if not chart.empty:
            return replace(chart, known=as_of)
        # Only an empty chart asks when there were figures: its sentence names the nearest.
        places = self._selections.with_below(selection.area)
        existing = stored.periods_of(self._engine, places, need.indicators, as_of)
        known = sorted({period for periods in existing.values() for period in periods})
        return build_chart(spec, selection, points, self._catalogue, areas, notes, known)

    def charts(self, specs: Sequence[ChartSpec], selection: Selection) -> list[Chart]:
        """Charts of one selection, in their order, whose figures are read together.

        An empty one does not name the nearest period with figures, as ``chart`` does.
        """
        if not specs:
            return []
        areas, as_of = self._areas(), moment_of(selection.as_known)
        needs = [needed(spec, selection, self._catalogue, areas) for spec in specs]
        figures = self._read(needs, selection)
        boundaries_of = areas.boundaries_of(selection.area, selection.period)
        points_of = {
            span: Points(self._catalogue, areas, own, boundaries_of)
            for span, own in figures.items()
        }
        notes = self._source_notes(
            {figure.submission for own in figures.values() for figure in own}
        )
        places = _mapped(specs, needs)
        outlines = read_outlines(self._engine, places, as_of) if places else {}
        drawn = []
        for spec, need in zip(specs, needs, strict=True):
            points = points_of[_span(need)]
            shapes = outlines if spec.kind is Kind.MAP else {}
            chart = build_chart(spec, selection, points, self._catalogue, areas, notes, (), shapes)
            chart = replace(chart, known=as_of)
            key, name = (f"{spec.topic}/{spec.id}", selection), "chart"
            self._context.keep("page-chart" if chart.empty else name, key, chart, selection.area)
            drawn.append(chart)
        return drawn

    def _read(self, needs: Sequence[Need], selection: Selection) -> dict[_Span, list[Figure]]:
        """The figures for the charts of each span: they share what is worked out of them."""
        names: dict[_Span, list[Need]] = defaultdict(list)
        for need in needs:
            names[_span(need)].append(need)
        as_of, area = moment_of(selection.as_known), selection.area
        if as_of is not None:
            figures = stored.read_figures(self._engine, _query_of(needs, as_of))
            return {
                span: _within(figures, _each_once(one.indicators for one in alike), span)
                for span, alike in names.items()
            }
        below = {child.code for child in self._areas().children(area)}
        above = {one.code for one in self._areas().ancestors(area)}
        beside = set(_each_once(need.areas for need in needs)) - below - above - {area}
        families = self._shared.families(area, bool(beside))
        courses = self._shared.read(families, _each_once(need.indicators for need in needs))
        return {
            span: courses.of(_each_once(one.indicators for one in alike), *span)
            for span, alike in names.items()
        }

    def read_together(self, refs: Sequence[str], selection: Selection) -> list[Chart]:
        """Several charts whose figures are read at once; one by one they are drawn already then."""
        selection = self._selections.within(selection)

        def read() -> list[Chart]:
            return self.charts([self.spec(ref) for ref in refs], selection)

        return self._context.cached("together", (tuple(refs), selection), read, selection.area)

    def tiles(self, indicators: Sequence[str], selection: Selection) -> list[Tile]:
        """One tile an indicator; those below are read only where the area itself has no figure."""
        selection = self._selections.within(selection)

        def make() -> list[Tile]:
            last, known = selection.period, selection.as_known
            first = Period(last.year - 9, 1) if last else None
            points = self.points(indicators, selection.area, first, last, known=known)
            if last and any(
                _needs_below(points, name, selection.area, last) for name in indicators
            ):
                points = self.points(
                    indicators, selection.area, first, last, below=True, known=known
                )
            return [build_tile(points, name, selection) for name in indicators]

        key = (tuple(indicators), selection)
        return self._context.cached("tiles", key, make, selection.area)

    def headline_tiles(self, indicators: Sequence[str], selection: Selection) -> dict[str, Tile]:
        """The tiles by indicator; of a running total of which nothing is known that of its months.

        Where only single months were handed in, they are what there is.
        """
        known, shown = self._catalogue.indicators, self.tiles(indicators, selection)
        tiles = dict(zip(indicators, shown, strict=True))
        months = {name: known[name].linked for name, tile in tiles.items() if tile.is_absent}
        months = {name: month for name, month in months.items() if month}
        if months:
            of_months = self.tiles([*months.values()], selection)
            found = zip(months, of_months, strict=True)
            tiles |= {name: tile for name, tile in found if not tile.is_absent}
        return tiles

    def outlines(self, codes: Sequence[str], selection: Selection) -> dict[str, Outline]:
        """The outlines of these areas, by code; of those that have none nothing."""
        key = (tuple(codes), selection.as_known)
        moment = moment_of(selection.as_known)
        return self._context.cached(
            "outlines", key, lambda: read_outlines(self._engine, codes, moment), selection.area
        )

    def period_before(self, selection: Selection) -> Period | None:
        """The newest period with figures before the selected one; None without one."""
        there = self._selections.periods(selection.area, known=selection.as_known)
        last = selection.period
        return next((period for period in there if last is not None and period < last), None)

    def courses(self, indicator: str, selection: Selection) -> tuple[list[CourseRow], str]:
        """The figure's start, end and change over several spans of years, and their unit."""
        meaning, language = self._catalogue.indicators[indicator], selection.language
        selection = self._selections.within(selection)

        def make() -> tuple[list[CourseRow], str]:
            area, last = selection.area, selection.period
            if last is None:
                return [], ""
            first, known = last.plus(-12 * SPANS[-1]), selection.as_known
            points = self.points([indicator], area, first, last, below=True, known=known)
            until = latest_before(points, indicator, area, last)
            if until is None:
                return [], ""
            rows, scale = courses_of_one(points, meaning, area, until, language)
            return rows, scale.label

        return self._context.cached("courses", (indicator, selection), make, selection.area)

    def own_indicators(self, area: str) -> list[str]:
        """The indicators of which the area itself has figures, by id."""
        places = self._areas().with_past([area])
        return self._context.cached(
            "own-indicators", area, lambda: stored.indicators_of(self._engine, places), area
        )

    def board(self, selection: Selection, indicators: Sequence[str] | None = None) -> Board:
        """Streets × headline indicators of one period."""

        def make() -> Board:
            names = list(indicators) if indicators else headlines(self._catalogue)
            last = selection.period
            first = last.plus(-12) if last else None
            known = selection.as_known
            points = self.points(names, selection.area, first, last, below=True, known=known)
            return build_board(points, names, selection)

        key = (tuple(indicators or ()), selection)
        return self._context.cached("board", key, make, selection.area)

    def freshness(self, selection: Selection) -> Freshness:
        """How new and how trustworthy the shown figures are, and which streets are missing."""

        def make() -> Freshness:
            return self.freshness_of_each([selection])[0]

        key = (selection, today())
        fresh = self._context.cached("freshness", key, make, selection.area)
        return replace(fresh, version=self._context.version())

    def coverage_words(self, selection: Selection, *, whole: bool = False) -> str:
        """Which forms have come of all below, and which not; if all have, only where ``whole``."""
        place, period = selection.area, selection.period
        coverage = self._reporting.coverage(place, period, selection.as_known)
        return coverage_words(coverage, self._areas(), place, selection.language, whole=whole)

    def freshness_of_each(self, selections: Sequence[Selection]) -> list[Freshness]:
        """The same of several areas in one period, whose figures are read together."""
        if not selections:
            return []
        areas, names = self._areas(), headlines(self._catalogue)
        each, received = read_shown(self._engine, self._catalogue, areas, names, selections)
        fresh = []
        for selection, figures in zip(selections, each, strict=True):
            # Of an area with none below it nobody can be absent.
            is_above = bool(areas.children(selection.area))
            absent = (
                self._reporting.absent(selection.area, selection.period, selection.as_known)
                if is_above
                else ()
            )
            fresh.append(freshness_of(selection, areas, figures, received, absent))
        return fresh

    def of_topic(self, topic: str, selection: Selection) -> list[FigureLine]:
        """What the area itself has in a topic: the latest figure of each indicator, and targets."""

        def make() -> list[FigureLine]:
            last = selection.period
            names = self._selections.indicators_of_topic(selection.area, topic)
            if last is None or not names:
                return []
            as_of, ahead = moment_of(selection.as_known), last.plus(AHEAD)
            query = Query(names, [selection.area], last=ahead, as_of=as_of)
            if as_of is None:
                query = replace(query, periods=self._newest(names, selection.area, last))
                if not query.periods:
                    return []
            rows = observations.current(stored.read_revisions(self._engine, query), as_of)
            order = {name: place for place, name in enumerate(names)}
            newest = sorted(latest_of_each(rows, last), key=lambda row: order[row.indicator])
            return self._lines(newest, selection)

        key = (topic, selection, self._hidden_rules(selection.area))
        return self._context.cached("figures", key, make, selection.area)

    def _lines(self, rows: Sequence[Revision], selection: Selection) -> list[FigureLine]:
        """The rows in words, each with what contradicts it and what was found at its cell."""
        area, known, language = selection.area, selection.as_known, selection.language
        if not rows:
            return []
        names, months = {row.indicator for row in rows}, [row.period for row in rows]
        points = (
            self._course_points(names, area, min(months), max(months))
            if known is None
            else self.points(names, area, min(months), max(months), below=True, known=known)
        )
        found = cell_findings(
            self._engine, {row.submission for row in rows}, self._hidden_rules(area)
        )
        places = [FiledCell(row.submission, row.sheet, row.row, row.column) for row in rows]
        return [
            build_line(row, points, found.get(place, ()), language)
            for row, place in zip(rows, places, strict=True)
        ]

    def page(self, figure: FigureKey, selection: Selection) -> FigurePage:
        """Where a figure comes from; raises NotFound for an unknown indicator or area."""
        areas = self._areas()
        if figure.indicator not in self._catalogue.indicators or areas.get(figure.area) is None:
            raise NotFound(f"{figure.indicator}, {figure.area}")

        def make() -> FigurePage:
            page = trace(self._engine, self._catalogue, areas, figure, selection)
            return with_findings(self._engine, page, selection.language, hidden)

        hidden = self._hidden_rules(figure.area)
        return self._context.cached("figure", (figure, selection, hidden), make)

    def _hidden_rules(self, area: str) -> tuple[str, ...]:
        """The rules of whose findings about an area the person who acts is told no amounts."""
        return rights_of(acting_person(), self._areas(), self._catalogue).hidden_of(area)


def _mapped(specs: Sequence[ChartSpec], needs: Sequence[Need]) -> list[str]:
    """The areas that are drawn on maps, each once."""
    pairs = zip(specs, needs, strict=True)
    return _each_once(need.areas for spec, need in pairs if spec.kind is Kind.MAP)


def _each_once(several: Iterable[Iterable[str]]) -> list[str]:
    """All names of several lists in their order, each once."""
    return list(dict.fromkeys(chain.from_iterable(several)))


def _query_of(needs: Sequence[Need], as_of: datetime | None) -> Query:
    """All figures that the needs name, and no fewer."""
    first = [need.first for need in needs if need.first is not None]
    last = [need.last for need in needs if need.last is not None]
    return Query(
        indicators=_each_once(need.indicators for need in needs),
        areas=_each_once(need.areas for need in needs),
        first=min(first) if len(first) == len(needs) else None,
        last=max(last) if len(last) == len(needs) else None,
        periods=needs[0].periods if len(needs) == 1 else (),
        as_of=as_of,
    )


def _span(need: Need) -> _Span:
    """The areas and months that a chart needs."""
    return need.areas, need.first or Period(0, 1), need.last or Period(9999, 12)


def _within(figures: Iterable[Figure], indicators: Iterable[str], span: _Span) -> list[Figure]:
    """Those of the figures that are of these indicators and lie within the span."""
    areas, first, last = span
    places, names = set(areas), set(indicators)
    return [
        figure
        for figure in figures
        if figure.indicator in names and figure.area in places and first <= figure.period <= last
    ]
