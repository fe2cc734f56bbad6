"""Makes pages of key figures: what an area has of too few values to be drawn, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.analysis import comparisons
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.points import Points
from dashboard.analysis.small_counts import is_small
from dashboard.base.language import word
from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator, Polarity
from dashboard.catalogue.periods import Period, months_between
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.chart import CellFact, CellRole, Table
from dashboard.charts.model.report import PageKind, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import change_words
from dashboard.charts.text.sources import known_line, origin
from dashboard.charts.text.wording import spoken_name
from dashboard.disclosure.joint_suppression import JointSuppression
from dashboard.exports.table_shape import width_of
from dashboard.services.figures.sources import source_notes
from dashboard.services.filters import moment_of
from dashboard.services.reports.sources import Sources

_PIECE = "个"
_FEWEST = 10  # things that a count makes a finding of
_WIDE_TITLE = 64  # half-width signs of a title on one line
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
        """2021年结婚登记3,048对: a figure as a finding states it, with its time where it is old."""
        language = self.selection.language
        stated, changed = self._stated(tile), self._changed(tile)
        text = word("chart_comma", language).join(filter(None, (stated, changed)))
        if self._age(tile) == 0:
            return text
        return word("deck_figure_then", language, period=tile.period, text=text)

    def _stated(self, tile: Tile) -> str:
        """城乡低保11,022人: the figure with its name as it is spoken."""
        language, meaning = self.selection.language, self._meaning(tile)
        name = spoken_name(meaning, language) if language == "zh" else tile.title
        return word("deck_figure", language, name=name, value=_value(tile, language))

    def _meaning(self, tile: Tile) -> Indicator:
        return self.sources.catalogue.indicators[tile.indicator]

    def _age(self, tile: Tile) -> int:
        """How many months the figure is older than the report."""
        if tile.figure is None or self.selection.period is None:
            return 0
        return months_between(tile.figure.period, self.selection.period)

    def is_telling(self, tile: Tile) -> bool:
        """Whether the figure can stand as a finding.

        None can that is a limit or a standard, of a span nobody states, more than a year old, a
        count of a few things, or of the places the bureau works in.
        """
        meaning = self._meaning(tile)
        is_level = meaning.aggregation is Aggregation.NONE
        is_span = meaning.accumulation is Accumulation.OVER_SPAN
        if is_level or is_span or self._is_setting(meaning) or self._age(tile) > 12:
            return False
        value = self._value_of(tile)
        return value is not None and (meaning.is_rate or value >= _FEWEST)

    def _is_setting(self, meaning: Indicator) -> bool:
        """Whether it counts communities, townships and the like: where work is done, not work."""
        topic = self.sources.catalogue.topics.get(meaning.topic)
        return (
            meaning.accumulation is Accumulation.END_OF_PERIOD
            and meaning.polarity is Polarity.NEUTRAL
            and meaning.unit.name["zh"].startswith(_PIECE)
            and (topic is None or meaning.id not in topic.headline)
        )

    def _value_of(self, tile: Tile) -> float | None:
        key = tile.figure
        return self.points.value(tile.indicator, key.area, key.period) if key else None

    def leading(self) -> list[Tile]:
        """The figures that stand as findings: those compared first, a topic once, then the rest."""
        telling = [tile for tile in self.tiles if self.is_telling(tile)]
        compared = [tile for tile in telling if self._changed(tile)]
        first: dict[str, Tile] = {}
        for tile in (*compared, *telling):
            first.setdefault(self._meaning(tile).topic, tile)
        own = list(first.values())
        for tile in (*compared, *telling):
            if tile not in own and not self._is_part(tile, own):
                own.append(tile)
        return own or [*self.tiles]

    def _is_part(self, tile: Tile, of: Sequence[Tile]) -> bool:
        """Whether it says of a part what one of the others says of the whole."""
        names = [spoken_name(self._meaning(one), self.selection.language) for one in of]
        own = spoken_name(self._meaning(tile), self.selection.language)
        return any(own.startswith(name) and own != name for name in names)

    def _changed(self, tile: Tile) -> str:
        """同比增加316人、增长3.0%; "" where nothing can be compared."""
        if tile.figure is None or tile.indicator not in self.compared:
            return ""
        key, meaning = tile.figure, self.sources.catalogue.indicators[tile.indicator]
        change = comparisons.year_on_year(self.points, tile.indicator, key.area, key.period)
        if change.value is None:
            return ""
        return change_words.full_change(change, meaning, self.selection.language)

    def _note(self, tile: Tile) -> str:
        """What must be known of a figure; that it is an older one its own time says."""
        is_older = tile.figure is not None and tile.figure.period != self.selection.period
        marks = tile.marks[1:] if is_older else tile.marks
        return word("chart_comma", self.selection.language).join(marks)

    def pages(self, most: int) -> tuple[list[ReportPage], int]:
        """The pages, at most ``most``, and how many figures they leave out.

        No page has figures alone of which none can stand as a finding, such as 基金会新增0家.
        """
        by_topic: dict[str, list[Tile]] = {}
        for tile in self.tiles:
            by_topic.setdefault(self._meaning(tile).topic, []).append(tile)
        for every in by_topic.values():
            every.sort(key=lambda tile: not self.is_telling(tile))
        quota = len(self.tiles)  # of each topic, so that every one has a place
        while quota > 1 and len(list(_groups(by_topic, quota))) > most:
            quota -= 1
        every_group = list(_groups(by_topic, quota))
        telling = [group for group in every_group if any(map(self.is_telling, group))]
        groups = (telling or every_group)[:most]
        left = len(self.tiles) - sum(map(len, groups))
        return [self.page(group) for group in groups], left

    def page(self, tiles: Sequence[Tile], title: str = "") -> ReportPage:
        """A page of these figures, titled by what leads in it where it has no title."""
        language, catalogue = self.selection.language, self.sources.catalogue
        known = catalogue.indicators
        topics = dict.fromkeys(known[tile.indicator].topic for tile in tiles)
        names = [catalogue.topics[name].title[language] for name in topics]
        topic = word("list_comma", language).join(names)
        title = title or self._title(tiles)
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

    def _title(self, tiles: Sequence[Tile]) -> str:
        """The leading figure with its change; else the first ones of two topics, if there is room.

        The topics stand in the subtitle.
        """
        language = self.selection.language
        leading = [tile for tile in self.leading() if tile in tiles] or [*tiles]
        first = leading[0]
        if self._changed(first):
            return self.phrase(first)
        topic, telling = self._meaning(first).topic, filter(self.is_telling, leading)
        other = (tile for tile in telling if self._meaning(tile).topic != topic)
        second = next(other, None)
        texts = [self.phrase(first), *([self.phrase(second)] if second else [])]
        both = word("chart_comma", language).join(texts)
        return both if width_of(both) <= _WIDE_TITLE else texts[0]

    def _table(self, tiles: Sequence[Tile], caption: str) -> Table:
        language = self.selection.language
        names = ["deck_figure_name", "deck_figure_value", "deck_figure_period"]
        has_change = any(map(self._changed, tiles))
        names += ["deck_figure_change"] if has_change else []
        rows, facts, figures = [], [], []
        blank = CellFact()
        for tile in tiles:
            cells = [tile.title, _value(tile, language), tile.period]
            if has_change:
                cells.append(self._changed(tile))
            rows.append((tile.indicator, tuple(cells)))
            key = tile.figure
            value = self.points.value(tile.indicator, key.area, key.period) if key else None
            fact = CellFact(CellRole.AMOUNT, value, key)
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
    return f"{value}{'' if close else ' '}{_unit(tile)}"


def _unit(tile: Tile) -> str:
    """The unit; of 社区数 60个社区 it is 个, for the name has said of what."""
    noun = tile.unit.removeprefix(_PIECE)
    said = noun != tile.unit and tile.title.removesuffix("数").endswith(noun)
    return _PIECE if noun and said else tile.unit


def released(
    sources: Sources, selection: Selection, tiles: Sequence[Tile], suppressed: JointSuppression
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
