"""Reads a file as sheets of cells: workbook, Word document, web page, text table.

What a file is, its first bytes say, not its name. Whatever cannot be read whole is refused.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import PurePath

import python_calamine as calamine

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding
from dashboard.intake.forms.files import old_workbook
from dashboard.intake.forms.files.cells import FileRefused, Sheet
from dashboard.intake.forms.files.hidden_columns import with_hidden_sheets
from dashboard.intake.forms.files.open_document import MIME, open_document
from dashboard.intake.forms.files.seen_sheets import old_sheet, seen_sheet
from dashboard.intake.forms.files.text_files import (
    decoded,
    page_sheets,
    sheets_of_tables,
    text_sheet,
)
from dashboard.intake.forms.files.web_table import TooWide, looks_like_page
from dashboard.intake.forms.files.word_tables import read_word_tables
from dashboard.intake.forms.files.workbook_guard import (
    DAMAGED,
    MAX_COLUMNS,
    MAX_ROWS,
    Inspected,
    PackageRefused,
    inspect_package,
    too_far,
)

MAX_SHEETS = 200
LONGEST_CELL = 32_767  # characters, as in a workbook: what is longer is no cell of a table
MAX_CELLS = 1_000_000  # of a file as it is laid out: each costs some 70 bytes and a microsecond

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK, _DOCUMENT = b"xl/workbook.xml", b"word/document.xml"
_XML_MARK = "urn:schemas-microsoft-com:office:spreadsheet"
_PAGE_MARK = ("mime-version:", "from:", "content-type:")
_TEXT_NAMES = (".csv", ".txt", ".tsv", ".html", ".htm")

_EMPTY = Text(
    "文件是空的；请检查是否选错了文件", "the file is empty; check that the right file was chosen"
)
_WRONG = Text(
    "不是可读的文件；应为 .xlsx、.xlsm、.xls、.ods、.docx、.csv 或 .html，请另存为 .xlsx 再报送",
    "not a file that can be read: .xlsx, .xlsm, .xls, .ods, .docx, .csv or .html is; save it as "
    ".xlsx",
)
_XML_TABLE = Text(
    "是“XML 表格 2003”格式，不能直接读取；请在 Excel 或 WPS 中打开，另存为 .xlsx 再报送",
    "an XML Spreadsheet 2003, which cannot be read as it is; open it and save it as .xlsx",
)
_SINGLE_PAGE = Text(
    "是“单个文件网页”(.mht)格式，不能直接读取；请在 Excel 或 WPS 中打开，另存为 .xlsx 再报送",
    "a single file web page (.mht), which cannot be read as it is; open it and save it as .xlsx",
)
_LOCKED = Text(
    "文件设有密码；请取消密码后再报送",
    "the file is protected by a password; remove it and try again",
)
_NO_CELLS = Text(
    "没有可见且有内容的工作表；请取消隐藏或检查文件",
    "no visible sheet holds anything; unhide the sheet",
)
_NO_TABLES = Text(
    "文档中没有表格；材料请在“核对材料”中检查，统计表请以表格形式报送",
    "no table in the document; a draft is checked under Check a draft, figures are handed in as a "
    "table",
)
_ENCODING = Text(
    "文字编码无法识别；请另存为 UTF-8 或 GB18030 编码的 CSV，或 .xlsx",
    "the text's encoding is not known; save it as CSV in UTF-8 or GB18030, or as .xlsx",
)
_TOO_MANY_CELLS = Text(
    f"表格共超过 {MAX_CELLS:,} 格；请删去数据区以外的内容，或分几个文件报送",
    f"the tables have more than {MAX_CELLS:,} cells; clear what stands outside them, or split the "
    "file",
)
_LONG_CELL = Text(
    f"有一格超过 {LONGEST_CELL:,} 个字，不是统计表；请检查文件内容",
    f"a cell holds more than {LONGEST_CELL:,} characters, which is no table; check the file",
)
_TOO_MANY = Text(
    f"工作表超过 {MAX_SHEETS} 个；请拆分后报送", f"more than {MAX_SHEETS} sheets; split the file"
)


def read_sheets(name: str, content: bytes) -> list[Sheet]:
    """The visible sheets of a file that hold anything, in order; raises FileRefused.

    At most 200 sheets of 200,000 rows × 512 columns, a million cells in all; a text table is one
    sheet, named as the file.
    """
    refuse = _refusal(name)
    if not content.strip():
        raise refuse(_EMPTY)
    if content.startswith(_ZIP):
        sheets = _packaged(name, content, refuse)
    elif content.startswith(_OLE):
        sheets = _old_workbook(content, refuse)
    else:
        sheets = _text_sheets(name, content, refuse)
    if len(sheets) > MAX_SHEETS:
        raise refuse(_TOO_MANY)
    if sum(len(sheet.rows) * sheet.width for sheet in sheets) > MAX_CELLS:
        raise refuse(_TOO_MANY_CELLS)
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise refuse(_NO_CELLS)
    _check_lengths(sheets, refuse)
    return sheets


def _check_lengths(sheets: list[Sheet], refuse: Callable[..., FileRefused]) -> None:
    for sheet in sheets:
        texts = {cell for row in sheet.rows for cell in row if type(cell) is str}
        if max(map(len, texts), default=0) <= LONGEST_CELL:
            continue
        for number, row in enumerate(sheet.rows, start=1):
            if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row):
                raise refuse(_LONG_CELL, sheet.name, number)


def _text_sheets(name: str, content: bytes, refuse: Callable[..., FileRefused]) -> list[Sheet]:
    text = decoded(content)
    is_page = text is not None and looks_like_page(text)
    start = text.lstrip("\ufeff \t\r\n")[:4000] if text is not None else ""
    _refuse_other_texts(start, refuse)
    # Systems export text under the name of a workbook, with tabs between the cells.
    is_export = name.casefold().endswith((".xls", ".et")) and "\t" in start
    if not is_page and not is_export and not name.casefold().endswith(_TEXT_NAMES):
        raise refuse(_WRONG)
    if text is None:
        raise refuse(_ENCODING)
    return _of_text(PurePath(name).stem, text, refuse)


def _refuse_other_texts(start: str, refuse: Callable[..., FileRefused]) -> None:
    """Refuses XML tables and pages with their pictures in one file, by how the text begins."""
    if start.startswith("<?xml") and _XML_MARK in start:
        raise refuse(_XML_TABLE)
    if start.casefold().startswith(_PAGE_MARK) and "multipart/related" in start.casefold():
        raise refuse(_SINGLE_PAGE)


def _of_text(name: str, text: str, refuse: Callable[..., FileRefused]) -> list[Sheet]:
    if "\0" in text:
        raise refuse(_WRONG)
    if not looks_like_page(text):
        return [text_sheet(name, text, refuse)]
    sheets = page_sheets(name, text, refuse)
    if not sheets:
        raise refuse(_NO_CELLS)
    return sheets


def _refusal(name: str) -> Callable[..., FileRefused]:
    """Makes the refusal of the file called ``name``; the message begins with its name."""

    def refuse(message: Text, sheet: str = "", row: int = 0) -> FileRefused:
        text = Text(f"{name}：{message.zh}", f"{name}: {message.en}")
        return FileRefused(Finding("error", "unreadable_file", text, sheet=sheet, row=row))

    return refuse


def _packaged(name: str, content: bytes, refuse: Callable[..., FileRefused]) -> list[Sheet]:
    if MIME in content[:200]:
        try:
            return open_document(content)
        except PackageRefused as error:
            raise refuse(error.message) from error
    if _WORKBOOK in content:
        return _new_workbook(content, refuse)
    if _DOCUMENT in content:
        return _word_document(name, content, refuse)
    raise refuse(_WRONG)


def _word_document(name: str, content: bytes, refuse: Callable[..., FileRefused]) -> list[Sheet]:
    """The tables of a Word document."""
    try:
        tables = read_word_tables(content, MAX_ROWS, MAX_COLUMNS)
    except PackageRefused as error:
        raise refuse(error.message) from error
    except TooWide as error:
        raise refuse(too_far(name)) from error
    sheets = sheets_of_tables(PurePath(name).stem, tables)
    if not sheets:
        raise refuse(_NO_TABLES)
    return sheets


def _new_workbook(content: bytes, refuse: Callable[..., FileRefused]) -> list[Sheet]:
    try:
        inspected = inspect_package(content)
        workbook = calamine.load_workbook(io.BytesIO(content))
        return _sheets(workbook, inspected, refuse)
    except PackageRefused as error:
        raise refuse(error.message) from error
    except calamine.PasswordError as error:
        raise refuse(_LOCKED) from error
    except (calamine.CalamineError, KeyError) as error:
        raise refuse(DAMAGED) from error


def _sheets(
    workbook: calamine.CalamineWorkbook, inspected: Inspected, refuse: Callable[..., FileRefused]
) -> list[Sheet]:
    """The visible sheets; the first says which hidden ones hold something."""
    kind, visible = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
    pages = [head for head in workbook.sheets_metadata if head.typ == kind]
    shown = [head.name for head in pages if head.visible == visible]
    if len(shown) > MAX_SHEETS:
        raise refuse(_TOO_MANY)
    extents = [inspected.extents[name] for name in shown]
    if sum(extent.rows * extent.columns for extent in extents) > MAX_CELLS:
        raise refuse(_TOO_MANY_CELLS)
    hidden = [head.name for head in pages if head.visible != visible]
    left_out = [name for name in hidden if inspected.extents[name].rows]
    return with_hidden_sheets([_sheet(workbook, name, inspected) for name in shown], left_out)


def _sheet(workbook: calamine.CalamineWorkbook, name: str, inspected: Inspected) -> Sheet:
    """One sheet as it is seen. Only a sheet whose extent is known may be laid out."""
    sheet = workbook.get_sheet_by_name(name)
    cells = sheet.to_python(skip_empty_area=False)
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return seen_sheet(name, cells, merged, inspected.extents[name], inspected.styles)


def _old_workbook(content: bytes, refuse: Callable[..., FileRefused]) -> list[Sheet]:
    if _ENCRYPTED in content:
        raise refuse(_LOCKED)
    try:
        answer = old_workbook.open_apart(content, MAX_ROWS, MAX_COLUMNS)
    except old_workbook.OldWorkbookRefused as error:
        known = {old_workbook.PASSWORD: _LOCKED, old_workbook.TOO_FAR: too_far(error.sheet)}
        raise refuse(known.get(error.reason, DAMAGED), error.sheet) from error
    sheets = answer["sheets"]
    return with_hidden_sheets(
        [old_sheet(sheet, answer["styles"]) for sheet in sheets if not sheet["hidden"]],
        [sheet["name"] for sheet in sheets if sheet["hidden"]],
    )
