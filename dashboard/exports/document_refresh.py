"""Brings an exported Word document to other figures: charts, sentences, captions and tables.

Charts and tables are known by the codes in their alternative texts, paragraphs by the words they
were written with: what a person changed is left alone, and so is everything of a person's own.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table as NativeTable

from dashboard.base.language import Text
from dashboard.charts.model.chart_pages import page_of
from dashboard.exports.chart_codes import coded, page_number, read_code
from dashboard.exports.deck_refresh import Find
from dashboard.exports.document_charts import charts_of, redraw
from dashboard.exports.document_pairs import Pair, is_edited, number_of, pairs, unnumbered
from dashboard.exports.document_parts import latin_quotes
from dashboard.exports.document_text import Names, copied, has_figures, rewrite
from dashboard.exports.document_text import Written as Wording
from dashboard.exports.documents import Written
from dashboard.exports.refresh_changes import FileChange
from dashboard.exports.table_refresh import grid_of, refresh_cells
from dashboard.exports.template_files import TemplateError

_CODE = re.compile(r"(?:查验码：|Receipt code: )\s*([0-9A-Za-z-]{6,})")


class DocumentVersions(NamedTuple):
    """The same report as a document: as it was written, and as it is now."""

    then: Written
    now: Written


def opened_document(content: bytes) -> Any:  # noqa: ANN401 - python-docx carries no types
    """The document of a file; raises TemplateError."""
    try:
        return Document(io.BytesIO(content))
    except Exception as error:  # what python-docx raises for a broken file has many types
        raise TemplateError(
            Text("不是 Word 文件（.docx）", "not a Word document (.docx)")
        ) from error


def receipt_of_document(content: bytes) -> str:
    """The receipt code of a document: of its properties, else as it is printed; "" for none."""
    document = opened_document(content)
    code = str(document.core_properties.comments or "")
    if code:
        return code
    texts = (paragraph.text for paragraph in document.paragraphs)
    return next((match[1] for text in texts if (match := _CODE.search(text))), "")


def refreshed_document(
    content: bytes, find: Find, twins: DocumentVersions | None, receipt: str = ""
) -> tuple[bytes, list[FileChange]]:
    """The document with its charts, texts and tables of now, and what was changed.

    Without ``twins`` the charts alone are brought to now. Raises TemplateError.
    """
    document = opened_document(content)
    changes = list(_charts(document, find))
    if twins is None:
        changes.append(FileChange(0, "no_receipt"))
    else:
        changes += _Texts(document, twins).changes()
        changes += _tables(document, twins)
        if twins.now.report.language == "en":
            latin_quotes(document.element.body)
    if receipt:
        document.core_properties.comments = receipt
    written = io.BytesIO()
    document.save(written)
    return written.getvalue(), changes


def _charts(document: Any, find: Find) -> Iterator[FileChange]:  # noqa: ANN401
    for drawn in charts_of(document):
        code = read_code(drawn.described.get("descr") or "")
        if code is None:
            continue
        renewed = find(code)
        chart = renewed.now.chart if renewed else None
        part = page_of(chart, page_number(code)) if chart and not chart.empty else None
        if part is None:
            yield FileChange(0, "absent", drawn.described.get("title") or code.ref)
            continue
        if redraw(drawn, part):
            yield FileChange(0, "chart", part.title)
        text = drawn.described.get("descr")
        drawn.described.set("descr", coded(part.sentence, text[text.rindex("[") :]))
        drawn.described.set("title", part.title)


@dataclass(slots=True)
class _Texts:
    """The paragraphs of one document while they are brought to now."""

    document: Any
    twins: DocumentVersions
    names: Names = field(init=False)
    paired: list[Pair] = field(init=False)
    waiting: dict[str, deque[Pair]] = field(init=False)
    page: str = ""  # of the paragraph before
    matched: dict[int, Any] = field(default_factory=dict)  # paragraphs by the blocks of now
    seen: set[str] = field(default_factory=set)  # pages of which anything stands

    def __post_init__(self) -> None:
        self.names = Names(self.document.element.body)
        self.paired = pairs(*self.twins)
        self.waiting = defaultdict(deque)
        for pair in self.paired:
            if pair.then is not None:
                for text in dict.fromkeys(_known_as(pair)):
                    self.waiting[text].append(pair)

    def changes(self) -> Iterator[FileChange]:
        """Brings each paragraph to now."""
        for paragraph in self.document.paragraphs:
            text = paragraph.text
            pair = self._pair_of(text) if text.strip() else None
            if pair is not None and pair.then is not None:
                self.page = pair.then.page
                self.seen.add(self.page)
                yield from self._renew(paragraph, pair)
            elif text.strip() and self._is_edited(paragraph):
                yield FileChange(0, "kept", old=text)
        yield from self._added()

    def _pair_of(self, text: str) -> Pair | None:
        """The pair of a text: of its own page first, else the next one, each once."""
        queue = self.waiting.get(text) or self.waiting.get(unnumbered(text))
        if not queue:
            return None
        of_page = (pair for pair in queue if pair.then and pair.then.page == self.page)
        pair = next(of_page, queue[0])
        for known in dict.fromkeys(_known_as(pair)):
            if pair in self.waiting[known]:
                self.waiting[known].remove(pair)
        return pair

    def _renew(self, paragraph: Any, pair: Pair) -> Iterator[FileChange]:  # noqa: ANN401
        then, now, text = pair.then, pair.now, paragraph.text
        assert then is not None
        if now is None:
            paragraph._element.getparent().remove(paragraph._element)
            yield FileChange(0, "removed", old=text)
            return
        self.matched[id(now)] = paragraph._element
        old, new = then.paragraph.text, now.paragraph.text
        numbers = (number_of(then, old), number_of(now, new))
        if unnumbered(old) == unnumbered(new):
            return
        number = number_of(then, text)
        rewrite(paragraph, Wording(then.paragraph, now.paragraph, number), numbers, self.names)
        yield FileChange(0, "text", old=text, new=paragraph.text)

    def _is_edited(self, paragraph: Any) -> bool:  # noqa: ANN401
        if has_figures(paragraph):
            return True
        left = [pair.then for queue in self.waiting.values() for pair in queue if pair.then]
        of_page = [block for block in left if block.page == self.page]
        return is_edited(paragraph.text, of_page)

    def _added(self) -> Iterator[FileChange]:
        """What is written now only: behind what it stands behind, where that is there."""
        now = [block for block in self.twins.now.blocks if block.paragraph.text.strip()]
        new = {id(pair.now) for pair in self.paired if pair.then is None}
        pages_then = {block.page for block in self.twins.then.blocks}
        named: set[str] = set()
        before: Any = None
        for block in now:
            place = self.matched.get(id(block))
            if id(block) in new and before is not None and block.page in self.seen:
                place = copied(block.paragraph, self.names)
                _last_of(before).addnext(place)
                yield FileChange(0, "added", new=block.paragraph.text)
            elif block.page not in pages_then and block.page not in named:
                named.add(block.page)
                yield FileChange(0, "new", unnumbered(block.paragraph.text))
            before = place


def _last_of(element: Any) -> Any:  # noqa: ANN401
    """A paragraph, or the table that it stands over."""
    behind = element.getnext()
    return behind if behind is not None and behind.tag == qn("w:tbl") else element


def _known_as(pair: Pair) -> tuple[str, ...]:
    """The texts by which a paragraph is known: with and without its number."""
    assert pair.then is not None
    text = pair.then.paragraph.text
    number = number_of(pair.then, text)
    return (text, text.removeprefix(number)) if number else (text,)


class _Cells:
    """A table of a document as cells of text."""

    def __init__(self, table: NativeTable) -> None:
        self.table = table

    def texts(self) -> list[list[str]]:
        """All cells."""
        return [[cell.text for cell in row.cells] for row in self.table.rows]

    def write(self, row: int, column: int, text: str) -> None:
        """Puts a text into a cell, in the look it has."""
        paragraphs = self.table.rows[row].cells[column].paragraphs
        runs = paragraphs[0].runs
        if not runs:
            paragraphs[0].add_run(text)
            return
        runs[0].text = text
        for run in (*runs[1:], *(run for one in paragraphs[1:] for run in one.runs)):
            run._element.getparent().remove(run._element)

    def resize(self, rows: int) -> None:
        """Adds rows like the last one, or takes out the last ones."""
        last = self.table.rows[-1]._tr
        for _ in range(len(self.table.rows), rows):
            last.addnext(deepcopy(last))
        for row in list(self.table.rows)[rows:]:
            row._tr.getparent().remove(row._tr)


def _tables(document: Any, twins: DocumentVersions) -> Iterator[FileChange]:  # noqa: ANN401
    for table in document.tables:
        described = table._tbl.tblPr.find(qn("w:tblDescription"))
        text = described.get(qn("w:val")) if described is not None else ""
        then, now = (twin.drawn_tables.get(text) for twin in twins)
        if then is None:
            continue
        if now is None:
            yield FileChange(0, "absent", then.caption)
            continue
        for cell in refresh_cells(_Cells(table), grid_of(then), grid_of(now)):
            what = "kept" if cell.is_kept else "cell"
            yield FileChange(0, what, cell.name or now.caption, cell.old, cell.new)
