"""A chart's table as CSV that Excel opens rightly: what it is, then full-precision numbers."""

from __future__ import annotations

import csv
import io

from dashboard.charts.model.chart import Chart
from dashboard.exports.formulas import harmless
from dashboard.exports.listing import plain_number
from dashboard.exports.machine_readable_sheet import machine_rows

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Chinese as something else


def csv_text(chart: Chart) -> str:
    """The chart's facts, its notes, an empty row, and its table in the unit that is shown.

    A missing number is an empty cell. Remarks on cells follow in a last column of their own.
    """
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    for label, fact in chart.facts:
        writer.writerow([f"# {label}", harmless(fact)])
    for line in (chart.empty or chart.sentence, *chart.notes):
        if line:
            writer.writerow(["# " + line])
    if chart.empty:
        return text.getvalue()
    for row in machine_rows(chart):
        writer.writerow([harmless(cell) for cell in row])
    writer.writerow([])
    table = chart.table
    remarked = any(any(words) for words in table.words)
    writer.writerow([harmless(name) for name in table.columns] + ([""] if remarked else []))
    for (_, cells), numbers, words in zip(table.rows, table.numbers, table.words, strict=True):
        row = [
            plain_number(value) if value is not None else "" if cell == "—" else harmless(cell)
            for cell, value in zip(cells, numbers, strict=True)
        ]
        if remarked:
            remarks = [
                f"{name}: {said}" for name, said in zip(table.columns, words, strict=True) if said
            ]
            row.append(harmless("; ".join(remarks)))
        writer.writerow(row)
    return text.getvalue()


def csv_bytes(chart: Chart) -> bytes:
    """The CSV as UTF-8 with its byte order mark."""
    return csv_text(chart).encode("utf-8")
