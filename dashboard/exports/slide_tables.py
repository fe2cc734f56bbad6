"""Writes tables on slides: native cells that can be edited, long tables split over slides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart, Table
from dashboard.charts.model.chart_pages import chart_pages
from dashboard.charts.model.report import PageKind, Paragraph, ReportPage
from dashboard.charts.plotly.theme import SCREEN, Theme
from dashboard.exports.native_charts import Box, add_run, colour
from dashboard.exports.table_shape import (
    WIDEST,
    half_width,
    lines_of,
    shown_rows,
    width_of,
    widths_of,
    with_word,
)

TEXT_WIDTH = 1150  # half-width signs on a slide of text
ROWS = 14  # as many as can be read from the back of a room
LONGEST_NAME = 36  # half-width signs of the column of names, where columns are few
_SMALLEST = 8  # points; smaller type cannot be read on any slide
_TONES = {"better": "better", "worse": "worse", "neutral": "higher"}


def _part(table: Table, first: int, last: int) -> Table:
    return replace(
        table,
        rows=table.rows[first:last],
        numbers=table.numbers[first:last],
        tones=table.tones[first:last],
        words=table.words[first:last],
        figures=table.figures[first:last],
        facts=table.facts[first:last],
    )


def _texts_of(page: ReportPage) -> Iterator[ReportPage]:
    """The page, or as many as its paragraphs need; none is taken apart."""
    groups: list[list[Paragraph]] = [[]]
    for paragraph in page.paragraphs:
        together = "".join(phrase.text for one in (*groups[-1], paragraph) for phrase in one)
        if groups[-1] and width_of(together) > TEXT_WIDTH:
            groups.append([])
        groups[-1].append(paragraph)
    for number, group in enumerate(groups, start=1):
        yield replace(page.part(number, len(groups)), paragraphs=tuple(group))


def _charts_of(page: ReportPage, chart: Chart) -> Iterator[ReportPage]:
    """The page, or as many as its bars need."""
    parts = chart_pages(chart)
    for number, part in enumerate(parts, start=1):
        yield replace(page.part(number, len(parts)), chart=part)


def _table_of(chart: Chart | None) -> Table | None:
    """The table of a chart that is drawn as one; None of any other."""
    if chart is None or chart.empty or chart.kind is not Kind.TABLE:
        return None
    return chart.table


def pages_of(page: ReportPage) -> Iterator[ReportPage]:
    """The page, or as many as its table or text needs; each says "2/3" after the title."""
    if page.kind is PageKind.TEXT:
        yield from _texts_of(page)
        return
    chart = page.chart
    if page.kind is PageKind.CHART and chart and chart.kind is not Kind.TABLE:
        yield from _charts_of(page, chart)
        return
    table = page.table or _table_of(chart)
    if table is None or len(table.rows) <= ROWS:
        yield page
        return
    yield from _tables_of(page, table)


def _tables_of(page: ReportPage, table: Table) -> Iterator[ReportPage]:
    """As many pages as the rows of the table need, with about as many rows each."""
    chart = page.chart
    count = -(-len(table.rows) // ROWS)
    ends = [round(number * len(table.rows) / count) for number in range(count + 1)]
    for number, (first, last) in enumerate(pairwise(ends)):
        part = _part(table, first, last)
        yield replace(
            page.part(number + 1, count),
            kind=PageKind.TABLE,  # whatever is left for the last part
            table=part,
            chart=(replace(chart, table=part) if chart else None),
        )


def _write(cell: Any, text: str, tint: str, points: float, bold: bool, align: Any) -> None:  # noqa: ANN401
    cell.margin_left = cell.margin_right = Pt(6)
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = align
    add_run(paragraph, text, points, tint, bold)


def _fill(cell: Any, tint: str | None) -> None:  # noqa: ANN401
    if tint is None:
        cell.fill.background()
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour(tint)


def _looks(tone: str, theme: Theme) -> tuple[str | None, str]:
    """Fill and text colour of a cell's tone."""
    if tone.startswith("level-"):
        level = int(tone.removeprefix("level-"))
        return theme.sequential[level - 1], theme.background if level == 5 else theme.text
    return None, getattr(theme, _TONES[tone]) if tone in _TONES else theme.text


def _heights(table: Table, widths: list[int], points: int) -> list[float]:
    """What each row takes in points of height, heading first, its long cells broken.

    Sized for a wide type such as a machine without the named one puts in its place.
    """
    matches = []
    for number, texts in enumerate([table.columns, *shown_rows(table)]):
        lines, row = 1, "".join(texts)
        chinese = width_of(row) > len(row)
        for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
            bold = 1.1 if not chinese and (column == 0 or number == 0) else 1.0
            room = (width / Pt(1) - 12) / (points * half_width(row) * bold)
            lines = max(lines, lines_of(text, room))
        matches.append(lines * points * (1.45 if chinese else 1.25) + 4)
    return matches


def _fitting(table: Table, widths: list[int], height: int) -> int:
    """The largest type in points at which the table, its long cells broken, is not too high."""
    columns = len(table.columns)
    largest = 14 if columns <= 7 else 12 if columns <= 10 else 10
    for points in range(largest, _SMALLEST, -1):
        if sum(_heights(table, widths, points)) * Pt(1) <= height:
            return points
    return _SMALLEST


def add_table(slide: Any, table: Table, box: Box, theme: Theme = SCREEN) -> Any:  # noqa: ANN401
    """Adds the table to the slide within ``box``; what a colour says is written beside it."""
    rows, columns = len(table.rows) + 1, len(table.columns)
    height = min(box.height, int(Pt(30)) * rows)
    frame = slide.shapes.add_table(
        rows, columns, Emu(box.left), Emu(box.top), Emu(box.width), Emu(height)
    )
    frame.name = table.caption
    drawn = frame.table
    drawn.first_row, drawn.horz_banding = True, False
    style = frame._element.find(f".//{qn('a:tableStyleId')}")
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid: we draw our own
    widths = list(widths_of(table, box.width, LONGEST_NAME if columns <= 7 else WIDEST))
    points = _fitting(table, widths, box.height)
    for column, width in enumerate(widths):
        drawn.columns[column].width = Emu(width)
    needed = [int(high * Pt(1)) for high in _heights(table, widths, points)]
    spare = max(height - sum(needed), 0) // rows  # what is left goes to all rows alike
    for row, high in enumerate(needed):
        drawn.rows[row].height = Emu(high + spare)
    _write_cells(drawn, table, points, theme)
    return frame


def _write_cells(drawn: Any, table: Table, points: int, theme: Theme) -> None:  # noqa: ANN401
    """Headings and rows; numbers stand to the right, every second row is tinted."""
    for column, name in enumerate(table.columns):
        cell = drawn.cell(0, column)
        align = PP_ALIGN.RIGHT if column else PP_ALIGN.LEFT
        _write(cell, name, theme.text, points, True, align)
        _fill(cell, theme.sequential[1])
    for number, ((_, cells), tones, words) in enumerate(
        zip(table.rows, table.tones, table.words, strict=True), start=1
    ):
        for column, (text, tone, sentence) in enumerate(zip(cells, tones, words, strict=True)):
            cell = drawn.cell(number, column)
            fill, tint = _looks(tone, theme)
            align = PP_ALIGN.RIGHT if column else PP_ALIGN.LEFT
            _write(cell, with_word(text, sentence, tone), tint, points, column == 0, align)
            _fill(cell, fill or (theme.absent if number % 2 == 0 else None))
