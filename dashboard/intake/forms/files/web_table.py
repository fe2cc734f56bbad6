"""Reads tables of a web page: saved by a bureau as .html, or under the name .xls, or pasted.

Only text and spans are read; scripts, styles and addresses are left out. A damaged page gives what
can be read of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from dashboard.base.markup import without_declarations
from dashboard.intake.forms.files.cells import Merged
from dashboard.intake.forms.files.struck_text import Struck

_START = re.compile(r"[\s\ufeff]*<[!?a-zA-Z]")
_SILENT = frozenset({"script", "style", "template", "noscript"})
_BREAKS = frozenset(
    {"br", "p", "div", "li", "title", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "center"}
)
_STRUCK = frozenset({"s", "strike", "del"})
_NEVER_CLOSED = frozenset({"br", "img", "col", "hr", "input", "meta", "link", "wbr"})
LINES_ABOVE, LONGEST_LINE = 4, 80
_HEADING = re.compile("h[1-6]")
_ENCODING = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", re.I)
_DEEPEST = 100  # tables in tables, or lines through text in others
_LONGEST = 6  # digits of a span


class TooWide(ValueError):
    """A table beyond the rows or columns that are read."""


@dataclass
class WebTable:
    """One table: texts, and merged ranges as (first row, first column, last row, last column)."""

    above: list[str] = field(default_factory=list)  # the last lines before it
    rows: list[list[str | None]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    struck: Struck = field(default_factory=dict)  # text with a line through it, which is not read


def looks_like_page(text: str) -> bool:
    """Whether a text begins as a web page or a part of one does, and holds a table."""
    return bool(_START.match(text[:4000])) and "<table" in text.casefold()


def declared_encoding(content: bytes) -> str:
    """The encoding that a page names in its first bytes, or empty."""
    match = _ENCODING.search(content[:2000])
    return match[1].decode("ascii") if match else ""


def read_tables(text: str, rows: int, columns: int) -> list[WebTable]:
    """Every table that holds no other table, in order; raises TooWide beyond the limits.

    The last lines of text above a table, or in the table around it, come with it, and the headings
    (h1 to h6) under which it stands.
    """
    reader = _Reader(rows, columns)
    reader.feed(without_declarations(text))
    reader.close()
    reader.end_all()
    return [table for table in reader.found if table.rows]


class _Open:
    """A table that is being read."""

    def __init__(self) -> None:
        self.table = WebTable()
        self.holds_table = False
        self.row, self.column = -1, 0
        self.span = (1, 1)
        self.cell: list[str] | None = None
        self.gone: list[str] = []  # struck text of the cell
        self.busy: dict[int, int] = {}  # a column and the row below a cell that spans rows

    def merge(self, last: int, right: int) -> None:
        """Notes that the cell spans to the row ``last`` and the column ``right``."""
        self.table.merged.append((self.row, self.column, last, right))
        self.busy |= dict.fromkeys(range(self.column, right + 1), last + 1)


class _Reader(HTMLParser):
    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[WebTable] = []
        self._limits = (rows, columns)
        self._open: list[_Open] = []
        self._silent = 0
        self._striking: list[str] = []  # open tags that draw a line through their text
        self._before: list[str] = []
        self._caption: list[str] = []
        self._headings: dict[str, str] = {}  # in force, by tag
        self._heading: tuple[list[str], int] | None = None  # where the open one began

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a table, a row or a cell."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._start_table()
        elif tag in _BREAKS:
            self._text().append("\n")
            if _HEADING.fullmatch(tag):
                self._heading = self._text(), len(self._text())
        elif self._open and tag in ("td", "th", "tr"):
            self._start_part(tag, dict(attrs))
        strikes = tag not in _NEVER_CLOSED and (tag in _STRUCK or _is_struck(attrs))
        if strikes and len(self._striking) < _DEEPEST:
            self._striking.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes what is open, whether or not the page closes everything in its order."""
        if tag in self._striking:
            del self._striking[self._striking.index(tag) :]
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS:
            self._end_heading(tag)
            self._text().append("\n")
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        """Text of a cell, or of what stands above a table."""
        if self._silent:
            return
        if self._striking and self._open and self._open[-1].cell is not None:
            self._open[-1].gone.append(data)
        else:
            self._text().append(data)

    def end_all(self) -> None:
        """Closes what the page left open."""
        while self._open:
            self._end_table()

    def _text(self) -> list[str]:
        if self._open:
            inner = self._open[-1].cell
            if inner is not None:
                return inner
            return self._caption if self._open[-1].row < 0 else []
        return self._before

    def _end_heading(self, tag: str) -> None:
        """Keeps a heading; those of lower levels are in force no longer."""
        if self._heading is None or not _HEADING.fullmatch(tag):
            return
        texts, start = self._heading
        self._heading = None
        lines = _lines(" ".join("".join(texts[start:]).split()))
        self._headings = {level: text for level, text in self._headings.items() if level < tag}
        if lines:
            self._headings[tag] = lines[0]

    def _start_table(self) -> None:
        if len(self._open) == _DEEPEST:
            raise TooWide
        before = _lines("".join(self._before))
        if self._open:
            outer = self._open[-1]
            outer.holds_table = True
            before = [text for row in outer.table.rows[-LINES_ABOVE:] for text in row if text]
            before += _lines("".join(outer.cell or []))
        self._before = []
        self._open.append(_Open())
        above = before[-LINES_ABOVE:]
        over = [text for text in self._headings.values() if text not in above]
        self._open[-1].table.above = [*over, *above]

    def _end_table(self) -> None:
        self._end_cell()
        if self._open:
            done = self._open.pop()
            done.table.above += _lines("".join(self._caption))
            self._caption = []
            if not done.holds_table:
                self.found.append(done.table)

    def _start_part(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Begins a row or a cell; what was not closed before it ends here."""
        self._end_cell()
        inner = ("td", "th", *_STRUCK) if tag != "tr" else ("td", "th", "tr", *_STRUCK)
        self._striking = [open_tag for open_tag in self._striking if open_tag not in inner]
        if tag == "tr":
            self._open[-1].row += 1
            self._open[-1].column = 0
        else:
            self._start_cell(attributes)

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        open_tag = self._open[-1]
        open_tag.row = max(open_tag.row, 0)
        while open_tag.busy.get(open_tag.column, 0) > open_tag.row:
            open_tag.column += 1
        open_tag.span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
        open_tag.cell, open_tag.gone = [], []

    def _end_cell(self) -> None:
        if not self._open or self._open[-1].cell is None:
            return
        open_tag = self._open[-1]
        text = " ".join("".join(open_tag.cell or []).split())
        open_tag.cell = None
        (down, across), (most_rows, most_columns) = open_tag.span, self._limits
        if open_tag.row >= most_rows or open_tag.column + across > most_columns:
            raise TooWide
        rows = open_tag.table.rows
        while len(rows) <= open_tag.row:
            rows.append([])
        rows[open_tag.row].extend([None] * (open_tag.column + across - len(rows[open_tag.row])))
        rows[open_tag.row][open_tag.column] = text or None
        gone = " ".join("".join(open_tag.gone).split())
        if gone:
            open_tag.table.struck.setdefault(open_tag.row, {})[open_tag.column] = gone
        if down > 1 or across > 1:
            open_tag.merge(min(open_tag.row + down, most_rows) - 1, open_tag.column + across - 1)
        open_tag.column += across


def _is_struck(attributes: list[tuple[str, str | None]]) -> bool:
    """Whether a tag's own style draws a line through its text."""
    return any(name == "style" and "line-through" in (value or "") for name, value in attributes)


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if 0 < len(line) <= LONGEST_LINE]


def _span(text: str | None) -> int:
    """A span as written; nonsense is 1. A span over more rows than that is cut."""
    text = (text or "").strip()[:_LONGEST]
    return min(max(int(text), 1), 1000) if text.isascii() and text.isdecimal() else 1
