"""Writes a list of institutions as a workbook, with its marks."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from dashboard.base.language import word
from dashboard.charts.plotly.theme import SCREEN
from dashboard.exports.register_rows import COLUMNS
from dashboard.exports.workbooks import HARMLESS

_WIDE = {"name": 34, "address": 34, "type": 18, "area_name": 16, "code": 22, "file": 30}


def _write_cell(sheet: Any, row: int, column: int, cell: object) -> None:  # noqa: ANN401
    """Writes a number as one, anything else as text, and nothing for None."""
    if isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, str(cell))


def register_book(
    rows: Sequence[Mapping[str, object]], title: str, notes: Sequence[str], language: str
) -> bytes:
    """The rows as a workbook: a title, notes that must be known, headings in words, a filter."""
    memory = io.BytesIO()
    shown = [name for name in COLUMNS if any(row[name] not in ("", None) for row in rows)]
    with xlsxwriter.Workbook(memory, HARMLESS) as book:
        sheet = book.add_worksheet(word("register_sheet", language))
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bottom": 1, "font_color": SCREEN.text})
        sheet.write_string(0, 0, title, bold)
        for at, note in enumerate(notes, start=1):
            sheet.write_string(at, 0, note)
        top = 1 + len(notes)
        for place, name in enumerate(shown):
            sheet.write_string(top, place, word(f"register_column_{name}", language), head)
            sheet.set_column(place, place, _WIDE.get(name, 12))
        for at, row in enumerate(rows, start=top + 1):
            for place, name in enumerate(shown):
                _write_cell(sheet, at, place, row[name])
        sheet.freeze_panes(top + 1, 1)
        if rows:
            sheet.autofilter(top, 0, top + len(rows), max(len(shown) - 1, 0))
    return memory.getvalue()
