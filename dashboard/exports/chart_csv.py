"""Writes a chart's table as CSV that Excel opens rightly, with numbers in full precision."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.charts.model.chart import Chart, Table
from dashboard.exports.csv_lines import csv_line, machine_line, remark_line
from dashboard.exports.formulas import harmless
from dashboard.exports.listing import plain_number
from dashboard.exports.machine_readable_sheet import machine_rows

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Chinese as something else


def csv_text(chart: Chart) -> str:
    """The chart's facts, its notes, an empty row, and its table in the unit that is shown.

    A missing number is an empty cell. Remarks on cells follow in a last column of their own.
    """
    lines = [BYTE_ORDER_MARK]
    lines += [remark_line(label, fact) for label, fact in chart.facts]
    said = filter(None, (chart.empty or chart.sentence, *chart.notes))
    lines += [remark_line(text) for text in said]
    if not chart.empty:
        lines += [machine_line(row) for row in machine_rows(chart)]
        lines.append("\r\n")
        lines += [csv_line(row) for row in _lines(chart.table)]
    return "".join(lines)


def _lines(table: Table) -> Iterator[list[str]]:
    """Headings and rows, with a column for the remarks where there are any."""
    remarked = any(any(words) for words in table.words)
    yield [harmless(name) for name in table.columns] + ([""] if remarked else [])
    for (_, cells), numbers, words in zip(table.rows, table.numbers, table.words, strict=True):
        row = [_cell(cell, value) for cell, value in zip(cells, numbers, strict=True)]
        remarks = [
            f"{name}: {sentence}"
            for name, sentence in zip(table.columns, words, strict=True)
            if sentence
        ]
        yield [*row, harmless("; ".join(remarks))] if remarked else row


def _cell(text: str, value: float | None) -> str:
    if value is not None:
        return plain_number(value)
    return "" if text == "—" else harmless(text)


def csv_bytes(chart: Chart) -> bytes:
    """The CSV as UTF-8 with its byte order mark."""
    return csv_text(chart).encode("utf-8")
