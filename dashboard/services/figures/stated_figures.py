"""Lists what an area with few figures has, each as its sources state it, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue.concepts import Accumulation, FigureKind, Grade
from dashboard.catalogue.periods import Period, months_counted
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.provenance.figure_list import latest_of_each
from dashboard.services.context import Context
from dashboard.services.figures import observations
from dashboard.services.figures.comparisons import headlines
from dashboard.services.figures.figures import Figures
from dashboard.services.filters import moment_of
from dashboard.services.selections import Selections
from dashboard.store.observations import Revision

FEW = 12  # headline figures, below which an area's figures are listed one by one
IN_ROW = 4  # headline figures of a topic that a row has room for
YEAR = 12  # months
NO_TOPIC = ""


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure with the words in which its source states it, "" where it quotes none."""

    tile: Tile
    phrase: str
    is_recent: bool  # within a year of the month shown


@dataclass(frozen=True, slots=True)
class StatedGroup:
    """The figures of one topic, or of one stated span of months; in the order of the source.

    ``topic`` is "" where the indicators belong to none, and of spans; ``months`` is 0 but of spans.
    """

    topic: str
    months: int
    figures: tuple[StatedFigure, ...]


@dataclass(frozen=True, slots=True)
class StatedFigures:
    """All own figures of an area, newest of each indicator; ``sources`` are their titles.

    ``is_report`` where all come from work reports.
    """

    groups: tuple[StatedGroup, ...]
    sources: tuple[str, ...]
    is_report: bool

    @property
    def is_compared(self) -> bool:
        """Whether any figure is compared with an earlier one."""
        return any(figure.tile.short for group in self.groups for figure in group.figures)


class StatedFigureLists:
    """Lists the figures of areas that have few. Thread-safe."""

    def __init__(self, context: Context, selections: Selections, figures: Figures) -> None:
        """List the figures in the store of this context."""
        self._context, self._selections, self._figures = context, selections, figures

    def of(self, selection: Selection) -> StatedFigures | None:
        """The area's figures; None where its headline figures are many or it has no others."""
        selection = self._selections.within(selection)
        return self._context.cached(
            "stated-figures", selection, lambda: self._read(selection), selection.area
        )

    def _read(self, selection: Selection) -> StatedFigures | None:
        if selection.period is None:
            return None
        leading = self._figures.tiles(headlines(self._context.catalogue), selection)
        present = _with_figure(leading)
        if len(present) >= FEW:
            return None
        own = self._own(selection)
        if {row.indicator for row in own} <= self._in_rows(present):
            return None
        by_name = _with_figure(self._figures.tiles([row.indicator for row in own], selection))
        rows = [row for row in own if row.indicator in by_name]
        derived = [tile for name, tile in present.items() if name not in by_name]
        return StatedFigures(
            groups=tuple(self._groups(rows, by_name, derived, selection.period)),
            sources=tuple(dict.fromkeys(row.title or row.file for row in rows)),
            is_report=bool(rows) and all(row.grade == Grade.REPORT for row in rows),
        )

    def _in_rows(self, present: Collection[str]) -> set[str]:
        """The indicators that a row of each topic has room for."""
        topics = self._context.catalogue.topic_order()
        return {
            name
            for topic in topics
            for name in [one for one in topic.headline if one in present][:IN_ROW]
        }

    def _own(self, selection: Selection) -> list[Revision]:
        """The newest actual figure of every indicator of the area, in the order of the sources."""
        period, area = selection.period, selection.area
        if period is None:
            return []
        held = self._figures.own_indicators(area)
        known = [name for name in held if name in self._context.catalogue.indicators]
        if not known:
            return []
        rows = observations.figures_of(
            self._context.engine, known, area, period, moment_of(selection.as_known)
        )
        kinds = (FigureKind.ACTUAL, FigureKind.STANDARD)
        valued = [row for row in rows if row.kind in kinds and row.value is not None]
        latest = {row.indicator: row for row in latest_of_each(valued, period)}
        return sorted(latest.values(), key=lambda row: (row.submission, row.sheet, row.row))

    def _groups(
        self,
        rows: Sequence[Revision],
        tiles: Mapping[str, Tile],
        derived: Sequence[Tile],
        last: Period,
    ) -> Iterable[StatedGroup]:
        """By topic in the order of the first figure of each; spans of several years at the end."""
        listed: dict[tuple[int, str], list[StatedFigure]] = defaultdict(list)
        for row in rows:
            months = self._span(row)
            key = (months, NO_TOPIC) if months else (0, self._topic(row.indicator))
            recent = row.period > last.plus(-YEAR)
            listed[key].append(StatedFigure(tiles[row.indicator], row.phrase, recent))
        for tile in derived:
            recent = tile.figure is not None and tile.figure.period > last.plus(-YEAR)
            listed[0, self._topic(tile.indicator)].append(StatedFigure(tile, "", recent))
        for (months, topic), figures in sorted(listed.items(), key=lambda one: one[0][0] > 0):
            yield StatedGroup(topic, months, tuple(figures))

    def _topic(self, indicator: str) -> str:
        catalogue = self._context.catalogue
        topic = catalogue.indicators[indicator].topic
        return topic if topic in catalogue.topics else NO_TOPIC

    def _span(self, row: Revision) -> int:
        """The months of a span longer than a year; 0 for every other figure."""
        meaning = self._context.catalogue.indicators[row.indicator]
        if meaning.accumulation is not Accumulation.OVER_SPAN or row.since is None:
            return 0
        months = months_counted(row.since, row.period)
        return months if months > YEAR else 0


def _with_figure(tiles: Iterable[Tile]) -> dict[str, Tile]:
    """The tiles that show a figure, by indicator."""
    return {tile.indicator: tile for tile in tiles if tile.figure}
