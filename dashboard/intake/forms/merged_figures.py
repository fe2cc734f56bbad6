"""Reads one figure in a merged cell that reaches over several streets or several columns.

Nobody can tell whose figure it is, so it is asked. A merged cell within one street's row and one
column's headings is only a wide cell.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.base.language import Text
from dashboard.intake.forms.files.cells import (
    Merged,
    Sheet,
    is_blank,
    is_number,
    place,
    squeezed,
    text_of,
)
from dashboard.intake.forms.layout import Recognition

_KEYS = ("area", "area_code", "period", "name", "code")
_MOST_ROWS = 200  # of a merged range that are looked at
_MOST_NAMED = 4


def merged_figure(sheet: Sheet, recognition: Recognition, row: int, column: int) -> Merged | None:
    """The merged range around a figure that reaches over several rows or columns, or None."""
    area = sheet.merged_from.get((row, column))
    if area is None or is_blank(sheet.cell(area[0], area[1])):
        return None
    return area if len(names_over(sheet, recognition, area)) > 1 else None


def names_over(sheet: Sheet, recognition: Recognition, area: Merged) -> list[str]:
    """The different rows that a merged range reaches over, or else the different headings."""
    top, left, bottom, right = area
    keys = {each.place for each in recognition.columns if each.role in _KEYS}
    rows = range(top, min(bottom, top + _MOST_ROWS, len(sheet.rows) - 1) + 1)
    labels = _different(_label(sheet, row, left, keys) for row in rows)
    if len(labels) > 1:
        return labels
    columns = range(left, min(right, sheet.width - 1) + 1)
    return _different(
        "/".join(
            filter(None, (squeezed(sheet.spread(at, column)) for at in recognition.header_rows))
        )
        for column in columns
    )


def asked(sheet: Sheet, recognition: Recognition, area: Merged) -> Text:
    """The question whose figure a merged cell holds."""
    top, left, bottom, right = area
    names = names_over(sheet, recognition, area)
    more = "…" if len(names) > _MOST_NAMED else ""
    where = f"{place(top, left)}:{place(bottom, right)}"
    shown = text_of(sheet.cell(top, left))
    return Text(
        f"{where} 合并成一格，“{shown}”跨 {'、'.join(names[:_MOST_NAMED])}{more}，"
        "看不出是谁的数；请取消合并，分别填写",
        f"{where} is one merged cell: {shown!r} stands over {', '.join(names[:_MOST_NAMED])}{more} "
        "and cannot be told apart; split it and give each its own figure",
    )


def _label(sheet: Sheet, row: int, left: int, keys: set[int]) -> str:
    """What names a row: its keys, and the words left of the figure."""
    texts = []
    for column in sorted({*range(left), *keys}):
        cell = sheet.spread(row, column)
        if not is_blank(cell) and (column in keys or not is_number(cell)):
            texts.append(text_of(cell))
    return " ".join(texts)


def _different(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
