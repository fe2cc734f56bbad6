"""Says of text with a line through it that it was not read."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.base.language import Text
from dashboard.intake.forms.files.cells import Remark, is_blank, place, text_of

Struck = dict[int, dict[int, str]]  # the struck text by row and column, both from 0


def struck_remarks(rows: Sequence[Sequence[object]], struck: Struck) -> list[Remark]:
    """A remark for each row of which nothing else is left, and for each other struck cell.

    ``rows`` are what is left without the struck text.
    """
    remarks = []
    for row, cells in sorted(struck.items()):
        left = rows[row] if row < len(rows) else ()
        if all(map(is_blank, left)):
            remarks.append(_struck_row(row, cells))
            continue
        for column, text in sorted(cells.items()):
            rest = left[column] if column < len(left) else None
            remarks.append(_struck_cell(row, column, text, rest))
    return remarks


def _struck_row(row: int, cells: dict[int, str]) -> Remark:
    shown = " ".join(cells.values())
    text = Text(
        f"第 {row + 1} 行整行画了删除线（{shown}），没有读入",
        f"row {row + 1} is struck through ({shown}) and was left out",
    )
    return Remark(text, row, min(cells), "struck")


def _struck_cell(row: int, column: int, gone: str, left: object) -> Remark:
    where, rest = place(row, column), text_of(left)
    text = Text(
        f"{where} 中“{gone}”画了删除线，没有读入" + (f"；读作“{rest}”" if rest else ""),
        f"{where}: {gone!r} is struck through and was not read"
        + (f"; read as {rest!r}" * bool(rest)),
    )
    return Remark(text, row, column, "struck")
