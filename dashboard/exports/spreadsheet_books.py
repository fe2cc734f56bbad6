"""Writes a report as a workbook: cover, notes, one table a sheet with its chart, and the series."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

import xlsxwriter

from dashboard.base.language import word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.charts.plotly.theme import SCREEN, Theme
from dashboard.exports.page_remarks import page_remarks
from dashboard.exports.printed_sheets import Span, set_up, sheet_names, span_of
from dashboard.exports.workbook_shapes import with_shapes
from dashboard.exports.workbooks import (
    CHART_WIDTH,
    HARMLESS,
    cell_formats,
    column_widths,
    insert_chart,
    native_chart,
    write_lines,
    write_series,
    write_table,
)

_Book = Any  # XlsxWriter is untyped
_COVER = _NOTES = 76  # letters of the only column of these sheets
_LEAST = 60  # letters that texts above a table reach at least
_TABLED = (
    PageKind.CHART,
    PageKind.SCORECARD,
    PageKind.TABLE,
    PageKind.FIGURES,
    PageKind.APPENDIX,
)


class _Place(NamedTuple):
    """Where a chart is drawn: its sheet and row, and the row that comes again on each page."""

    sheet: Any
    row: int
    chart: Chart
    heading: int | None
    span: Span


class _Writer:
    """One workbook while it is written."""

    def __init__(self, book: _Book, report: Report, theme: Theme) -> None:
        self.book, self.report, self.theme = book, report, theme
        self.formats = cell_formats(book, theme)
        self.formats["link"] = book.add_format(
            {"font_name": "Microsoft YaHei", "font_size": 10.5, "font_color": theme.primary}
        )
        self.drawn: list[_Place] = []
        self.pages = [page for page in report.pages if page.kind in _TABLED]
        own = [self.word(f"report_sheet_{name}") for name in ("cover", "notes", "series")]
        self.cover, self.notes, self.series = own
        self.names = sheet_names([_name(page) for page in self.pages], own)

    def word(self, key: str, **fields: object) -> str:
        return word(key, self.report.language, **fields)

    def lines(self, sheet: Any, rows: list[tuple[str, str]], span: Span, row: int = 0) -> int:  # noqa: ANN401
        """Texts one below the other, the empty ones left out; returns the row after them."""
        return write_lines(sheet, rows, self.formats, span, row)


def _name(page: ReportPage) -> str:
    """What a page's sheet is called: its chart or table, not the finding that is its title."""
    if page.chart is not None:
        return page.chart.title
    return page.table.caption if page.table and page.table.caption else page.title


def _cover(writer: _Writer, sheet: Any) -> None:  # noqa: ANN401
    report = writer.report
    rows = [(report.title, "title"), (report.subtitle, "muted"), (report.demo_mark, "warning")]
    titles = [page for page in report.pages if page.kind is PageKind.TITLE]
    rows += [(text, "line") for page in titles for text in page.lines]
    if report.receipt:
        rows.append((writer.word("report_receipt", code=report.receipt), "line"))
    rows.append((report.hidden, "warning"))
    row = writer.lines(sheet, rows, Span(1, _COVER)) + 1
    sheet.write_string(row, 0, writer.word("report_contents"), writer.formats["head"])
    for number, (name, page) in enumerate(zip(writer.names, writer.pages, strict=True), start=1):
        quoted = name.replace("'", "''")
        link = f"internal:'{quoted}'!A1"
        text = f"{number}  {page.title}"
        sheet.write_url(row + number, 0, link, writer.formats["link"], text)
    sheet.set_column(0, 0, _COVER)
    sheet.hide_gridlines(2)
    set_up(sheet, report.language)


def _notes(writer: _Writer, sheet: Any) -> None:  # noqa: ANN401
    """The text pages, then what every indicator means; what stands on a page's sheet is not."""
    rows: list[tuple[str, str]] = []
    for page in writer.report.pages:
        texts = ["".join(phrase.text for phrase in paragraph) for paragraph in page.paragraphs]
        if page.kind not in _TABLED and texts:
            rows += [(page.title, "title"), *((text, "line") for text in texts), ("\n", "line")]
    notes = dict.fromkeys(note for page in writer.report.pages for note in _definitions(page))
    rows += [(writer.word("report_definitions"), "title")] if notes else []
    rows += [(note, "line") for note in notes]
    writer.lines(sheet, rows, Span(1, _NOTES))
    sheet.set_column(0, 0, _NOTES)
    set_up(sheet, writer.report.language)


