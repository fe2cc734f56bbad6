"""The catalogue: everything ``data/`` declares, read once and refused where it contradicts itself.

A bureau's own catalogue (a folder with files of the same names) adds to the shipped one; an own row
with the same id wins. Every refusal names file and line.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
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
from dashboard.catalogue.grid import Grid, Programmes, read_measure, read_programme, read_value
from dashboard.catalogue.lookup import Catalogue, FormLine, Indicators, plain_name, plain_unit
from dashboard.catalogue.periods import parse
from dashboard.catalogue.topics import Topic, TopicError, read_topic

SHIPPED = Path(__file__).resolve().parent.parent.parent / "data"
T = TypeVar("T")
Row = dict[str, str]
__all__ = ["Catalogue", "CatalogueError", "FormLine", "all_areas", "plain_name", "read_catalogue"]


class CatalogueError(ValueError):
    """A catalogue file that cannot be used; the message names file, line and what was expected."""


def _rows(folders: Sequence[Path], name: str, key: str) -> Iterator[tuple[str, Row]]:
    """Rows of one file with "file, line n"; a later folder's row of the same id wins."""
    found: dict[str, tuple[str, Row]] = {}
    for folder in folders:
        file = folder / name
        if not file.exists():
            continue
        seen: dict[str, int] = {}
        try:
            with file.open(encoding="utf-8-sig", newline="") as handle:
                rows = list(csv.DictReader(handle))
        except (UnicodeDecodeError, csv.Error) as error:
            raise CatalogueError(f"{file}: not a UTF-8 CSV file ({error})") from None
        for line, row in enumerate(rows, start=2):
            if None in row:
                raise CatalogueError(f"{file}, line {line}: more cells than the header has columns")
            clean = {column: (value or "").strip() for column, value in row.items()}
            identity = "\t".join(clean.get(part, "") for part in key.split(","))
            if not identity.strip():
                raise CatalogueError(f"{file}, line {line}: {key} is missing")
            if identity in seen:
                raise CatalogueError(
                    f"{file}, line {line}: {identity!r} already stands in line {seen[identity]}"
                )
            seen[identity] = line
            found[identity] = (f"{file}, line {line}", clean)
    yield from found.values()


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


def _indicator(row: Row, units: dict[str, Unit]) -> Indicator:
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


def _grid(folders: Sequence[Path], units: dict[str, Unit]) -> Grid:
    """The grid that the three files declare; refuses a row that names what is not there."""
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
    for programme in programmes.values():
        for other in (*programme.parents, *programme.union):
            if other not in programmes:
                raise CatalogueError(f"programmes.csv: {programme.id}: no programme {other!r}")
    for measure in measures.values():
        if measure.unit not in units:
            raise CatalogueError(f"measures.csv: {measure.id}: no unit {measure.unit!r}")
    return Grid(programmes, measures, values, headings, units)


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
    for one in indicators.values():
        where = places[one.id]
        for column in ("numerator", "denominator", "parent", "linked"):
            other = getattr(one, column)
            if other and other not in indicators:
                raise CatalogueError(f"{where}: {column} {other!r} is not an indicator")
        if one.aggregation is Aggregation.RATIO and not (one.numerator and one.denominator):
            raise CatalogueError(f"{where}: a ratio needs numerator and denominator")
        if bool(one.parent) != bool(one.part):
            raise CatalogueError(f"{where}: parent and part (component or of_which) go together")
        if one.linked and indicators[one.linked].linked != one.id:
            raise CatalogueError(f"{where}: linked {one.linked!r} must name {one.id!r} in turn")
        above, steps = one.parent, 0
        while above:
            steps += 1
            if above == one.id or steps > len(indicators):
                raise CatalogueError(f"{where}: the parents of {one.id!r} form a loop")
            above = indicators[above].parent


def _name_index(indicators: dict[str, Indicator], places: dict[str, str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for one in indicators.values():
        for name in (one.name.zh, one.name.en, *one.aliases):
            plain = plain_name(name)
            if plain and names.setdefault(plain, one.id) != one.id:
                raise CatalogueError(
                    f"{places[one.id]}: the name {name!r} already belongs to {names[plain]!r}"
                )
    return names


def read_catalogue(own: Path | None = None, shipped: Path = SHIPPED) -> Catalogue:
    """Reads and checks the shipped catalogue and a bureau's ``own`` one; raises CatalogueError."""
    folders = [shipped, own] if own is not None and own.is_dir() else [shipped]
    units = {
        row["id"]: _read(where, partial(_unit, row))
        for where, row in _rows(folders, "units.csv", "id")
    }
    places: dict[str, str] = {}
    grid = _grid(folders, units)
    indicators, rows = Indicators(grid), {}
    for where, row in _rows(folders, "indicators.csv", "id"):
        indicators[row["id"]] = _read(where, partial(_indicator, row, units))
        places[row["id"]], rows[row["id"]] = where, row
    _check_references(indicators, places)
    _declare_cells(grid, indicators, rows)
    names = _name_index(indicators, places)
    lines: list[FormLine] = []
    codes: dict[str, list[FormLine]] = defaultdict(list)
    line_names: dict[str, list[FormLine]] = defaultdict(list)
    for where, row in _rows(folders, "form_lines.csv", "form,edition,code,name,parent"):
        line = _read(where, partial(_line, row))
        if line.indicator not in indicators:
            raise CatalogueError(
                f"{where}: the indicator {line.indicator!r} is not in the catalogue"
            )
        if line.code:
            codes[line.code.upper()].append(line)
        lines.append(line)
        line_names[plain_name(line.name)].append(line)
    area_rows = list(_rows(folders, "areas.csv", "code"))
    try:
        areas = read_areas([row for _, row in area_rows], first_line=0)
    except AreaError as error:
        raise CatalogueError(
            f"{area_rows[error.line][0]}, {error.column}: {error.message.en}"
        ) from None
    events = [
        _read(where, partial(_event, row)) for where, row in _rows(folders, "events.csv", "id")
    ]
    topics: dict[str, Topic] = {}
    for folder in folders:
        if (folder / "words.csv").exists() and folder is not shipped:
            add_words(_read(str(folder), partial(read_words, folder / "words.csv")))
        for file in sorted((folder / "topics").glob("*.toml")):
            try:
                topic = read_topic(file, indicators)
            except TopicError as error:
                raise CatalogueError(f"{file.parent}: {error}") from None
            topics[topic.id] = topic
    spellings = {
        plain_unit(spelling): unit
        for unit in reversed(units.values())
        for spelling in (*unit.spellings, unit.id, unit.name.zh, unit.name.en)
    }
    children: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators.values():
        children[indicator.parent].append(indicator)
    return Catalogue(
        units=units,
        indicators=indicators,
        grid=grid,
        lines=tuple(lines),
        shipped_areas=tuple(areas),
        events=tuple(events),
        topics=topics,
        rules=tuple(row for _, row in _rows(folders, "rules.csv", "id")),
        _names=names,
        _codes=dict(codes),
        _line_names=dict(line_names),
        _spellings=spellings,
        _children=dict(children),
    )


def all_areas(
    catalogue: Catalogue, loaded: Sequence[Area] = (), changes: Iterable[AreaChange] = ()
) -> Areas:
    """Shipped areas and those a bureau loaded; a loaded area of the same code wins."""
    return Areas([*catalogue.shipped_areas, *loaded], changes)
