"""A chart as an Excel workbook: its table with number formats, and a native, editable chart."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import xlsxwriter

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind
from dashboard.charts.kinds.waterfall import BASE, unnamed_again
from dashboard.charts.model.chart import Chart, Table
from dashboard.charts.plotly.theme import SCREEN, Theme, waterfall_colours
from dashboard.exports.machine_readable_sheet import machine_rows

FONT = "Microsoft YaHei"
_MOST_WIDE = 44
SHEET, SERIES_SHEET = "table", "series"
# Strings stay strings: nothing a bureau typed becomes a formula or a link.
HARMLESS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Drawn = dict[str, Any]  # XlsxWriter's own options


def number_format(decimals: int) -> str:
    """The format of a number with thousands separators and so many places."""
    return "#,##0" + ("." + "0" * decimals if decimals > 0 else "")


def _colours(chart: Chart, theme: Theme) -> list[str]:
    return [theme.categorical[i % len(theme.categorical)] for i in range(len(chart.series))]


def _lines(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    series = [
        {
            "line": {"color": colour, "width": 2.25},
            "marker": {
                "type": "circle",
                "size": 5,
                "fill": {"color": colour},
                "border": {"color": colour},
            },
        }
        for colour in _colours(chart, theme)
    ]
    return {"type": "line"}, series, {}


def _columns(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    return (
        {"type": "column"},
        [{"fill": {"color": colour}, "gap": 60} for colour in _colours(chart, theme)],
        {},
    )


def _stacks(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    _, series, axis = _columns(chart, theme)
    return {"type": "column", "subtype": "stacked"}, series, axis


def _bars(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    points = [
        {"fill": {"color": theme.accent}} if key and key == chart.chosen else None
        for key in chart.keys
    ]
    labelled = {
        "fill": {"color": theme.primary},
        "gap": 40,
        "points": points,
        "data_labels": {"value": True, "num_format": number_format(chart.decimals)},
    }
    return {"type": "bar"}, [labelled for _ in chart.series], {"reverse": True}


def _clustered(chart: Chart, theme: Theme) -> tuple[Drawn, list[Drawn], Drawn]:
    """Heat tables have no native chart: the same series stand side by side."""
    return _columns(chart, theme)


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
    Kind.TABLE: _clustered,
    Kind.WATERFALL: _waterfall,
    Kind.MAP: _bars,
}


def cell_formats(book: Any, theme: Theme) -> dict[str, Any]:  # noqa: ANN401 - XlsxWriter is untyped
    """The looks of cells by name: title, muted, warning, head, text, absent."""
    plain = {"font_name": FONT, "font_size": 10.5, "font_color": theme.text}
    return {
        "title": book.add_format({**plain, "bold": True, "font_size": 14}),
        "muted": book.add_format({**plain, "font_color": theme.muted}),
        "warning": book.add_format({**plain, "font_color": theme.warning, "bold": True}),
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
    numbers = [
        book.add_format({"font_name": FONT, "font_size": 10.5, "num_format": number_format(places)})
        for places in (table.decimals or (0,) * len(table.columns))
    ]
    for column, name in enumerate(table.columns):
        sheet.write_string(top, column, name, formats["head"])
    lines = zip(table.rows, table.numbers, table.words, strict=True)
    for row, ((_, cells), values, words) in enumerate(lines, start=top + 1):
        for column, (cell, value, sentence) in enumerate(zip(cells, values, words, strict=True)):
            if value is not None:
                sheet.write_number(row, column, value, numbers[column])
            else:
                sheet.write_string(row, column, cell, formats["absent" if column else "text"])
            if sentence:
                sheet.write_comment(row, column, sentence)
    for column in range(len(table.columns)):
        sheet.set_column(column, column, _column_width(table, column))
    return top + len(table.rows) + 1


def _column_width(table: Table, column: int) -> float:
    """The width of a column by its widest text, in letters."""
    texts = (table.columns[column], *(cells[column] for _, cells in table.rows))
    return min(max(max(map(_width, texts)) + 2, 10), _MOST_WIDE)


def _width(text: str) -> int:
    """The width of a text in half-width signs."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def write_series(sheet: Any, chart: Chart, top: int = 0) -> int:  # noqa: ANN401
    """What the native chart reads: categories down, one column a series, in the unit shown.

    Begins at row ``top`` (0-based); returns the row after it.
    """
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(top, column, series.name)
        for row, value in enumerate(series.values, start=top + 1):
            shown = chart.shown(value)
            if shown is not None:
                sheet.write_number(row, column, shown)
    for row, name in enumerate(chart.categories, start=top + 1):
        sheet.write_string(row, 0, name)
    return top + len(chart.categories) + 1


def native_chart(
    book: Any,  # noqa: ANN401
    chart: Chart,
    theme: Theme,
    sheet: str = SERIES_SHEET,
    top: int = 0,
) -> Any:  # noqa: ANN401
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
    upright = {
        "num_font": font,
        "num_format": number_format(chart.decimals),
        "major_gridlines": {"visible": True, "line": {"color": theme.grid}},
    }
    places = {"num_font": font, **axis}
    if kind["type"] == "bar":
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        drawn.set_y_axis(places)
    else:
        drawn.set_x_axis(places)
        drawn.set_y_axis({**upright, "name": chart.unit, "name_font": font})
    roles = [series.role for series in chart.series]
    hidden = [at for at, name in enumerate(roles) if name == BASE or unnamed_again(roles, at)]
    shown = {"position": "top", "font": font, "delete_series": hidden}
    drawn.set_legend({"none": True} if len(looks) == 1 else shown)
    drawn.show_blanks_as("gap")
    rows = len(chart.categories)
    drawn.set_size({"width": 720, "height": max(360, 28 * rows + 120 if axis else 360)})
    return drawn


def workbook_bytes(chart: Chart, theme: Theme = SCREEN) -> bytes:
    """The workbook: facts, sentence, table and native chart on one sheet, its series on another."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, HARMLESS) as book:
        formats = cell_formats(book, theme)
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, chart.title, formats["title"])
        lines = [
            (chart.subtitle, "muted"),
            (chart.demo_mark, "warning"),
            (chart.empty or chart.sentence, "text"),
        ]
        row = 1
        for text, look in lines:
            if text:
                sheet.write_string(row, 0, text, formats[look])
                row += 1
        if not chart.empty:
            row += 1
            sheet.freeze_panes(row + 1, 1)
            after = write_table(book, sheet, chart.table, row, formats) + 1
            series = book.add_worksheet(SERIES_SHEET)
            write_series(series, chart)
            sheet.insert_chart(row, len(chart.table.columns) + 1, native_chart(book, chart, theme))
            row = after
        code = word("report_receipt", chart.language, code=chart.receipt) if chart.receipt else ""
        for text in (*chart.notes, chart.source, code):
            if text:
                sheet.write_string(row, 0, text, formats["muted"])
                row += 1
        for cells in machine_rows(chart):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
            sheet.set_row(row, None, None, {"hidden": True})
            row += 1
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    return stream.getvalue()
