"""The front desk: every page, callback, export and command asks here and gets finished values.

It knows the store and the catalogue, fetches exactly what is shown, and keeps finished charts in
one cache whose keys contain the data version, so that a new submission is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import cast

from flask import current_app

from dashboard import directory, intake
from dashboard.analysis.points import Points, inputs
from dashboard.catalogue.concepts import Area, FigureKind, FigureStatus, Finding, Grade
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Along, ChartSpec, Kind, Step, Topic
from dashboard.charts.board import Board, build_board
from dashboard.charts.build import build_chart, needed
from dashboard.charts.cards import Tile, build_tile
from dashboard.charts.chart import Chart, SourceNote
from dashboard.charts.selection import Selection
from dashboard.charts.spine import SpineRow, build_spine
from dashboard.places import Places
from dashboard.store import observations as stored
from dashboard.store import submissions as handed_in
from dashboard.store.query import Query
from dashboard.store.record import remove_samples
from dashboard.store.submissions import SubmissionRow

SHOWN = (FigureKind.ACTUAL, FigureKind.STANDARD)
PANELS = {
    "trend": (Kind.LINE, Along.PERIOD),
    "streets": (Kind.BAR, Along.AREA),
    "table": (Kind.TABLE, Along.AREA),
}


class NotFound(LookupError):
    """A chart, topic, area or indicator that does not exist."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the figures of an area are, how far to trust them, and who has not reported."""

    latest: Period | None
    received: date | None
    grades: tuple[str, ...]
    is_demo: bool
    not_reported: tuple[tuple[Area, int], ...]
    version: int


