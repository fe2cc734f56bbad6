"""Reads an OpenDocument spreadsheet (.ods) as sheets of cells as they are seen.

A cell keeps a value and the text that is shown of it; where the text is another number than the
value (a format that scales, a month that keeps its zero), the text counts. Formulas are not
calculated: what the file last showed is read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from dashboard.intake.forms.files.cell_comments import comment_remarks
from dashboard.intake.forms.files.cells import (
    Merged,
    Percent,
    Place,
    Remark,
    Sheet,
    sheet_of,
)
from dashboard.intake.forms.files.hidden_columns import hidden_rows, with_hidden_sheets
from dashboard.intake.forms.files.struck_text import struck_remarks
from dashboard.intake.forms.files.workbook_guard import (
    DAMAGED,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_BIG,
    PackageRefused,
    too_far,
)

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_MOST_CELLS = 1_000_000  # of one table
_MOST_TEXT = 100 * 1024 * 1024  # bytes of XML, which is held as a tree
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_NUMBERS = ("float", "currency", "percentage")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, RuntimeError, ValueError)


def open_document(content: bytes) -> list[Sheet]:
    """The visible sheets of an .ods file; raises PackageRefused."""
    root = _content(content)
    try:
        return _sheets(root)
    except RecursionError as error:  # texts in texts without end
        raise PackageRefused(DAMAGED) from error


def _sheets(root: ElementTree.Element) -> list[Sheet]:
    """The visible sheets of a document's tree."""
    styles = _Styles(root)
    sheets, hidden = [], []
    for number, table in enumerate(root.iter(_name("table", "table")), start=1):
        name = _attribute(table, "table", "name") or f"Sheet{number}"
        if _attribute(table, "table", "style-name") in styles.hidden:
            hidden.append(name)
        else:
            sheets.append(_Walk(name, styles).sheet(table))
    return with_hidden_sheets(sheets, hidden)


def _content(content: bytes) -> ElementTree.Element:
    """The document's tree; raises PackageRefused where it is damaged, locked or too large."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            part = package.getinfo("content.xml")
            if part.file_size > _MOST_TEXT:
                raise PackageRefused(TOO_BIG)
            with package.open(part) as opened:
                text = opened.read(_MOST_TEXT + 1)
    except _DAMAGE as error:
        raise PackageRefused(DAMAGED) from error
    if len(text) > _MOST_TEXT:
        raise PackageRefused(TOO_BIG)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise PackageRefused(DAMAGED)
    try:
        return ElementTree.fromstring(text)  # without declarations there is nothing to expand
    except ElementTree.ParseError as error:
        raise PackageRefused(DAMAGED) from error


class _Styles:
    """The names of styles that strike text through, and of those of hidden sheets."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.struck: set[str] = set()
        self.hidden: set[str] = set()
        for style in root.iter(_name("style", "style")):
            name = _attribute(style, "style", "name")
            for one in style.iter(_name("style", "text-properties")):
                if _attribute(one, "style", "text-line-through-style") not in ("", "none"):
                    self.struck.add(name)
            for one in style.iter(_name("style", "table-properties")):
                if _attribute(one, "table", "display") == "false":
                    self.hidden.add(name)


