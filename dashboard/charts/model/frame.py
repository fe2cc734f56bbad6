"""Defines Frame, what a chart is made from, and ChartParts, what its kind decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.analysis import comparisons
from dashboard.analysis.change import Change
from dashboard.analysis.comparisons import point_at
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value
from dashboard.analysis.points import Points
from dashboard.analysis.small_counts import counts_people
from dashboard.base.language import Scale, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, FigureStatus, Indicator, Polarity
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.outlines import Outline
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import ChartSpec, Transform
from dashboard.charts.model.chart import (
    NO_FACT,
    CellFact,
    CellRole,
    Mark,
    Series,
    SourceNote,
    StreetMap,
    Table,
)
from dashboard.charts.model.course_row import SmallTrends
from dashboard.charts.model.selection import NO_COMPARISON, Selection
from dashboard.charts.text import change_words, wording

LOOK_BACK = 11  # months: an older figure is not shown for the selected period


@dataclass(frozen=True, slots=True)
class Frame:
    """A declared chart, what the reader chose, and the points to draw from.

    ``known`` are further periods with figures, to name the nearest where nothing is there;
    ``outlines`` are those of areas whose boundaries were handed in.
    """

    spec: ChartSpec
    selection: Selection
    points: Points
    catalogue: Catalogue
    areas: Areas
    sources: Mapping[int, SourceNote]
    known: tuple[Period, ...] = ()
    outlines: Mapping[str, Outline] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """zh or en."""
        return self.selection.language

    @property
    def area(self) -> str:
        """The code of the selected area."""
        return self.selection.area

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The declared indicators that share the first one's unit; others need their own chart."""
        every = [self.catalogue.indicators[name] for name in self.spec.indicators]
        return tuple(indicator for indicator in every if indicator.unit.id == every[0].unit.id)

    @property
    def main(self) -> Indicator:
        """The first indicator."""
        return self.catalogue.indicators[self.spec.indicators[0]]

    @property
    def shows_values(self) -> bool:
        """Whether the values themselves are shown, not a change or share of them."""
        return self.spec.transform is Transform.VALUE

    @property
    def is_ranked(self) -> bool:
        """Whether what is drawn may be ranked as performance: a rate or a change, of a good
        direction; a raw count is only larger or smaller."""
        if self.shows_values:
            return self.main.performance is not Polarity.NEUTRAL
        of_change = self.spec.transform is not Transform.SHARE
        return of_change and self.main.polarity is not Polarity.NEUTRAL

    @property
    def comparison(self) -> str:
        """The chosen comparison; none where a change is already what is drawn."""
        return self.selection.comparison if self.shows_values else NO_COMPARISON

    def word(self, key: str, **fields: object) -> str:
        """A word in the frame's language."""
        return word(key, self.language, **fields)

    def span(self, first: str, last: str) -> str:
        """Two names of periods as one span; only one where they are the same."""
        return first if first == last else self.word("chart_span", first=first, last=last)

    def name(self, code: str) -> str:
        """An area's name."""
        return wording.area_name(self.areas.get(code), code, self.language)

    def place(self, code: str) -> Area | None:
        """The area, where it is known."""
        return self.areas.get(code)

    def point(self, indicator: str, area: str, period: Period) -> Point | None:
        """The point that is drawn: the value, its change or its share of the parent."""
        point = self.points.point(indicator, area, period)
        if self.shows_values or point is None:
            return point
        if self.spec.transform is Transform.SHARE:
            return comparisons.share(self.points, indicator, area, period)
        change = self.drawn_change(indicator, area, period)
        if change is None:
            return None
        about = {FigureMark.APPROXIMATE} if change.is_approximate else set()
        return replace(point, value=change.value, marks=point.marks | about)

    def drawn_change(self, indicator: str, area: str, period: Period) -> Change | None:
        """The change that is drawn instead of the value; None where another thing is drawn."""
        compared = comparisons.COMPARISONS.get(str(self.spec.transform))
        return compared(self.points, indicator, area, period) if compared else None

    def base(self, indicator: str, area: str, period: Period) -> Point | None:
        """The point the chosen comparison compares with, where there is one."""
        change = self.change(indicator, area, period)
        if change is None or change.value is None or change.base is None:
            return None
        return comparisons.point_at(self.points, change.then.figure)

    def change(self, indicator: str, area: str, period: Period) -> Change | None:
        """The comparison of the value as it stands, None where none is chosen."""
        return comparisons.change(self.comparison, self.points, indicator, area, period)

    def step(self, indicator: str, area: str, period: Period) -> Change | None:
        """What the last month or quarter of a running total brought, where 环比 is chosen."""
        return comparisons.last_step(self.comparison, self.points, indicator, area, period)

    def remark(self, point: Point, area: str, scale: Scale) -> str:
        """What must be known of a value: what is missing from it, and its status."""
        partial = wording.partial_words(point, self.areas, area, self.language)
        status = wording.status_words(point, scale, self.language)
        return self.word("chart_comma").join(part for part in (partial, status) if part)

    def absent(self, point: Point | None, code: str, period: Period, *, due: bool = False) -> str:
        """Why there is no value of this area."""
        if point is not None and point.restated and point.status != FigureStatus.NOT_COMPUTABLE:
            return wording.unrestated_words(point, self.areas, self.language)
        return wording.absent_word(point, self.place(code), period, self.language, due=due)

    def why_absent(self, key: FigureKey, *, due: bool = False) -> str:
        """Why nothing is drawn of a figure: its change is refused, or there is no value."""
        point = self.points.point(*key[:3])
        if self.shows_values or not has_value(point):
            return self.absent(point, key.area, key.period, due=due)
        change = self.drawn_change(*key[:3])
        if change is None:
            return self.word("reason_no_share")
        indicator = self.catalogue.indicators[key.indicator]
        return change_words.reason_words(replace(change, absolute=None), indicator, self.language)

    def scale(self, values: list[float | None]) -> Scale:
        """The scale of the values drawn; changes and shares are in percent or points."""
        if self.shows_values:
            return wording.scale_of(self.main, values, self.language)
        if self.main.is_rate and self.spec.transform is not Transform.SHARE:
            dimension = self.main.unit.dimension
            key = "chart_permille_points" if dimension == "permille" else "chart_points"
            return Scale(1.0, self.word(key).strip(), 1)
        return Scale(1.0, "%", 1)

    def role(self, figure: FigureKey | None) -> CellRole:
        """What a cell states that shows the value of this figure as it stands."""
        meaning = self.catalogue.indicators.get(figure.indicator) if figure else None
        if meaning is None:
            return CellRole.WORDS
        if counts_people(meaning):
            return CellRole.COUNT
        return CellRole.RATE if meaning.numerator else CellRole.AMOUNT

    @property
    def remainder_role(self) -> CellRole:
        """What a cell states that shows a part of the main indicator that is no figure."""
        return CellRole.REMAINDER if counts_people(self.main) else CellRole.AMOUNT

    def drawn_role(self, figure: FigureKey | None) -> CellRole:
        """What a cell states that shows the drawn point: the value, its change or its share."""
        if self.shows_values or figure is None:
            return self.role(figure)
        return CellRole.SHARE if self.spec.transform is Transform.SHARE else CellRole.CHANGE

    def is_near(self, period: Period) -> bool:
        """Whether a figure of the period may be shown for the selected one."""
        chosen = self.selection.period
        return chosen is None or chosen.plus(-LOOK_BACK) <= period <= chosen

    def end(self, codes: list[str]) -> Period | None:
        """The latest period with a value, at most LOOK_BACK months before the selected one."""
        last: Period | None = None

        def is_later(period: Period) -> bool:
            return self.is_near(period) and (last is None or period > last)

        for code in codes:
            for indicator in self.indicators:
                last = self.points.latest(indicator.id, code, is_later) or last
        return last


