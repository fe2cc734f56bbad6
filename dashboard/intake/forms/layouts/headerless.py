"""Reads a release without a header row: lines known by their names, one figure beside each."""

from __future__ import annotations

from dashboard.catalogue.catalogue import Catalogue
from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, is_blank, is_number, squeezed, text_of
from dashboard.intake.forms.joined_cells import glued, split_line
from dashboard.intake.forms.layout import OFFICIAL_FORM, Column, TableHead
from dashboard.intake.forms.layouts import compact
from dashboard.intake.forms.numerals import UnreadableNumber, read_value

_FEWEST = 3  # known lines that make a release


def find_frame(sheet: Sheet, catalogue: Catalogue) -> TableHead | None:
    """Columns of a release without a header, or None: one column of names, one of figures.

    Where both stand in one cell, name and value are the same column. Two columns of figures say
    nothing of which is which: such a sheet is not read.
    """
    names = {at: _known_rows(sheet, at, catalogue) for at in range(min(sheet.width, 20))}
    name = max(names, key=lambda at: len(names[at]), default=-1)
    rows = names.get(name, [])
    if len(rows) < _FEWEST:
        return None
    values = _figure_columns(sheet, name, rows, catalogue)
    if len(values) > 1:
        return None
    joined = sum(bool(_line_value(sheet, row, name, catalogue)) for row in rows) * 2 > len(rows)
    if not values and not joined:
        return None
    columns = [Column(name, "name"), Column(values[0] if values else name, "value")]
    columns += _unit_column(sheet, rows, {name, *values}, catalogue)
    first = rows[0]
    while first > 0 and _is_section(squeezed(sheet.cell(first - 1, name))):
        first -= 1
    if values and first and all(_is_heading(sheet, first - 1, at) for at in (name, values[0])):
        return None
    return TableHead(OFFICIAL_FORM, (first,), first, tuple(columns))


def _is_heading(sheet: Sheet, row: int, at: int) -> bool:
    """Whether words head a column right above its first line: 项目 | 标准."""
    cell = sheet.cell(row, at)
    return isinstance(cell, str) and not is_blank(cell) and not any(map(str.isdigit, cell))


def _figure_columns(sheet: Sheet, name: int, rows: list[int], catalogue: Catalogue) -> list[int]:
    """The columns right of the names in which most rows have a figure."""
    return [
        at
        for at in range(name + 1, sheet.width)
        if sum(_is_figure(sheet.cell(row, at), catalogue) for row in rows) * 2 > len(rows)
    ]


def _unit_column(
    sheet: Sheet, rows: list[int], others: set[int], catalogue: Catalogue
) -> list[Column]:
    """The first column that holds units and nothing else; none where there is none."""
    for at in range(sheet.width):
        texts = [text for row in rows if (text := squeezed(sheet.cell(row, at)))]
        if (
            at not in others
            and texts
            and all(headings.find_unit(text, catalogue) for text in texts)
        ):
            return [Column(at, "unit")]
    return []


def _known_rows(sheet: Sheet, at: int, catalogue: Catalogue) -> list[int]:
    matches = []
    for row in range(len(sheet.rows)):
        cell = sheet.cell(row, at)
        if not isinstance(cell, str) or is_blank(cell) or len(cell) > 60:
            continue
        name = split_line(cell, catalogue)[0]
        texts = (text_of(cell), name)
        if any(catalogue.find_line("", text) for text in texts) or (
            compact.find_named(name, "", (), catalogue).indicator
        ):
            matches.append(row)
    return matches


def _line_value(sheet: Sheet, row: int, at: int, catalogue: Catalogue) -> str:
    return split_line(text_of(sheet.cell(row, at)), catalogue)[1]


def _is_figure(cell: object, catalogue: Catalogue) -> bool:
    if is_number(cell) or glued(cell, catalogue):
        return True
    try:
        return isinstance(cell, str) and read_value(cell).value is not None
    except UnreadableNumber:
        return False


def _is_section(text: str) -> bool:
    return bool(text) and text[0] in "一二三四五六七八九十(" and "、" in text[:4]
