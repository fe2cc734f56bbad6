"""Reads what a workbook hides: rows and columns are read, sheets are not, and both are said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.intake.forms.files.cells import Remark, Sheet, column_letter

_MOST_NAMED = 12


def hidden_rows(rows: Sequence[int]) -> Remark:
    """What is said of hidden rows (counted from 0) that hold something: they were read."""
    named = ", ".join(str(row + 1) for row in rows[:_MOST_NAMED])
    named += ", …" if len(rows) > _MOST_NAMED else ""
    text = Text(
        f"{len(rows)} 个隐藏行已一并读入(第 {named} 行);如不应报送请删去",
        f"{len(rows)} hidden rows were read too (row {named}); delete them if they do not belong",
    )
    return Remark(text)


def hidden_columns(columns: Collection[int]) -> Remark:
    """What is said of hidden columns (counted from 0) inside the table: they were read."""
    named = ", ".join(column_letter(at) for at in sorted(columns)[:_MOST_NAMED])
    named += ", …" if len(columns) > _MOST_NAMED else ""
    text = Text(
        f"{len(columns)} 个隐藏列已一并读入({named} 列);如不应报送请删去",
        f"{len(columns)} hidden columns were read too ({named}); delete them if they do not belong",
    )
    return Remark(text)


def with_hidden_sheets(sheets: Sequence[Sheet], names: Sequence[str]) -> list[Sheet]:
    """The sheets, the first that holds anything saying which hidden sheets were not read."""
    done = list(sheets)
    first = next((at for at, sheet in enumerate(done) if sheet.rows), None)
    if first is None or not names:
        return done
    shown = "、".join(names[:_MOST_NAMED])
    text = Text(
        f"隐藏的工作表没有读入：{shown}；需要报送的请取消隐藏",
        f"hidden sheets were not read: {shown}; unhide those that belong",
    )
    done[first] = replace(done[first], remarks=(*done[first].remarks, Remark(text)))
    return done
