"""Writes a report as a workbook: cover, notes, one table a sheet with its chart, and the series."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from dashboard.base.language import word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.charts.plotly.theme import SCREEN, Theme
from dashboard.exports.page_remarks import page_remarks
from dashboard.exports.workbook_shapes import with_shapes
from dashboard.exports.workbooks import (
    HARMLESS,
    cell_formats,
    native_chart,
    write_series,
    write_table,
)

_Book = Any  # XlsxWriter is untyped
_TABLED = (
    PageKind.CHART,
    PageKind.SCORECARD,
    PageKind.TABLE,
    PageKind.FIGURES,
    PageKind.APPENDIX,
)


class _Writer:
    """One workbook while it is written."""

    def __init__(self, book: _Book, report: Report, theme: Theme) -> None:
        self.book, self.report, self.theme = book, report, theme
        self.formats = cell_formats(book, theme)
        self.formats["link"] = book.add_format(
            {"font_name": "Microsoft YaHei", "font_size": 10.5, "font_color": theme.primary}
        )
        self.drawn: list[tuple[Any, int, int, Chart]] = []  # sheet, row and column of each chart

    def word(self, key: str, **fields: object) -> str:
        return word(key, self.report.language, **fields)

    def sheet_name(self, number: int) -> str:
        return self.word("report_sheet_table", number=number)

    def lines(self, sheet: Any, rows: list[tuple[str, str]], row: int = 0) -> int:  # noqa: ANN401
        """Texts one below the other, the empty ones left out; returns the row after them."""
        for text, look in rows:
            if text:
                sheet.write_string(row, 0, text, self.formats[look])
                row += 1
        return row


def _cover(writer: _Writer, sheet: Any, pages: list[ReportPage]) -> None:  # noqa: ANN401
    report = writer.report
    rows = [(report.title, "title"), (report.subtitle, "muted"), (report.demo_mark, "warning")]
    titles = [page for page in report.pages if page.kind is PageKind.TITLE]
    rows += [(text, "text") for page in titles for text in page.lines]
    if report.receipt:
        rows.append((writer.word("report_receipt", code=report.receipt), "text"))
    rows.append((report.hidden, "warning"))
    row = writer.lines(sheet, rows) + 1
    sheet.write_string(row, 0, writer.word("report_contents"), writer.formats["head"])
    for number, page in enumerate(pages, start=1):
        name = writer.sheet_name(number)
        sheet.write_url(
            row + number,
            0,
            f"internal:'{name}'!A1",
            writer.formats["link"],
            f"{name}  {page.title}",
        )
    sheet.set_column(0, 0, 80)
    sheet.hide_gridlines(2)


def _notes(writer: _Writer, sheet: Any) -> None:  # noqa: ANN401
    """The text pages, then what every indicator means."""
    wrapped = writer.book.add_format(
        {"font_name": "Microsoft YaHei", "font_size": 10.5, "text_wrap": True, "valign": "top"}
    )
    row = writer.lines(sheet, [(writer.word("report_definitions"), "title")]) + 1
    texts = [
        "".join(phrase.text for phrase in paragraph)
        for page in writer.report.pages
        for paragraph in page.paragraphs
    ]
    notes = [note for page in writer.report.pages for note in page.notes]
    for text in dict.fromkeys((*texts, *notes)):
        sheet.write_string(row, 0, text, wrapped)
        row += 1
    sheet.set_column(0, 0, 110)


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
        *((text, "text") for text in texts),
    ]


def _foot(page: ReportPage, language: str) -> list[tuple[str, str]]:
    """The lines below a page's table: notes and source."""
    chart = page.chart
    said = chart.notes if chart else page_remarks(page, language)
    notes = [(text, "muted") for text in said]
    return [*notes, (page.source or (chart.source if chart else ""), "muted")]


def _table(writer: _Writer, number: int, page: ReportPage) -> None:
    chart = page.chart
    table = page.shown_table
    sheet = writer.book.add_worksheet(writer.sheet_name(number))
    row = writer.lines(sheet, _head(writer, page)) + 1
    if table is not None and table.columns:
        sheet.freeze_panes(row + 1, 1)
        after = write_table(writer.book, sheet, table, row, writer.formats)
        if chart and not chart.empty and page.kind is PageKind.CHART:
            writer.drawn.append((sheet, row, len(table.columns) + 1, chart))
        row = after + 1
    writer.lines(sheet, _foot(page, writer.report.language), row)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _charts(writer: _Writer) -> list[bytes]:
    """The native charts, and last in the book the sheet whose series they read.

    Returns the shapes that are drawn on each.
    """
    if not writer.drawn:
        return []
    shapes = []
    name = writer.word("report_sheet_series")
    series, top = writer.book.add_worksheet(name), 0
    series.set_column(0, 0, 34)
    for sheet, row, column, chart in writer.drawn:
        after = write_series(series, chart, top)
        series.write_string(top, 0, chart.title, writer.formats["head"])
        lined = native_chart(writer.book, chart, writer.theme, name, top)
        sheet.insert_chart(row, column, lined.drawn)
        shapes.append(lined.shapes)
        top = after + 1
    return shapes


def book_bytes(report: Report, theme: Theme = SCREEN) -> bytes:
    """The report as .xlsx; opens without repair, with frozen headers and links on the cover."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, HARMLESS) as book:
        book.set_properties(
            {"title": report.title, "author": report.bureau, "comments": report.receipt}
        )
        writer = _Writer(book, report, theme)
        pages = [page for page in report.pages if page.kind in _TABLED]
        _cover(writer, book.add_worksheet(writer.word("report_sheet_cover")), pages)
        _notes(writer, book.add_worksheet(writer.word("report_sheet_notes")))
        for number, page in enumerate(pages, start=1):
            _table(writer, number, page)
        shapes = _charts(writer)
    return with_shapes(stream.getvalue(), shapes)
