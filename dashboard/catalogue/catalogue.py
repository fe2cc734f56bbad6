"""The catalogue: everything ``data/`` declares, read once and refused where it contradicts itself.

A bureau's own catalogue (a folder with files of the same names) adds to the shipped one; an own row
with the same id wins. Every refusal names file and line.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from dashboard.base.language import Text, add_words, read_words
from dashboard.catalogue.area_changes import AreaChange
from dashboard.catalogue.area_list import AreaError, read_areas
from dashboard.catalogue.areas import Areas
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
from dashboard.catalogue.registers import Registers, read_register_words, read_types
from dashboard.catalogue.topics import Topic, TopicError, read_topic

SHIPPED = Path(__file__).resolve().parent.parent.parent / "data"
T = TypeVar("T")
Row = dict[str, str]
__all__ = ["Catalogue", "CatalogueError", "FormLine", "all_areas", "plain_name", "read_catalogue"]


class CatalogueError(ValueError):
    """A catalogue file that cannot be used; the message names file, line and what was expected."""


def _rows(folders: Sequence[Path], name: str, key: str) -> Iterator[tuple[str, Row]]:
    """Rows of one file with "file, line n"; a later folder's row of the same id wins."""
    rows: dict[str, tuple[str, Row]] = {}
    for folder in folders:
        if (folder / name).exists():
            rows |= _rows_of(folder / name, key)
    yield from rows.values()


def _rows_of(file: Path, key: str) -> dict[str, tuple[str, Row]]:
    """The rows of one file by their id, which each has once."""
    lines: dict[str, int] = {}
    rows: dict[str, tuple[str, Row]] = {}
    for line, row in enumerate(_read_csv(file), start=2):
        where = f"{file}, line {line}"
        if None in row:
            raise CatalogueError(f"{where}: more cells than the header has columns")
        clean = {column: (value or "").strip() for column, value in row.items()}
        identity = "\t".join(clean.get(part, "") for part in key.split(","))
        if not identity.strip():
            raise CatalogueError(f"{where}: {key} is missing")
        if identity in lines:
            raise CatalogueError(f"{where}: {identity!r} already stands in line {lines[identity]}")
        lines[identity], rows[identity] = line, (where, clean)
    return rows


