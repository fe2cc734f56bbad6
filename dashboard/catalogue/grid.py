"""Composes indicators from programme × measure × breakdown: each is a cell of this grid.

A cell's id is written from its parts (``urban_dibao__persons__sex_female``), so that an indicator
is made from its id alone, when it is asked for; nothing is laid out in advance. A cell that the
list of indicators declares keeps the declared id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    Indicator,
    Part,
    Polarity,
    Unit,
)
from dashboard.catalogue.periods import Period

URBAN, RURAL = "urban", "rural"
IN_MONTH = "in_month"
OWN = "own"  # the dimension of a value for which a bureau named none
TABLE_SLOTS = (
    "mark",
    "basis",
    "scope",
    "weak",
    "filler",
    "noise",
    "alters",
    "office",
    "may_contain",
)
_JOIN = "__"
GENERAL = 2  # the strength of a measure that others refine: persons
_MONTHS = "months_"
_SPANNED = re.compile(rf"{_MONTHS}([2-9]|[1-9]\d)")
_SCOPES = {URBAN: Text("城市", "urban"), RURAL: Text("农村", "rural")}
_AGE = re.compile(r"(\d{1,3})_(\d{1,3}|up)|under_(\d{1,3})")
_OWN_WORD = re.compile(r"u(?:[0-9a-f]{4,5}_)*[0-9a-f]{4,5}")
_COLUMBARIA = ("columbaria", "public_columbaria")
_MEALS = ("meal_points", "elderly_canteens")
# What comes in is not spent: the name of its money.
_RECEIPTS = {"lottery_sales": "额", "lottery_fund": "金额", "donations": "额"}
_CEMETERIES = ("cemeteries", "public_cemeteries", "commercial_cemeteries", *_COLUMBARIA)
_OF_SOME = {  # measures of a few programmes only
    "per_thousand": ("marriages", "divorces_all"),
    "daily": ("marriages", "divorces_all"),
    "share_of_nonfarm": ("dibao",),
    "cremation_rate": ("cremations",),
    "daily_diners": _MEALS,
    "service_hours": ("home_care_services",),
    "used_plots": _CEMETERIES,
    "plots": _CEMETERIES,
    "projects": ("lottery_fund_used",),
    "party_bodies": (
        "social_organisations",
        "social_associations",
        "foundations",
        "private_units",
        "community_organisations",
        "charities",
    ),
}
SAME_AS = {  # a programme and a measure of it that mean what others do
    ("social_organisations", "party_bodies"): ("party_organisations", "organisations")
}
_OF_FACILITIES = ("coverage", "service_times", "subsidies")
_BEFORE = ("ownership", "star", "rating")  # 公办养老机构, not 养老机构公办


class IndicatorCell(NamedTuple):
    """One meaning: what is counted of whom. ``values`` are (dimension, value), each dimension once.

    ``scope`` is urban, rural or empty; ``in_month`` is the month's own figure of a flow, ``months``
    the length of a span that is neither a month nor since January (a third quarter), else 0.
    """

    programme: str
    measure: str
    scope: str = ""
    values: tuple[tuple[str, str], ...] = ()
    in_month: bool = False
    months: int = 0


@dataclass(frozen=True, slots=True)
class Programme:
    """A benefit, a kind of institution, a registration or a head of spending (项目).

    ``parents`` contain it; ``union`` are the programmes that it joins; ``short`` are words that
    mean it only below a parent (内地居民 below 结婚登记).
    """

    id: str
    name: Text
    kind: str
    topic: str
    parents: tuple[str, ...]
    scopes: str
    counts: str
    union: tuple[str, ...]
    aliases: tuple[str, ...]
    short: tuple[str, ...]

    @property
    def is_receipt(self) -> bool:
        """Whether its money comes in and is not spent: sales, donations, funds raised."""
        return self.id in _RECEIPTS


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured of a programme (度量). ``basis`` is stock, flow, to_date or rate."""

    id: str
    name: Text
    unit: str
    decimals: int
    basis: str
    aggregation: Aggregation
    polarity: Polarity
    kinds: tuple[str, ...]
    numerator: str
    denominator: str
    strength: int
    aliases: tuple[str, ...]

    @property
    def group(self) -> str:
        """What its breakdowns ask for: people, money, standard or organisations."""
        if self.unit in ("person", "person_time", "household", "household_time", "couple"):
            return "people"
        if self.unit == "yuan":
            return "money"
        return "standard" if self.unit.startswith("yuan_per") else "organisations"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a breakdown (分组): women, class A, of grade one."""

    dimension: str
    id: str
    name: Text
    part: Part
    programmes: frozenset[str]  # kinds, ids or topics
    measures: frozenset[str]
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    makes_whole: bool = False  # with the other components of its dimension, whatever is counted


class Programmes(dict[str, Programme]):
    """The declared programmes by id, and kinds of institution that only a table names.

    The id of such a kind is written from its name (``own_u7f8e_…``), so that no list keeps it.
    """

    def __missing__(self, identity: str) -> Programme:
        """The kind of institution that an id names; raises KeyError."""
        word = identity.removeprefix(f"{OWN}_")
        if word == identity or not _OWN_WORD.fullmatch(word):
            raise KeyError(identity)
        name = _word_of(word)
        return Programme(
            identity,
            Text(name, name),
            "institution",
            "community",
            (),
            "",
            "organisation",
            (),
            (),
            (),
        )

    def __contains__(self, identity: object) -> bool:
        """Whether the id is declared or names a kind of institution."""
        own = isinstance(identity, str) and identity.startswith(f"{OWN}_u")
        return dict.__contains__(self, identity) or (
            own and bool(_OWN_WORD.fullmatch(str(identity).removeprefix(f"{OWN}_")))
        )

    def get(self, identity: str, default: Programme | None = None) -> Programme | None:  # type: ignore[override]
        """The programme of an id, or ``default``."""
        return self[identity] if identity in self else default


def own_programme(name: str) -> str:
    """The id of a kind of institution that a table names and no list knows."""
    return f"{OWN}_{own_value(name)}"


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def read_programme(row: Mapping[str, str]) -> Programme:
    """A row of programmes.csv."""
    return Programme(
        id=row["id"],
        name=Text(row["name_zh"], row["name_en"]),
        kind=row["kind"],
        topic=row["topic"],
        parents=_split(row["parents"]),
        scopes=row["scopes"],
        counts=row["counts"],
        union=tuple(filter(None, row["union"].split("+"))),
        aliases=_split(row["aliases"]),
        short=_split(row["short"]),
    )


def read_measure(row: Mapping[str, str]) -> Measure:
    """A row of measures.csv."""
    return Measure(
        id=row["id"],
        name=Text(row["name_zh"], row["name_en"]),
        unit=row["unit"],
        decimals=int(row["decimals"] or 0),
        basis=row["basis"],
        aggregation=Aggregation(row["aggregation"]),
        polarity=Polarity(row["polarity"]),
        kinds=_split(row["kinds"]),
        numerator=row["numerator"],
        denominator=row["denominator"],
        strength=int(row["strength"] or 0),
        aliases=_split(row["aliases"]),
    )


def read_value(row: Mapping[str, str]) -> Value:
    """A row of breakdowns.csv."""
    return Value(
        dimension=row["dimension"],
        id=row["value"],
        name=Text(row["name_zh"], row["name_en"]),
        part=Part(row["part"]),
        makes_whole=row["whole"] == "yes",
        programmes=frozenset(_split(row["programmes"])),
        measures=frozenset(_split(row["measures"])),
        aliases=_split(row["aliases"]),
        short=_split(row["short"]),
    )


def read_table_words(row: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a row of table_words.csv; raises ValueError for a slot that is none."""
    if row["slot"] not in TABLE_SLOTS:
        raise ValueError(f"slot {row['slot']!r}: one of {', '.join(TABLE_SLOTS)} is needed")
    return _split(row["words"])


