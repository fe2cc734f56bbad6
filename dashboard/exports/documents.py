"""Writes a report as a Word document: a work-report section in the form of official documents."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from dashboard.base.language import day_name, word
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart, Table
from dashboard.charts.model.chart_pages import chart_pages
from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.exports import document_styles as styles
from dashboard.exports.chart_codes import code_of, code_of_table
from dashboard.exports.document_order import as_document
from dashboard.exports.document_parts import (
    Drawing,
    Numbers,
    add_chart,
    add_figure,
    latin_quotes,
)
from dashboard.exports.file_properties import stamp
from dashboard.exports.page_keys import page_keys
from dashboard.exports.page_remarks import page_remarks
from dashboard.exports.reference_lines import HORIZONTAL_BARS
from dashboard.exports.running_text import printed, running
from dashboard.exports.table_shape import lines_of, width_of, widths_of, with_word
from dashboard.exports.target_text import target_text

_Document = Any  # python-docx carries no types
_DIGITS = "一二三四五六七八九十"
_BAR, _CLOSE_BAR = 4.6, 3.9  # millimetres that a lying bar takes, and needs for its name beside it
_LONGEST = 42  # half-width signs of a cell that is a sentence, in a table on paper
_AMOUNT = re.compile(r"[\d+\-−*]|—?$")  # what begins as a figure, or says that there is none
_SENTENCE = 22  # half-width signs of a cell that is more than a figure
_TALL, _LEAST_TALL = 50, 40  # millimetres of other charts
_HALF = 112  # millimetres: half of a page's text, so that two charts stand on one
_SIGNS, _SMALL_SIGNS = 54, 82  # half-width signs of a line of the body, and of small type
_LABEL, _MOST_LABELS = 7, 3  # millimetres that the label of an event takes above the plot
_LOW = 34  # of a chart of few lying bars
_MANY = 8  # columns, of which a line has room for in small type only
_HELD = 2  # rows of a table that never stand alone at the foot of a page


HEADINGS = (styles.CHAPTER, styles.SECTION, styles.POINT, styles.SUBPOINT)


def chinese_number(number: int) -> str:
    """1 to 99 as headings count: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens - 1] + "十"
    return ten + (_DIGITS[ones - 1] if ones else "")


class Block(NamedTuple):
    """A paragraph of a document: the key of its page, its look, the paragraph itself."""

    page: str
    look: str
    paragraph: Any


