"""Reads tables of a Word document (.docx), each with the paragraphs above it as its captions.

Only text, merged cells and lines through text are read; tracked changes count as accepted.
Pictures, links and macros are never opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from dashboard.intake.drafts.word_document import DAMAGE, MAIN, MOST_BYTES, W, pieces
from dashboard.intake.forms.files.web_table import LINES_ABOVE, LONGEST_LINE, TooWide, WebTable
from dashboard.intake.forms.files.workbook_guard import DAMAGED, TOO_BIG, PackageRefused

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo"))
MOST_CELLS = 1_000_000  # of a document, as its tables are laid out
_SENTENCE = "。；;！？"


def read_word_tables(content: bytes, rows: int, columns: int) -> list[WebTable]:
    """The tables of a document in order.

    Raises PackageRefused for a damaged file, TooWide beyond the limits of rows and columns.
    """
    try:
        return _tables(content, rows, columns)
    except (PackageRefused, TooWide):
        raise
    except DAMAGE as error:
        raise PackageRefused(DAMAGED) from error


def _tables(content: bytes, rows: int, columns: int) -> list[WebTable]:
    body = _body(content)
    reading = _Reading(rows, columns)
    for block in _blocks(body):
        if block.tag == f"{W}p":
            reading.take_line(block)
        else:
            reading.take_table(block)
    return [table for table in reading.tables if table.rows]


def _body(content: bytes) -> Any:  # noqa: ANN401 - an element of lxml
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if parts.getinfo(MAIN).file_size > MOST_BYTES:
            raise PackageRefused(TOO_BIG)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        root = etree.fromstring(parts.read(MAIN), parser)
    body = root.find(f"{W}body")
    if body is None:
        raise PackageRefused(DAMAGED)
    return body


def _blocks(parent: Any) -> Iterator[Any]:  # noqa: ANN401
    """The paragraphs and tables of a body or of what wraps them, in order."""
    for block in parent:
        if block.tag in (f"{W}p", f"{W}tbl"):
            yield block
        elif block.tag in _WRAPPERS:
            yield from _blocks(block)


@dataclass
class _Reading:
    """What was read so far of a document."""

    most_rows: int
    most_columns: int
    tables: list[WebTable] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # since the last table
    cells: int = 0
    begun: dict[int, int] = field(default_factory=dict)  # a column's latest merged range
    title: str = ""  # of the document, where the first table has a caption of its own

    def take_line(self, paragraph: Any) -> None:  # noqa: ANN401
        """A paragraph, which is a caption of the next table where it is short and no sentence."""
        text, _ = _text(paragraph)
        if 0 < len(text) <= LONGEST_LINE and text[-1] not in _SENTENCE:
            self.lines.append(text)

    def take_table(self, element: Any) -> None:  # noqa: ANN401
        """A table; one in a cell of another is left out with its text."""
        above = self.lines[-LINES_ABOVE:]
        if not self.tables and len(above) > 1:
            self.title = self.lines[0]
        if self.title and self.title not in above:
            above = [self.title, *above]
        self.lines, self.begun = [], {}
        table = WebTable(above=above)
        for row, line in enumerate(element.iterchildren(f"{W}tr")):
            self._take_row(table, row, line)
            self.cells += len(table.rows[row])
            if row + 1 >= self.most_rows or self.cells > MOST_CELLS:
                raise TooWide
        self.tables.append(table)

    def _take_row(self, table: WebTable, row: int, line: Any) -> None:  # noqa: ANN401
        table.rows.append([])
        column = _number(line.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _cells(line):
            width = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            if column + width > self.most_columns:
                raise TooWide
            table.rows[row].extend([None] * (column + width - len(table.rows[row])))
            if _continues(cell):
                self._lengthen(table, row, column)
            else:
                self._take_cell(table, cell, (row, column, width))
            column += width

    def _lengthen(self, table: WebTable, row: int, column: int) -> None:
        """Adds a row to the merged range that begins above in this column."""
        at = self.begun.get(column, -1)
        if at >= 0 and table.merged[at][2] == row - 1:
            top, left, _, right = table.merged[at]
            table.merged[at] = (top, left, row, right)

    def _take_cell(
        self,
        table: WebTable,
        cell: Any,  # noqa: ANN401
        place: tuple[int, int, int],
    ) -> None:
        row, column, width = place
        texts = [_text(paragraph) for paragraph in cell.iterchildren(f"{W}p")]
        table.rows[row][column] = " ".join(text for text, _ in texts if text) or None
        gone = " ".join(text for _, text in texts if text)
        if gone:
            table.struck.setdefault(row, {})[column] = gone
        if width > 1 or cell.find(f"{W}tcPr/{W}vMerge") is not None:
            self.begun[column] = len(table.merged)
            table.merged.append((row, column, row, column + width - 1))


def _cells(line: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in line:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _continues(cell: Any) -> bool:  # noqa: ANN401
    """Whether a cell continues the one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _text(paragraph: Any) -> tuple[str, str]:  # noqa: ANN401
    """The text of a paragraph, and that with a line through it."""
    plain: list[str] = []
    struck: list[str] = []
    for element, text in pieces(paragraph):
        (struck if _is_struck(element) else plain).append(text)
    return " ".join("".join(plain).split()), " ".join("".join(struck).split())


def _is_struck(element: Any) -> bool:  # noqa: ANN401
    """Whether the run of a text has a line through it."""
    run = element.getparent()
    for name in ("strike", "dstrike"):
        mark = run.find(f"{W}rPr/{W}{name}") if run is not None else None
        if mark is not None and mark.get(f"{W}val", "true") not in ("false", "0", "off"):
            return True
    return False


def _number(element: Any, otherwise: int) -> int:  # noqa: ANN401
    """The number that an element gives; nonsense is ``otherwise``."""
    text = element.get(f"{W}val", "") if element is not None else ""
    known = text.isascii() and text.isdecimal() and len(text) < 5
    return max(int(text), 0) if known else otherwise
