"""Renders trends as lines, interrupted at breaks and gaps, dashed in an unfinished year.

Restated figures are open squares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.catalogue.topics import Step
from dashboard.charts.model.chart import COMPARISON, Chart, Series
from dashboard.charts.model.course import Join, in_both_years, joined
from dashboard.charts.model.signs import marks_at, sign_of
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
from dashboard.charts.plotly.theme import Theme

MOST_NAMED = 6  # more lines than this get a legend


def _colours(chart: Chart, theme: Theme) -> list[str]:
    """One colour a series; the earlier years of a cumulative chart step back."""
    if any(series.role == COMPARISON for series in chart.series):
        quiet = iter((theme.last_year, theme.line))
        return [
            theme.primary if series.role != COMPARISON else next(quiet, theme.line)
            for series in chart.series
        ]
    return [theme.categorical[i % len(theme.categorical)] for i in range(len(chart.series))]


def _symbol(chart: Chart, series: Series, place: int) -> str:
    sign = sign_of(marks_at(chart, series, place))
    return f"{sign}-open" if sign else "circle"


class _Vertex(NamedTuple):
    """One vertex of a line: a point, or the gap before one that is not joined to the last."""

    x: float
    y: float | None = None
    hover: str = ""
    custom: tuple[str, str] = ("", "")
    symbol: str = "circle"


def _vertices(chart: Chart, series: Series, joins: Sequence[Join]) -> Iterator[_Vertex]:
    """The points with a value, and gaps between those that no solid line joins."""
    solid = {(join.left, join.right) for join in joins if not join.dashed}
    data, before = customdata(chart), None
    for place, value in enumerate(series.values):
        if value is None:
            continue
        if before is not None and (before, place) not in solid:
            yield _Vertex(place - 0.5)
        kind, key = data[place]
        symbol = _symbol(chart, series, place)
        yield _Vertex(place, chart.shown(value), series.hover[place], (kind, key), symbol)
        before = place


def _marker_size(series: Series) -> int:
    """Pixels of a marker: small on a quiet line and on one of many values."""
    return 5 if series.role == COMPARISON or len(series.values) > 24 else 7


def _traces(chart: Chart, series: Series, colour: str, named: bool) -> list[Figure]:
    """The line with its markers, interrupted where it is not joined; then the dashed parts."""
    joins = joined(chart, series.values)
    quiet = series.role == COMPARISON
    rule = quiet and chart.step == "path"  # what is expected is a line to hold against, no count
    line: Figure = {"color": colour, "width": 1.8 if quiet else 2.5}
    line |= {"dash": "dash"} if rule else {}
    trace: Figure = {
        "type": "scatter",
        "mode": "lines" if rule else "lines+markers",
        "name": series.name,
        **_course(list(_vertices(chart, series, joins))),
        "hoverinfo": "text",
        "line": line,
        "showlegend": named,
        "cliponaxis": False,
    }
    trace["marker"] |= {
        "color": colour,
        "size": _marker_size(series),
        "line": {"color": colour, "width": 1.5},
    }
    dashed = [join for join in joins if join.dashed]
    return [trace, _dashed(chart, series, dashed, line)] if dashed else [trace]


def _gap(chart: Chart, theme: Theme) -> list[Figure]:
    """The area between this year's running total and last year's, up to this year's last month."""
    shared = in_both_years(chart)
    if not shared:
        return []
    there, back = shared, shared[::-1]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [place for place, _, _ in there] + [place for place, _, _ in back],
            "y": [value for _, value, _ in there] + [value for _, _, value in back],
            "fill": "toself",
            "fillcolor": theme.gap_fill,
            "line": {"width": 0},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]


_UPPER_LEFT = {"xshift": -4, "yshift": 6, "xanchor": "right", "yanchor": "bottom"}
_LOWER_RIGHT = {"xshift": 4, "yshift": -6, "xanchor": "left", "yanchor": "top"}


