"""Trends as lines: interrupted at breaks and gaps, dashed and open where a year is unfinished.

Restated figures are open squares.
"""

from __future__ import annotations

from itertools import pairwise

from dashboard.charts.chart import COMPARISON, RESTATED, Chart, Series
from dashboard.charts.figure_layout import (
    TREND_HEIGHT,
    Figure,
    customdata,
    event_lines,
    event_room,
    legend,
    time_axis,
    value_axis,
)
from dashboard.charts.theme import Theme

DIRECT_LABELS = 3  # more series than this get a legend
LABEL_SPACE = 0.12  # of the height of the plot: what a label needs beside its line
OFF_LINE = 0.025
Curve = list[float | None]
PROVISIONAL, DISPUTED = "P", "D"


def _colours(chart: Chart, theme: Theme) -> list[str]:
    """One colour a series; the earlier years of a cumulative chart step back."""
    if any(series.role == COMPARISON for series in chart.series):
        quiet = iter((theme.lower, theme.other, theme.line))
        return [
            theme.primary if series.role != COMPARISON else next(quiet, theme.line)
            for series in chart.series
        ]
    return [theme.categorical[i % len(theme.categorical)] for i in range(len(chart.series))]


def _joined(chart: Chart, values: list[float | None]) -> list[tuple[int, int, bool]]:
    """Pairs of categories that are joined by a line, and whether by a dashed one.

    Running totals are joined over months without a figure; nothing is joined over a break.
    """
    present = [i for i, value in enumerate(values) if value is not None]
    broken = {mark.category for mark in chart.breaks if mark.is_break}
    unfinished = chart.unfinished or (False,) * len(values)
    pairs = []
    for left, right in pairwise(present):
        if chart.step not in ("cumulative", "path") and right - left > 1:
            continue
        if any(left < category <= right for category in broken if category is not None):
            continue
        pairs.append((left, right, unfinished[left] or unfinished[right]))
    return pairs


def _traces(chart: Chart, series: Series, colour: str, named: bool) -> list[Figure]:
    """The line with its markers; None between points that are not joined; then the dashed parts."""
    values = [chart.shown(value) for value in series.values]
    pairs = _joined(chart, values)
    solid = {(left, right) for left, right, dashed in pairs if not dashed}
    data = customdata(chart)
    xs: list[float | None] = []
    ys: list[float | None] = []
    hover: list[str] = []
    custom: list[list[str]] = []
    symbols: list[str] = []
    before: int | None = None
    for i, value in enumerate(values):
        if value is None:
            continue
        if before is not None and (before, i) not in solid:
            xs.append(i - 0.5)
            ys.append(None)
            hover.append("")
            custom.append(["", ""])
            symbols.append("circle")
        open_mark = (chart.unfinished[i] if chart.unfinished else False) or (
            series.statuses[i] == PROVISIONAL
        )
        xs.append(i)
        ys.append(value)
        hover.append(series.hover[i])
        custom.append(data[i])
        symbols.append(
            "diamond-open"
            if series.statuses[i] == DISPUTED
            else "square-open"
            if series.statuses[i] == RESTATED
            else "circle-open"
            if open_mark
            else "circle"
        )
        before = i
    quiet = series.role == COMPARISON
    line = {"color": colour, "width": 1.8 if quiet else 2.5}
    traces: list[Figure] = [
        {
            "type": "scatter", "mode": "lines+markers", "name": series.name, "x": xs, "y": ys,
            "hovertext": hover, "hoverinfo": "text", "customdata": custom, "line": line,
            "marker": {"color": colour, "size": 5 if quiet or len(values) > 24 else 7,
                       "symbol": symbols, "line": {"color": colour, "width": 1.5}},
            "showlegend": named, "cliponaxis": False,
        }
    ]  # fmt: skip
    dashed = [(left, right) for left, right, is_dashed in pairs if is_dashed]
    if dashed:
        traces.append(
            {
                "type": "scatter", "mode": "lines", "name": series.name, "showlegend": False,
                "x": [x for left, right in dashed for x in (left, right, None)],
                "y": [y for left, right in dashed for y in (values[left], values[right], None)],
                "line": {**line, "dash": "dot"}, "hoverinfo": "skip",
            }
        )  # fmt: skip
    return traces


