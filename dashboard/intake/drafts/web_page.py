"""Reads saved web pages as drafts: paragraphs and tables, without scripts, styles and menus."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from dashboard.base.markup import without_declarations
from dashboard.intake.drafts.draft import Draft, Passage

_UNSEEN = {"script", "style", "noscript", "template", "head", "select", "button"}
_BLOCKS = set(
    "address article aside blockquote br dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)


def read_web(name: str, text: str) -> Draft:
    """The draft in the text of a web page; what is malformed is read as far as it goes."""
    parser = _Parser()
    parser.feed(without_declarations(text))
    parser.close()
    parser.end_block()
    return Draft(name, tuple(parser.passages))


class _Parser(HTMLParser):
    """Collects the text of blocks; cells know their table, row and column."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self._pieces: list[str] = []
        self._unseen = 0
        self._tables: list[int] = []
        self._count = 0
        self._row = self._column = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        if tag not in _BLOCKS:
            return
        self.end_block()
        if tag == "table":
            self._tables.append(self._count)
            self._count += 1
            self._row = -1
        elif tag == "tr":
            self._row, self._column = self._row + 1, -1
        elif tag in {"td", "th"}:
            self._column += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        if tag in _BLOCKS:
            self.end_block()
        if tag == "table" and self._tables:
            self._tables.pop()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._pieces.append(data)

    def end_block(self) -> None:
        """Ends a paragraph or cell."""
        text = re.sub(r"[ \t\r\n\xa0]+", " ", "".join(self._pieces)).strip()
        self._pieces.clear()
        if not text:
            return
        if self._tables and self._column >= 0:
            self.passages.append(Passage(text, "cell", self._tables[-1], self._row, self._column))
        else:
            self.passages.append(Passage(text))
