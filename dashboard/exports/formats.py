"""Defines the formats in which charts and reports leave. One more is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.charts.model.chart import Chart
from dashboard.charts.model.report import Report
from dashboard.exports.chart_csv import csv_bytes
from dashboard.exports.documents import document_bytes
from dashboard.exports.pictures import PictureWish, png_bytes, svg_bytes
from dashboard.exports.print_html import pdf_bytes
from dashboard.exports.single_chart_slide import slide_bytes
from dashboard.exports.slides import slides_bytes
from dashboard.exports.spreadsheet_books import book_bytes
from dashboard.exports.workbooks import workbook_bytes


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its MIME type, its file suffix without a dot, and what writes it."""

    mime: str
    suffix: str
    render: Callable[[Chart], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument."
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", "csv", csv_bytes),
    "xlsx": Format(_EXCEL, "xlsx", workbook_bytes),
    "pptx": Format(_OFFICE + "presentationml.presentation", "pptx", slide_bytes),
}


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A file format of one chart as a picture; ``render`` raises PrintError."""

    mime: str
    suffix: str
    render: Callable[[Chart, PictureWish], bytes]


PICTURES: dict[str, PictureFormat] = {
    "png": PictureFormat("image/png", "png", png_bytes),
    "svg": PictureFormat("image/svg+xml", "svg", svg_bytes),
}


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A file format of a whole report."""

    mime: str
    suffix: str
    render: Callable[[Report], bytes]


REPORT_FORMATS: dict[str, ReportFormat] = {
    "pptx": ReportFormat(_OFFICE + "presentationml.presentation", "pptx", slides_bytes),
    "docx": ReportFormat(_OFFICE + "wordprocessingml.document", "docx", document_bytes),
    "xlsx": ReportFormat(_EXCEL, "xlsx", book_bytes),
    "pdf": ReportFormat("application/pdf", "pdf", pdf_bytes),
}