def _side(place: int, ends: list[tuple[float, int]], curves: list[Curve], height: float) -> str:
    """top or bottom: the side of a line's end where no line runs near its label; "" for neither."""
    value, last = ends[place]
    reach = max(1, len(curves[place]) // 3)  # how far a label reaches back along the line
    near = [
        ((other - value) / height, i == place)
        for i, curve in enumerate(curves)
        for j, other in enumerate(curve)
        if other is not None and last - reach <= j <= last and (i, j) != (place, last)
    ]
    # its own line may run just beside the point: the label stands a little off it
    above = any((OFF_LINE if own else 0) <= gap < LABEL_SPACE for gap, own in near)
    below = any((OFF_LINE if own else 0) <= -gap < LABEL_SPACE for gap, own in near)
    if not above:
        return "bottom"  # the label's bottom stands on the point
    return "top" if not below and value / height > LABEL_SPACE else ""


def _end_labels(chart: Chart, colours: list[str], theme: Theme) -> list[Figure] | None:
    """The series' names at the ends of their lines; None where they would cover a line."""
    if len(chart.series) < 2:
        return []
    if len(chart.series) > DIRECT_LABELS:
        return None
    curves: list[Curve] = [[chart.shown(v) for v in series.values] for series in chart.series]
    every = [value for curve in curves for value in curve if value is not None]
    height = max([*every, 0.0]) - min([*every, 0.0]) or 1.0
    ends = []
    for curve in curves:
        last = max((i for i, value in enumerate(curve) if value is not None), default=0)
        ends.append((curve[last] or 0.0, last))
    labels = []
    for place, (series, colour) in enumerate(zip(chart.series, colours, strict=True)):
        value, last = ends[place]
        side = _side(place, ends, curves, height)
        if not side:
            return None
        right = last > len(chart.categories) * 0.4
        labels.append(
            {
                "x": last, "y": value, "xref": "x", "yref": "y", "text": series.name,
                "showarrow": False, "xanchor": "right" if right else "left", "yanchor": side,
                "yshift": 6 if side == "bottom" else -6,
                "font": {"color": colour, "size": theme.small},
            }
        )  # fmt: skip
    return labels


def lines(chart: Chart, theme: Theme) -> Figure:
    """A trend: up to three series labelled at their ends, more with a legend on top."""
    colours = _colours(chart, theme)
    labels = _end_labels(chart, colours, theme)
    with_legend = labels is None
    shapes, marks = event_lines(chart, theme)
    traces = [
        trace
        for series, colour in zip(chart.series, colours, strict=True)
        for trace in _traces(chart, series, colour, with_legend)
    ]
    amounts = [value for series in chart.series for value in series.values if value is not None]
    from_zero = not amounts or (min(amounts) >= 0 and max(amounts) > 0)
    # A target's way may be short beside its level: from zero it would be a flat line.
    from_zero = from_zero and not (chart.step == "path" and 2 * min(amounts) > max(amounts))
    axis = value_axis(theme, rangemode="tozero" if from_zero else "normal")
    if all(value == 0 for value in amounts):
        axis["range"] = [0, 1]
    top = 24 + event_room(chart) + (24 if with_legend else 0)
    placed = legend(theme)
    if with_legend and chart.breaks:
        placed["y"] = 1.02 + event_room(chart) / TREND_HEIGHT
    return {
        "data": traces,
        "layout": {
            "height": TREND_HEIGHT + top - 24,
            "margin": {"l": 8, "r": 20, "t": top, "b": 8},
            "xaxis": time_axis(chart, theme), "yaxis": axis, "shapes": shapes,
            "annotations": [*(labels or []), *marks], "showlegend": with_legend,
            "legend": placed,
        },
    }  # fmt: skip
