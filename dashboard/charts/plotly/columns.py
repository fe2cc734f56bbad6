"""Renders columns: amounts of months or years, and components over the years."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.catalogue.figure_marks import FigureMark
from dashboard.charts.model.chart import Chart, Series
from dashboard.charts.model.signs import hatching_of, marks_at
from dashboard.charts.plotly.ends import End, end_labels, ends_room
from dashboard.charts.plotly.layout import (
    EDGE,
    LEGEND_FLOOR,
    Figure,
    Plot,
    customdata,
    legend,
    tick_room,
    time_axis,
    trend_plot,
    value_axis,
)
from dashboard.charts.plotly.marks import event_marks, hidden_signs
from dashboard.charts.plotly.text import text_width
from dashboard.charts.plotly.theme import Theme

GAP = 0.25  # of a category's width, between the columns


def hatched(chart: Chart, colour: str | list[str]) -> Figure:
    """Bars of unfinished years and of marked values are hatched; restated ones are crossed."""
    shape = [_pattern(chart, place) for place in range(len(chart.categories))]
    marker: Figure = {"color": colour}
    if any(shape):
        marker["pattern"] = {"shape": shape, "fillmode": "overlay", "size": 6, "solidity": 0.25}
    return marker


def _pattern(chart: Chart, place: int) -> str:
    marks = {mark for series in chart.series for mark in marks_at(chart, series, place)}
    if chart.partial and chart.partial[place]:
        marks.add(FigureMark.PARTIAL)
    return {"crossed": "x", "hatched": "/"}.get(hatching_of(marks), "")


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


def _ends(chart: Chart, colours: list[str]) -> list[End]:
    """The middle of every piece of the last stack, and its name."""
    last = max(
        (i for row in chart.series for i, value in enumerate(row.values) if value), default=0
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
    widths = [text_width(label, theme.small) for series in chart.series for label in series.labels]
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


class _Labels(NamedTuple):
    """The plot, the labels in it with the lines that lead to them, and whether series are named."""

    plot: Plot
    texts: list[Figure]
    leads: list[Figure]
    named: bool


def _labelled(chart: Chart, colours: list[str], theme: Theme, stacked: bool) -> _Labels:
    """Numbers on the columns where they fit, else names or the last number beside the last one."""
    many, count = len(chart.series) > 1, len(chart.categories)
    scale = chart.axis

    def plot_with(right: float) -> Plot:
        return trend_plot(chart, scale, right, (-0.5, count - 0.4), theme)

    plot = plot_with(EDGE + 8)
    if _fits(chart, plot.width / (plot.last - plot.first), theme):
        return _Labels(plot, _on_columns(chart, theme), [], False)
    ends = _end_labels(chart, colours, stacked)
    narrower = plot_with(ends_room(ends, theme)) if ends else plot
    placed = end_labels(ends, narrower, theme) if ends else None
    if placed is None:
        return _Labels(plot, [], [], False)
    return _Labels(narrower, *placed, many)


def _end_labels(chart: Chart, colours: list[str], stacked: bool) -> list[End]:
    """What stands beside the last column: the names of a stack, or a single series' number."""
    if len(chart.series) == 1:
        return _last(chart, colours[0])
    return _ends(chart, colours) if stacked else []


def _upright(chart: Chart, theme: Theme, stacked: bool) -> Figure:
    colours = _colours(chart, theme, stacked)
    labels = _labelled(chart, colours, theme, stacked)
    plot, with_legend = labels.plot, len(chart.series) > 1 and not labels.named
    shapes, marks, room = event_marks(chart, plot, theme)
    placed, high = legend([series.name for series in chart.series], theme)
    placed["y"] = LEGEND_FLOOR + room / theme.trend
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
            "yaxis": value_axis(theme, plot.scale),
            "shapes": [*labels.leads, *shapes],
            "annotations": [*labels.texts, *marks, *hidden_signs(chart, theme)],
        },
    }


def columns(chart: Chart, theme: Theme) -> Figure:
    """Amounts of months or years as columns from zero."""
    return _upright(chart, theme, stacked=False)


def stacks(chart: Chart, theme: Theme) -> Figure:
    """Components over the years, named beside the last stack; what is left over is grey."""
    return _upright(chart, theme, stacked=True)
