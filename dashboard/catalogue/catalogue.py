"""Reads everything ``data/`` declares once, and refuses it where it contradicts itself.

A bureau's own catalogue (a folder with files of the same names) adds to the shipped one; an own row
with the same id wins. Every refusal names file and line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dashboard.base.language import Text, add_words, word
from dashboard.catalogue.area_changes import AreaChange
from dashboard.catalogue.area_list import AreaError, read_areas
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue_rows import (
    CatalogueError,
    CellError,
    FileRow,
    Placed,
    Row,
    choice,
    number_of,
    read_row,
    rows_of,
)
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    Area,
    Event,
    Indicator,
    Part,
    Polarity,
    Unit,
)
from dashboard.catalogue.grid import (
    Grid,
    Measure,
    Programme,
    Programmes,
    read_measure,
    read_programme,
    read_table_words,
    read_value,
)
from dashboard.catalogue.lookup import Catalogue, FormLine, Indicators, plain_name, plain_unit
from dashboard.catalogue.periods import parse
from dashboard.catalogue.registers import RegisterTypes, read_register_words, read_types
from dashboard.catalogue.topics import Topic, TopicError, read_topic
from dashboard.catalogue.wall_pages import read_wall

LAST_TOPIC = 1000  # the order of topics without a file
SHIPPED = Path(__file__).resolve().parent.parent.parent / "data"
__all__ = ["Catalogue", "CatalogueError", "FormLine", "all_areas", "plain_name", "read_catalogue"]


def _unit(row: Row) -> Unit:
    return Unit(
        row["id"],
        Text(row["name_zh"], row["name_en"]),
        row["dimension"],
        number_of(row, "factor"),
        tuple(part for part in row["spellings"].split("|") if part),
    )


def _check_name(row: Row) -> None:
    """Raises CellError for an unfit id and for no name."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row["id"]):
        message = Text(
            f"编号“{row['id']}”只能用小写字母、数字和下划线，以字母开头",
            f"id {row['id']!r}: lower-case letters, digits and _ are needed",
        )
        raise CellError("id", message)
    if not row["name_zh"]:
        raise CellError("name_zh", Text("名称不能为空", "name_zh is missing"))


def _unit_of(row: Row, units: dict[str, Unit]) -> Unit:
    """The unit of an id or a spelling (元); raises CellError for one no figure is stored in."""
    text = row["unit"]
    unit = units.get(text) or _spellings(units).get(plain_unit(text))
    if unit is None:
        message = Text(f"units.csv 中没有单位“{text}”", f"unit {text!r} is not in units.csv")
        raise CellError("unit", message)
    if unit.factor != 1:
        same = (one for one in units.values() if one.dimension == unit.dimension)
        base = next((one for one in same if one.factor == 1), unit)
        message = Text(
            f"单位“{text}”不是基本单位；数按基本单位存，请填“{base.name.zh}”",
            f"unit {text!r} is not a base unit; figures are stored in base units: {base.id}",
        )
        raise CellError("unit", message)
    return unit


def _indicator(row: Row, units: dict[str, Unit]) -> Indicator:
    _check_name(row)
    return Indicator(
        id=row["id"],
        name=Text(row["name_zh"], row.get("name_en", "")),
        definition=Text(row.get("definition_zh", ""), row.get("definition_en", "")),
        domain=row.get("domain", ""),
        topic=row.get("topic", ""),
        unit=_unit_of(row, units),
        decimals=int(number_of(row, "decimals")),
        accumulation=choice(Accumulation, row, "accumulation"),
        aggregation=choice(Aggregation, row, "aggregation"),
        polarity=choice(Polarity, row, "polarity", "neutral"),
        numerator=row.get("numerator", ""),
        denominator=row.get("denominator", ""),
        per_month=row.get("per_month", "") == "1",
        parent=row.get("parent", ""),
        part=choice(Part, row, "part") if row.get("part") else None,
        base_min=number_of(row, "base_min"),
        linked=row.get("linked", ""),
        aliases=tuple(part for part in row.get("aliases", "").split("|") if part),
        source=row.get("source", ""),
    )