@dataclass
class _Walk:
    """Lays out one table's cells."""

    name: str
    styles: _Styles
    rows: list[list[object]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    struck: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    comments: dict[Place, str] = field(default_factory=dict)
    cells: int = 0

    def sheet(self, table: ElementTree.Element) -> Sheet:
        """The table as a sheet; raises PackageRefused where it reaches too far."""
        for row in table.iter(_name("table", "table-row")):
            self._row(row)
        remarks: list[Remark] = [hidden_rows(self.hidden)] if self.hidden else []
        remarks += [*struck_remarks(self.rows, self.struck), *comment_remarks(self.comments)]
        return sheet_of(self.name, self.rows, self.merged, remarks, self.comments)

    def _row(self, row: ElementTree.Element) -> None:
        cells = list(self._cells(row))
        while cells and cells[-1] is None:
            cells.pop()
        count = _count(row, "number-rows-repeated")
        if not cells:
            count = min(count, MAX_ROWS)  # blank rows to the end of the sheet
        self.cells += len(cells) * count
        too_many = len(self.rows) + count > MAX_ROWS or self.cells > _MOST_CELLS
        if cells and too_many:
            raise PackageRefused(too_far(self.name))
        if cells and _attribute(row, "table", "visibility") in ("collapse", "filter"):
            self.hidden += range(len(self.rows), len(self.rows) + count)
        if len(self.rows) + count <= MAX_ROWS:
            self.rows += [list(cells) for _ in range(count)]

    def _cells(self, row: ElementTree.Element) -> Iterator[object]:
        at = 0
        for cell in row:
            if cell.tag not in (_name("table", "table-cell"), _name("table", "covered-table-cell")):
                continue
            count = _count(cell, "number-columns-repeated")
            value = self._value(cell, at)
            self._comment(cell, at)
            if value is not None and at + count > MAX_COLUMNS:
                raise PackageRefused(too_far(self.name))
            self._merge(cell, at)
            for _ in range(min(count, MAX_COLUMNS - at) if at < MAX_COLUMNS else 0):
                yield value
            at += count

    def _comment(self, cell: ElementTree.Element, at: int) -> None:
        paragraphs = cell.iterfind(f"{_name('office', 'annotation')}/{_name('text', 'p')}")
        text = "\n".join("".join(each.itertext()) for each in paragraphs).strip()
        if text:
            self.comments[len(self.rows), at] = text

    def _merge(self, cell: ElementTree.Element, at: int) -> None:
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            top = len(self.rows)
            self.merged.append((top, at, top + down - 1, at + right - 1))

    def _value(self, cell: ElementTree.Element, at: int) -> object:
        """What a cell shows, without struck text; None of a covered or blank one."""
        if cell.tag == _name("table", "covered-table-cell"):
            return None
        shown, gone = _texts(cell, self.styles.struck)
        if gone:
            self.struck.setdefault(len(self.rows), {})[at] = gone
            return shown or None
        return _seen(cell, shown)


def _seen(cell: ElementTree.Element, shown: str) -> object:
    """The number of a cell where its text shows that number, else the text."""
    kind = _attribute(cell, "office", "value-type")
    if kind not in _NUMBERS:
        return shown or None
    try:
        value = float(_attribute(cell, "office", "value"))
    except ValueError:
        return shown or None
    if kind == "percentage":
        return Percent(value)
    return value if not shown or _shows(shown, value) else shown


def _shows(shown: str, value: float) -> bool:
    """Whether a text is a number rounded as shown: 1,234.5 of 1234.46, but not 2026.10."""
    plain = re.sub(r"[,，\s￥¥]", "", shown)
    if not re.fullmatch(r"[-+]?\d+(?:\.\d+)?", plain):
        return False
    decimals = len(plain.partition(".")[2])
    is_month = bool(re.fullmatch(r"(?:19|20)\d{2}\.(?:0[1-9]|10)", plain))
    return not is_month and abs(float(plain) - value) <= 0.5 * 10**-decimals + 1e-9


def _texts(cell: ElementTree.Element, struck: set[str]) -> tuple[str, str]:
    """The text of a cell that is not struck through, and the text that is."""
    whole = _attribute(cell, "table", "style-name") in struck
    shown: list[str] = []
    gone: list[str] = []
    for paragraph in cell.findall(_name("text", "p")):
        if shown or gone:
            (gone if whole else shown).append("\n")
        for text, is_struck in _runs(paragraph, struck, whole):
            (gone if is_struck else shown).append(text)
    return "".join(shown).strip(), "".join(gone).strip()


def _runs(
    element: ElementTree.Element, struck: set[str], is_struck: bool
) -> Iterator[tuple[str, bool]]:
    is_struck = is_struck or _attribute(element, "text", "style-name") in struck
    if element.tag == _name("text", "s"):
        yield " " * min(_count(element, "c", "text"), 100), is_struck
    elif element.tag in (_name("text", "line-break"), _name("text", "tab")):
        yield " ", is_struck
    if element.text:
        yield element.text, is_struck
    for child in element:
        if child.tag != _name("office", "annotation"):
            yield from _runs(child, struck, is_struck)
        if child.tail:
            yield child.tail, is_struck


def _name(space: str, tag: str) -> str:
    return f"{{{_NAMES[space]}}}{tag}"


def _attribute(element: ElementTree.Element, space: str, name: str) -> str:
    return element.get(_name(space, name), "")


def _count(element: ElementTree.Element, name: str, space: str = "table") -> int:
    text = _attribute(element, space, name)
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1
