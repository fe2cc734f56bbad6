"""Defines Chart: everything that is shown, decided once.

A Chart knows no pixels and no colours, only roles; the screen, a workbook and a slide draw the
same one. ``build`` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import Scale
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.axis import Reach, ValueScale, axis_of
from dashboard.charts.model.course_row import SmallTrends

MAIN, COMPARISON, COMPONENT = "main", "comparison", "component"

SHARE_MARK = " · "  # of a label, between an amount and its share
FEW_VALUES = 3  # up to which a course is a row of numbers
NEARLY_ALL = 0.95  # of a whole
MOST_SPELT = 3  # more events than this are numbered in the picture; the notes name them


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across a chart: at a value in base units (target, district), or before a category.

    ``category`` is the index of the first category at or after an event.
    """

    label: str
    value: float | None = None
    category: int | None = None
    is_break: bool = False


class Remark(NamedTuple):
    """One mark of a figure, and the words that say it."""

    mark: FigureMark
    words: str


RESTATED = "R"  # of a value told by rule for an area that was merged or split since


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one name, one per category, in base units; None where there is none.

    ``statuses`` are FigureStatus letters or RESTATED ("" where nothing is known), ``texts`` the
    values as read with their unit, ``labels`` without it, ``hover`` a full sentence, ``levels`` 1
    to 5 in heat tables (0 without a value). ``remarks`` are the marks of each value. ``end_name``
    stands at a line's last value in place of the name, where it says of which period that is.
    """

    name: str
    values: tuple[float | None, ...]
    statuses: tuple[str, ...]
    texts: tuple[str, ...]
    role: str
    hover: tuple[str, ...]
    labels: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    remarks: tuple[tuple[Remark, ...], ...] = ()
    end_name: str = ""

    def marked(self, place: int) -> tuple[FigureMark, ...]:
        """The marks of the value of one category."""
        return tuple(remark.mark for remark in self.remarks[place]) if self.remarks else ()


class CellRole(StrEnum):
    """What a cell of a table states about its figure."""

    WORDS = "words"  # no figure, or one that counts nobody: a plan, a heading
    COUNT = "count"  # persons, couples, households, cases
    AMOUNT = "amount"  # money, beds, organisations
    RATE = "rate"  # made of a numerator and a denominator
    REMAINDER = "remainder"  # what the named components leave of a total
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"


class CellFact(NamedTuple):
    """A cell's value and role, whatever is printed there.

    ``value`` is in base units, of changes and shares in percent or points, None where there is
    none or it is suppressed. ``figure`` is what the cell is about. ``base`` and ``then`` are the
    period and value a change of it is computed from; ``others`` are further values of a disputed
    figure that the cell's remark names.
    """

    role: CellRole = CellRole.WORDS
    value: float | None = None
    figure: FigureKey | None = None
    base: Period | None = None
    then: float | None = None
    others: tuple[float, ...] = ()
    suppressed: bool = False


NO_FACT = CellFact()


@dataclass(frozen=True, slots=True)
class Table:
    """The chart as a table. Every row has one cell per column; the first is its heading.

    ``rows`` are (key, cells as text). ``numbers``, ``tones`` and ``words`` have the shape of the
    cells: the number in the unit shown (None for text and missing), "level-1" … "level-5" or
    better, worse, neutral, none or "", and a word that says what the colour says. ``decimals``
    per column are for number formats. ``figures`` says of every cell which figure it shows, or
    which is missing there; None where it is none of a single figure. ``facts`` has the shape of
    the cells: each one's value in base units and its role.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    numbers: tuple[tuple[float | None, ...], ...]
    tones: tuple[tuple[str, ...], ...]
    words: tuple[tuple[str, ...], ...]
    decimals: tuple[int, ...] = ()
    figures: tuple[tuple[FigureKey | None, ...], ...] = ()
    facts: tuple[tuple[CellFact, ...], ...] = ()


Point = tuple[float, float]  # x to the right, y upwards
Ring = tuple[Point, ...]  # closed: the last point is the first


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands for one category on a map, in the map's own units.

    Outer rings run anticlockwise, holes clockwise. ``label`` is where its name stands, ``room`` the
    width there. No rings: there is no outline of it.
    """

    rings: tuple[Ring, ...]
    label: Point
    room: float


@dataclass(frozen=True, slots=True)
class MapClass:
    """One entry of a map's legend: the level it colours, 1 to 5, and what it says."""

    level: int
    label: str


@dataclass(frozen=True, slots=True)
class StreetMap:
    """What a map adds to its series: a shape per category and the legend; ``how`` it is drawn.

    ``form`` is outlines or tiles and ``forms`` what can be chosen. ``is_graded`` where a direction
    is good: level 5 is then the best, else the highest; who reaches ``target`` (base units) is in
    no class below the middle. ``absent`` is what the legend says of shapes without a value, ""
    where each has one.
    """

    form: str
    forms: tuple[str, ...]
    shapes: tuple[Shape, ...]
    classes: tuple[MapClass, ...]
    is_graded: bool
    lowest_best: bool
    absent: str
    how: str
    target: float | None = None


