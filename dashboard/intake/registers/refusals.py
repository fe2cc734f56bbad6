"""Refuses lists: of persons, and of institutions disguised as a table by street."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.registers import RegisterTypes
from dashboard.intake.forms.files.cells import Sheet, column_letter, is_blank, squeezed
from dashboard.intake.forms.layout import STREET_TABLE, Column, Recognition
from dashboard.intake.forms.numerals import UnreadableNumber, read_value
from dashboard.intake.registers.list_frame import lists_persons
from dashboard.intake.registers.street_rows import FOOTER, OWN

PERSONS = "rows_are_persons"
_REMARKS = ("备注", "说明", "原因", "情况", "remark", "note")
_STAFF = ("人", "电话", "联系")  # 填报人, 联系人, 联系电话: about the row's office
_FEWEST = 2
_SHARE = 0.8


def refusal_of_persons(sheet: Sheet, registers: RegisterTypes) -> Finding | None:
    """The error for a sheet whose rows are persons, naming the headings; None for any other."""
    found = lists_persons(sheet, registers)
    if found is None:
        return None
    row, headings = found
    message = Text(
        f"这张表的每一行是一个人（{'、'.join(headings)}）；看板不保存个人信息，没有读入也没有留存。"
        "请删去这张表，或改为按街道汇总的数",
        f"each row of this sheet is a person ({', '.join(headings)}): nothing about persons is kept"
        " here, so nothing was read or stored; remove the sheet, or hand in totals by street",
    )
    return Finding("error", PERSONS, message, sheet.name, row + 1)


def refusal_of_list(sheet: Sheet, recognition: Recognition) -> Finding | None:
    """The error for a table by street with another text in every row of a column, else None.

    Such a row is one thing of a street; read as a table by street it would be the street's total.
    """
    if recognition.layout != STREET_TABLE or not (
        recognition.column("area") or recognition.column("area_code")
    ):
        return None
    for column in recognition.columns:
        if column.role != "indicator" or _is_remark(column):
            continue
        texts = _texts(sheet, recognition, column)
        if texts is not None:
            message = Text(
                f"“{'/'.join(column.heading)}”一列每行文字各不相同，像是名录而不是街道汇总表；"
                "名录须有机构名称和街道两列，街道汇总表请去掉这一列",
                f"the column {'/'.join(column.heading)} has another text in every row: this looks"
                " like a list, not totals by street; a list needs a name and a street in each row,"
                " a table by street must not have this column",
            )
            place = column_letter(column.place)
            return Finding(
                "error",
                "list_not_totals",
                message,
                sheet.name,
                recognition.header_rows[-1] + 1,
                place,
            )
    return None


def _is_remark(column: Column) -> bool:
    heading = "".join(column.heading).casefold()
    return any(word in heading for word in (*_REMARKS, *_STAFF))


def _texts(sheet: Sheet, recognition: Recognition, column: Column) -> Sequence[str] | None:
    """The column's texts where nearly every filled row has one of its own; else None."""
    cells = list(_filled_cells(sheet, recognition, column))
    texts = [
        squeezed(cell)
        for cell in cells
        if isinstance(cell, str) and _is_text(cell) and not any(map(str.isdigit, squeezed(cell)))
    ]
    distinct = len(set(texts)) >= _SHARE * len(texts)
    return texts if len(texts) >= max(_FEWEST, _SHARE * len(cells)) and distinct else None


def _filled_cells(sheet: Sheet, recognition: Recognition, column: Column) -> Iterator[object]:
    """The cells of a column that hold something, in the rows of areas below the whole."""
    key = recognition.column("area") or recognition.column("area_code")
    for row in range(recognition.first_row, len(sheet.rows)):
        label = squeezed(sheet.spread(row, key.place)) if key else ""
        cell = sheet.cell(row, column.place)
        if not (is_blank(cell) or not label or OWN.fullmatch(label) or FOOTER.fullmatch(label)):
            yield cell


def _is_text(cell: str) -> bool:
    try:
        read_value(cell)
    except UnreadableNumber:
        return True
    return False
