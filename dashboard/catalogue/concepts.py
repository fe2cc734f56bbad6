"""Defines the terms of the field as types: area, indicator, unit, figure, finding. Read it first.

Values are always in base units (yuan, persons, beds, percent); display is decided in ``language``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period

OWN_LEVEL = re.compile("(?:本级|直属|[区县市省州旗]直)$")  # what a city or district does itself


class Accumulation(StrEnum):
    """What span a figure covers: decides what it may be compared with and whether it adds up."""

    END_OF_PERIOD = "end_of_period"  # 期末数: people, beds, organisations, standards, rates
    YEAR_TO_DATE = "year_to_date"  # 累计数: since 1 January; months are never added
    IN_MONTH = "in_month"  # 当月数
    OVER_SPAN = "over_span"  # a stated span: never compared, never summed


class Aggregation(StrEnum):
    """How streets make a district."""

    SUM = "sum"
    RATIO = "ratio"  # sum of numerators over sum of denominators, never a mean of rates
    NONE = "none"  # a standard in yuan: the district has its own or none


class Polarity(StrEnum):
    """Which direction is good; decides the colour and the word of a change."""

    HIGHER_BETTER = "higher_better"
    LOWER_BETTER = "lower_better"
    NEUTRAL = "neutral"


class Part(StrEnum):
    """How a child indicator stands to its parent."""

    COMPONENT = "component"  # 分项: the children make up the parent
    OF_WHICH = "of_which"  # 其中: they need not


class Level(StrEnum):
    """Administrative level. Counties are districts, towns are streets."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"


class Grade(StrEnum):
    """How far a submission may be trusted."""

    OFFICIAL = "official"  # statutory form or published statistics
    SECONDARY = "secondary"  # published figures as another page repeats them (转引)
    REPORT = "report"  # a work report
    MANAGEMENT = "management"  # an internal table
    DEMO = "demo"  # fictional; marked wherever it shows


class FigureKind(StrEnum):
    """What a figure says: what was, what is to be, or what applies."""

    ACTUAL = "actual"
    TARGET = "target"
    PLAN = "plan"
    STANDARD = "standard"


