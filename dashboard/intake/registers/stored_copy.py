"""Writes the copy of a file kept instead of it: no cells about persons, nothing hidden.

Cells stay where they stood, so that a figure still leads to its heading. Headings stay too: a copy
read again says the same and gives the same bytes, so that a file that comes again is known.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import PurePath

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.registers import RegisterTypes
from dashboard.intake.forms.files.bounded import read_within_bounds
from dashboard.intake.forms.files.cells import (
    FileRefused,
    Formatted,
    Percent,
    Sheet,
    is_number,
    squeezed,
)
from dashboard.intake.registers.institutions import without_personal_numbers
from dashboard.intake.registers.list_frame import (
    PERSON,
    UNUSED,
    ListFrame,
    find_list,
    lists_persons,
)

# Texts stay texts: nothing in a received file becomes a formula or a link of the copy.
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LONGEST_NAME = 31
Cells = frozenset[tuple[int, int]]  # rows and columns from 0


def cut_of_list(sheet: Sheet, frame: ListFrame, registers: RegisterTypes) -> Cells:
    """The cells of a list of institutions that are not kept.

    All below the headings of columns that are not read, all rows after the list, and the rows above
    it that name a person (填报人：…).
    """
    return _unread_below(sheet, frame) | _signed_above(sheet, frame, registers)


def _unread_below(sheet: Sheet, frame: ListFrame) -> Cells:
    """The cells below the header outside the list's rows and the columns that are read."""
    stored_columns = {
        column.place for column in frame.columns if column.role not in (PERSON, UNUSED)
    }
    listed = {*frame.rows, *frame.totals}
    return frozenset(
        (row, at)
        for row in range(frame.header_rows[-1] + 1, len(sheet.rows))
        for at in range(sheet.width)
        if at not in stored_columns or row not in listed
    )


def _signed_above(sheet: Sheet, frame: ListFrame, registers: RegisterTypes) -> Cells:
    """The cells of the rows above the header that name a person."""
    signs = registers.of("title", PERSON)
    return frozenset(
        (row, at)
        for row in range(frame.header_rows[0])
        if any(_signed(squeezed(cell), signs) for cell in sheet.rows[row])
        for at in range(sheet.width)
    )


def _signed(text: str, signs: Sequence[str]) -> bool:
    """Whether a cell above a list names a person, or labels the cell that does."""
    return any(text == sign or f"{sign}:" in text for sign in signs)


def cut_of_persons(sheet: Sheet, header: int) -> Cells:
    """All cells below the header of a list of persons."""
    rows = range(header + 1, len(sheet.rows))
    return frozenset((row, at) for row in rows for at in range(sheet.width))


def waiting_copy(name: str, content: bytes, catalogue: Catalogue, areas: Areas) -> bytes | None:
    """What waits between preview and hand-in instead of a file that names persons.

    None where the file may wait as it is, where it has other tables too (a copy would lose formats
    by which their figures are read), and where a copy could not bear its sheets' names.
    """
    try:
        sheets = read_within_bounds(name, content)
    except FileRefused:
        return None
    cut: dict[str, Cells] = {}
    for sheet in sheets:
        persons = lists_persons(sheet, catalogue.registers)
        frame = find_list(sheet, catalogue, areas, f"{sheet.name} {name}")
        if persons is not None:
            cut[sheet.name] = cut_of_persons(sheet, persons[0])
        elif frame is not None:
            cut[sheet.name] = cut_of_list(sheet, frame, catalogue.registers)
    if {matching_sheet.name for matching_sheet in sheets} != {*cut} or _names(sheets) != [
        matching_sheet.name for matching_sheet in sheets
    ]:
        return None
    return stored_copy(sheets, cut)


def name_of_copy(name: str) -> str:
    """The file's name with the ending of a workbook, which the copy is."""
    path = PurePath(name)
    return name if path.suffix.casefold() == ".xlsx" else f"{path.stem}.xlsx"


def stored_copy(sheets: Sequence[Sheet], cut: Mapping[str, Cells]) -> bytes:
    """A workbook of the sheets without the cells that are ``cut`` by sheet name."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, _PLAIN) as book:
        book.set_properties({"created": _MADE})
        shapes = _Shapes(book)
        for name, sheet in zip(_names(sheets), sheets, strict=True):
            page = book.add_worksheet(name)
            gone = cut.get(sheet.name, frozenset())
            for top, left, bottom, right in sheet.merged:
                if (top, left) not in gone and (bottom > top or right > left):
                    with suppress(OverlappingRange):
                        page.merge_range(top, left, bottom, right, "")
            for at, row in enumerate(sheet.rows):
                for place, cell in enumerate(row):
                    if cell is not None and (at, place) not in gone:
                        _write(page, (at, place), cell, shapes)
    return memory.getvalue()


class _Shapes:
    """The number formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book, self._made = book, dict[str, Format]()

    def of(self, code: str) -> Format:
        """The format of this code."""
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def _write(page: Worksheet, at: tuple[int, int], cell: object, shapes: _Shapes) -> None:
    """Writes a cell so that it is seen as it was."""
    if isinstance(cell, date):
        day = datetime(cell.year, cell.month, cell.day)
        page.write_datetime(*at, day, shapes.of("yyyy-mm-dd"))
    elif isinstance(cell, bool):
        page.write_boolean(*at, cell)
    elif isinstance(cell, Formatted):
        page.write_number(*at, cell.kept, shapes.of(cell.format.code))
    elif isinstance(cell, Percent):
        page.write_number(*at, float(cell), shapes.of("0.00%"))
    elif is_number(cell):
        page.write_number(*at, float(cell))  # type: ignore[arg-type]
    else:
        page.write_string(*at, without_personal_numbers(str(cell)))


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names a workbook can bear, each once."""
    names: list[str] = []
    for number, sheet in enumerate(sheets, start=1):
        clean = "".join(sign for sign in sheet.name if sign not in "[]:*?/\\'")[:_LONGEST_NAME]
        taken = {name.casefold() for name in names} | {"", "history"}
        names.append(f"Sheet{number}" if clean.casefold() in taken else clean)
    return names