def _check_programmes(programmes: Mapping[str, Programme], places: Mapping[str, FileRow]) -> None:
    """Refuses a programme that names one that is not there."""
    for programme in programmes.values():
        for other in (*programme.parents, *programme.union):
            if other not in programmes:
                raise places[programme.id].refusal(
                    Text(f"没有项目“{other}”", f"no programme {other!r}")
                )


def _check_measures(
    measures: Mapping[str, Measure], units: Mapping[str, Unit], places: Mapping[str, FileRow]
) -> None:
    """Refuses a measure in a unit that is not there."""
    for measure in measures.values():
        if measure.unit not in units:
            message = Text(f"没有单位“{measure.unit}”", f"no unit {measure.unit!r}")
            raise places[measure.id].refusal(message, "unit")


def _grid(folders: Sequence[Path], units: dict[str, Unit]) -> Grid:
    """The grid that the four files declare; refuses a row that names what is not there."""
    listed = list(rows_of(folders, "programmes.csv", "id"))
    programmes = Programmes(
        (row["id"], read_row(where, partial(read_programme, row))) for where, row in listed
    )
    counted = list(rows_of(folders, "measures.csv", "id"))
    measures = {row["id"]: read_row(where, partial(read_measure, row)) for where, row in counted}
    rows = list(rows_of(folders, "breakdowns.csv", "dimension,value,programmes"))
    headings = {
        heading: row["dimension"]
        for _, row in rows
        for heading in row["headings"].split("|")
        if heading
    }
    values = tuple(read_row(where, partial(read_value, row)) for where, row in rows)
    words = {
        (row["slot"], row["value"]): read_row(where, partial(read_table_words, row))
        for where, row in rows_of(folders, "table_words.csv", "slot,value")
    }
    _check_programmes(programmes, {row["id"]: where for where, row in listed})
    _check_measures(measures, units, {row["id"]: where for where, row in counted})
    return Grid(programmes, measures, values, headings, units, words)


def _declare_cells(grid: Grid, indicators: Indicators, rows: dict[str, Placed]) -> None:
    """Gives declared indicators their cells of the grid, and flows the twin that they lack."""
    for identity, (where, row) in rows.items():
        named = row.get("cell", "")
        if not named:
            continue
        cell = grid.cell_of(named)
        if cell is None:
            message = Text(f"没有组合“{named}”", f"{named!r} is no cell of the grid")
            raise where.refusal(message, "cell")
        meant, own = grid.indicator_of(cell), indicators[identity]
        alike = (meant.unit.dimension, meant.accumulation) == (own.unit.dimension, own.accumulation)
        if not alike or named in grid.declared:
            message = Text(
                f"组合“{named}”的单位或时限不同，或已被占用", f"{named!r} does not fit or is taken"
            )
            raise where.refusal(message, "cell")
        grid.declared[named] = identity
    for named, identity in grid.declared.items():
        cell, own = grid.cell_of(named), indicators[identity]
        if cell is not None and not own.linked:
            twin = grid.indicator_of(cell).linked
            indicators[identity] = replace(own, linked=twin)


def _no_indicator(name: str) -> Text:
    return Text(f"目录中没有指标“{name}”", f"the indicator {name!r} is not in the catalogue")


def _line(row: Row) -> FormLine:
    return FormLine(**{column: row[column] for column in FormLine.__slots__})


def _event(row: Row) -> Event:
    return Event(
        row["id"],
        parse(row["period"]).end,
        row["is_break"] == "1",
        Text(row["name_zh"], row["name_en"]),
        tuple(part for part in row["indicators"].split("|") if part),
        row["area"],
    )


def _check_references(indicators: dict[str, Indicator], places: dict[str, FileRow]) -> None:
    """Refuses unknown references, loops of parents, and a ratio that cannot be rolled up."""
    for indicator in indicators.values():
        problem = _unknown_reference(indicator, indicators) or _problem(indicator, indicators)
        if problem:
            raise places[indicator.id].refusal(problem.message, problem.column)


def _unknown_reference(indicator: Indicator, indicators: dict[str, Indicator]) -> CellError | None:
    """What is wrong with the first column that names no indicator; None where nothing is."""
    for column in ("numerator", "denominator", "parent", "linked"):
        other = getattr(indicator, column)
        if other and other not in indicators:
            return CellError(column, Text(f"没有指标“{other}”", f"{other!r} is not an indicator"))
    return None


