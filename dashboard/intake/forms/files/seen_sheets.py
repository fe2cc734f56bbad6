"""Reads sheets of workbooks as they are seen, new and old, with what is hidden in them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.base.language import Text
from dashboard.intake.forms.files.as_seen import Rows, as_seen
from dashboard.intake.forms.files.cell_comments import comment_remarks
from dashboard.intake.forms.files.cell_formats import CellStyle, Run
from dashboard.intake.forms.files.cells import Merged, Remark, Sheet, sheet_of
from dashboard.intake.forms.files.hidden_columns import hidden_columns, hidden_rows
from dashboard.intake.forms.files.number_formats import read_format
from dashboard.intake.forms.files.sheet_walk import PLAIN, Extent

_NO_FORMATS = Text(
    "旧版 .xls 文件的数字格式和删除线没有读出；请另存为 .xlsx 再报送，或逐一核对",
    "the number formats and struck text of this old .xls file could not be read; save it as .xlsx, "
    "or compare the figures",
)
_NO_ZEROS = Text(
    "工作表设置为不显示零值；零照常读入",
    "the sheet does not show zeros; they were read all the same",
)


def seen_sheet(
    name: str,
    cells: Rows,
    merged: Iterable[Merged],
    extent: Extent,
    styles: Sequence[CellStyle],
) -> Sheet:
    """A sheet of the cells that a workbook keeps, as they are seen. Changes ``cells``."""
    rows, notes = as_seen(cells, extent, styles)
    remarks = [hidden_rows(extent.hidden)] if extent.hidden else []
    remarks += [hidden_columns(extent.hidden_columns)] if extent.hidden_columns else []
    remarks += [Remark(_NO_ZEROS)] if extent.hides_zeros else []
    remarks += comment_remarks(extent.comments)
    return sheet_of(name, rows, merged, [*remarks, *notes], extent.comments)


def old_sheet(sheet: dict[str, Any], styles: list[list[Any]] | None) -> Sheet:
    """A sheet of an old workbook as ``old_workbook.open_apart`` gives it."""
    merged = [(*first, *last) for first, last in sheet["merged"]]
    if styles is None:
        return sheet_of(sheet["name"], sheet["rows"], merged, [Remark(_NO_FORMATS)])
    looks = [CellStyle(read_format(code), struck) for code, struck in styles]
    return seen_sheet(sheet["name"], sheet["rows"], merged, _extent(sheet, looks), looks)


def _extent(sheet: dict[str, Any], styles: Sequence[CellStyle]) -> Extent:
    rows = sheet["rows"]
    extent = Extent(len(rows), max(map(len, rows), default=0))
    extent.styles = _notable(sheet.get("styles", {}), styles)
    for row, column, runs in sheet.get("runs", ()):
        extent.runs[row, column] = tuple(Run(*run) for run in runs)
    extent.hidden = [row for row in sorted(sheet.get("hidden_rows", ())) if _is_filled(rows[row])]
    extent.hidden_columns = {at for at in sheet.get("hidden_columns", ()) if at < extent.columns}
    return extent


def _is_filled(row: Iterable[object]) -> bool:
    return any(cell not in (None, "") for cell in row)


def _notable(numbers: dict[str, list[int]], styles: Sequence[CellStyle]) -> dict[int, array[int]]:
    """The numbers of styles by row, PLAIN for plain ones; rows of plain cells are left out."""
    plain = {number for number, style in enumerate(styles) if style.is_plain} | {PLAIN}
    return {
        int(row): array("i", (PLAIN if number in plain else number for number in of_row))
        for row, of_row in numbers.items()
        if not plain.issuperset(of_row)
    }
