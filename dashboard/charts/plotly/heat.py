"""Renders heat tables, every cell with its number as text."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.model.chart import Chart, Series
from dashboard.charts.plotly.layout import HEAT_ROW_HEIGHT, Figure, place_axis
from dashboard.charts.plotly.places import NARROW
from dashboard.charts.plotly.rows import rows_of
from dashboard.charts.plotly.text import LINE, text_width
from dashboard.charts.plotly.theme import Theme, contrast

MOST_COLUMNS = 6  # more numbers side by side cannot be read on a phone; the table has all
EDGE = 6


def _steps(colours: tuple[str, ...]) -> list[list[float | str]]:
    """Five flat steps instead of a blend: a level has exactly one shade."""
    count = len(colours)
    return [[edge / count, colour] for i, colour in enumerate(colours) for edge in (i, i + 1)]


def _ink(level: int, theme: Theme) -> str:
    """The colour of a cell's number: whichever of ink and paper is read better on its shade."""
    if not level:
        return theme.muted
    shade = theme.sequential[level - 1]
    return max((theme.text, theme.background), key=lambda colour: contrast(colour, shade))


def _columns(chart: Chart, left: int, theme: Theme) -> int:
    """How many columns' numbers fit side by side in the narrowest figure."""
    room = NARROW - left - EDGE
    for count in range(min(MOST_COLUMNS, len(chart.series)), 1, -1):
        shown = chart.series[-count:]
        texts = [text for series in shown for text in (*series.labels, *_heading(series.name))]
        if max(text_width(text, theme.small) for text in texts) + 6 <= room / count:
            return count
    return 1


def heat(chart: Chart, theme: Theme) -> Figure:
    """Rows are the chart's categories, columns its series, shades their levels 1 to 5."""
    named = rows_of(chart.categories, (), theme)
    columns = chart.series[-_columns(chart, named.left, theme) :]
    count = len(chart.categories)
    height = max(HEAT_ROW_HEIGHT, named.height - 2)
    heads = [_heading(series.name) for series in columns]
    top = LINE * max(map(len, heads)) + 8
    names = ["<br>".join(lines) for lines in named.names]
    return {
        "data": [_cells(chart, columns, theme)],
        "layout": {
            "height": height * count + top + EDGE,
            "margin": {"l": named.left, "r": EDGE, "t": top, "b": EDGE},
            "plot_bgcolor": theme.absent,
            "annotations": _numbers(count, columns, theme),
            "xaxis": place_axis(
                theme,
                showline=False,
                side="top",
                tickvals=list(range(len(columns))),
                ticktext=["<br>".join(lines) for lines in heads],
                range=[-0.5, len(columns) - 0.5],
            ),
            "yaxis": place_axis(
                theme,
                showline=False,
                tickvals=list(range(count)),
                ticklabelstandoff=4,
                ticktext=[
                    f"<b>{name}</b>" if key and key == chart.chosen else name
                    for name, key in zip(names, chart.keys, strict=True)
                ],
                range=[count - 0.5, -0.5],
            ),
        },
    }


def _cells(chart: Chart, columns: Sequence[Series], theme: Theme) -> Figure:
    """The shaded cells, row by row."""
    rows = range(len(chart.categories))
    return {
        "type": "heatmap",
        "x": list(range(len(columns))),
        "y": list(rows),
        "z": [[series.levels[row] or None for series in columns] for row in rows],
        "zmin": 0.5,
        "zmax": 5.5,
        "colorscale": _steps(theme.sequential),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": True,
        "hoverinfo": "text",
        "hovertext": [[series.hover[row] for series in columns] for row in rows],
        "customdata": [[[chart.key_kind, chart.keys[row]] for _ in columns] for row in rows],
    }


def _numbers(count: int, columns: Sequence[Series], theme: Theme) -> list[Figure]:
    """Each cell's number, read on its shade."""
    return [
        {
            "x": column,
            "y": row,
            "text": series.labels[row],
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": theme.small, "color": _ink(series.levels[row], theme)},
        }
        for row in range(count)
        for column, series in enumerate(columns)
    ]


def _heading(name: str) -> list[str]:
    """A column's name on two lines where it is long: 2026年 over 1—10月."""
    for mark in ("年", " "):
        head, separator, tail = name.rpartition(mark) if mark == " " else name.partition(mark)
        if separator and tail:
            return [f"{head}{mark.strip()}", tail]
    return [name]