def own_value(word: str) -> str:
    """The value of a word that a bureau added: its characters, so that its name is in its id."""
    return "u" + "_".join(f"{ord(letter):04x}" for letter in word)


def _word_of(value: str) -> str:
    return "".join(chr(int(code, 16)) for code in value[1:].split("_"))


@dataclass(frozen=True, eq=False)
class Grid:
    """All programmes, measures and breakdowns, and the indicators of their cells.

    ``headings`` are the words that head a dimension (致贫原因). ``declared`` gives the id of a
    cell that the list of indicators declares, by the composed id. ``words`` are the words of
    tables that no programme, measure or breakdown has, by slot and meaning (累计: basis).
    """

    programmes: Programmes
    measures: dict[str, Measure]
    values: tuple[Value, ...]
    headings: dict[str, str]
    units: dict[str, Unit]
    words: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)
    _identities: set[str] = field(default_factory=set, repr=False)  # of the declared cells
    _cells: dict[str, IndicatorCell | None] = field(default_factory=dict, repr=False)  # by id
    _broken_down: dict[tuple[str, ...], tuple[Value, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions in the order in which an id names them."""
        return (*dict.fromkeys(value.dimension for value in self.values), OWN)

    def dimension_name(self, dimension: str) -> Text:
        """What a dimension is called: the first word that heads it in tables."""
        plain = dimension.replace("_", " ")
        heading = (word for word, headed in self.headings.items() if headed == dimension)
        return Text(next(heading, plain), plain)

    # -- what is allowed ----------------------------------------------------------------------

    def measures_of(self, programme: Programme) -> Iterator[Measure]:
        """The measures that a programme has."""
        for measure in self.measures.values():
            if self.allows(programme, measure) and (programme.id, measure.id) not in SAME_AS:
                yield measure

    def allows(self, programme: Programme, measure: Measure) -> bool:
        """Whether the programme can be measured so: marriages in couples, not in beds."""
        if programme.kind not in measure.kinds:
            return False
        counted = {"couples": "couple", "cases": "case", "bodies": "body"}
        counted |= {"sessions": "session", "instances": "instance", "hours": "hour"}
        if measure.id in counted:
            return programme.counts == counted[measure.id]
        if measure.id == "persons" and programme.kind == "registration":
            return programme.counts in ("person", "couple")
        if measure.id == "institution_rate":
            return any(self.value("care", "institution", programme, m) for m in _people(self))
        if measure.id in _OF_SOME:
            return programme.id in _OF_SOME[measure.id]
        return measure.id not in _OF_FACILITIES or programme.counts == "facility"

    def value(
        self, dimension: str, value: str, programme: Programme, measure: Measure
    ) -> Value | None:
        """The value as this programme and measure have it, or None where they do not."""
        if dimension == OWN or _OWN_WORD.fullmatch(value):
            word = _word_of(value) if _OWN_WORD.fullmatch(value) else value
            return Value(
                dimension, value, Text(word, word), Part.OF_WHICH, frozenset(), frozenset()
            )
        for candidate in self.values:
            known = candidate.dimension == dimension and (
                candidate.id == value or dimension == "age"
            )
            if known and _has(candidate, programme, measure):
                return _of_age(candidate, value) if dimension == "age" else candidate
        return None

    def values_of(self, programme: Programme, measure: Measure) -> tuple[Value, ...]:
        """The values by which this measure of the programme is broken down, each once."""
        asked = (programme.id, programme.kind, programme.topic, measure.group)
        if asked not in self._broken_down:
            first: dict[tuple[str, str], Value] = {}
            for value in self.values:
                if _has(value, programme, measure):
                    first.setdefault((value.dimension, value.id), value)
            self._broken_down[asked] = tuple(first.values())
        return self._broken_down[asked]

    def is_within(self, inner: str, outer: str) -> bool:
        """Whether the programme ``inner`` is or lies below ``outer``, or is part of its union."""
        known, whole = self.programmes.get(inner), self.programmes.get(outer)
        if inner == outer or (whole is not None and inner in whole.union):
            return True
        return known is not None and any(self.is_within(parent, outer) for parent in known.parents)

    def union_of(self, parts: Iterable[str]) -> str:
        """The programme that joins exactly these, or empty."""
        wanted = set(parts)
        for programme in self.programmes.values():
            if programme.union and set(programme.union) == wanted:
                return programme.id
        return ""

    def words_by_value(self, slot: str) -> dict[str, str]:
        """The words of tables that fill a slot, with the value that each means."""
        return {
            word: value
            for (named, value), words in self.words.items()
            if named == slot
            for word in words
        }

    def is_declared(self, identity: str) -> bool:
        """Whether a declared indicator is a cell of the grid."""
        if len(self._identities) != len(self.declared):
            self._identities.update(self.declared.values())
        return identity in self._identities

    # -- ids ----------------------------------------------------------------------------------

    def composed_id(self, cell: IndicatorCell) -> str:
        """The id written from the cell's parts."""
        order = self.dimensions
        values = sorted(cell.values, key=lambda pair: (order.index(pair[0]), pair[1]))
        programme = f"{cell.scope}_{cell.programme}" if cell.scope else cell.programme
        parts = [programme, cell.measure, *(f"{dimension}_{value}" for dimension, value in values)]
        if cell.months:
            parts.append(f"{_MONTHS}{cell.months}")
        return _JOIN.join([*parts, IN_MONTH] if cell.in_month else parts)

    def id_of(self, cell: IndicatorCell) -> str:
        """The id under which figures of the cell are kept: the declared one, else the composed."""
        composed = self.composed_id(cell)
        return self.declared.get(composed, composed)

    def cell_of(self, identity: str) -> IndicatorCell | None:
        """The cell of a composed id; None where it is none or its parts do not go together."""
        parts = identity.split(_JOIN)
        if len(parts) < 2:
            return None
        in_month, spanned = parts[-1] == IN_MONTH, _SPANNED.fullmatch(parts[-1])
        parts = parts[:-1] if in_month or spanned else parts
        scope, name = "", parts[0]
        if name not in self.programmes:
            scope, _, name = name.partition("_")
        if name not in self.programmes or len(parts) < 2 or parts[1] not in self.measures:
            return None
        values = tuple(self._named_value(part) for part in parts[2:])
        months = int(spanned[1]) if spanned else 0
        cell = IndicatorCell(name, parts[1], scope, values, in_month, months)
        return cell if self.is_meaningful(cell) and self.composed_id(cell) == identity else None

    def cell_at(self, identity: str) -> IndicatorCell | None:
        """The cell of an indicator's id, declared or composed; None where it is none."""
        if _JOIN in identity:
            return self.cell_of(identity)
        if identity not in self._cells and self.is_declared(identity):
            composed = next(name for name, own in self.declared.items() if own == identity)
            self._cells[identity] = self.cell_of(composed)
        return self._cells.get(identity)

    def _named_value(self, part: str) -> tuple[str, str]:
        for dimension in sorted(self.dimensions, key=len, reverse=True):
            if part.startswith(dimension + "_"):
                return dimension, part[len(dimension) + 1 :]
        return "", part

    def is_meaningful(self, cell: IndicatorCell) -> bool:
        """Whether the parts of a cell go together."""
        programme = self.programmes.get(cell.programme)
        measure = self.measures.get(cell.measure)
        if programme is None or measure is None or not self.allows(programme, measure):
            return False
        if cell.scope and cell.scope not in self.scopes_of(programme):
            return False
        if (cell.in_month or cell.months) and not self.is_flow(programme, measure):
            return False
        if len(dict(cell.values)) < len(cell.values):  # a dimension twice
            return False
        return all(self.value(*pair, programme, measure) for pair in cell.values)

    def scopes_of(self, programme: Programme) -> tuple[str, ...]:
        """Urban and rural where the programme is kept by them."""
        both = {"both": (URBAN, RURAL), RURAL: (RURAL,), URBAN: (URBAN,)}
        return both.get(programme.scopes, ())

    def is_flow(self, programme: Programme, measure: Measure) -> bool:
        """Whether figures count over a time, so that their basis matters."""
        if measure.basis == "flow":
            return True
        counted = programme.kind in ("relief", "registration")
        return counted and measure.id in ("persons", "households")

    # -- indicators ---------------------------------------------------------------------------

    def indicator(self, identity: str) -> Indicator | None:
        """The indicator of a composed id, or None."""
        cell = self.cell_of(identity)
        return self.indicator_of(cell) if cell is not None else None

    def indicator_of(self, cell: IndicatorCell) -> Indicator:
        """The indicator that a cell is, made from its parts."""
        programme, measure = self.programmes[cell.programme], self.measures[cell.measure]
        name = self._name(cell, programme, measure)
        whole, part = self._whole(cell, programme, measure)
        flow = self.is_flow(programme, measure)
        has_twin = flow and not cell.months
        twin = self.id_of(cell._replace(in_month=not cell.in_month)) if has_twin else ""
        is_ratio = measure.aggregation is Aggregation.RATIO
        sides = (measure.numerator, measure.denominator) if is_ratio else ()
        top, bottom = [self.id_of(cell._replace(measure=side)) for side in sides] or ["", ""]
        return Indicator(
            id=self.id_of(cell),
            name=name,
            definition=_definition(name, self._accumulation(cell, flow, measure)),
            domain=programme.topic,
            topic=programme.topic,
            unit=self.units[self.unit_of(programme, measure)],
            decimals=measure.decimals,
            accumulation=self._accumulation(cell, flow, measure),
            aggregation=measure.aggregation,
            polarity=measure.polarity,
            numerator=top,
            denominator=bottom,
            parent=whole,
            part=part,
            linked=twin,
        )

    def components_of(self, identity: str) -> Mapping[str, tuple[str, ...]]:
        """The ids of the parts of a quantity, by the dimension in which they make it up.

        Bands of age are left out, for they need not be disjoint; nothing of an id that is no cell.
        """
        return _components_of(self, identity)

    def partitions_of(self, identity: str) -> tuple[tuple[str, ...], ...]:
        """The ids of parts that add up to a quantity, whatever it counts: 集中 and 分散.

        Only of what no value narrows: parts of parts are not looked for.
        """
        return _partitions_of(self, identity)

    def unit_of(self, programme: Programme, measure: Measure) -> str:
        """The base unit: what a programme's count is counted in, else the measure's own."""
        counts = programme.counts if programme.counts in self.units else measure.unit
        return counts if measure.unit == "organisation" else measure.unit

    @staticmethod
    def _accumulation(cell: IndicatorCell, flow: bool, measure: Measure) -> Accumulation:
        if cell.in_month:
            return Accumulation.IN_MONTH
        if cell.months:
            return Accumulation.OVER_SPAN
        to_date = flow or measure.basis == "to_date"
        return Accumulation.YEAR_TO_DATE if to_date else Accumulation.END_OF_PERIOD

    def _whole(
        self, cell: IndicatorCell, programme: Programme, measure: Measure
    ) -> tuple[str, Part | None]:
        if cell.values:
            last = self.value(*cell.values[-1], programme, measure)
            whole = cell._replace(values=cell.values[:-1])
            return self.id_of(whole), last.part if last else Part.OF_WHICH
        if cell.scope and measure.aggregation is Aggregation.SUM:
            return self.id_of(cell._replace(scope="")), Part.COMPONENT
        return "", None

    def _name(self, cell: IndicatorCell, programme: Programme, measure: Measure) -> Text:
        known = [self.value(*pair, programme, measure) for pair in cell.values]
        values = [value for value in known if value is not None]
        before = [value.name for value in values if value.dimension in _BEFORE]
        after = [value.name for value in values if value.dimension not in _BEFORE]
        scope = _SCOPES.get(cell.scope, Text("", ""))
        month = f"{cell.months}个月" if cell.months else "当月" if cell.in_month else ""
        last = "".join(name.zh for name in after)
        if any(value.name.zh.startswith(programme.name.zh) for value in values):  # 低保金
            zh = f"{month}{scope.zh}{last}"
        else:
            first = "日均" if measure.id == "daily" else ""
            prefix = f"{month}{first}{scope.zh}{''.join(name.zh for name in before)}"
            suffix = _suffix(cell, programme, measure)
            zh = f"{prefix}{_programme_name(programme, measure)}{last}{suffix}"
        subject = (scope, *before, programme.name)
        return Text(zh, _english_name(cell, subject, _measured(programme, measure), after))


def span_start(identity: str, period: Period) -> Period | None:
    """The first month of a figure whose id says over how many months it counts; else None.

    A third quarter (``…__months_3``) begins in July.
    """
    spanned = _SPANNED.fullmatch(identity.rpartition(_JOIN)[2])
    return period.plus(1 - int(spanned[1])) if spanned else None


@lru_cache(maxsize=20000)
def _partitions_of(grid: Grid, identity: str) -> tuple[tuple[str, ...], ...]:
    cell = grid.cell_at(identity)
    if cell is None or cell.values:
        return ()
    programme, measure = grid.programmes[cell.programme], grid.measures[cell.measure]
    whole = {one.dimension for one in grid.values_of(programme, measure) if one.makes_whole}
    parts = grid.components_of(identity)
    return tuple(parts[dimension] for dimension in sorted(whole & parts.keys()))


def _programme_name(programme: Programme, measure: Measure) -> str:
    """The programme within an indicator's name: 日均结婚对数, 结婚率, 火化率 leave the rest out."""
    is_rate = measure.basis == "rate"
    zh = programme.name.zh
    return zh.removesuffix("登记").removesuffix("遗体") if is_rate else zh


def _measured(programme: Programme, measure: Measure) -> str:
    """What is measured, in English: what comes in is an amount, no spending."""
    return "amount" if measure.id == "money" and programme.is_receipt else measure.name.en


def _english_name(
    cell: IndicatorCell, before: Sequence[Text], measured: str, after: Sequence[Text]
) -> str:
    words = " ".join(filter(None, (name.en for name in before)))
    parts = [f"{words}: {measured}", *(name.en for name in after)]
    if cell.months:
        parts.append(f"{cell.months} months")
    name = ", ".join([*parts, "in the month"] if cell.in_month else parts)
    return name[:1].upper() + name[1:]


def _suffix(cell: IndicatorCell, programme: Programme, measure: Measure) -> str:
    if measure.id == "person_times" and programme.kind == "benefit":
        return "人次" if cell.in_month or cell.months else "累计人次"
    if measure.id in ("service_times", "subsidies") and programme.id in _MEALS:
        return measure.name.zh.replace("服务", "助餐")
    if measure.id == "money" and programme.is_receipt:
        return _RECEIPTS[programme.id]
    return "对数" if measure.id == "daily" else measure.name.zh


def _definition(name: Text, accumulation: Accumulation) -> Text:
    zh, en = {
        Accumulation.IN_MONTH: ("当月发生数", "counted in the month alone"),
        Accumulation.YEAR_TO_DATE: ("自1月1日起累计", "counted from 1 January"),
        Accumulation.OVER_SPAN: ("截至报告期末的一段时间内发生数", "counted over a span of months"),
    }.get(accumulation, ("报告期末数", "at the end of the period"))
    return Text(f"{name.zh.removeprefix('当月')}，{zh}。", f"{name.en}, {en}.")


def _people(grid: Grid) -> Iterator[Measure]:
    yield grid.measures["persons"]


# Whom a programme is for is no part of it: 老年人 of an old-age allowance, 未成年人 of orphans.
_NEVER_A_PART = {
    "elderly": ("elderly",),
    "children": ("minor",),
    "disability": ("disabled", "severely_disabled"),
}
_IMPLIED_BY_ONE = {"severely_disabled": "disabled_nursing"}


def is_implied(value: str, programme: Programme) -> bool:
    """Whether a group repeats whom a programme is for: 重度残疾人 of one subsidy, not of two."""
    one = _IMPLIED_BY_ONE.get(value, programme.id)
    return value in _NEVER_A_PART.get(programme.topic, ()) and one == programme.id


def _has(value: Value, programme: Programme, measure: Measure) -> bool:
    if value.dimension == "group" and value.id in _NEVER_A_PART.get(programme.topic, ()):
        return False
    kinds = {programme.kind, programme.id, programme.topic}
    return bool(kinds & value.programmes) and (
        not value.measures or measure.group in value.measures
    )


def _of_age(pattern: Value, value: str) -> Value | None:
    match = _AGE.fullmatch(value.removeprefix("a"))
    if match is None:
        return None
    if match[3]:
        zh, en = f"{match[3]}岁以下", f"under {match[3]}"
    elif match[2] == "up":
        zh, en = f"{match[1]}岁以上", f"aged {match[1]} and over"
    else:
        zh, en = f"{match[1]}-{match[2]}岁", f"aged {match[1]} to {match[2]}"
    return Value("age", value, Text(zh, en), Part.OF_WHICH, pattern.programmes, pattern.measures)


@lru_cache(maxsize=8192)
def _components_of(grid: Grid, identity: str) -> dict[str, tuple[str, ...]]:
    composed = next((c for c, one in grid.declared.items() if one == identity), identity)
    cell = grid.cell_of(composed)
    if cell is None:
        return {}
    programme, measure = grid.programmes[cell.programme], grid.measures[cell.measure]
    if measure.aggregation is not Aggregation.SUM:
        return {}
    taken = {dimension for dimension, _ in cell.values} | {OWN, "age"}
    parts: dict[str, tuple[str, ...]] = {}
    for value in grid.values_of(programme, measure):
        if value.part is Part.COMPONENT and value.dimension not in taken:
            inner = cell._replace(values=(*cell.values, (value.dimension, value.id)))
            known = parts.get(value.dimension, ())
            parts[value.dimension] = (*known, grid.id_of(inner))
    return parts
