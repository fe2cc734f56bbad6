"""A waterfall lying down, so that the names of streets can be read on a phone too."""

from __future__ import annotations

from itertools import pairwise

from dashboard.charts.kinds.waterfall import BASE, DOWN, TOTAL
from dashboard.charts.model.chart import Chart, Series
from dashboard.charts.plotly.layout import Figure, customdata, value_axis
from dashboard.charts.plotly.rows import row_axis, row_values, rows_of
from dashboard.charts.plotly.scale import value_scale
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
        pieces = [(one.role, chart.shown(one.values[place])) for one in chart.series]
        seen = [(role, size) for role, size in pieces if role != BASE and size is not None]
        if any(role == TOTAL for role, _ in seen):
            level = sum(size for _, size in seen)
        else:
            level += sum(-abs(size) if role == DOWN else abs(size) for role, size in seen)
        ends.append(level)
    return ends


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
    sides = list(
        zip(
            *([chart.shown(v) or 0.0 for v in series.values] for series in chart.series),
            strict=True,
        )
    )
    reach = [sum(v for v in column if v > 0) for column in sides]
    reach += [sum(v for v in column if v < 0) for column in sides]
    scale = value_scale(reach, chart.language, zero=True, decimals=1, above=0.02)
    count = len(chart.categories)
    texts = [
        next((one.labels[place] for one in chart.series if one.labels[place]), "")
        for place in range(count)
    ]
    whole = [
        any(one.role == TOTAL and one.values[place] is not None for one in chart.series)
        for place in range(count)
    ]
    rows = rows_of(chart.categories, texts, theme)
    return {
        "data": [_trace(chart, series, colours[series.role]) for series in chart.series],
        "layout": {
            "height": rows.height * count + 8,
            "bargap": GAP,
            "barmode": "relative",
            "margin": {"l": rows.left, "r": rows.right, "t": 4, "b": 4},
            "shapes": _joins(_ends(chart), theme),
            "annotations": row_values(rows, theme, whole),
            "xaxis": value_axis(theme, scale, showticklabels=False, showgrid=False),
            "yaxis": row_axis(rows, theme, whole),
        },
    }