class Written:
    """One document while it is written, and after: its paragraphs and tables with their pages."""

    def __init__(self, report: Report, draws: bool = True) -> None:
        """Starts an empty document for a report; without ``draws`` it holds no charts."""
        self.report, self.numbers, self.draws = report, Numbers(), draws
        self.page = ""
        self.blocks: list[Block] = []
        self.drawn_tables: dict[str, Table] = {}  # by their codes
        self.document: _Document = Document()
        self.levels: list[int] = []  # of the headings that the next one may stand under
        self.counts: list[int] = []  # the number of each of these
        self.charts = self.tables = self.annexes = 0
        self.is_signed = False
        self.last_source = ""
        styles.prepare(self.document, report.language, report.demo_mark)
        if report.compact:
            styles.set_closer(self.document, report.language)
        # looked up once: a name is searched in all styles of the document
        self.styles = {one.name: self.document.styles[one.name].style_id for one in styles.LOOKS}

    def line(self, text: str, look: styles.Look) -> Any:  # noqa: ANN401
        """A paragraph in a look."""
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = self.styles[look.name]
        self.blocks.append(Block(self.page, look.name, paragraph))
        return paragraph

    def word(self, key: str, **fields: object) -> str:
        """A word in the document's language."""
        return word(key, self.report.language, **fields)

    def running(self, text: str) -> str:
        """A text as a sentence of the document has it."""
        return running(text, self.report.language, self.report.thousands)

    def heading(self, level: int, title: str) -> None:
        """A heading with its number; levels follow each other without a gap: 一、（一）1.（1）.

        Nothing for a section without a title.
        """
        if not title:
            return
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        depth = min(len(self.levels), len(HEADINGS))
        self.counts = [*self.counts[:depth], 0, 0, 0, 0][:depth]
        self.counts[-1] += 1
        self.line(self._number(depth) + self.running(title), HEADINGS[depth - 1])

    def _number(self, depth: int) -> str:
        """The number of the heading that is counted last."""
        count = self.counts[-1]
        if not self.zh:
            return ".".join(map(str, self.counts)) + " "
        signs = ("{}、", "（{}）", "{}.", "（{}）")
        return signs[depth - 1].format(chinese_number(count) if depth <= 2 else count)

    @property
    def zh(self) -> bool:
        """Whether it is written in Chinese."""
        return self.report.language == "zh"

    def paragraphs(self, page: ReportPage) -> None:
        """The page's text, every figure with its origin."""
        for paragraph in page.paragraphs:
            written = self.line("", styles.BODY)
            for phrase in paragraph:
                written_phrase = replace(phrase, text=self.running(phrase.text))
                add_figure(written, written_phrase, self.numbers)

    def hold(self) -> None:
        """Keeps what is written last on the page of what follows it."""
        self.blocks[-1].paragraph.paragraph_format.keep_with_next = True

    def sign(self) -> None:
        """落款: whose report it is and of which day, once, before the annexes."""
        if self.is_signed:
            return
        self.is_signed, page, self.page = True, self.page, ""
        if self.blocks:  # never alone on a page
            self.hold()
        self.line("", styles.BODY).paragraph_format.keep_with_next = True
        date_text = day_name(self.report.made, self.report.language)
        for text in (self.report.bureau, date_text):
            line = self.line(text, styles.BODY)
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            line.paragraph_format.right_indent = Pt(styles.BODY.points * 2)
            line.paragraph_format.keep_together = True
            line.paragraph_format.keep_with_next = text == self.report.bureau
        self.page = page

    def remarks(self, page: ReportPage, source: str) -> None:
        """What must be known of the figures of the page, and where they come from, below them."""
        text = self.remark_text(page, source)
        self.last_source = source or self.last_source
        if text:
            self.line(text, styles.SOURCE)

    def remark_text(self, page: ReportPage, source: str) -> str:
        """The remarks; a source that the paragraph before has named is not named again."""
        said = page_remarks(page, self.report.language)
        joined = ("" if self.zh else " ").join(said)
        remarks = self.word("report_remarks", text=joined) if said else ""
        new = "" if source == self.last_source else source
        return printed(" ".join(filter(None, (remarks, new))), self.report.language)