def _definitions(page: ReportPage) -> list[str]:
    """What the page's indicators mean, without the remarks that stand below its table."""
    remarks = page.chart.notes if page.chart else ()
    return [note for note in page.notes if note not in remarks]


def _texts(page: ReportPage) -> list[str]:
    """The paragraphs of a page, or what its chart says."""
    texts = ["".join(phrase.text for phrase in paragraph) for paragraph in page.paragraphs]
    if page.chart and not texts:
        return [page.chart.empty or page.chart.sentence]
    return texts


def _head(writer: _Writer, page: ReportPage) -> list[tuple[str, str]]:
    """The lines above a page's table, each with its format."""
    chart, texts = page.chart, _texts(page)
    subtitle = chart.subtitle if chart else ""
    return [
        (page.title, "title"),
        (subtitle, "muted"),
        *((line, "muted") for line in page.lines if not chart or line != subtitle),
        (writer.report.demo_mark, "warning"),
        *((text, "line") for text in texts),
    ]


def _foot(page: ReportPage, language: str) -> list[tuple[str, str]]:
    """The lines below a page's table: notes and source."""
    chart = page.chart
    said = chart.notes if chart else page_remarks(page, language)
    notes = [(text, "muted") for text in said]
    return [*notes, (page.source or (chart.source if chart else ""), "muted")]


def _table(writer: _Writer, name: str, page: ReportPage) -> None:
    chart, language = page.chart, writer.report.language
    table = page.shown_table
    sheet = writer.book.add_worksheet(name)
    widths = column_widths(table) if table is not None else []
    is_drawn = chart is not None and not chart.empty and page.kind is PageKind.CHART
    span = span_of(widths, CHART_WIDTH if is_drawn else _LEAST)
    row = writer.lines(sheet, _head(writer, page), span) + 1
    heading = None
    if table is not None and table.columns:
        sheet.freeze_panes(row + 1, 1)
        heading = row
        row = write_table(writer.book, sheet, table, row, writer.formats) + 1
    if page.kind is PageKind.APPENDIX:
        row = _signed(writer, sheet, row, span)
    row = writer.lines(sheet, _foot(page, language), span, row) + 1
    if is_drawn and chart is not None:
        writer.drawn.append(_Place(sheet, row, chart, heading, span))
    else:
        set_up(sheet, language, heading=heading, span=span)


def _signed(writer: _Writer, sheet: Any, row: int, span: Span) -> int:  # noqa: ANN401
    """The line of a form in which its names are signed; returns the row after it."""
    keys = ("report_filled_by", "report_checked_by", "report_head", "report_signed_on")
    for place, key in enumerate(keys):
        column = place * span.columns // len(keys)
        sheet.write_string(row, column, writer.word(key), writer.formats["text"])
    return row + 2


def _charts(writer: _Writer) -> list[bytes]:
    """The native charts, and last in the book the sheet whose series they read.

    Returns the shapes that are drawn on each.
    """
    if not writer.drawn:
        return []
    shapes = []
    name = writer.series
    series, top = writer.book.add_worksheet(name), 0
    series.set_column(0, 0, 34)
    for sheet, row, chart, heading, span in writer.drawn:
        after = write_series(series, chart, top)
        series.write_string(top, 0, chart.title, writer.formats["head"])
        lined = native_chart(writer.book, chart, writer.theme, name, top)
        last = insert_chart(sheet, row, lined)
        set_up(sheet, writer.report.language, heading=heading, span=span, last=last)
        shapes.append(lined.shapes)
        top = after + 1
    set_up(series, writer.report.language)
    return shapes


def book_bytes(report: Report, theme: Theme = SCREEN) -> bytes:
    """The report as .xlsx; opens without repair, with frozen headers and links on the cover."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, HARMLESS) as book:
        book.set_properties(
            {"title": report.title, "author": report.bureau, "comments": report.receipt}
        )
        writer = _Writer(book, report, theme)
        _cover(writer, book.add_worksheet(writer.cover))
        _notes(writer, book.add_worksheet(writer.notes))
        for name, page in zip(writer.names, writer.pages, strict=True):
            _table(writer, name, page)
        shapes = _charts(writer)
    return with_shapes(stream.getvalue(), shapes)
