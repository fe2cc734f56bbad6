"""A waterfall lying down, so that the names of streets can be read on a phone too."""

from __future__ import annotations

from dashboard.charts.chart import Chart, Series
from dashboard.charts.figure_bars import NARROW_PLOT, label_width
from dashboard.charts.figure_layout import (
    ROW_HEIGHT,
    Figure,
    customdata,
    legend,
    place_axis,
    value_axis,
)
from dashboard.charts.theme import Theme, waterfall_colours
from dashboard.charts.waterfall import BASE


def _trace(chart: Chart, series: Series, colour: str, theme: Theme, shown: bool) -> Figure:
    hidden = series.role == BASE
    trace = {
        "type": "bar", "orientation": "h", "name": series.name,
        "x": [chart.shown(value) for value in series.values],
        "y": list(range(len(series.values))), "customdata": customdata(chart),
        "marker": {"color": "rgba(0,0,0,0)" if hidden else colour},
        "showlegend": shown and not hidden,
        "hoverinfo": "skip" if hidden else "text", "hovertext": list(series.hover),
    }  # fmt: skip
    return trace


def _labels(chart: Chart, theme: Theme, gap: float) -> list[Figure]:
    """Each step's label right of where its column ends."""
    labels = []
    for place in range(len(chart.categories)):
        pieces = [(s.role, chart.shown(s.values[place]) or 0.0) for s in chart.series]
        base = sum(size for role, size in pieces if role == BASE)
        right = sum(size for _, size in pieces if size > 0) or base  # of what is visible
        text = next((s.labels[place] for s in chart.series if s.labels[place]), "")
        labels.append(
            {
                "x": right + gap, "y": place, "xref": "x", "yref": "y", "text": text,
                "showarrow": False, "xanchor": "left", "yanchor": "middle",
                "font": {"size": theme.small, "color": theme.text},
            }
        )  # fmt: skip
    return labels


def waterfall(chart: Chart, theme: Theme) -> Figure:
    """Totals from zero, changes from where the one before ended."""
    colours, named = waterfall_colours(theme), set()
    traces = []
    for series in chart.series:
        used = series.role not in named and any(v is not None for v in series.values)
        named |= {series.role} if used else set()
        traces.append(_trace(chart, series, colours[series.role], theme, used))
    sides = list(
        zip(
            *([chart.shown(v) or 0.0 for v in series.values] for series in chart.series),
            strict=True,
        )
    )
    high = max(max(0.0, sum(v for v in column if v > 0)) for column in sides)
    low = min(min(0.0, sum(v for v in column if v < 0)) for column in sides)
    share = max(label_width(label) for series in chart.series for label in series.labels)
    share = min(share / NARROW_PLOT, 0.5)
    room = (high - low or 1.0) * share / (1 - share)
    count = len(chart.categories)
    placed = legend(theme)
    placed["y"] = 1.0
    return {
        "data": traces,
        "layout": {
            "height": ROW_HEIGHT * count + 44, "bargap": 0.3, "barmode": "relative",
            "margin": {"l": 8, "r": 16, "t": 36, "b": 8}, "showlegend": True, "legend": placed,
            "annotations": _labels(chart, theme, (high - low) * 0.008),
            "xaxis": value_axis(
                theme, showticklabels=False, showgrid=False, range=[low, high + room]
            ),
            "yaxis": place_axis(
                theme, showline=False, type="linear", tickmode="array",
                tickvals=list(range(count)), ticktext=[f"{name} " for name in chart.categories],
                range=[count - 0.5, -0.5],
            ),
        },
    }  # fmt: skip