@dataclass(frozen=True, slots=True)
class ChartParts:
    """What one kind's builder decided; the rest of a Chart is the same for every kind.

    ``span`` is the period in words, ``used`` the points whose sources are to be named, ``bases``
    those they are compared with. ``stated`` are facts that the sentence states and no cell does.
    ``finding`` is what the chart shows in one short sentence, "" where nothing is to be said;
    ``gap`` how far this year's running total is from last year's.
    """

    title: str
    span: str
    area: str
    scale: Scale
    categories: tuple[str, ...]
    keys: tuple[str, ...]
    key_kind: str
    series: tuple[Series, ...]
    table: Table
    sentence: str
    used: tuple[Point, ...]
    bases: tuple[Point, ...] = ()
    ticks: tuple[str, ...] = ()
    targets: tuple[Mark, ...] = ()
    breaks: tuple[Mark, ...] = ()
    partial: tuple[bool, ...] = ()
    unfinished: tuple[bool, ...] = ()
    chosen: str = ""
    notes: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    step: str = ""
    unit: str = ""
    periods: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    since: str = ""
    map: StreetMap | None = None
    stated: tuple[CellFact, ...] = ()
    finding: str = ""
    gap: str = ""
    worse: tuple[bool, ...] = ()
    small: SmallTrends | None = None


