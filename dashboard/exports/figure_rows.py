"""Writes figures as a workbook: one row a figure, with the columns of the list of observations."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from dashboard.charts.plotly.theme import SCREEN
from dashboard.exports.listing import COLUMNS
from dashboard.exports.workbooks import HARMLESS

_WIDE = {"indicator_name": 34, "area_name": 16, "source": 50}
_HEAD = 1  # the row of the headings


def figure_book(rows: Sequence[Mapping[str, object]], title: str, note: str) -> bytes:
    """The rows as a workbook: a title with what must be known, headings, a filter."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, HARMLESS) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1, "font_color": SCREEN.text})
        sheet.write_string(0, 0, " · ".join(filter(None, (title, note))))
        for place, name in enumerate(COLUMNS):
            sheet.write_string(_HEAD, place, name, head)
            sheet.set_column(place, place, _WIDE.get(name, 12))
        for at, row in enumerate(rows, start=_HEAD + 1):
            for place, name in enumerate(COLUMNS):
                cell = row.get(name)
                if isinstance(cell, int | float):
                    sheet.write_number(at, place, cell)
                elif cell is not None:
                    sheet.write_string(at, place, str(cell))
        sheet.freeze_panes(_HEAD + 1, 1)
        if rows:
            sheet.autofilter(_HEAD, 0, _HEAD + len(rows), len(COLUMNS) - 1)
    return memory.getvalue()
