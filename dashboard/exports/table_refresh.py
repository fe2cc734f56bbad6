"""Brings the cells of a table in an office file to other figures; what a person changed stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.charts.model.chart import Table
from dashboard.exports.table_shape import shown_rows

Grid = Sequence[Sequence[str]]
Key = tuple[str, int]  # a row's name, and the number among rows of this name


class DrawnTable(Protocol):
    """A table of a file: texts by row and column, the first row its headings."""

    def texts(self) -> list[list[str]]:
        """All cells."""

    def write(self, row: int, column: int, text: str) -> None:
        """Puts a text into a cell, in the look it has."""

    def resize(self, rows: int) -> None:
        """Adds rows like the last one, or takes out the last ones."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that was updated, or was changed by hand and left (``is_kept``)."""

    name: str
    old: str
    new: str
    is_kept: bool = False


def grid_of(table: Table) -> list[list[str]]:
    """A table as it is written: its headings, then its rows."""
    return [list(table.columns), *shown_rows(table)]


def refresh_cells(drawn: DrawnTable, then: Grid, now: Grid) -> list[CellChange]:
    """Writes the cells of now in the places of those of then.

    A table as it was written takes the rows of now in their order. In one that a person changed,
    rows and columns are known by their names, and only cells as they were written are replaced.
    """
    texts = drawn.texts()
    is_as_written = _stripped(texts) == _stripped(then)
    if is_as_written and len(now[0]) == len(then[0]):
        drawn.resize(len(now))
        return list(_whole(drawn, texts, now))
    return list(_by_names(drawn, texts, then, now))


def _stripped(grid: Grid) -> list[list[str]]:
    return [[cell.strip() for cell in row] for row in grid]


def _whole(drawn: DrawnTable, texts: Grid, now: Grid) -> Iterator[CellChange]:
    old_rows = {key: texts[place] for place, key in enumerate(_keys(texts))}
    for place, (key, row) in enumerate(zip(_keys(now), now, strict=True)):
        for column, text in enumerate(row):
            drawn.write(place, column, text)
            old = old_rows.get(key, [])
            before = old[column] if column < len(old) else ""
            if before != text:
                yield CellChange(f"{row[0]} {now[0][column]}" if place else "", before, text)


def _keys(grid: Grid) -> list[Key]:
    """The name of every row, the headings as one of their own."""
    counts, keys = Counter[str](), list[Key]()
    for place, row in enumerate(grid):
        name = row[0].strip() if place else "\0"
        counts[name] += 1
        keys.append((name, counts[name]))
    return keys


def _by_names(drawn: DrawnTable, texts: Grid, then: Grid, now: Grid) -> Iterator[CellChange]:
    old_rows = dict(zip(_keys(then), then, strict=True))
    new_rows = dict(zip(_keys(now), now, strict=True))
    columns = _columns(texts[0] if texts else (), then[0])
    places = _places(then[0], now[0])
    for place, key in enumerate(_keys(texts)):
        if key not in old_rows:
            continue
        for column, before in columns.items():
            if before not in places:
                continue
            old, text = old_rows[key][before].strip(), texts[place][column].strip()
            new = new_rows[key][places[before]].strip() if key in new_rows else old
            if text == new:
                continue
            name = f"{texts[place][0]} {texts[0][column]}" if place else ""
            if text == old:
                drawn.write(place, column, new)
            yield CellChange(name, text, new, is_kept=text != old)


def _places(then: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Where the columns of then stand now: in their places, by name where there are others."""
    if len(then) == len(now):
        return {place: place for place in range(len(then))}
    known = {name: place for place, name in enumerate(now)}
    return {place: known[name] for place, name in enumerate(then) if name in known}


def _columns(headings: Sequence[str], then: Sequence[str]) -> dict[int, int]:
    """The columns of a table by those they were written as: by name, else in their places."""
    places = {name.strip(): place for place, name in enumerate(then)}
    found = {n: places[name.strip()] for n, name in enumerate(headings) if name.strip() in places}
    if len(headings) == len(then):
        taken = set(found.values())
        found |= {n: n for n in range(len(then)) if n not in found and n not in taken}
    return found
