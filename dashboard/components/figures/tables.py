"""Builds the table of a chart: caption, headings with scope, numbers on the right."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.chart import Chart, Table
from dashboard.components.shell.address import ChartLinks, figure_tail
from dashboard.components.shell.real_table import Cell, Row, real_table

TONES = {"better", "worse", "neutral", "none", *(f"level-{step}" for step in range(1, 6))}


def classes(*names: str) -> str:
    """Class names put together, empty ones left out."""
    return " ".join(name for name in names if name)


def tone_class(tone: str) -> str:
    """The class name of a tone; "" for one that has no colour."""
    return f"tone-{tone}" if tone in TONES else ""


def _is_numeric(table: Table, column: int) -> bool:
    return any(row[column] is not None for row in table.numbers if column < len(row))


def _cell(table: Table, row: int, column: int, numeric: bool) -> Cell:
    """A cell of a table as it is shown, without its heading's link."""
    text = table.rows[row][1][column]
    tone = table.tones[row][column] if text else ""  # a colour is not to stand alone
    return Cell(
        text,
        kind=classes("number" if numeric else "", tone_class(tone)),
        meaning=table.words[row][column],
        figure=table.figures[row][column],
    )


def _row_kind(chart: Chart, key: str) -> str:
    """The class of a row: the chosen one, and the whole of rows by area, which is not sorted."""
    if key and key == chart.chosen:
        return "is-chosen"
    return "summary" if chart.key_kind == "area" and key and key == chart.area else ""


def figures_table(chart: Chart, door: ChartLinks) -> Component:
    """The chart's table; row headings lead where a click on the chart leads."""
    table = chart.table
    numeric = [_is_numeric(table, i) for i in range(len(table.columns))]
    head = [
        Cell(name, scope="col", kind="number" if numeric[i] else "")
        for i, name in enumerate(table.columns)
    ]
    body = []
    for index, (key, texts) in enumerate(table.rows):
        order = key if chart.key_kind == "period" and key else None
        cells = [Cell(texts[0], scope="row", href=door.of_key(chart, key), key=order)]
        cells += [_cell(table, index, i, numeric[i]) for i in range(1, len(texts))]
        body.append(Row(cells, _row_kind(chart, key)))
    caption = table.caption or word("table_caption", chart.language, title=chart.title)
    tail = figure_tail(door.path, door.selection)
    return real_table(caption, [Row(head)], body, tail=tail)