@dataclass(slots=True)
class Rows:
    """A table while it is being written, row by row; ``table`` freezes it."""

    caption: str
    columns: list[str]
    decimals: list[int]
    rows: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    numbers: list[tuple[float | None, ...]] = field(default_factory=list)
    tones: list[tuple[str, ...]] = field(default_factory=list)
    words: list[tuple[str, ...]] = field(default_factory=list)
    figures: list[tuple[FigureKey | None, ...]] = field(default_factory=list)
    facts: list[tuple[CellFact, ...]] = field(default_factory=list)

    def add_column(self, title: str, decimals: int) -> None:
        """One more column, before any row is written."""
        self.columns.append(title)
        self.decimals.append(decimals)

    def add(self, key: str, heading: str, cells: list[TableCell]) -> None:
        """One more row: its heading and one cell for every further column."""
        self.rows.append((key, (heading, *(cell.text for cell in cells))))
        self.numbers.append((None, *(cell.number for cell in cells)))
        self.tones.append(("", *(cell.tone for cell in cells)))
        self.words.append(("", *(cell.word for cell in cells)))
        self.figures.append((None, *(cell.figure for cell in cells)))
        self.facts.append((CellFact(), *(cell.fact for cell in cells)))

    def drop_empty_columns(self, first: int) -> None:
        """Takes out the columns from ``first`` on in which no row has anything but a dash."""
        for place in reversed(range(first, len(self.columns))):
            if all(cells[place] in ("", "—") for _, cells in self.rows):
                self._drop(place)

    def _drop(self, place: int) -> None:
        del self.columns[place], self.decimals[place]
        self.rows = [(key, _without(cells, place)) for key, cells in self.rows]
        self.numbers = [_without(row, place) for row in self.numbers]
        self.tones = [_without(row, place) for row in self.tones]
        self.words = [_without(row, place) for row in self.words]
        self.figures = [_without(row, place) for row in self.figures]
        self.facts = [_without(row, place) for row in self.facts]

    def table(self) -> Table:
        """The finished table."""
        return Table(
            self.caption,
            tuple(self.columns),
            tuple(self.rows),
            tuple(self.numbers),
            tuple(self.tones),
            tuple(self.words),
            tuple(self.decimals),
            tuple(self.figures),
            tuple(self.facts),
        )


def _without(cells: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    return (*cells[:place], *cells[place + 1 :])


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: the text, the number in the unit shown, the tone and the word that says it.

    ``figure`` names what is shown there, or missing; ``fact`` is its value and role.
    """

    text: str
    number: float | None = None
    tone: str = ""
    word: str = ""
    figure: FigureKey | None = None
    fact: CellFact = NO_FACT


def value_cell(
    frame: Frame,
    value: float | None,
    scale: Scale,
    absent: str = "",
    figure: FigureKey | None = None,
) -> TableCell:
    """A value (base units) as a cell with its marks; ``absent`` says why it is not there."""
    fact = CellFact(frame.role(figure), value, figure)
    if value is None:
        return TableCell("—", word=absent, figure=figure, fact=fact)
    text = wording.plain(value, scale, frame.language)
    point = _stated(frame, figure, value)
    if point is None or figure is None:
        return TableCell(text, value / scale.factor, figure=figure, fact=fact)
    remarks = wording.point_remarks(point, frame.areas, figure.area, scale, frame.language)
    remarked = frame.word("chart_comma").join(remark.words for remark in remarks)
    fact = fact._replace(others=_others(point))
    return TableCell(text, value / scale.factor, word=remarked, figure=figure, fact=fact)


def _stated(frame: Frame, figure: FigureKey | None, value: float) -> Point | None:
    """The point of a figure whose value is shown as it stands; None of what is computed of it."""
    if figure is None or figure.indicator not in frame.catalogue.indicators:
        return None
    point = point_at(frame.points, figure)
    return point if point is not None and point.value == value else None


def _others(point: Point | None) -> tuple[float, ...]:
    """The further values of the quantity that a remark on the point names."""
    if point is None:
        return ()
    return (*point.others, point.differs.value) if point.differs else point.others


def drawn_cell(
    frame: Frame, point: Point | None, scale: Scale, figure: FigureKey | None, remark: str = ""
) -> TableCell:
    """The drawn point as a cell: the figure's value, its change or its share.

    ``remark`` is the cell's word: what must be known of the value, or why there is none.
    """
    cell = value_cell(frame, point.value if point else None, scale, figure=figure)
    fact = cell.fact._replace(role=frame.drawn_role(figure), others=_others(point))
    if fact.role is CellRole.CHANGE and figure:
        change = frame.drawn_change(*figure[:3])
        fact = compared_fact(change) if change else fact
    return replace(cell, word=remark, fact=fact)


def compared_fact(change: Change) -> CellFact:
    """A change as a cell's fact: its value, the figure that is compared, and the one before."""
    now, then = change.now, change.then
    return CellFact(CellRole.CHANGE, change.value, now.figure, change.base, then.value)


def change_cell(frame: Frame, change: Change | None, indicator: Indicator) -> TableCell:
    """A comparison as a cell, with the word for its direction or the reason why there is none.

    The cell's figure is the one that is compared: its page shows the arithmetic.
    """
    if change is None:
        return TableCell("—")
    fact = compared_fact(change)
    if change.value is None:
        reason = change_words.reason_words(change, indicator, frame.language)
        word = "" if change.reason == "not_reported" else reason
        return TableCell("—", word=word, fact=fact)
    text = change_words.change_number(change, indicator, frame.language)
    word = change_words.qualified(change, frame.word(f"chart_{change.word}"), frame.language)
    return TableCell(text, change.value, change.tone, word, change.now.figure, fact)
