"""Makes pages of key figures: what an area has of too few values to be drawn, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.analysis import transforms
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.points import Points
from dashboard.analysis.small_counts import is_small
from dashboard.base.language import word
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.chart import Fact, Role, Table
from dashboard.charts.model.report import PageKind, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import change_words
from dashboard.charts.text.sources import known_line, origin
from dashboard.disclosure.cross_chart import Together
from dashboard.services.figures.sources import source_notes
from dashboard.services.filters import moment_of
from dashboard.services.reports.sources import Sources

ROWS = 9  # of a page: each can be read from the back of a room
YEARS = 10  # of which figures are looked for


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The figures that may leave, and the points behind them."""

    sources: Sources
    selection: Selection
    tiles: tuple[Tile, ...]
    points: Points
    compared: frozenset[str]  # indicators whose comparison may leave
    hides_any: bool

    def phrase(self, tile: Tile) -> str:
        """城乡低保人数11,022人: a figure as it stands in a finding."""
        language = self.selection.language
        value = _value(tile, language)
        key, changed = "deck_figure", self._changed(tile)
        stated = word(key, language, name=tile.title, value=value)
        return word("chart_comma", language).join(filter(None, (stated, changed)))

    def _changed(self, tile: Tile) -> str:
        """同比增加316人、增长3.0%; "" where nothing can be compared."""
        if tile.figure is None or tile.indicator not in self.compared:
            return ""
        key, meaning = tile.figure, self.sources.catalogue.indicators[tile.indicator]
        change = transforms.year_on_year(self.points, tile.indicator, key.area, key.period)
        if change.value is None:
            return ""
        return change_words.full_change(change, meaning, self.selection.language)

    def _note(self, tile: Tile) -> str:
        """What must be known of a figure; that it is an older one its own time says."""
        is_older = tile.figure is not None and tile.figure.period != self.selection.period
        marks = tile.marks[1:] if is_older else tile.marks
        return word("chart_comma", self.selection.language).join(marks)

    def pages(self, most: int) -> tuple[list[ReportPage], int]:
        """The pages, at most ``most``, and how many figures had no room."""
        by_topic: dict[str, list[Tile]] = {}
        for tile in self.tiles:
            topic = self.sources.catalogue.indicators[tile.indicator].topic
            by_topic.setdefault(topic, []).append(tile)
        quota = len(self.tiles)  # of each topic, so that every one has a place
        while quota > 1 and len(list(_groups(by_topic, quota))) > most:
            quota -= 1
        groups = list(_groups(by_topic, quota))[:most]
        left = len(self.tiles) - sum(map(len, groups))
        return [self.page(group) for group in groups], left

    def page(self, tiles: Sequence[Tile], title: str = "") -> ReportPage:
        """A page of these figures, titled by the first of them where it has no title."""
        language, catalogue = self.selection.language, self.sources.catalogue
        known = catalogue.indicators
        topics = dict.fromkeys(known[tile.indicator].topic for tile in tiles)
        names = [catalogue.topics[name].title[language] for name in topics]
        topic = word("list_comma", language).join(names)
        first = self.phrase(tiles[0])
        title = title or word("deck_figures_title", language, topic=topic, figure=first)
        used = [
            point
            for tile in tiles
            if tile.figure
            and (point := self.points.point(tile.indicator, tile.figure.area, tile.figure.period))
        ]
        numbers = {number for point in used for number in point.submissions}
        notes = source_notes(self.sources.context.engine, numbers)
        source = known_line(origin(used, notes, language).line, self.selection)
        table = self._table(tiles, topic)
        place = self.sources.areas().name_of(self.selection.area, language)
        return ReportPage(
            PageKind.FIGURES, title, table=table, source=source, subtitle=f"{place} · {topic}"
        )

    def _table(self, tiles: Sequence[Tile], caption: str) -> Table:
        language = self.selection.language
        names = ["deck_figure_name", "deck_figure_value", "deck_figure_period"]
        has_change = any(map(self._changed, tiles))
        names += ["deck_figure_change"] if has_change else []
        rows, facts, figures = [], [], []
        blank = Fact()
        for tile in tiles:
            cells = [tile.title, _value(tile, language), tile.period]
            if has_change:
                cells.append(self._changed(tile))
            rows.append((tile.indicator, tuple(cells)))
            key = tile.figure
            value = self.points.value(tile.indicator, key.area, key.period) if key else None
            fact = Fact(Role.AMOUNT, value, key)
            facts.append((blank, fact, *[blank] * (len(cells) - 2)))
            figures.append((None, key, *[None] * (len(cells) - 2)))
        width = len(names)
        remarks = [("", self._note(tile), *[""] * (width - 2)) for tile in tiles]
        return Table(
            caption=caption,
            columns=tuple(word(name, language) for name in names),
            rows=tuple(rows),
            numbers=tuple((None,) * width for _ in rows),
            tones=tuple(("",) * width for _ in rows),
            words=tuple(remarks),
            decimals=(0,) * width,
            figures=tuple(figures),
            facts=tuple(facts),
        )


def _groups(by_topic: Mapping[str, list[Tile]], quota: int) -> Iterator[list[Tile]]:
    """The figures of a page each: those of a topic, few ones with those of the next."""
    waiting: list[Tile] = []
    for every in by_topic.values():
        own = every[:quota]
        if waiting and len(waiting) + len(own) > ROWS:
            yield waiting
            waiting = []
        waiting += own
        while len(waiting) > ROWS:
            pages = -(-len(waiting) // ROWS)
            even = -(-len(waiting) // pages)
            yield waiting[:even]
            waiting = waiting[even:]
    if waiting:
        yield waiting


def _value(tile: Tile, language: str) -> str:
    close = language == "zh" or tile.unit in ("%", "‰")
    value = (tile.exact or tile.value).removesuffix(".00")  # 413万元, not 413.00万元
    return f"{value}{'' if close else ' '}{tile.unit}"


def released(
    sources: Sources, selection: Selection, tiles: Sequence[Tile], suppressed: Together
) -> KeyFigures:
    """The figures without small counts of people and what would give them away."""
    last, area, known = selection.period, selection.area, sources.catalogue.indicators
    first = Period(last.year - YEARS, 1) if last else None
    names = [tile.indicator for tile in tiles]
    until = max((tile.figure.period for tile in tiles if tile.figure), default=last)
    points = sources.figures.points(names, area, first, until, below=True, known=selection.as_known)
    keys = {tile.indicator: tile.figure for tile in tiles if tile.figure}
    before = {name: key._replace(period=key.period.plus(-12)) for name, key in keys.items()}
    guard = sources.release.guard(moment_of(selection.as_known))
    gone = guard.suppressed_figures([*keys.values(), *before.values()], suppressed)

    def hides(key: FigureKey) -> bool:
        value = points.value(key.indicator, key.area, key.period)
        return is_small(value, known[key.indicator], guard.least) or gone.hides(key)

    shown = [tile for tile in tiles if tile.indicator in keys and not hides(keys[tile.indicator])]
    compared = frozenset(name for name, key in before.items() if not hides(key))
    return KeyFigures(sources, selection, tuple(shown), points, compared, len(shown) < len(keys))