def _problem(indicator: Indicator, indicators: dict[str, Indicator]) -> CellError | None:
    """What is wrong with what an indicator refers to; None where nothing is."""
    if indicator.aggregation is Aggregation.RATIO and not (
        indicator.numerator and indicator.denominator
    ):
        message = Text("比率要有分子和分母", "a ratio needs numerator and denominator")
        return CellError("aggregation", message)
    if bool(indicator.parent) != bool(indicator.part):
        message = Text(
            "parent 和 part（component 或 of_which）要同时填写",
            "parent and part (component or of_which) go together",
        )
        return CellError("parent", message)
    other = indicator.linked
    if other and indicators[other].linked != indicator.id:
        message = Text(
            f"“{other}”也应以“{indicator.id}”为 linked", f"{other!r} must name it in turn"
        )
        return CellError("linked", message)
    if _is_looped(indicator, indicators):
        message = Text("上级指标循环", f"the parents of {indicator.id!r} form a loop")
        return CellError("parent", message)
    return None


def _is_looped(indicator: Indicator, indicators: dict[str, Indicator]) -> bool:
    """Whether the parents above lead back to the indicator, or never end."""
    above = indicator.parent
    for _ in indicators:
        if not above or above == indicator.id or above not in indicators:
            break
        above = indicators[above].parent
    return bool(above) and above in indicators


def _name_index(indicators: dict[str, Indicator], places: dict[str, FileRow]) -> dict[str, str]:
    names: dict[str, str] = {}
    for indicator in indicators.values():
        for name in (indicator.name.zh, indicator.name.en, *indicator.aliases):
            plain = plain_name(name)
            if plain and names.setdefault(plain, indicator.id) != indicator.id:
                message = Text(
                    f"名称“{name}”已属于“{names[plain]}”",
                    f"the name {name!r} already belongs to {names[plain]!r}",
                )
                raise places[indicator.id].refusal(message)
    return names


@dataclass(frozen=True, slots=True)
class _Lines:
    """The statutory forms' lines: all of them, by code, and by plain name."""

    every: tuple[FormLine, ...]
    by_code: dict[str, list[FormLine]]
    by_name: dict[str, list[FormLine]]


def _read_lines(folders: Sequence[Path], indicators: Indicators) -> _Lines:
    lines: list[FormLine] = []
    by_code: dict[str, list[FormLine]] = defaultdict(list)
    by_name: dict[str, list[FormLine]] = defaultdict(list)
    for where, row in rows_of(folders, "form_lines.csv", "form,edition,code,name,parent"):
        line = read_row(where, partial(_line, row))
        if line.indicator not in indicators:
            raise where.refusal(_no_indicator(line.indicator), "indicator")
        if line.code:
            by_code[line.code.upper()].append(line)
        lines.append(line)
        by_name[plain_name(line.name)].append(line)
    return _Lines(tuple(lines), dict(by_code), dict(by_name))


def _read_areas(folders: Sequence[Path]) -> tuple[Area, ...]:
    rows = list(rows_of(folders, "areas.csv", "code"))
    try:
        return tuple(read_areas([row for _, row in rows], first_line=0))
    except AreaError as error:
        where = rows[error.line][0]
        raise where.refusal(error.message, error.column) from None


def _read_topics(folders: Sequence[Path], indicators: dict[str, Indicator]) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for folder in folders:
        for file in sorted((folder / "topics").glob("*.toml")):
            try:
                topic = read_topic(file, indicators)
            except TopicError as error:
                raise CatalogueError(
                    Text(f"{file.parent}：{error.text.zh}", f"{file.parent}: {error.text.en}")
                ) from None
            topics[topic.id] = topic
    for indicator in indicators.values():
        if indicator.topic and indicator.topic not in topics:
            topics[indicator.topic] = _plain_topic(indicator.topic)
    return topics


def _plain_topic(identity: str) -> Topic:
    """A topic that only indicators name: it shows what there is, under its word or its id."""
    key = f"topic_{identity}"
    zh, en = (word(key, language) for language in ("zh", "en"))
    title = Text(zh, en) if zh != key else Text(identity, identity)
    return Topic(identity, LAST_TOPIC, title, Text("", ""), (), ())


