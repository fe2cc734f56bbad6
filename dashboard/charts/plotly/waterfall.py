"""Renders a horizontal waterfall, whose street names can be read on a phone too."""

from __future__ import annotations

from itertools import pairwise

from dashboard.charts.kinds.waterfall import BASE, DOWN, TOTAL
from dashboard.charts.model.chart import Chart, Series
from dashboard.charts.plotly.layout import Figure, customdata, value_axis
from dashboard.charts.plotly.rows import row_axis, row_values, rows_of
from dashboard.charts.plotly.theme import Theme, waterfall_colours

GAP = 0.32


def _trace(chart: Chart, series: Series, colour: str) -> Figure:
    hidden = series.role == BASE
    return {
        "type": "bar",
        "orientation": "h",
        "name": series.name,
        "x": [chart.shown(value) for value in series.values],
        "y": list(range(len(series.values))),
        "customdata": customdata(chart),
        "marker": {"color": "rgba(0,0,0,0)" if hidden else colour},
        "showlegend": False,
        "hoverinfo": "skip" if hidden else "text",
        "hovertext": list(series.hover),
    }


def _ends(chart: Chart) -> list[float]:
    """Where each step ends: sizes are of what is visible, so their roles say which way."""
    level, ends = 0.0, []
    for place in range(len(chart.categories)):
        pieces = _visible(chart, place)
        if any(role == TOTAL for role, _ in pieces):
            level = 0.0
        level += sum(_signed(role, size) for role, size in pieces)
        ends.append(level)
    return ends


def _visible(chart: Chart, place: int) -> list[tuple[str, float]]:
    """The roles and sizes of the pieces of one column that are seen."""
    pieces = [(series.role, chart.shown(series.values[place])) for series in chart.series]
    return [(role, size) for role, size in pieces if role != BASE and size is not None]


def _signed(role: str, size: float) -> float:
    """A piece's size with the direction of its role; a total's as it is."""
    if role == TOTAL:
        return size
    return -abs(size) if role == DOWN else abs(size)


def _joins(ends: list[float], theme: Theme) -> list[Figure]:
    """Thin lines from where a step ends to where the next begins."""
    half = (1 - GAP) / 2
    return [
        {
            "type": "line",
            "x0": end,
            "x1": end,
            "xref": "x",
            "y0": place + half,
            "y1": place + 1 - half,
            "yref": "y",
            "line": {"color": theme.line, "width": 1},
        }
        for place, (end, _) in enumerate(pairwise(ends))
    ]


def waterfall(chart: Chart, theme: Theme) -> Figure:
    """Changes from where the one before ended, and all of them together, each with its number."""
    colours = waterfall_colours(theme)
    places = range(len(chart.categories))
    whole = [any(role == TOTAL for role, _ in _visible(chart, place)) for place in places]
    rows = rows_of(chart.categories, [_label(chart, place) for place in places], theme)
    return {
        "data": [_trace(chart, series, colours[series.role]) for series in chart.series],
        "layout": {
            "height": rows.height * len(places) + 8,
            "bargap": GAP,
            "barmode": "relative",
            "margin": {"l": rows.left, "r": rows.right, "t": 4, "b": 4},
            "shapes": _joins(_ends(chart), theme),
            "annotations": row_values(rows, theme, whole),
            "xaxis": value_axis(theme, chart.axis, showticklabels=False, showgrid=False),
            "yaxis": row_axis(rows, theme, whole),
        },
    }


def _label(chart: Chart, place: int) -> str:
    """The number of one column, whichever of its pieces has it."""
    return next((series.labels[place] for series in chart.series if series.labels[place]), "")
