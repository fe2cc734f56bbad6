"""Writes key figures on a slide: a native table of large cells, one figure in each."""

from __future__ import annotations

from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.charts.model.chart import Table
from dashboard.charts.plotly.theme import SCREEN
from dashboard.exports.native_charts import Box, add_run, colour
from dashboard.exports.running_text import full_width
from dashboard.exports.table_shape import width_of

MOST_CARDS = 9
_HIGHEST = Inches(2.4)  # of a card
_NAME, _VALUE, _REST = 15, 30, 13  # points
_LONG_VALUE, _SMALL_VALUE = 13, 22  # half-width signs, points
_LONG_NAME = 34  # half-width signs beyond which a name is set smaller
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def add_cards(slide: Any, table: Table, box: Box) -> Any:  # noqa: ANN401
    """Adds a cell for each row of the table: its name, the value, then what else is known."""
    count = len(table.rows)
    columns = count if count <= 3 else 2 if count == 4 else 3
    rows = -(-count // columns)
    # few figures fill the slide: a row of three is no strip above an empty half
    height = box.height if rows == 1 else min(box.height, _HIGHEST * rows)
    frame = slide.shapes.add_table(
        rows, columns, Emu(box.left), Emu(box.top), Emu(box.width), Emu(height)
    )
    frame.name = table.caption
    drawn = frame.table
    drawn.first_row = drawn.horz_banding = False
    frame._element.find(f".//{qn('a:tableStyleId')}").text = _NO_STYLE
    for place, ((_, cells), words) in enumerate(zip(table.rows, table.words, strict=True)):
        cell = drawn.cell(place // columns, place % columns)
        rest = [text for text in (*cells[2:], words[1]) if text]
        _write(cell, cells[0], cells[1], " · ".join(rest))
        if (place // columns + place % columns) % 2 == 0:
            cell.fill.solid()
            cell.fill.fore_color.rgb = colour(SCREEN.absent)
    return frame


def _write(cell: Any, name: str, value: str, rest: str) -> None:  # noqa: ANN401
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Pt(14)
    first = cell.text_frame.paragraphs[0]
    smaller = 2 if width_of(name) > _LONG_NAME else 0
    add_run(first, full_width(name), _NAME - smaller, SCREEN.text, False)
    points = _VALUE if width_of(value) <= _LONG_VALUE else _SMALL_VALUE
    add_run(cell.text_frame.add_paragraph(), value, points, SCREEN.primary, True)
    if rest:
        add_run(cell.text_frame.add_paragraph(), rest, _REST, SCREEN.muted, False)
