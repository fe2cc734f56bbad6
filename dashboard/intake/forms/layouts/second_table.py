"""Refuses a sheet with a second table beside the first or below it: its figures mean another thing.

Read with the first table's headings they would be wrong, and left out they would be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from dashboard.base.language import Text
from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import (
    Sheet,
    column_letter,
    filled,
    is_number,
    place,
    squeezed,
)
from dashboard.intake.forms.layout import (
    OFFICIAL_FORM,
    STREET_TABLE,
    TIDY,
    YEAR_TABLE,
    FormRefused,
    TableHead,
    refusal,
)

_KEYS = {
    OFFICIAL_FORM: ("name",),
    STREET_TABLE: ("name", "area", "area_code", "period"),
    YEAR_TABLE: ("name",),
    TIDY: ("indicator",),
}


def refusal_of_second(sheet: Sheet, frame: TableHead) -> FormRefused | None:
    """The refusal of a sheet that holds two tables, at the second's first heading; or None."""
    key = next(
        (c for role in _KEYS.get(frame.layout, ()) for c in frame.columns if c.role == role), None
    )
    if key is None:
        return None
    row, at = next(_second_headings(sheet, frame, key.place), (-1, -1))
    if row < 0:
        return None
    where, text = place(row, at), squeezed(sheet.cell(row, at))
    message = Text(
        f"{where}“{text}”起是另一张表；请把每张表放在单独的工作表中再报送",
        f"another table begins in {where} ({text}); put each table on a sheet of its own",
    )
    return refusal("second_table", message, sheet.name, row + 1, column_letter(at))


def _second_headings(sheet: Sheet, frame: TableHead, key: int) -> Iterator[tuple[int, int]]:
    """The places where the key heading of another table stands: right of the first's, or below."""
    if frame.layout in (OFFICIAL_FORM, STREET_TABLE):
        yield from _headings_to_the_right(sheet, frame, key)
    yield from _headings_below(sheet, frame, key)


def _headings_to_the_right(sheet: Sheet, frame: TableHead, key: int) -> Iterator[tuple[int, int]]:
    for row in frame.header_rows:
        own = squeezed(sheet.cell(row, key))
        for at in filled(sheet.rows[row]):
            if at > key and own and squeezed(sheet.cell(row, at)) == own:
                yield row, at


def _headings_below(sheet: Sheet, frame: TableHead, key: int) -> Iterator[tuple[int, int]]:
    header = frame.header_rows[-1]
    words = {squeezed(sheet.cell(row, key)) for row in frame.header_rows} - {""}
    for row in range(frame.first_row, len(sheet.rows)):
        cell = sheet.rows[row][key]
        if not isinstance(cell, str):
            continue
        text = squeezed(cell)
        if (text in words or headings.NAME.fullmatch(text)) and not _is_repeat(
            sheet, frame, row, header
        ):
            yield row, key


def _is_repeat(sheet: Sheet, frame: TableHead, row: int, header: int) -> bool:
    """Whether the table's own header stands there again, as on each printed page; or a line."""
    cells = sheet.rows[row]
    if len(filled(cells)) < 2 or _holds_figures(sheet, row):
        return not any(headings.span_of(squeezed(cells[at])) for at in filled(cells))
    if not any(cells == sheet.rows[own] for own in (*frame.header_rows, header)):
        return False
    return _repeats_the_top(sheet, frame.first_row, row)


def _repeats_the_top(sheet: Sheet, first: int, row: int) -> bool:
    """Whether the rows without figures above ``row`` hold only what stands above ``first``."""
    known = {squeezed(cell) for own in range(first) for cell in sheet.rows[own]}
    return all(
        squeezed(cell) in known
        for above in _rows_without_figures(sheet, first, row)
        for cell in sheet.rows[above]
        if cell is not None
    )


def _rows_without_figures(sheet: Sheet, first: int, row: int) -> Iterator[int]:
    """The rows right above ``row`` up to one with figures, the nearest first."""
    above = range(row - 1, first - 1, -1)
    return takewhile(lambda place: not _holds_figures(sheet, place), above)


def _holds_figures(sheet: Sheet, row: int) -> bool:
    return any(is_number(cell) for cell in sheet.rows[row])
