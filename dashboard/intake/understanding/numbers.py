"""Reads the number that stands in a cell, where one can be read."""

from __future__ import annotations

from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.forms.numerals import UnreadableNumber, read_value


def number_at(sheet: Sheet, row: int, column: int) -> float | None:
    """The number of a cell; None where it holds none."""
    try:
        return read_value(sheet.cell(row, column)).value
    except UnreadableNumber:
        return None
