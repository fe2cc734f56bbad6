"""Renders horizontal bars: ranked streets, and the components of one period."""

from __future__ import annotations

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.axis import ValueScale
from dashboard.charts.model.chart import Chart, Mark
from dashboard.charts.plotly.columns import hatched
from dashboard.charts.plotly.layout import EDGE, Figure, customdata, value_axis
from dashboard.charts.plotly.places import NARROW
from dashboard.charts.plotly.rows import Rows, row_axis, row_values, rows_of
from dashboard.charts.plotly.text import LINE, folded, widest
from dashboard.charts.plotly.theme import Theme

GAP = 0.32


def _lines_across(
    chart: Chart, rows: Rows, scale: ValueScale, theme: Theme
) -> tuple[list[Figure], list[Figure], list[int]]:
    """Lines across the bars, their labels, and the pixels these take above and below the plot.

    The first one's label stands above the plot, the next one's below it.
    """
    shapes, labels, room = [], [], [0, 0]
    for place, mark in enumerate(chart.targets):
        value = chart.shown(mark.value) or 0.0
        colour = theme.muted if place == 0 else theme.warning
        below = place % 2
        shapes.append(
            {
                "type": "line",
                "x0": value,
                "x1": value,
                "xref": "x",
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": colour, "width": 1.5, "dash": "dot" if place == 0 else "solid"},
            }
        )
        lines, anchor = _label_lines(
            mark, (value - scale.low) / (scale.high - scale.low), rows, theme
        )
        labels.append(
            {
                "x": value,
                "xref": "x",
                "y": 1 - below,
                "yref": "paper",
                "showarrow": False,
                "yanchor": "top" if below else "bottom",
                "xanchor": anchor,
                "borderpad": 0,
                "align": anchor,
                "text": "<br>".join(lines),
                "yshift": -2 if below else 2,
                "font": {"size": theme.small, "color": colour},
            }
        )
        room[below] = max(room[below], LINE * len(lines) + 4)
    return shapes, labels, room


def _label_lines(mark: Mark, share: float, rows: Rows, theme: Theme) -> tuple[list[str], str]:
    """A line's label folded, and which of its sides stands on the line, in the narrowest figure."""
    at = rows.left + share * (NARROW - rows.left - rows.right)
    either = min(at, NARROW - at)
    lines = [mark.label]
    if widest(lines, theme.small) / 2 + 2 <= either:
        return lines, "center"
    anchor, room = ("right", at) if at > NARROW / 2 else ("left", NARROW - at)
    return folded(mark.label, room - EDGE, theme.small, 3), anchor


def _lying(chart: Chart, theme: Theme, colours: list[str], bold: list[bool]) -> Figure:
    series = chart.series[0]
    values = [chart.shown(value) for value in series.values]
    rows = rows_of(chart.categories, series.labels, theme)
    scale = chart.axis
    shapes, labels, (above, below) = _lines_across(chart, rows, scale, theme)
    top, bottom = max(above, 4), max(below, 4)
    trace = {
        "type": "bar",
        "orientation": "h",
        "name": series.name,
        "x": values,
        "y": list(range(len(values))),
        "hovertext": list(series.hover),
        "hoverinfo": "text",
        "customdata": customdata(chart),
        "marker": hatched(chart, colours),
    }
    return {
        "data": [trace],
        "layout": {
            "height": rows.height * rows.count + top + bottom,
            "bargap": GAP,
            "margin": {"l": rows.left, "r": rows.right, "t": top, "b": bottom},
            "xaxis": value_axis(theme, scale, showticklabels=False, showgrid=False),
            "yaxis": row_axis(rows, theme, bold),
            "shapes": shapes,
            "annotations": [*row_values(rows, theme, bold), *labels],
        },
    }


def bar_colours(chart: Chart, theme: Theme) -> list[str]:
    """The colour of every bar: the worse side of a line and the chosen one stand out.

    Parts of a whole are no ranking: all in one colour.
    """
    if chart.kind is Kind.COMPOSITION:
        return [theme.primary] * len(chart.keys)
    worse = chart.worse or (False,) * len(chart.keys)
    mine = {chart.chosen: theme.primary} if chart.chosen else {}
    return [
        theme.categorical[1] if is_worse else mine.get(key, theme.quiet_bar)
        for key, is_worse in zip(chart.keys, worse, strict=True)
    ]


def bars(chart: Chart, theme: Theme) -> Figure:
    """Ranked streets with their full names and numbers; mine and the worse side of a line bold."""
    worse = chart.worse or (False,) * len(chart.keys)
    bold = [
        is_worse or (bool(key) and key == chart.chosen)
        for key, is_worse in zip(chart.keys, worse, strict=True)
    ]
    return _lying(chart, theme, bar_colours(chart, theme), bold)


def share_bars(chart: Chart, theme: Theme) -> Figure:
    """Components of one period as a list of bars with share or amount."""
    count = len(chart.keys)
    return _lying(chart, theme, bar_colours(chart, theme), [False] * count)