def _title(writer: Written, page: ReportPage) -> None:
    report = writer.report
    writer.line(report.title, styles.TITLE)
    for text in (report.subtitle, report.bureau if page.lines else ""):
        if text:
            writer.line(text, styles.SUBTITLE)
    for text in (
        report.hidden,
        report.receipt and writer.word("report_receipt", code=report.receipt),
    ):
        if text:
            writer.line(text, styles.SOURCE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if page.lines:  # a bulletin of one page has no room for it
        writer.line("", styles.BODY)
        opening = writer.word("document_opening", title=report.title, period=report.subtitle)
        writer.line(opening, styles.BODY)


def _nothing(writer: Written, page: ReportPage) -> None:
    """Writes nothing for an agenda: the document's headings say what is in it."""


def _chapter(writer: Written, page: ReportPage) -> None:
    writer.heading(page.level, page.title)
    writer.paragraphs(page)


def _text(writer: Written, page: ReportPage) -> None:
    if page.title:
        writer.heading(page.level, page.title)
    writer.paragraphs(page)
    writer.remarks(page, page.source)


def _chart(writer: Written, page: ReportPage) -> None:
    start, chart = len(writer.blocks), page.chart
    writer.heading(page.level, page.title)
    if page.paragraphs:
        writer.paragraphs(page)
    elif chart is not None:
        writer.line(writer.running(chart.empty or chart.sentence), styles.BODY)
    _target(writer, page)
    if chart is None or chart.empty:
        return
    writer.hold()
    if chart.kind is Kind.TABLE:
        _add_table(writer, chart.table, chart.subtitle)
    elif page.facts is None:
        parts = chart_pages(chart)
        room = _room(writer, start, page) if len(parts) == 1 else 0.0
        for part in parts:
            _draw_chart(writer, part, room)
    writer.remarks(page, page.source or chart.source)


def _room(writer: Written, start: int, page: ReportPage) -> float:
    """Millimetres of half a page that the page's texts, written since ``start``, leave a chart."""
    source = page.source or (page.chart.source if page.chart else "")
    lines = sum(lines_of(block.paragraph.text, _SIGNS) for block in writer.blocks[start:])
    small = lines_of(writer.remark_text(page, source), _SMALL_SIGNS)
    taken = styles.LINE * lines + Pt(styles.SOURCE.points * 1.4) * (small + 2)  # the caption's two
    return _HALF - Length(taken).mm


def _target(writer: Written, page: ReportPage) -> None:
    """Which streets hold a target back, and why."""
    text = target_text(page.target, writer.report.language) if page.target else ""
    if text:
        writer.line(writer.running(text), styles.BODY)


def _draw_chart(writer: Written, chart: Chart, room: float) -> None:
    """A native chart with its number, made lower where it would leave ``room`` (millimetres)."""
    writer.charts += 1
    place = writer.document.add_paragraph()
    place._p.style = writer.styles[styles.CAPTION.name]
    size = (styles.TEXT_WIDTH, Mm(_height(chart, room)))
    drawing = Drawing(chart, size, code_of(chart, writer.report.query))
    if writer.draws:
        add_chart(place, drawing, writer.numbers)
    place.paragraph_format.keep_with_next = True
    said = writer.word("report_chart_number", number=writer.charts, title=chart.title)
    caption = writer.line(said, styles.CAPTION)
    caption.paragraph_format.keep_with_next = True
    unit = caption.add_run(writer.word("report_caption_unit", unit=chart.subtitle))
    unit.font.size = Pt(styles.SOURCE.points)


def _height(chart: Chart, room: float) -> float:
    """How high a chart is drawn, in millimetres; one of many bars is as high as these need."""
    if chart.kind in HORIZONTAL_BARS:
        most, least = (max(_LOW, bar * len(chart.categories) + 8) for bar in (_BAR, _CLOSE_BAR))
    else:
        labels = min(len(chart.breaks), _MOST_LABELS) * _LABEL
        most, least = _TALL + labels, _LEAST_TALL + labels
    return max(least, min(most, room)) if room else most


def _table(writer: Written, page: ReportPage) -> None:
    table = page.shown_table
    writer.heading(page.level, page.title)
    writer.paragraphs(page)
    if table is not None:
        unit = page.lines[0] if page.lines else page.chart.subtitle if page.chart else ""
        _add_table(writer, table, unit)
    writer.remarks(page, page.source)


def _appendix(writer: Written, page: ReportPage) -> None:
    """附表, in the layout of a form: head, its unit and period, the table, lines to sign."""
    writer.sign()
    writer.annexes += 1
    heading = writer.line(writer.word("report_annex", number=writer.annexes), styles.ANNEX)
    heading.paragraph_format.page_break_before = True
    writer.line(page.title, styles.CAPTION).paragraph_format.keep_with_next = True
    table = page.shown_table
    writer.paragraphs(page)
    if table is not None:
        bureau = writer.word("report_annex_by", bureau=writer.report.bureau)
        _ends(writer, (bureau, page.lines[0] if page.lines else ""), styles.UNIT)
        _draw_table(writer, table)
    writer.remarks(page, page.source)
    signed = ("report_filled_by", "report_checked_by", "report_head", "report_signed_on")
    _ends(writer, [writer.word(key) for key in signed], styles.SIGNED)


def _ends(writer: Written, texts: Sequence[str], look: styles.Look) -> None:
    """A line whose texts begin at equal distances, the last one of two at the right edge."""
    sentences = [text for text in texts if text]
    line = writer.line("\t".join(sentences), look)
    stops = line.paragraph_format.tab_stops
    if len(sentences) == 2:
        stops.add_tab_stop(styles.TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    else:
        for place in range(1, len(sentences)):
            stops.add_tab_stop(styles.TEXT_WIDTH * place // len(sentences))
    line.paragraph_format.keep_with_next = True


_WRITE: dict[PageKind, Callable[[Written, ReportPage], None]] = {
    PageKind.TITLE: _title,
    PageKind.AGENDA: _nothing,
    PageKind.CHAPTER: _chapter,
    PageKind.TEXT: _text,
    PageKind.FINDINGS: _text,
    PageKind.CHART: _chart,
    PageKind.SCORECARD: _table,
    PageKind.TABLE: _table,
    PageKind.FIGURES: _table,
    PageKind.APPENDIX: _appendix,
}


def _borders(table: Any) -> None:  # noqa: ANN401
    """Thick lines above and below, thin ones within: the table of official documents."""
    borders = OxmlElement("w:tblBorders")
    sizes = {"top": 12, "bottom": 12, "insideH": 4, "insideV": 4}
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in sizes else "nil")
        line.set(qn("w:sz"), str(sizes.get(side, 0)))
        line.set(qn("w:color"), "000000")
        borders.append(line)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(borders)


def _add_table(writer: Written, table: Table, unit: str) -> None:
    """表头 above, the unit at the right, the rows with a heading that comes again on each page."""
    writer.tables += 1
    title = writer.word("report_table_number", number=writer.tables, title=table.caption)
    writer.line(title, styles.CAPTION).paragraph_format.keep_with_next = True
    if unit:
        right = writer.line(unit, styles.UNIT)
        right.alignment, right.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.RIGHT, True
    _draw_table(writer, table)


def _draw_table(writer: Written, table: Table) -> None:
    drawn = writer.document.add_table(rows=1, cols=len(table.columns))
    code, look = code_of_table(writer.page), _cell_look(table)
    style = writer.styles[look.name]
    _describe(drawn, table.caption, code)
    writer.drawn_tables[code] = table
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    _borders(drawn)
    drawn.autofit = False
    widths = widths_of(table, styles.TEXT_WIDTH, longest=_LONGEST, points=look.points)
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    for cell, name in zip(drawn.rows[0].cells, table.columns, strict=True):
        _write(cell, name, WD_ALIGN_PARAGRAPH.CENTER, style, bold=True)
    repeated = OxmlElement("w:tblHeader")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)
    aligned = [_alignment(table, place) for place in range(len(table.columns))]
    for (_, cells), tones, words in zip(table.rows, table.tones, table.words, strict=True):
        row, held = drawn.add_row(), len(drawn.rows) <= _HELD
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[place]
            shown = with_word(text, words[place], tones[place])
            _write(cell, shown, aligned[place], style)
            cell.paragraphs[0].paragraph_format.keep_with_next = held or None


def _cell_look(table: Table) -> styles.Look:
    return styles.SMALL_CELL if len(table.columns) >= _MANY else styles.CELL


def _describe(drawn: Any, caption: str, code: str) -> None:  # noqa: ANN401
    """The alternative text of a table: its title, and the code by which it is known again."""
    for name, text in (("w:tblCaption", caption), ("w:tblDescription", code)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        drawn._tbl.tblPr.append(element)


def _alignment(table: Table, column: int) -> Any:  # noqa: ANN401
    """Figures at the right; names and sentences at the left, for they take several lines."""
    longest = max((width_of(cells[column]) for _, cells in table.rows), default=0)
    is_figures = any(numbers[column] is not None for numbers in table.numbers)
    are_amounts = all(_AMOUNT.match(cells[column]) for _, cells in table.rows)
    if column and (is_figures or (are_amounts and longest <= _SENTENCE)):
        return WD_ALIGN_PARAGRAPH.RIGHT
    return WD_ALIGN_PARAGRAPH.LEFT


def _write(cell: Any, text: str, align: Any, style: str, bold: bool = False) -> None:  # noqa: ANN401
    """A text in a cell; ``style`` is the id of its look."""
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
    paragraph.add_run(text).bold = bold


def write(report: Report, draws: bool = True) -> Written:
    """The report as a document that is not a file yet; without ``draws`` it holds no charts."""
    report = as_document(report)
    writer = Written(report, draws)
    properties = writer.document.core_properties
    properties.title, properties.author = report.title, report.bureau
    properties.subject, properties.comments = report.subtitle, report.receipt
    stamp(properties, report.bureau, report.language)
    for key, page in zip(page_keys(report), report.pages, strict=True):
        writer.page = key
        _WRITE[page.kind](writer, page)
    writer.sign()
    return writer


def document_bytes(report: Report) -> bytes:
    """The report as a .docx: A4, native charts, figures in the text with their origin."""
    writer = write(report)
    written = io.BytesIO()
    if report.language == "en":
        latin_quotes(writer.document.element.body)
    writer.document.save(written)
    return written.getvalue()
