"""The formats in which a chart leaves. One more format is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.charts.chart import Chart
from dashboard.exports.tables import csv_bytes
from dashboard.exports.workbooks import workbook_bytes


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its MIME type, its file suffix without a dot, and what writes it."""

    mime: str
    suffix: str
    render: Callable[[Chart], bytes]


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", "csv", csv_bytes),
    "xlsx": Format(_EXCEL, "xlsx", workbook_bytes),
}