def _gap_label(chart: Chart, ends: Sequence[End], theme: Theme) -> list[Figure]:
    """The amount of the area between both years, on the other side than this year's own name."""
    shared = in_both_years(chart) if chart.gap else []
    if not shared:
        return []
    place = shared[-1][0]
    below = bool(ends) and ends[0].side == "above"
    values = [chart.shown(series.values[place]) for series in chart.series]
    known = [value for value in values if value is not None]  # no line runs through the label
    return [
        {
            "x": place,
            "y": min(known) if below else max(known),
            **(_LOWER_RIGHT if below else _UPPER_LEFT),
            "showarrow": False,
            "borderpad": 0,
            "text": f"<b>{chart.gap}</b>",
            "font": {"size": theme.small, "color": theme.text},
        }
    ]


def _course(vertices: Sequence[_Vertex]) -> Figure:
    """The vertices as plotly takes them."""
    return {
        "x": [vertex.x for vertex in vertices],
        "y": [vertex.y for vertex in vertices],
        "hovertext": [vertex.hover for vertex in vertices],
        "customdata": [list(vertex.custom) for vertex in vertices],
        "marker": {"symbol": [vertex.symbol for vertex in vertices]},
    }


def _dashed(chart: Chart, series: Series, joins: Sequence[Join], line: Figure) -> Figure:
    """The parts of a line that lead to or from an unfinished year."""
    ends = [(join.left, join.right) for join in joins]
    values = [chart.shown(value) for value in series.values]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": series.name,
        "showlegend": False,
        "x": [x for left, right in ends for x in (left, right, None)],
        "y": [y for left, right in ends for y in (values[left], values[right], None)],
        "line": {**line, "dash": "dot"},
        "hoverinfo": "skip",
    }


def _ends(chart: Chart, colours: list[str]) -> list[End]:
    """Where every line ends, with its name where there are several, and its last value."""
    several = len(chart.series) > 1
    ends = []
    for series, colour in zip(chart.series, colours, strict=True):
        last = max((i for i, value in enumerate(series.values) if value is not None), default=None)
        if last is None:
            continue
        value = chart.shown(series.values[last]) or 0.0
        text = series.labels[last] if series.labels else ""
        own = _side(chart, series, last) if chart.step == Step.CUMULATIVE else ""
        name = (series.end_name or series.name) if several else ""
        ends.append(End(name, text, last, value, colour, own))
    return ends


def _side(chart: Chart, series: Series, last: int) -> str:
    """On which side of its own end a running total is named: away from the other years' lines."""
    if last == len(chart.categories) - 1:
        return ""
    value = series.values[last] or 0.0
    others = [one.values[last] for one in chart.series if one is not series]
    known = [other for other in others if other is not None]
    return "above" if all(value >= other for other in known) else "below"


def lines(chart: Chart, theme: Theme) -> Figure:
    """A trend: every line with its name and last value at its end; very many with a legend."""
    colours, scale = _colours(chart, theme), chart.axis
    ends = _ends(chart, colours)
    count = len(chart.categories)
    pad = max(0.3, 0.03 * count)

    def plot_with(right: float) -> Plot:
        return trend_plot(chart, scale, right, (-pad, count - 1 + pad), theme)

    plot = plot_with(ends_room(ends, theme))
    named = end_labels(ends, plot, theme) if len(ends) <= MOST_NAMED else None
    placed, above = legend([series.name for series in chart.series], theme)
    if named is not None:
        above = 0
    else:
        plot = plot_with(EDGE + 10)
    labels, leads = named or ([], [])
    shapes, marks, room = event_marks(chart, plot, theme)
    placed["y"] = LEGEND_FLOOR + room / theme.trend
    traces = [
        trace
        for series, colour in zip(chart.series, colours, strict=True)
        for trace in _traces(chart, series, colour, named is None)
    ]
    top, bottom = EDGE + room + above, tick_room(chart)
    return {
        "data": [*_gap(chart, theme), *traces],
        "layout": {
            "height": theme.trend + top + bottom,
            "margin": {"l": plot.left, "r": plot.right, "t": top, "b": bottom},
            "xaxis": time_axis(chart, plot, theme),
            "yaxis": value_axis(theme, scale),
            "shapes": [*leads, *shapes],
            "annotations": [
                *labels,
                *_gap_label(chart, ends, theme),
                *marks,
                *hidden_signs(chart, theme),
            ],
            "showlegend": named is None,
            "legend": placed,
        },
    }
