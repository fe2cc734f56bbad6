"""Bars: months as columns, ranked streets, components over years and in one period."""

from __future__ import annotations

from dashboard.charts.chart import RESTATED, Chart, Mark
from dashboard.charts.figure_layout import (
    ROW_HEIGHT,
    TREND_HEIGHT,
    Figure,
    customdata,
    event_lines,
    event_room,
    legend,
    place_axis,
    time_axis,
    value_axis,
)
from dashboard.charts.theme import Theme

NARROW_PLOT = 230  # pixels of a plot on a phone, beside the names of streets


def _hatch(chart: Chart, colour: str) -> Figure:
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


def _upright(chart: Chart, theme: Theme, stacked: bool) -> Figure:
    many = len(chart.series) > 1
    colours = [theme.categorical[i % len(theme.categorical)] for i in range(len(chart.series))]
    if stacked and len(chart.series) > 5:
        colours[-1] = theme.other
    traces = [
        {
            "type": "bar", "name": series.name, "x": list(range(len(chart.categories))),
            "y": [chart.shown(value) for value in series.values],
            "hovertext": list(series.hover), "hoverinfo": "text",
            "customdata": customdata(chart), "marker": _hatch(chart, colour),
        }
        for series, colour in zip(chart.series, colours, strict=True)
    ]  # fmt: skip
    shapes, marks = event_lines(chart, theme)
    rows = -(-sum(len(series.name) + 3 for series in chart.series) // 30) if many else 0
    top = 24 + event_room(chart) + 22 * rows
    placed = legend(theme)
    placed["y"] = 1.02 + event_room(chart) / TREND_HEIGHT
    return {
        "data": traces,
        "layout": {
            "height": TREND_HEIGHT + top - 24, "bargap": 0.25,
            "barmode": "relative" if stacked else "group",
            "margin": {"l": 8, "r": 16, "t": top, "b": 8}, "showlegend": many, "legend": placed,
            "xaxis": time_axis(chart, theme), "yaxis": value_axis(theme, rangemode="tozero"),
            "shapes": shapes, "annotations": marks,
        },
    }  # fmt: skip


def columns(chart: Chart, theme: Theme) -> Figure:
    """Amounts of months or years as columns from zero."""
    return _upright(chart, theme, stacked=False)


def stacks(chart: Chart, theme: Theme) -> Figure:
    """Components over the years; what is left over is grey."""
    return _upright(chart, theme, stacked=True)


def label_width(text: str) -> float:
    """Roughly how many pixels a label takes, with the space beside it; at most half a plot."""
    signs = sum(13 if ord(sign) > 0x2E80 else 7.5 for sign in text)
    return min(signs + 10, NARROW_PLOT / 2)


def _lying(chart: Chart, theme: Theme, colours: list[str]) -> Figure:
    series = chart.series[0]
    values = [chart.shown(value) for value in series.values]
    marker = _hatch(chart, theme.primary)
    marker["color"] = colours
    marks = [chart.shown(mark.value) or 0.0 for mark in chart.targets]
    reach = [value or 0.0 for value in values] + marks
    low, high = min([*reach, 0.0]), max([*reach, 0.0])
    span = (high - low) or 1.0
    share = max((label_width(label) for label in series.labels), default=0) / NARROW_PLOT
    room = span * share / (1 - share)  # so that labels fit into the narrowest plot
    bottom = 28 if len(chart.targets) > 1 else 8  # a second line is labelled below the plot
    trace = {
        "type": "bar", "orientation": "h", "name": series.name, "x": values,
        "y": list(range(len(values))), "text": list(series.labels), "textposition": "outside",
        "textangle": 0, "cliponaxis": False, "hovertext": list(series.hover),
        "hoverinfo": "text", "customdata": customdata(chart), "marker": marker,
        "textfont": {"size": theme.small, "color": theme.text},
    }  # fmt: skip
    return {
        "data": [trace],
        "layout": {
            "height": ROW_HEIGHT * len(values) + 28 + bottom, "bargap": 0.3,
            "margin": {"l": 8, "r": 16, "t": 28, "b": bottom},
            "xaxis": value_axis(
                theme, showticklabels=False, showgrid=False,
                range=[low - (room if low < 0 else 0), high + room],
            ),
            "yaxis": place_axis(
                theme, showline=False, type="linear", tickmode="array",
                tickvals=list(range(len(values))),
                ticktext=[f"{name} " for name in chart.categories],
                range=[len(values) - 0.5, -0.5],
            ),
        },
    }  # fmt: skip


def _across(chart: Chart, mark: Mark, place: int, theme: Theme) -> tuple[Figure, Figure]:
    """A line across the bars with its label above the plot, the second one's below it."""
    value = chart.shown(mark.value)
    colour = theme.muted if place == 0 else theme.warning
    line = {
        "type": "line", "x0": value, "x1": value, "xref": "x", "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": colour, "width": 1.5, "dash": "dot" if place == 0 else "solid"},
    }  # fmt: skip
    label = {
        "x": value, "xref": "x", "y": 1 if place == 0 else 0, "yref": "paper",
        "yanchor": "bottom" if place == 0 else "top", "showarrow": False, "text": mark.label,
        "xanchor": "center", "font": {"size": theme.small, "color": colour},
    }  # fmt: skip
    return line, label


def bars(chart: Chart, theme: Theme) -> Figure:
    """Ranked streets: full names, values at the ends, the chosen one in its own colour."""
    with_choice = chart.chosen in chart.keys
    colours = [
        theme.accent
        if key == chart.chosen
        else theme.primary_soft
        if with_choice
        else theme.primary
        for key in chart.keys
    ]
    drawn = _lying(chart, theme, colours)
    across = [_across(chart, mark, place, theme) for place, mark in enumerate(chart.targets)]
    drawn["layout"]["shapes"] = [line for line, _ in across]
    drawn["layout"]["annotations"] = [label for _, label in across]
    return drawn


def share_bars(chart: Chart, theme: Theme) -> Figure:
    """Components of one period as a list of bars with share and amount."""
    return _lying(chart, theme, [theme.primary] * len(chart.keys))
