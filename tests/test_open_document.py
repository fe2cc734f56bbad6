"""An .ods file is read as it is seen: shown months, percent, merged cells, struck text."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from dashboard.intake.forms.files.cells import FileRefused, Percent
from dashboard.intake.forms.files.read import read_sheets

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def document(rows: str, styles: str = "", before: str = "") -> bytes:
    """An .ods file of one table with these rows."""
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="低保">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", body)
    return kept.getvalue()


def number(value: str, shown: str, kind: str = "float", more: str = "") -> str:
    """A cell that keeps a value and shows a text."""
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}" {more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def row(*cells: str) -> str:
    """A row of cells."""
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (number("1234.5", "1,234.5"), 1234.5),
        (number("2026.1", "2026.10"), "2026.10"),
        (number("123456", "12.3万"), "12.3万"),
        (number("0.55", "55%", "percentage"), Percent(0.55)),
        (number("0.333333", "0.33"), 0.333333),
    ],
)
def test_a_cell_is_read_as_it_is_shown(cell: str, read: object) -> None:
    sheet = read_sheets("低保.ods", document(row(cell)))[0]
    assert sheet.cell(0, 0) == read
    assert type(sheet.cell(0, 0)) is type(read)


def test_the_comment_of_a_cell_is_read_beside_it() -> None:
    comment = "<office:annotation><text:p>上月数</text:p></office:annotation>"
    cell = number("3", "3").replace("<text:p>", f"{comment}<text:p>", 1)
    sheet = read_sheets("低保.ods", document(row(number("2", "2"), cell)))[0]
    assert sheet.rows == ((2.0, 3.0),)
    assert sheet.comments == {(0, 1): "上月数"}
    assert [(one.row, one.column) for one in sheet.remarks] == [(0, 1)]


def test_merged_and_repeated_cells() -> None:
    wide = '<table:table-cell table:number-columns-spanned="2"><text:p>城市低保</text:p>'
    wide += "</table:table-cell><table:covered-table-cell/>"
    twice = number("3", "3", more='table:number-columns-repeated="2"')
    sheet = read_sheets("低保.ods", document(row(wide) + row(twice)))[0]
    assert sheet.spread(0, 1) == "城市低保"
    assert sheet.rows[1] == (3.0, 3.0)


def test_struck_text_is_left_out_and_said() -> None:
    struck = (
        '<style:style style:name="ce1"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
    )
    cell = '<table:table-cell table:style-name="ce1"><text:p>12</text:p></table:table-cell>'
    sheet = read_sheets("低保.ods", document(row(cell, number("13", "13")), struck))[0]
    assert sheet.cell(0, 0) is None
    assert sheet.cell(0, 1) == 13
    assert [one.rule for one in sheet.remarks] == ["struck"]


@pytest.mark.parametrize(
    "content",
    [
        document(row(number("1", "1")), before='<!DOCTYPE x [<!ENTITY a "b">]>'),
        document(row(number("1", "1", more='table:number-columns-repeated="99999"'))),
        document(row(number("1", "1")))[:-40],
    ],
)
def test_a_document_that_is_damaged_or_too_wide_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        read_sheets("低保.ods", content)


def test_a_text_table_named_as_an_old_workbook_is_read() -> None:
    sheet = read_sheets("低保.xls", "街道\t户数\n城关镇\t12\n".encode("gb18030"))[0]
    assert sheet.rows == (("街道", "户数"), ("城关镇", "12"))
