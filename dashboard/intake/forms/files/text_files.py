"""Reads a table as text: CSV in the usual encodings, a web page, or what was pasted."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from dashboard.base.language import Text
from dashboard.intake.forms.files import web_table
from dashboard.intake.forms.files.cells import (
    FileRefused,
    Merged,
    Sheet,
    even_sheet,
    is_blank,
    sheet_of,
)
from dashboard.intake.forms.files.struck_text import struck_remarks
from dashboard.intake.forms.files.workbook_guard import MAX_COLUMNS, MAX_ROWS, too_far

_DELIMITERS = (",", "\t", ";", "|")
_LOOK = 10_000  # characters of a line that show its delimiter
_LONG_CELL = Text(
    f"有一格超过 {csv.field_size_limit():,} 个字，不是统计表；请检查引号和文件内容",
    f"a cell holds more than {csv.field_size_limit():,} characters; check the quotation marks",
)
Refuse = Callable[..., FileRefused]


def page_sheets(name: str, text: str, refuse: Refuse) -> list[Sheet]:
    """The tables of a web page, each with the lines above it; navigation is left out."""
    try:
        tables = web_table.read_tables(text, MAX_ROWS, MAX_COLUMNS)
    except web_table.TooWide as error:
        raise refuse(too_far(name), name) from error
    return sheets_of_tables(name, tables)


def sheets_of_tables(name: str, tables: Sequence[web_table.WebTable]) -> list[Sheet]:
    """A sheet for each table of more than a row and a column, with the lines above it."""
    wanted = [
        table
        for table in tables
        if len(table.rows) > 1 and max(map(len, table.rows), default=0) > 1
    ]
    sheets = []
    for number, table in enumerate(wanted, start=1):
        above: list[list[str | None]] = [[line] for line in table.above]
        down = len(above)
        merged: list[Merged] = [
            (top + down, left, bottom + down, right) for top, left, bottom, right in table.merged
        ]
        own_name = name if len(wanted) == 1 else f"{name} {number}"
        rows = above + table.rows
        struck = {row + down: cells for row, cells in table.struck.items()}
        sheets.append(sheet_of(own_name, rows, merged, struck_remarks(rows, struck)))
    return sheets


def text_sheet(name: str, text: str, refuse: Refuse) -> Sheet:
    """A text table as one sheet; raises what ``refuse`` makes of a quotation mark left open."""
    rows: list[list[object]] = []
    plain = _PlainCells()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            if len(rows) == MAX_ROWS or len(row) > MAX_COLUMNS:
                raise refuse(too_far(name), name, reader.line_num)
            rows.append([plain[cell] for cell in row])
    except csv.Error as error:
        if "limit" in str(error):
            raise refuse(_LONG_CELL, name, reader.line_num) from error
        message = Text(
            f"第 {reader.line_num} 行的引号不成对；请改正后再报送",
            f"line {reader.line_num}: a quotation mark is not closed; put it right and try again",
        )
        raise refuse(message, name, reader.line_num) from error
    return even_sheet(name, rows)


class _PlainCells(dict[str, str | None]):
    """Cells by how they are written: None for blanks, equal texts one object.

    A table repeats its words in row after row; one object each is read and passed on sooner.
    """

    def __missing__(self, cell: str) -> str | None:
        self[cell] = None if is_blank(cell) else cell
        return self[cell]


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8, GB18030, UTF-16 or what a web page declares, or None."""
    declared = web_table.declared_encoding(content).casefold()
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]  # what spreadsheet programs call Unicode text
    elif declared in ("gb2312", "gbk", "gb18030"):
        encodings = ["gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    """The delimiter that gives the same number of columns in most lines; a tab first of all."""
    if "\t" in text and text.count("\t") * 2 >= text.strip().count("\n"):
        return "\t"
    lines = [line[:_LOOK] for line in text.splitlines()[:50] if line.strip()]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        counts = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if len(cells) > 1]
        agreeing = max((counts.count(count) for count in counts), default=0)
        if agreeing > most:
            best, most = delimiter, agreeing
    return best
