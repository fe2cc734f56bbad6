"""Columns: amounts of months or years from zero, and components over the years."""

from __future__ import annotations

from dashboard.charts.model.chart import RESTATED, Chart, Series
from dashboard.charts.plotly.ends import End, end_labels, ends_room
from dashboard.charts.plotly.layout import (
    EDGE,
    Figure,
    Plot,
    customdata,
    legend,
    tick_room,
    time_axis,
    trend_plot,
    value_axis,
)
from dashboard.charts.plotly.marks import event_marks
from dashboard.charts.plotly.scale import value_scale
from dashboard.charts.plotly.text import LINE, text_width
from dashboard.charts.plotly.theme import Theme

GAP = 0.25  # of a category's width, between the columns


def hatched(chart: Chart, colour: str | list[str]) -> Figure:
    """Bars of unfinished years and incomplete totals are hatched, so that they look unfinished.

    Those restated by rule are crossed.
    """
    unfinished = chart.unfinished or (False,) * len(chart.categories)
    partial = chart.partial or (False,) * len(chart.categories)
    restated = {
        place for one in chart.series for place, mark in enumerate(one.statuses) if mark == RESTATED
    }
    shape = [
        "x" if place in restated else "/" if u or p else ""
        for place, (u, p) in enumerate(zip(unfinished, partial, strict=True))
    ]
    marker: Figure = {"color": colour}
    if any(shape):
        marker["pattern"] = {"shape": shape, "fillmode": "overlay", "size": 6, "solidity": 0.25}
    return marker


def _colours(chart: Chart, theme: Theme, stacked: bool) -> list[str]:
    count = len(chart.series)
    colours = [theme.categorical[i % len(theme.categorical)] for i in range(count)]
    if stacked and count > 5:
        colours[-1] = theme.other
    return colours


def _trace(chart: Chart, series: Series, colour: str, theme: Theme, stacked: bool) -> Figure:
    marker = hatched(chart, colour)
    if stacked:
        marker["line"] = {"color": theme.background, "width": 1}
    return {
        "type": "bar",
        "name": series.name,
        "x": list(range(len(chart.categories))),
        "y": [chart.shown(value) for value in series.values],
        "hovertext": list(series.hover),
        "hoverinfo": "text",
        "customdata": customdata(chart),
        "marker": marker,
    }


def _reach(chart: Chart, stacked: bool) -> list[float]:
    """Every height that a column or a stack ends at."""
    shown = [[chart.shown(value) or 0.0 for value in one.values] for one in chart.series]
    if not stacked:
        return [value for values in shown for value in values]
    stacks = list(zip(*shown, strict=True))
    return [
        *(sum(value for value in one if value > 0) for one in stacks),
        *(sum(value for value in one if value < 0) for one in stacks),
    ]


def _ends(chart: Chart, colours: list[str]) -> list[End]:
    """The middle of every piece of the last stack, and its name."""
    last = max(
        (i for one in chart.series for i, value in enumerate(one.values) if value), default=0
    )
    above = below = 0.0
    ends = []
    for series, colour in zip(chart.series, colours, strict=True):
        value = chart.shown(series.values[last]) or 0.0
        start = above if value >= 0 else below
        if value >= 0:
            above += value
        else:
            below += value
        if any(series.values):
            ends.append(End(series.name, "", last + (1 - GAP) / 2, start + value / 2, colour))
    return ends


def _fits(chart: Chart, slots: float, theme: Theme) -> bool:
    """Whether every column can carry its number."""
    widths = [text_width(label, theme.small) for one in chart.series for label in one.labels]
    return len(chart.series) == 1 and max(widths, default=0.0) + 4 <= slots


def _on_columns(chart: Chart, theme: Theme) -> list[Figure]:
    """The numbers on the columns."""
    (series,) = chart.series
    labels = []
    for i, label in enumerate(series.labels):
        value = chart.shown(series.values[i])
        if value is None:
            continue
        labels.append(
            {
                "x": i,
                "y": value,
                "xref": "x",
                "yref": "y",
                "text": label,
                "showarrow": False,
                "borderpad": 0,
                "yanchor": "bottom" if value >= 0 else "top",
                "font": {"size": theme.small, "color": theme.text},
            }
        )
    return labels


def _last(chart: Chart, colour: str) -> list[End]:
    """The last column's number, to stand beside it."""
    (series,) = chart.series
    last = max((i for i, value in enumerate(series.values) if value is not None), default=None)
    if last is None or not series.labels:
        return []
    value = chart.shown(series.values[last]) or 0.0
    return [End("", series.labels[last], last + (1 - GAP) / 2, value, colour)]


def _upright(chart: Chart, theme: Theme, stacked: bool) -> Figure:
    colours = _colours(chart, theme, stacked)
    many, count = len(chart.series) > 1, len(chart.categories)
    scale = value_scale(
        _reach(chart, stacked),
        chart.language,
        zero=True,
        decimals=chart.decimals,
        above=(LINE + 4) / theme.trend,
    )

    def plot_with(right: float) -> Plot:
        return trend_plot(chart, scale, right, (-0.5, count - 0.4), theme)

    plot, ends = plot_with(EDGE + 8), []
    on_each = _fits(chart, plot.width / (plot.last - plot.first), theme)
    if not on_each:
        ends = _ends(chart, colours) if many and stacked else []
        ends = ends if many else _last(chart, colours[0])
    named = None
    if ends:
        beside = plot_with(ends_room(ends, theme))
        named = end_labels(ends, beside, theme)
        plot = beside if named else plot
    labels, leads = named or (_on_columns(chart, theme) if on_each else [], [])
    with_legend = many and named is None
    shapes, marks, room = event_marks(chart, plot, theme)
    placed, high = legend([series.name for series in chart.series], theme)
    placed["y"] = 1.02 + room / theme.trend
    top, bottom = EDGE + room + (high if with_legend else 0), tick_room(chart)
    return {
        "data": [
            _trace(chart, series, colour, theme, stacked)
            for series, colour in zip(chart.series, colours, strict=True)
        ],
        "layout": {
            "height": theme.trend + top + bottom,
            "bargap": GAP,
            "barmode": "relative" if stacked else "group",
            "margin": {"l": plot.left, "r": plot.right, "t": top, "b": bottom},
            "showlegend": with_legend,
            "legend": placed,
            "xaxis": time_axis(chart, plot, theme),
            "yaxis": value_axis(theme, scale),
            "shapes": [*leads, *shapes],
            "annotations": [*labels, *marks],
        },
    }


def columns(chart: Chart, theme: Theme) -> Figure:
    """Amounts of months or years as columns from zero."""
    return _upright(chart, theme, stacked=False)


def stacks(chart: Chart, theme: Theme) -> Figure:
    """Components over the years, named beside the last stack; what is left over is grey."""
    return _upright(chart, theme, stacked=True)
