"""Writes a form that was filled in on a page as the workbook in which it is handed in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import xlsxwriter

from dashboard.exports.workbooks import HARMLESS

SHEET = "填报"


class FilledLine(NamedTuple):
    """A line as it is printed, and what was typed; None where nothing was."""

    name: str
    code: str
    unit: str
    value: float | None


class FilledSheet(NamedTuple):
    """A sheet: its title, and the lines; ``form`` is the number of an official form, else empty.

    ``street`` is the label of the one row of a table by street.
    """

    title: str
    lines: Sequence[FilledLine]
    form: str = ""
    street: str = ""


def cell_of(sheet: FilledSheet, line: int) -> tuple[int, int]:
    """Row and column, counted from 0, in which the figure of a line stands."""
    return (3 + line, 3) if sheet.form else (2, 1 + line)


def sheet_name(number: int) -> str:
    """The name of a sheet by its number, counted from 0; it says nothing of what it holds."""
    return SHEET if number == 0 else f"{SHEET}{number + 1}"


def filled_workbook(sheets: Sequence[FilledSheet]) -> bytes:
    """The workbook of these sheets, in the layouts in which offices send them."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, HARMLESS) as book:
        for number, sheet in enumerate(sheets):
            page = book.add_worksheet(sheet_name(number))
            page.write_string(0, 0, sheet.title)
            if sheet.form:
                page.write_row(1, 0, ["表号：", sheet.form])
                page.write_row(2, 0, ["指标名称", "代码", "计量单位", "数量"])
                for at, line in enumerate(sheet.lines):
                    page.write_row(3 + at, 0, [line.name, line.code, line.unit])
            else:
                page.write_row(1, 0, ["街道", *(_heading(line) for line in sheet.lines)])
                page.write_string(2, 0, sheet.street)
            for at, line in enumerate(sheet.lines):
                if line.value is not None:
                    page.write_number(*cell_of(sheet, at), line.value)
    return memory.getvalue()


def _heading(line: FilledLine) -> str:
    return f"{line.name}（{line.unit}）"