class FigureStatus(StrEnum):
    """Whether a figure is there and how firm. Blank, zero, suppressed, not reported all differ."""

    FINAL = "A"
    PROVISIONAL = "P"
    DRAFT = "T"  # of a form or report that is not published yet: 草稿, 征求意见稿
    DISPUTED = "D"  # one submission gives two values; both are kept
    NOT_REPORTED = "L"  # 缺报
    SUPPRESSED = "S"
    BLANK = "B"  # printed empty
    NOT_COMPUTABLE = "N"  # a rate on nothing: never stored, both sides are reported


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and what one of it is in base units: 万元 is 10,000 of yuan.

    ``dimension`` groups what can be converted into each other: money, persons, couples, …
    """

    id: str
    name: Text
    dimension: str
    factor: float
    spellings: tuple[str, ...] = ()

    @property
    def multiplier(self) -> float:
        """What numerator ÷ denominator is multiplied by to be in this unit."""
        return {
            "percent": 100.0,
            "permille": 1000.0,
            "per_thousand": 1000.0,
            "per_hundred": 100.0,
            "per_ten_thousand": 10000.0,
        }.get(self.id.split("/")[-1], 1.0)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One quantity with one definition. ``unit`` is its base unit, in which it is stored."""

    id: str
    name: Text
    definition: Text
    domain: str
    topic: str
    unit: Unit
    decimals: int
    accumulation: Accumulation
    aggregation: Aggregation
    polarity: Polarity
    numerator: str = ""
    denominator: str = ""
    per_month: bool = False  # a ratio whose year-to-date numerator is divided by elapsed months too
    parent: str = ""
    part: Part | None = None
    base_min: float = 0.0  # smallest base on which a growth rate is printed, base units
    linked: str = ""  # the in-month twin of a year-to-date indicator, or the reverse
    aliases: tuple[str, ...] = ()
    source: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether a difference of two values is in percentage (or permille) points."""
        return self.unit.dimension in ("percent", "permille")

    @property
    def performance(self) -> Polarity:
        """In which direction areas of different sizes may be ranked; NEUTRAL: they may not.

        A raw count or amount says how large an area is, whether more of it is better or not.
        """
        return Polarity.NEUTRAL if self.aggregation is Aggregation.SUM else self.polarity


@dataclass(frozen=True, slots=True)
class Area:
    """A place with a code. ``predecessor`` is the area it was carved out of on ``valid_from``."""

    code: str
    name: Text
    level: Level
    parent: str = ""
    valid_from: Period | None = None
    valid_to: Period | None = None
    predecessor: str = ""
    aliases: tuple[str, ...] = ()
    lists_all_below: bool = (
        True  # False: only some of the areas below are known, so no total of them
    )
    tile: tuple[int, int] | None = None  # declared row and column on a tile map, from 1

    @property
    def is_own_level(self) -> bool:
        """Whether it is what a city or district does itself (市本级), no place of its own.

        It is part of every total in which it has a figure, and nobody misses it where it has none.
        """
        return bool(OWN_LEVEL.search(self.name.zh))

    def ended_before(self, period: Period) -> bool:
        """Whether the area's last month lies before ``period``."""
        return self.valid_to is not None and self.valid_to < period

    def exists_in(self, period: Period) -> bool:
        """Whether the area existed at the end of ``period``."""
        return (self.valid_from is None or self.valid_from <= period) and (
            self.valid_to is None or period <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated that a trend must show. A ``is_break`` event forbids comparison across it."""

    id: str
    period: Period
    is_break: bool
    name: Text
    indicators: tuple[str, ...] = ()  # empty: every indicator of the area
    area: str = ""  # empty: every area


class Source(NamedTuple):
    """Where in a file a figure stood: sheet, row and column as a person counts them (1, A)."""

    sheet: str = ""
    row: int = 0
    column: str = ""
    title: str = ""  # document or web address the figure was published in
    phrase: str = ""  # the words around it, where it was taken from running text


class Observation(NamedTuple):
    """One figure in base units. ``value`` is None exactly where ``status`` says why.

    A named tuple like its source: made by the hundred thousand, five times faster than a dataclass.
    """

    indicator: str
    area: str
    period: Period
    value: float | None
    kind: FigureKind = FigureKind.ACTUAL
    status: FigureStatus = FigureStatus.FINAL
    since: Period | None = None  # first month of an over_span figure
    source: Source = Source()
    secondary: bool = False  # stated beside another period's figure
    qualifier: str = ""  # the word that states it as approximate: 约, 多, 以上
    rounding: float | None = None  # half of its last printed digit, base units; None: not known

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What identifies the figure: indicator, area, period key, kind."""
        period = self.period
        return (self.indicator, self.area, period.year * 100 + period.month, str(self.kind))


_PLAIN_FIGURE = re.compile(r"-?[1-9]\d{3,14}(?:\.\d+)?")
_NO_FIGURE = re.compile(r"area|period|code|edition|unknown|target")
SEVERITIES = ("error", "warning", "note")  # of a finding, gravest first


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader of the file must know. An ``error`` stops the submission.

    ``area`` is that of the figure it is about, "" where it is about none or that is not known;
    ``row`` is 0 where that figure is not in the file.
    """

    severity: str  # error | warning | note
    rule: str
    message: Text
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    area: str = ""

    @property
    def shown_value(self) -> str:
        """The value with separators where it is a figure; codes and periods stay as printed."""
        is_figure = _PLAIN_FIGURE.fullmatch(self.value) and not _NO_FIGURE.search(self.rule)
        if not is_figure:
            return self.value
        whole, point, decimals = self.value.partition(".")
        return f"{int(whole):,}{point}{decimals}"


@dataclass(frozen=True, slots=True)
class SubmissionHead:
    """A submission without its figures. One sheet of one file is one submission."""

    file: str
    sheet: str
    form: str
    area: str
    period: Period | None
    grade: Grade
    submitted_by: str = ""
    note: str = ""
    is_sample: bool = False


class Figure(NamedTuple):
    """A current figure as the store gives it: an observation with the submission it came with.

    ``value`` is in base units, None where ``status`` says why. ``others`` are the further values of
    a disputed figure, ``qualifier`` the word that states the value as approximate, ``marks`` what
    else must be known of it.
    """

    indicator: str
    area: str
    period: Period
    kind: str
    value: float | None
    status: str
    since: Period | None
    submission: int
    grade: str
    others: tuple[float, ...] = ()
    qualifier: str = ""
    marks: frozenset[FigureMark] = frozenset()