class FrontDesk(Places):
    """Answers for one catalogue and one store. One per process; safe to use from many threads."""

    def points(
        self,
        indicators: Iterable[str],
        area: str,
        first: Period | None,
        last: Period | None,
        below: bool = False,
    ) -> Points:
        """Points of an area; those below are read too where asked, or where the area has no own."""
        ids, areas = sorted(inputs(self.catalogue, indicators)), self.areas()
        above = [a.code for a in areas.ancestors(area)]
        query = Query(indicators=ids, areas=[area, *above], first=first, last=last)
        if below:
            query = replace(query, areas=[*query.areas, *self.places(area)[1:]])
        return Points(self.catalogue, areas, stored.read_figures(self.engine, query))

    def source_notes(self, submissions: Iterable[int]) -> dict[int, SourceNote]:
        """What is told of these submissions under a chart."""
        rows = handed_in.read_sources(self.engine, list(submissions))
        return {
            number: SourceNote(row.file, row.sheet, row.form, row.grade,
                               row.received.date() if row.received else None, row.title)
            for number, row in rows.items()
        }  # fmt: skip

    def spec(self, ref: str) -> ChartSpec:
        """The declared chart of "topic/chart", or the standard one of "indicator:id/panel"."""
        owner, _, name = ref.partition("/")
        if owner.startswith("indicator:") and name in PANELS:
            indicator = owner.removeprefix("indicator:")
            if indicator not in self.catalogue.indicators:
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
        topic = self.catalogue.topics.get(owner)
        found = topic.chart(name) if topic else None
        if found is None:
            raise NotFound(ref)
        return found

    def chart(self, ref: str, selection: Selection) -> Chart:
        """A finished chart; raises NotFound for an unknown ref."""
        spec = self.spec(ref)
        return self.kept("chart", (ref, selection), lambda: self._chart(spec, selection))

    def _chart(self, spec: ChartSpec, selection: Selection) -> Chart:
        areas = self.areas()
        need = needed(spec, selection, self.catalogue, areas)
        figures = stored.read_figures(self.engine, Query(
            indicators=need.indicators, areas=need.areas, first=need.first, last=need.last,
            periods=need.periods))  # fmt: skip
        points = Points(self.catalogue, areas, figures)
        notes = self.source_notes({figure.submission for figure in figures})
        known = self.periods(selection.area)
        return build_chart(spec, selection, points, self.catalogue, areas, notes, known)

    def tiles(self, indicators: Sequence[str], selection: Selection) -> list[Tile]:
        """One tile an indicator; those below are read only where the area itself has no figure."""

        def make() -> list[Tile]:
            last = selection.period
            first = Period(last.year - 9, 1) if last else None
            points = self.points(indicators, selection.area, first, last)
            if last and any(
                points.value(name, selection.area, last) is None for name in indicators
            ):
                points = self.points(indicators, selection.area, first, last, below=True)
            return [build_tile(points, name, selection) for name in indicators]

        return self.kept("tiles", (tuple(indicators), selection), make)

    def headline(self) -> list[str]:
        """The headline indicators of all topics, in the order of the topics."""
        names = [name for topic in self.catalogue.topic_order() for name in topic.headline]
        return list(dict.fromkeys(names))

    def board(self, selection: Selection, indicators: Sequence[str] | None = None) -> Board:
        """Streets × headline indicators of one period."""

        def make() -> Board:
            names = list(indicators) if indicators else self.headline()
            last = selection.period
            first = last.plus(-12) if last else None
            points = self.points(names, selection.area, first, last, below=True)
            return build_board(points, names, selection)

        return self.kept("board", (tuple(indicators or ()), selection), make)

    def spine(self, selection: Selection) -> list[tuple[Topic, list[SpineRow]]]:
        """Every headline indicator of one street among its neighbours, by topic."""

        def make() -> list[tuple[Topic, list[SpineRow]]]:
            areas = self.areas()
            here = areas.get(selection.area)
            parent = here.parent if here and here.parent else selection.area
            last = selection.period
            first = Period(last.year - 9, 1) if last else None
            points = self.points(self.headline(), parent, first, last, below=True)
            return [
                (topic, build_spine(points, topic.headline, selection))
                for topic in self.catalogue.topic_order()
            ]

        return self.kept("spine", selection, make)

    def freshness(self, selection: Selection) -> Freshness:
        """How new and how trustworthy the shown figures are, and which streets are missing."""

        def make() -> Freshness:
            query = Query(
                indicators=sorted(inputs(self.catalogue, self.headline())),
                kinds=SHOWN,
                areas=self.places(selection.area),
                periods=[selection.period] if selection.period else (),
            )
            figures = stored.read_figures(self.engine, query) if selection.period else []
            notes = self.source_notes({figure.submission for figure in figures})
            days = [note.received for note in notes.values() if note.received]
            missing: dict[str, int] = {}
            for figure in figures:
                if figure.status == FigureStatus.NOT_REPORTED:
                    missing[figure.area] = missing.get(figure.area, 0) + 1
            areas = self.areas()
            have = {figure.area for figure in figures if figure.value is not None}
            if len(have & set(self.places(selection.area)[1:])):
                for child in areas.children(selection.area, selection.period):
                    if child.code not in have and child.code not in missing:
                        missing[child.code] = 0
            present = {figure.grade for figure in figures}
            grades = [str(grade) for grade in Grade if grade in present]
            return Freshness(
                latest=max((f.period for f in figures), default=None),
                received=max(days, default=None),
                grades=tuple(grades),
                is_demo=Grade.DEMO in grades,
                not_reported=tuple(
                    (cast(Area, areas.get(c)), n) for c, n in sorted(missing.items())
                ),
                version=self.version(),
            )

        return self.kept("freshness", selection, make)

    def search_indicators(
        self, text: str = "", topic: str = "", language: str = "zh"
    ) -> list[directory.IndicatorRow]:
        """Indicators whose names or codes contain every word of the text; of one topic if named.

        Names of both languages are searched whatever ``language`` the page is in.
        """
        figures = self.kept("counts", "", lambda: stored.indicators_with_figures(self.engine))
        return directory.search(self.catalogue, figures, text, topic)

    def indicator_page(
        self, name: str, selection: Selection | None = None
    ) -> directory.IndicatorPage:
        """Everything about one indicator besides its charts; raises NotFound."""
        page = directory.describe(self.engine, self.catalogue, self.areas(), name)
        if page is None:
            raise NotFound(name)
        return page

    def findings(self, submission: int) -> list[Finding]:
        """What was found when this submission came in."""
        return handed_in.read_findings(self.engine, submission)

    # ---- submissions --------------------------------------------------------------------

    def submissions(self, limit: int = 200) -> list[SubmissionRow]:
        """The latest submissions, newest first."""
        return handed_in.read_submissions(self.engine, limit)

    def receive(
        self, files: Sequence[tuple[str, bytes]], handover: intake.Handover
    ) -> list[intake.Receipt]:
        """Takes files in, each whole or not at all."""
        return intake.receive(
            self.engine, self.catalogue, self.areas(), files, handover, datetime.now(UTC)
        )

    def has_samples(self) -> bool:
        """Whether sample submissions are in the store."""
        return handed_in.has_samples(self.engine)

    def remove_samples(self) -> int:
        """Takes all sample submissions out again; returns how many."""
        return remove_samples(self.engine)


def front_desk() -> FrontDesk:
    """The front desk of the running app."""
    return cast(FrontDesk, current_app.extensions["dashboard"])