def _is_one_sided(parts: Sequence[float | None]) -> bool:
    """Whether one part is nearly all of a whole."""
    known = [part for part in parts if part is not None]
    total = sum(known)
    return len(known) == 1 or (total > 0 and max(known) / total > NEARLY_ALL)


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart in one language. ``empty`` is "" or an honest sentence; then there are no series.

    ``keys`` name an area or a period per category (``key_kind`` says which; "" for none), so that a
    click can become a selection. ``ticks`` are the short axis labels, "" where none is to be
    printed. ``unfinished`` marks categories that are part of a year. ``grade`` is the lowest grade
    present. ``facts`` are the label and text of every metadata line of an export. ``area`` is the
    code of the area shown; ``periods`` are those of the columns where the rows are areas or parts.
    ``receipt`` is the code printed on what leaves, "" on the screen. Of a waterfall ``since`` is
    the earlier period, ``earlier`` are those that may stand in for it. ``map`` is None but of maps.
    ``own_axis`` is an axis that holds whatever the values: that of the whole, on each of its parts.
    ``marks`` are those of all figures drawn, each with a sentence that stands on the same page.
    ``stated`` are facts that only the sentence states. ``finding`` is what the chart shows in one
    short sentence, "" where nothing is to be said. ``gap`` is how far this year's running total is
    from last year's, in words at the area between them. ``worse`` are categories on the bad side of
    the line that they are held against; empty where no direction is good. ``known`` is the
    moment of which the state of knowledge is, None for the latest. ``page`` is which part it is of
    a chart over several pages, 0 for a whole one.
    """

    id: str
    kind: Kind
    title: str
    subtitle: str
    unit: str
    scale: Scale
    categories: tuple[str, ...]
    keys: tuple[str, ...]
    key_kind: str
    series: tuple[Series, ...]
    targets: tuple[Mark, ...]
    breaks: tuple[Mark, ...]
    partial: tuple[bool, ...]
    chosen: str
    source: str
    grade: str
    is_demo: bool
    notes: tuple[str, ...]
    sentence: str
    table: Table
    decimals: int
    language: str
    empty: str = ""
    alternatives: tuple[str, ...] = ()
    step: str = ""
    ticks: tuple[str, ...] = ()
    unfinished: tuple[bool, ...] = ()
    demo_mark: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    area: str = ""
    periods: tuple[str, ...] = ()
    receipt: str = ""
    earlier: tuple[str, ...] = ()
    since: str = ""
    map: StreetMap | None = None
    own_axis: ValueScale | None = None
    marks: tuple[Remark, ...] = ()
    stated: tuple[CellFact, ...] = ()
    finding: str = ""
    gap: str = ""
    known: datetime | None = field(default=None, compare=False)
    worse: tuple[bool, ...] = ()
    small: SmallTrends | None = None
    page: int = 0

    @property
    def axis(self) -> ValueScale:
        """The axis of values that every renderer draws: of a part of a chart, the whole's."""
        if self.own_axis is not None:
            return self.own_axis
        lines = [self.shown(mark.value) for mark in self.targets]
        reach = Reach(
            kind=self.kind,
            series=tuple(tuple(map(self.shown, one.values)) for one in self.series),
            lines=tuple(line for line in lines if line is not None),
            step=self.step,
            decimals=self.decimals,
        )
        return axis_of(reach, self.language)

    @property
    def drawn_subtitle(self) -> str:
        """The subtitle where the chart itself is drawn: of a map it says where streets stand."""
        return f"{self.subtitle} · {self.map.how}" if self.map else self.subtitle

    @property
    def is_one_sided(self) -> bool:
        """Whether a composition has one part, or one that is nearly all: a sentence says it."""
        if not self.series or self.kind not in (Kind.COMPOSITION, Kind.STACKED):
            return False
        wholes: list[Sequence[float | None]] = [self.series[0].values]
        if self.kind is Kind.STACKED:  # a part a series
            periods = zip(*(series.values for series in self.series), strict=True)
            wholes = [parts for parts in periods if any(parts)]
        return bool(wholes) and all(map(_is_one_sided, wholes))

    @property
    def has_few_values(self) -> bool:
        """Whether a course has one line of so few values that numbers say it better."""
        if self.kind not in (Kind.LINE, Kind.COLUMN) or len(self.series) != 1:
            return False
        return sum(value is not None for value in self.series[0].values) <= FEW_VALUES

    @property
    def has_one_value(self) -> bool:
        """Whether a course has one value at most, which a table or a headline figure shows."""
        if not self.has_few_values:
            return False
        return sum(value is not None for value in self.series[0].values) < 2

    @property
    def headline(self) -> str:
        """What stands over the chart on screen, slide and picture: its finding, else its title."""
        return self.finding or self.title

    @property
    def explained(self) -> str:
        """What stands below it: indicator, unit and period; of a neutral title the last two."""
        return f"{self.title} · {self.drawn_subtitle}" if self.finding else self.drawn_subtitle

    def shown(self, value: float | None) -> float | None:
        """A value in base units in the unit that is shown."""
        return None if value is None else value / self.scale.factor


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What is told of a submission under a chart. ``received`` is the day it came."""

    file: str
    sheet: str
    form: str
    grade: str
    received: date | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """The figures a chart needs; what the store is asked. None means unbounded on that side."""

    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    first: Period | None = None
    last: Period | None = None
    periods: tuple[Period, ...] = ()
