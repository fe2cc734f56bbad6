"""The copy of a file that is kept instead of it: without columns of persons, and what is hidden.

Cells stay where they stood, so that a figure still leads to its heading. The same sheets always
give the same bytes, so that a file that comes again is known.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime

import xlsxwriter

from dashboard.intake.forms.files.cells import Sheet, is_number
from dashboard.intake.open_sheets import OpenedFile
from dashboard.intake.registers.institutions import without_personal_numbers
from dashboard.intake.registers.take import TakenRegister

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


def copy_without_persons(file: OpenedFile, sheets: Sequence[Sheet]) -> bytes | None:
    """What is kept of a file with a list of institutions; None for a file that is kept as it is."""
    taken = [one for one in file.taken if isinstance(one, TakenRegister)]
    if not taken:
        return None
    return kept_copy(sheets, {one.sheet.name: one.cut for one in taken})


def kept_copy(sheets: Sequence[Sheet], cut: Mapping[str, Collection[tuple[int, int]]]) -> bytes:
    """A workbook of the sheets without the cells that are ``cut`` by sheet name (from 0)."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, _PLAIN) as book:
        book.set_properties({"created": _MADE})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, sheet in enumerate(sheets):
            page = book.add_worksheet(_name(sheet.name, number))
            gone = cut.get(sheet.name, ())
            for at, row in enumerate(sheet.rows):
                for place, cell in enumerate(row):
                    if cell is None or (at, place) in gone:
                        continue
                    if isinstance(cell, date):
                        page.write_datetime(
                            at, place, datetime(cell.year, cell.month, cell.day), day
                        )
                    elif is_number(cell):
                        page.write_number(at, place, float(cell))  # type: ignore[arg-type]
                    else:
                        page.write_string(at, place, without_personal_numbers(str(cell)))
    return memory.getvalue()


def _name(name: str, number: int) -> str:
    clean = "".join(sign for sign in name if sign not in "[]:*?/\\'")[:_LONGEST_NAME]
    return clean or f"Sheet{number + 1}"