def _read_csv(file: Path) -> list[dict[str, str | None]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))
    except (UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(f"{file}: not a UTF-8 CSV file ({error})") from None


def _read(where: str, build: Callable[[], T]) -> T:
    try:
        return build()
    except (ValueError, KeyError) as error:
        raise CatalogueError(f"{where}: {error}") from None


def _unit(row: Row) -> Unit:
    return Unit(
        row["id"],
        Text(row["name_zh"], row["name_en"]),
        row["dimension"],
        float(row["factor"]),
        tuple(part for part in row["spellings"].split("|") if part),
    )


def _check_indicator(row: Row, units: dict[str, Unit]) -> None:
    """Raises ValueError for an unfit id, no name, and a unit in which no figures are stored."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row["id"]):
        raise ValueError(f"id {row['id']!r}: lower-case letters, digits and _ are needed")
    if row["unit"] not in units:
        raise ValueError(f"unit {row['unit']!r} is not in units.csv")
    if not row["name_zh"]:
        raise ValueError("name_zh is missing")
    if units[row["unit"]].factor != 1:
        raise ValueError(
            f"unit {row['unit']!r} is not a base unit; figures are stored in base units"
        )


def _indicator(row: Row, units: dict[str, Unit]) -> Indicator:
    _check_indicator(row, units)
    return Indicator(
        id=row["id"],
        name=Text(row["name_zh"], row.get("name_en", "")),
        definition=Text(row.get("definition_zh", ""), row.get("definition_en", "")),
        domain=row.get("domain", ""),
        topic=row.get("topic", ""),
        unit=units[row["unit"]],
        decimals=int(row.get("decimals") or 0),
        accumulation=Accumulation(row["accumulation"]),
        aggregation=Aggregation(row["aggregation"]),
        polarity=Polarity(row.get("polarity") or "neutral"),
        numerator=row.get("numerator", ""),
        denominator=row.get("denominator", ""),
        per_month=row.get("per_month", "") == "1",
        parent=row.get("parent", ""),
        part=Part(row["part"]) if row.get("part") else None,
        base_min=float(row.get("base_min") or 0),
        linked=row.get("linked", ""),
        aliases=tuple(part for part in row.get("aliases", "").split("|") if part),
        source=row.get("source", ""),
    )


def _check_programmes(programmes: Mapping[str, Programme]) -> None:
    """Refuses a programme that names one that is not there."""
    for programme in programmes.values():
        for other in (*programme.parents, *programme.union):
            if other not in programmes:
                raise CatalogueError(f"programmes.csv: {programme.id}: no programme {other!r}")


def _check_measures(measures: Mapping[str, Measure], units: Mapping[str, Unit]) -> None:
    """Refuses a measure in a unit that is not there."""
    for measure in measures.values():
        if measure.unit not in units:
            raise CatalogueError(f"measures.csv: {measure.id}: no unit {measure.unit!r}")


def _grid(folders: Sequence[Path], units: dict[str, Unit]) -> Grid:
    """The grid that the four files declare; refuses a row that names what is not there."""
    programmes = Programmes(
        (row["id"], _read(where, partial(read_programme, row)))
        for where, row in _rows(folders, "programmes.csv", "id")
    )
    measures = {
        row["id"]: _read(where, partial(read_measure, row))
        for where, row in _rows(folders, "measures.csv", "id")
    }
    rows = list(_rows(folders, "breakdowns.csv", "dimension,value,programmes"))
    headings = {
        heading: row["dimension"]
        for _, row in rows
        for heading in row["headings"].split("|")
        if heading
    }
    values = tuple(_read(where, partial(read_value, row)) for where, row in rows)
    words = {
        (row["slot"], row["value"]): _read(where, partial(read_table_words, row))
        for where, row in _rows(folders, "table_words.csv", "slot,value")
    }
    _check_programmes(programmes)
    _check_measures(measures, units)
    return Grid(programmes, measures, values, headings, units, words)


def _declare_cells(grid: Grid, indicators: Indicators, rows: dict[str, Row]) -> None:
    """Gives declared indicators their cells of the grid, and flows the twin that they lack."""
    for identity, row in rows.items():
        named = row.get("cell", "")
        if not named:
            continue
        cell = grid.cell_of(named)
        if cell is None:
            raise CatalogueError(f"indicators.csv: {identity}: {named!r} is no cell of the grid")
        meant, own = grid.indicator_of(cell), indicators[identity]
        alike = (meant.unit.dimension, meant.accumulation) == (own.unit.dimension, own.accumulation)
        if not alike or named in grid.declared:
            raise CatalogueError(f"indicators.csv: {identity}: {named!r} does not fit or is taken")
        grid.declared[named] = identity
    for named, identity in grid.declared.items():
        cell, own = grid.cell_of(named), indicators[identity]
        if cell is not None and not own.linked:
            twin = grid.indicator_of(cell).linked
            indicators[identity] = replace(own, linked=twin)


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


def _check_references(indicators: dict[str, Indicator], places: dict[str, str]) -> None:
    """Refuses unknown references, loops of parents, and a ratio that cannot be rolled up."""
    for indicator in indicators.values():
        problem = _problem(indicator, indicators)
        if problem:
            raise CatalogueError(f"{places[indicator.id]}: {problem}")


def _unknown_reference(indicator: Indicator, indicators: dict[str, Indicator]) -> str:
    """What is wrong with the first column that names no indicator; "" where nothing is."""
    for column in ("numerator", "denominator", "parent", "linked"):
        other = getattr(indicator, column)
        if other and other not in indicators:
            return f"{column} {other!r} is not an indicator"
    return ""


def _problem(indicator: Indicator, indicators: dict[str, Indicator]) -> str:
    """What is wrong with what an indicator refers to; "" where nothing is."""
    unknown = _unknown_reference(indicator, indicators)
    if unknown:
        return unknown
    if indicator.aggregation is Aggregation.RATIO and not (
        indicator.numerator and indicator.denominator
    ):
        return "a ratio needs numerator and denominator"
    if bool(indicator.parent) != bool(indicator.part):
        return "parent and part (component or of_which) go together"
    if indicator.linked and indicators[indicator.linked].linked != indicator.id:
        return f"linked {indicator.linked!r} must name {indicator.id!r} in turn"
    return (
        f"the parents of {indicator.id!r} form a loop" if _is_looped(indicator, indicators) else ""
    )


def _is_looped(indicator: Indicator, indicators: dict[str, Indicator]) -> bool:
    """Whether the parents above lead back to the indicator, or never end."""
    above = indicator.parent
    for _ in indicators:
        if not above or above == indicator.id or above not in indicators:
            break
        above = indicators[above].parent
    return bool(above) and above in indicators


def _name_index(indicators: dict[str, Indicator], places: dict[str, str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for indicator in indicators.values():
        for name in (indicator.name.zh, indicator.name.en, *indicator.aliases):
            plain = plain_name(name)
            if plain and names.setdefault(plain, indicator.id) != indicator.id:
                raise CatalogueError(
                    f"{places[indicator.id]}: the name {name!r} already belongs to {names[plain]!r}"
                )
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
    for where, row in _rows(folders, "form_lines.csv", "form,edition,code,name,parent"):
        line = _read(where, partial(_line, row))
        if line.indicator not in indicators:
            raise CatalogueError(
                f"{where}: the indicator {line.indicator!r} is not in the catalogue"
            )
        if line.code:
            by_code[line.code.upper()].append(line)
        lines.append(line)
        by_name[plain_name(line.name)].append(line)
    return _Lines(tuple(lines), dict(by_code), dict(by_name))


def _read_areas(folders: Sequence[Path]) -> tuple[Area, ...]:
    rows = list(_rows(folders, "areas.csv", "code"))
    try:
        return tuple(read_areas([row for _, row in rows], first_line=0))
    except AreaError as error:
        where = rows[error.line][0]
        raise CatalogueError(f"{where}, {error.column}: {error.message.en}") from None


def _read_topics(folders: Sequence[Path], indicators: dict[str, Indicator]) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for folder in folders:
        for file in sorted((folder / "topics").glob("*.toml")):
            try:
                topic = read_topic(file, indicators)
            except TopicError as error:
                raise CatalogueError(f"{file.parent}: {error}") from None
            topics[topic.id] = topic
    return topics


def _read_own_words(own: Path) -> None:
    """Add a bureau's words to the shipped ones, where it has any."""
    if (own / "words.csv").exists():
        add_words(_read(str(own), partial(read_words, own / "words.csv")))


def _read_indicators(
    folders: Sequence[Path], units: dict[str, Unit], grid: Grid
) -> tuple[Indicators, dict[str, str]]:
    """The indicators by id, and where each of them stands."""
    places: dict[str, str] = {}
    indicators, rows = Indicators(grid), {}
    for where, row in _rows(folders, "indicators.csv", "id"):
        indicators[row["id"]] = _read(where, partial(_indicator, row, units))
        places[row["id"]], rows[row["id"]] = where, row
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
    rows = _rows(folders, "units.csv", "id")
    units = {row["id"]: _read(where, partial(_unit, row)) for where, row in rows}
    grid = _grid(folders, units)
    indicators, places = _read_indicators(folders, units, grid)
    names = _name_index(indicators, places)
    lines = _read_lines(folders, indicators)
    areas = _read_areas(folders)
    events = _rows(folders, "events.csv", "id")
    events_read = tuple(_read(where, partial(_event, row)) for where, row in events)
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
        rules=tuple(row for _, row in _rows(folders, "rules.csv", "id")),
        registers=_registers(folders, indicators),
        payments=_payments(folders, indicators),
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
    for where, row in _rows(folders, "payments.csv", "money,counted"):
        for name in (row["money"], row["counted"]):
            if name not in indicators:
                raise CatalogueError(f"{where}: the indicator {name!r} is not in the catalogue")
        paid[row["counted"]] += (row["money"],)
    return dict(paid)


def _registers(folders: Sequence[Path], indicators: dict[str, Indicator]) -> Registers:
    types = [row for _, row in _rows(folders, "register_types.csv", "type")]
    words = [row for _, row in _rows(folders, "register_words.csv", "slot,value")]
    where = str(folders[-1] / "register_types.csv")
    return Registers(
        _read(where, partial(read_types, types, indicators)),
        _read(where, partial(read_register_words, words)),
    )


def all_areas(
    catalogue: Catalogue, loaded: Sequence[Area] = (), changes: Iterable[AreaChange] = ()
) -> Areas:
    """Shipped areas and those a bureau loaded; a loaded area of the same code wins."""
    return Areas([*catalogue.shipped_areas, *loaded], changes)