def _read_own_words(own: Path) -> None:
    """Add a bureau's words to the shipped ones, where it has any."""
    words = {}
    for where, row in rows_of([own], "words.csv", "key"):
        for column in ("zh", "en"):
            if not row.get(column):
                message = Text("key、zh、en 都要填写", "key, zh and en are all needed")
                raise where.refusal(message, column)
        words[row["key"]] = Text(row["zh"], row["en"])
    add_words(words)


def _read_indicators(
    folders: Sequence[Path], units: dict[str, Unit], grid: Grid
) -> tuple[Indicators, dict[str, FileRow]]:
    """The indicators by id, and where each of them stands."""
    indicators, rows = Indicators(grid), dict[str, Placed]()
    for where, row in rows_of(folders, "indicators.csv", "id"):
        indicators[row["id"]] = read_row(where, partial(_indicator, row, units))
        rows[row["id"]] = where, row
    places = {identity: where for identity, (where, _) in rows.items()}
    _check_references(indicators, places)
    _declare_cells(grid, indicators, rows)
    return indicators, places


def _spellings(units: dict[str, Unit]) -> dict[str, Unit]:
    """Every way in which a unit is written; of two alike the earlier row's counts."""
    return {
        plain_unit(spelling): unit
        for unit in reversed(units.values())
        for spelling in (*unit.spellings, unit.id, unit.name.zh, unit.name.en)
    }


def read_catalogue(own: Path | None = None, shipped: Path = SHIPPED) -> Catalogue:
    """Reads and checks the shipped catalogue and a bureau's ``own`` one; raises CatalogueError."""
    own = own if own is not None and own.is_dir() else None
    folders = [shipped, own] if own else [shipped]
    rows = rows_of(folders, "units.csv", "id")
    units = {row["id"]: read_row(where, partial(_unit, row)) for where, row in rows}
    grid = _grid(folders, units)
    indicators, places = _read_indicators(folders, units, grid)
    names = _name_index(indicators, places)
    lines = _read_lines(folders, indicators)
    areas = _read_areas(folders)
    events = rows_of(folders, "events.csv", "id")
    events_read = tuple(read_row(where, partial(_event, row)) for where, row in events)
    if own:
        _read_own_words(own)
    topics = _read_topics(folders, indicators)
    children: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators.values():
        children[indicator.parent].append(indicator)
    return Catalogue(
        units=units,
        indicators=indicators,
        grid=grid,
        lines=lines.every,
        shipped_areas=areas,
        events=events_read,
        topics=topics,
        rules=tuple(row for _, row in rows_of(folders, "rules.csv", "id")),
        registers=_registers(folders, indicators),
        payments=_payments(folders, indicators),
        wall=read_wall(folders, indicators),
        _names=names,
        _codes=lines.by_code,
        _line_names=lines.by_name,
        _spellings=_spellings(units),
        _children=dict(children),
    )


def _payments(
    folders: Sequence[Path], indicators: dict[str, Indicator]
) -> dict[str, tuple[str, ...]]:
    """The money that is paid to persons, couples or cases that an indicator counts."""
    paid: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for where, row in rows_of(folders, "payments.csv", "money,counted"):
        for name in (row["money"], row["counted"]):
            if name not in indicators:
                raise where.refusal(_no_indicator(name))
        paid[row["counted"]] += (row["money"],)
    return dict(paid)


def _registers(folders: Sequence[Path], indicators: dict[str, Indicator]) -> RegisterTypes:
    types = [row for _, row in rows_of(folders, "register_types.csv", "type")]
    words = [row for _, row in rows_of(folders, "register_words.csv", "slot,value")]
    try:
        return RegisterTypes(read_types(types, indicators), read_register_words(words))
    except (ValueError, KeyError) as error:
        file = folders[-1] / "register_types.csv"
        raise CatalogueError(Text(f"{file}：不能用（{error}）", f"{file}: {error}")) from None


def all_areas(
    catalogue: Catalogue, loaded: Sequence[Area] = (), changes: Iterable[AreaChange] = ()
) -> Areas:
    """Shipped areas and those a bureau loaded; a loaded area of the same code wins."""
    return Areas([*catalogue.shipped_areas, *loaded], changes)
