"""Writes a chart as an Excel workbook: its table with number formats, a native editable chart."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any, NamedTuple

import xlsxwriter

from dashboard.base.language import word
from dashboard.base.rounding import printable
from dashboard.catalogue.topics import Kind
from dashboard.charts.kinds.waterfall import BASE, unnamed_again
from dashboard.charts.model.chart import Chart, Series, Table
from dashboard.charts.model.signs import hatching_of, marks_at, sign_of
from dashboard.charts.plotly.theme import SCREEN, Theme, waterfall_colours
from dashboard.exports.machine_readable_sheet import machine_rows
from dashboard.exports.native_charts import (
    LINES,
    Stroke,
    as_printed,
    native_categories,
    number_format,
    strokes,
)
from dashboard.exports.printed_sheets import ROW, Look, Span, set_up, span_of, write_line
from dashboard.exports.reference_lines import ChartSize, plot_place, reference_lines, user_shapes
from dashboard.exports.table_shape import width_of
from dashboard.exports.workbook_shapes import with_shapes

FONT = "Microsoft YaHei"
_MOST_WIDE = 44
_HEADING = 18  # points of a line of a table's heading
SHEET, SERIES_SHEET = "table", "series"
# Strings stay strings: nothing a bureau typed becomes a formula or a link.
HARMLESS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Drawn = dict[str, Any]  # XlsxWriter's own options
_WIDTH = 720  # pixels of a chart
CHART_WIDTH = 104  # the same in letters, as columns are measured


class Lined(NamedTuple):
    """A native chart, and the shapes drawn on it; empty where no line lies across it."""

    drawn: Any  # XlsxWriter is untyped
    shapes: bytes = b""


def _colours(chart: Chart, theme: Theme) -> list[str]:
    return [theme.categorical[i % len(theme.categorical)] for i in range(len(chart.series))]


def _lines(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    """A line a stroke: dotted in an unfinished year, open where something must be known."""
    colours = _colours(chart, theme)
    return {"type": "line"}, [_stroke(chart, stroke, colours) for stroke in strokes(chart)], {}


def _stroke(chart: Chart, stroke: Stroke, colours: list[str]) -> Drawn:
    colour, series = colours[stroke.place], chart.series[stroke.place]
    line: Drawn = {"color": colour, "width": 2.25}
    marker: Drawn = {"type": "circle", "size": 6, "border": {"color": colour}}
    points: list[Drawn | None] = [
        {"fill": {"color": "white"}, "border": {"color": colour}}
        if value is not None and sign_of(marks_at(chart, series, place))
        else None
        for place, value in enumerate(stroke.values)
    ]
    return {
        "line": line | ({"dash_type": "round_dot"} if stroke.dashed else {}),
        "marker": marker | {"fill": {"color": colour}},
        **({"points": points} if any(points) else {}),
    }


_PATTERNS = {"hatched": "wide_upward_diagonal", "crossed": "outlined_diamond"}


def _hatched(chart: Chart, series: Series, colour: str) -> list[Drawn | None]:
    """The looks of the columns or bars that are marked; None of the others."""
    looks: list[Drawn | None] = []
    for place, value in enumerate(series.values):
        hatching = hatching_of(marks_at(chart, series, place)) if value is not None else ""
        pattern = {"fg_color": "white", "bg_color": colour, "pattern": _PATTERNS.get(hatching)}
        looks.append({"pattern": pattern} if hatching else None)
    return looks


def _columns(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    looks: list[Drawn] = []
    for colour, series in zip(_colours(chart, theme), chart.series, strict=True):
        points = _hatched(chart, series, colour)
        marked = {"points": points} if any(points) else {}
        looks.append({"fill": {"color": colour}, "gap": 60, **marked})
    return {"type": "column"}, looks, {}


def _stacks(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    _, series, axis = _columns(chart, theme)
    return {"type": "column", "subtype": "stacked"}, series, axis


def _bars(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    looks: list[Drawn] = []
    for series in chart.series:
        points = [
            {"fill": {"color": theme.accent}} if key and key == chart.chosen else marked
            for key, marked in zip(chart.keys, _hatched(chart, series, theme.primary), strict=True)
        ]
        labels = {"value": True, "num_format": number_format(chart.decimals)}
        fill = {"color": theme.primary}
        looks.append({"fill": fill, "gap": 40, "points": points, "data_labels": labels})
    return {"type": "bar"}, looks, {"reverse": True}


def _waterfall(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    """Stacked columns on an invisible base; what is visible of a step is its size."""
    colours = waterfall_colours(theme)
    looks: list[Drawn] = [
        {
            "gap": 60,
            "fill": {"none": True} if series.role == BASE else {"color": colours[series.role]},
        }
        for series in chart.series
    ]
    return {"type": "column", "subtype": "stacked"}, looks, {}


RENDERERS: dict[Kind, Callable[[Chart, Theme], tuple[Drawn, list[Drawn], Drawn]]] = {
    Kind.LINE: _lines,
    Kind.COLUMN: _columns,
    Kind.BAR: _bars,
    Kind.STACKED: _stacks,
    Kind.COMPOSITION: _bars,
    Kind.SEASON: _lines,
    Kind.TABLE: _columns,  # heat tables have no native chart: the same series stand side by side
    Kind.WATERFALL: _waterfall,
    Kind.MAP: _bars,
}


def cell_formats(book: Any, theme: Theme) -> dict[str, Any]:  # noqa: ANN401 - XlsxWriter is untyped
    """The looks of cells by name: title, muted, warning, line, head, text, absent."""
    plain = {"font_name": FONT, "font_size": 10.5, "font_color": theme.text}

    def look(points: float = 10.5, **more: object) -> Look:
        """A text above or below a table, on one line or wrapped."""
        own = {**plain, "font_size": points, "valign": "top", **more}
        wrapped = book.add_format({**own, "text_wrap": True})
        return Look(book.add_format(own), wrapped, points)

    return {
        "title": look(14, bold=True),
        "muted": look(font_color=theme.muted),
        "warning": look(font_color=theme.warning, bold=True),
        "line": look(),
        "head": book.add_format(
            {
                **plain,
                "bold": True,
                "bottom": 1,
                "text_wrap": True,
                "bg_color": theme.sequential[0],
                "valign": "vcenter",
            }
        ),
        "text": book.add_format(plain),
        "absent": book.add_format({**plain, "align": "right", "font_color": theme.muted}),
    }


def write_table(book: Any, sheet: Any, table: Table, top: int, formats: dict[str, Any]) -> int:  # noqa: ANN401
    """The table from row ``top`` on (0-based); returns the row after it."""
    decimals = table.decimals or (0,) * len(table.columns)
    look = {"font_name": FONT, "font_size": 10.5}
    numbers = [book.add_format(look | {"num_format": number_format(one)}) for one in decimals]
    widths = column_widths(table)
    for column, name in enumerate(table.columns):
        sheet.write_string(top, column, name, formats["head"])
    tallest = max(map(_lines_of_heading, table.columns, widths), default=1)
    sheet.set_row(top, tallest * _HEADING)
    lines = zip(table.rows, table.numbers, table.words, strict=True)
    for row, ((_, cells), values, words) in enumerate(lines, start=top + 1):
        for column, (cell, value, sentence) in enumerate(zip(cells, values, words, strict=True)):
            if value is not None:
                shown = printable(value, decimals[column])
                sheet.write_number(row, column, shown, numbers[column])
            else:
                sheet.write_string(row, column, cell, formats["absent" if column else "text"])
            if sentence:
                sheet.write_comment(row, column, sentence)
    for column, wide in enumerate(widths):
        sheet.set_column(column, column, wide)
    return top + len(table.rows) + 1


def _lines_of_heading(name: str, wide: float) -> int:
    return ceil(width_of(name) / wide)


def column_widths(table: Table) -> list[float]:
    """The widths of all columns, in letters."""
    return [_column_width(table, column) for column in range(len(table.columns))]


def _column_width(table: Table, column: int) -> float:
    """The width of a column by its widest text, in letters."""
    texts = (table.columns[column], *(cells[column] for _, cells in table.rows))
    return min(max(max(map(width_of, texts)) + 2, 10), _MOST_WIDE)


def write_series(sheet: Any, chart: Chart, top: int = 0) -> int:  # noqa: ANN401
    """What the native chart reads: categories down, one column a stroke, in the unit shown.

    Begins at row ``top`` (0-based); returns the row after it.
    """
    for column, stroke in enumerate(strokes(chart), start=1):
        sheet.write_string(top, column, chart.series[stroke.place].name)
        for row, value in enumerate(stroke.values, start=top + 1):
            shown = as_printed(chart, value)
            if shown is not None:
                sheet.write_number(row, column, shown)
    for row, name in enumerate(native_categories(chart), start=top + 1):
        sheet.write_string(row, 0, name)
    return top + len(chart.categories) + 1


def native_chart(
    book: Any,  # noqa: ANN401
    chart: Chart,
    theme: Theme,
    sheet: str = SERIES_SHEET,
    top: int = 0,
) -> Lined:
    """A chart that reads its series from where ``write_series`` put them."""
    kind, looks, axis = RENDERERS[chart.kind](chart, theme)
    drawn, last = book.add_chart(kind), top + len(chart.categories)
    for column, look in enumerate(looks, start=1):
        drawn.add_series(
            {
                "name": [sheet, top, column],
                "categories": [sheet, top + 1, 0, last, 0],
                "values": [sheet, top + 1, column, last, column],
                **look,
            }
        )
    font = {"name": FONT, "size": 9}
    title = chart.title
    if chart.kind is Kind.MAP:  # a workbook has no such chart: the same figures as ranked bars
        title = f"{title}\n{word('map_ranked', chart.language)}"
    drawn.set_title({"name": title, "name_font": {"name": FONT, "size": 12}})
    reach = {"min": chart.axis.low, "max": chart.axis.high, "major_unit": chart.axis.step}
    upright = {
        "num_font": font,
        "num_format": number_format(chart.axis.decimals),
        "major_gridlines": {"visible": True, "line": {"color": theme.grid}},
        **reach,
    }
    places = {"num_font": font, **axis}
    if kind["type"] == "bar":
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **reach})
        drawn.set_y_axis(places)
    else:
        drawn.set_x_axis(places)
        drawn.set_y_axis({**upright, "name": chart.unit, "name_font": font})
    shown = {"position": "top", "font": font, "delete_series": _unnamed(chart)}
    drawn.set_legend({"none": True} if len(chart.series) == 1 else shown)
    drawn.show_blanks_as("span" if chart.kind in LINES else "gap")
    rows = len(chart.categories)
    height = max(360, 28 * rows + 120 if axis else 360)
    drawn.set_size({"width": _WIDTH, "height": height})
    # pixels of 96 to the inch, of which a point is 72
    place = ChartSize(_WIDTH * 0.75, height * 0.75, 9, 24.0 * (title.count("\n") + 1))
    lines = reference_lines(chart, theme, place.width, place.type)
    if not lines:
        return Lined(drawn)
    plot = plot_place(chart, lines, place)
    left, top_share, width, high = plot
    drawn.set_plotarea({"layout": {"x": left, "y": top_share, "width": width, "height": high}})
    return Lined(drawn, user_shapes(lines, plot, place))


def _unnamed(chart: Chart) -> list[int]:
    """The native series that the legend does not name: bases, and what it has named before."""
    roles = [series.role for series in chart.series]
    return [
        at
        for at, stroke in enumerate(strokes(chart))
        if not stroke.is_first or roles[stroke.place] == BASE or unnamed_again(roles, stroke.place)
    ]


def workbook_bytes(chart: Chart, theme: Theme = SCREEN) -> bytes:
    """The workbook: facts, sentence, table and native chart on one sheet, its series on another."""
    stream, shapes = io.BytesIO(), list[bytes]()
    with xlsxwriter.Workbook(stream, HARMLESS) as book:
        formats = cell_formats(book, theme)
        sheet = book.add_worksheet(SHEET)
        widths = [] if chart.empty else column_widths(chart.table)
        span = span_of(widths, CHART_WIDTH)
        lines = [
            (chart.title, "title"),
            (chart.subtitle, "muted"),
            (chart.demo_mark, "warning"),
            (chart.empty or chart.sentence, "line"),
        ]
        row = write_lines(sheet, lines, formats, span)
        heading, last = None, 0
        if not chart.empty:
            row += 1
            heading = row
            sheet.freeze_panes(row + 1, 1)
            row = write_table(book, sheet, chart.table, row, formats) + 1
        code = word("report_receipt", chart.language, code=chart.receipt) if chart.receipt else ""
        foot = [(text, "muted") for text in (*chart.notes, chart.source, code)]
        row = write_lines(sheet, foot, formats, span, row)
        for cells in machine_rows(chart):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
            sheet.set_row(row, None, None, {"hidden": True})
            row += 1
        if not chart.empty:
            series = book.add_worksheet(SERIES_SHEET)
            write_series(series, chart)
            lined = native_chart(book, chart, theme)
            last = insert_chart(sheet, row + 1, lined)
            shapes.append(lined.shapes)
            set_up(series, chart.language)
        set_up(sheet, chart.language, heading=heading, span=span, last=last)
    return with_shapes(stream.getvalue(), shapes)


def insert_chart(sheet: Any, row: int, lined: Lined) -> int:  # noqa: ANN401
    """A chart from a row on; returns the row after it."""
    sheet.insert_chart(row, 0, lined.drawn)
    return row + ceil(lined.drawn.height / ROW) + 1


def write_lines(
    sheet: Any,  # noqa: ANN401
    lines: Sequence[tuple[str, str]],
    formats: dict[str, Any],
    span: Span,
    row: int = 0,
) -> int:
    """Texts one below the other with the names of their looks, the empty ones left out.

    Begins at row ``row`` (0-based); returns the row after them.
    """
    for text, look in lines:
        if text:
            write_line(sheet, row, text, formats[look], span)
            row += 1
    return row
