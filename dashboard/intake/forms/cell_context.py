"""Reads what stands around a cell in the file as received: headings, row, neighbours.

So that a person sees the printed number where the dashboard says it stood.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.base.language import number
from dashboard.intake.forms.files.bounded import read_within_bounds
from dashboard.intake.forms.files.cells import (
    FileRefused,
    Formatted,
    Sheet,
    column_letter,
    column_place,
    filled,
    is_number,
    text_of,
)

ROWS, COLUMNS = 3, 3  # shown on each side of the cell
HEADINGS, LABELS = 4, 3  # rows above it and columns before it that say what it is
LARGEST = 8_000_000  # bytes; reading a larger file again would keep the reader waiting


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A part of a sheet as printed. ``rows`` are (row as counted in the file, cells as text).

    ``columns`` are letters; ``row`` and ``column`` name the cell itself.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    row: int
    column: str


def neighbourhood(
    name: str, content: bytes, sheet: str, row: int, column: str
) -> Neighbourhood | None:
    """The cells around row ``row`` (from 1) and column ``column`` (A …) of a sheet of a file.

    None where the file is too large to be read again, can no longer be read, or has no such cell.
    """
    if len(content) > LARGEST or row < 1 or not column.isascii() or not column.isalpha():
        return None
    matching_sheet = _sheet(name, content, sheet)
    place, across = row - 1, column_place(column)
    if (
        matching_sheet is None
        or place >= len(matching_sheet.rows)
        or across >= matching_sheet.width
    ):
        return None
    columns = _columns(matching_sheet, place, across)
    shown = [
        (near + 1, tuple(_printed(matching_sheet.spread(near, at)) for at in columns))
        for near in _rows(matching_sheet, place, across)
    ]
    letters = tuple(column_letter(at) for at in columns)
    return Neighbourhood(matching_sheet.name, letters, tuple(shown), row, column.upper())


def _sheet(name: str, content: bytes, sheet: str) -> Sheet | None:
    """The sheet of this name; a text table has one without a name of its own."""
    try:
        sheets = read_within_bounds(name, content)
    except FileRefused:
        return None
    matching_sheet = next((one for one in sheets if one.name == sheet), None)
    return sheets[0] if matching_sheet is None and len(sheets) == 1 else matching_sheet


def _printed(cell: object) -> str:
    if isinstance(cell, Formatted):
        return cell.display.text
    if is_number(cell) and isinstance(cell, float) and not cell.is_integer():
        return f"{cell:,.6f}".rstrip("0")
    return number(float(cell), 0, "en") if is_number(cell) and abs(cell) >= 1e4 else text_of(cell)  # type: ignore[arg-type]


def _rows(sheet: Sheet, here: int, across: int) -> list[int]:
    """The first filled row, the rows above with words over the cell, and those beside it."""
    near = range(max(0, here - ROWS), min(len(sheet.rows), here + ROWS + 1))
    worded = [
        place
        for place in sheet.top_rows
        if place < near.start
        and sheet.spread(place, across) is not None
        and not is_number(sheet.spread(place, across))
    ]
    first = [place for place in sheet.top_rows[:HEADINGS] if filled(sheet.rows[place])][:1]
    return sorted({*first, *worded[-HEADINGS:], *near})


def _columns(sheet: Sheet, here: int, across: int) -> list[int]:
    """The columns that name the row, and those beside the cell."""
    near = range(max(0, across - COLUMNS), min(sheet.width, across + COLUMNS + 1))
    labels = [
        place
        for place in range(near.start)
        if sheet.spread(here, place) is not None and not is_number(sheet.spread(here, place))
    ]
    return sorted({*labels[:LABELS], *near})
