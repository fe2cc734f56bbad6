"""Lays out what all figures share: axes, fonts, margins, the demo mark."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

from dashboard.charts.model.axis import ValueScale
from dashboard.charts.model.chart import Chart
from dashboard.charts.plotly.places import NARROW
from dashboard.charts.plotly.text import LINE, text_width, widest
from dashboard.charts.plotly.theme import Theme

Figure = dict[str, Any]  # plotly's own JSON: data, layout
DEMO_MARK = "demo"  # the name of the annotation that marks fictional figures
HEAT_ROW_HEIGHT = 26
LEGEND_FLOOR = 1.02  # of a legend, as a share of the drawing's height: just above its top edge
EDGE = 10  # pixels that stay free at the sides of a figure
TICK_GAP = 5  # pixels between the names of two categories
TICK_DOWN = 4  # pixels that they stand lower, off the number at the corner


@dataclass(frozen=True, slots=True)
class Plot:
    """Where the plot lies: its margins and height in pixels, what its axes reach over.

    The margins are fixed, so that a place in the plot is a known number of pixels from its edges.
    """

    left: float
    right: float
    height: float
    first: float
    last: float
    scale: ValueScale

    @property
    def width(self) -> float:
        """Pixels of the plot in the narrowest figure."""
        return NARROW - self.left - self.right

    def share(self, x: float) -> float:
        """How far along the plot a place lies, 0 to 1."""
        return (x - self.first) / (self.last - self.first)

    def down(self, value: float) -> float:
        """Pixels from the top of the plot to a value."""
        return (self.scale.high - value) / (self.scale.high - self.scale.low) * self.height

    def value_at(self, down: float) -> float:
        """The value that lies so many pixels below the top."""
        return self.scale.high - down / self.height * (self.scale.high - self.scale.low)


def blank(chart: Chart, theme: Theme) -> Figure:
    """No axes, one sentence."""
    note = {
        "text": chart.empty,
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": theme.size, "color": theme.muted},
    }
    hidden = {"visible": False}
    return {
        "data": [],
        "layout": {"height": 160, "xaxis": hidden, "yaxis": hidden, "annotations": [note]},
    }


def value_axis(theme: Theme, scale: ValueScale, **changes: Any) -> Figure:  # noqa: ANN401 - plotly's own attributes
    """An axis of values: a few thin grid lines, a clear zero."""
    return {
        "gridcolor": theme.grid,
        "gridwidth": 1,
        "zeroline": scale.low <= 0 <= scale.high,
        "zerolinecolor": theme.line,
        "ticks": "",
        "showline": False,
        "fixedrange": True,
        "range": [scale.low, scale.high],
        "tickmode": "array",
        "tickvals": list(scale.ticks),
        "ticktext": list(scale.texts),
        "tickfont": {"color": theme.muted, "size": theme.small},
        **changes,
    }


def place_axis(theme: Theme, **changes: Any) -> Figure:  # noqa: ANN401 - plotly's own attributes
    """An axis of categories: labels upright, no grid."""
    return {
        "type": "linear",
        "tickmode": "array",
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.line,
        "ticks": "",
        "tickangle": 0,
        "fixedrange": True,
        "tickfont": {"color": theme.text, "size": theme.small},
        **changes,
    }


def tick_width(scale: ValueScale, size: float) -> int:
    """Pixels left of the plot for the numbers of the axis."""
    return ceil(max(text_width(text, size) for text in scale.texts)) + 8


def trend_plot(
    chart: Chart, scale: ValueScale, right: float, span: tuple[float, float], theme: Theme
) -> Plot:
    """The plot of a trend with so much room at its right; its outer names have theirs as well."""
    half = [widest(tick.split("<br>"), theme.small) / 2 + 2 for tick in chart.ticks if tick]
    outer = max(half[:1] + half[-1:], default=0.0)
    left = max(tick_width(scale, theme.small), ceil(outer))
    return Plot(left, max(right, ceil(outer)), theme.trend, *span, scale)


def time_ticks(chart: Chart, plot: Plot, size: float) -> list[int]:
    """The categories named under the narrowest plot: from the last one back, none on another.

    Those with a year below their month go before the others.
    """
    named = [i for i, tick in enumerate(chart.ticks) if tick]
    several = sum("<br>" in chart.ticks[i] for i in named) > 1
    shown: list[tuple[float, float]] = []
    named_ones: list[int] = []
    for i in _years_first(chart, named) if several else reversed(named):
        middle = plot.share(i) * plot.width
        half = widest(chart.ticks[i].split("<br>"), size) / 2 + TICK_GAP / 2
        if all(middle + half <= left or right <= middle - half for left, right in shown):
            shown.append((middle - half, middle + half))
            named_ones.append(i)
    return sorted(named_ones) if several else _even(sorted(named_ones), named)


def _years_first(chart: Chart, named: list[int]) -> list[int]:
    """The last of the categories, those with a year below their month, the others; latest first."""

    def order(i: int) -> tuple[bool, int]:
        return (i != named[-1] and "<br>" not in chart.ticks[i], -i)

    return sorted(named, key=order)


def _even(shown: list[int], named: list[int]) -> list[int]:
    """The same number of ticks or fewer, at one distance from each other, the last one among."""
    if len(shown) == len(named) or len(shown) < 3:
        return shown
    apart = max(right - left for left, right in pairwise(shown))
    every = set(named)
    even = [i for i in range(named[-1], -1, -apart) if i in every]
    return sorted(even)


def time_axis(chart: Chart, plot: Plot, theme: Theme) -> Figure:
    """Categories at 0, 1, 2 … so that lines can be interrupted between them."""
    shown = time_ticks(chart, plot, theme.small)
    return place_axis(
        theme,
        tickvals=shown,
        ticktext=[chart.ticks[i] for i in shown],
        range=[plot.first, plot.last],
        ticklabelstandoff=TICK_DOWN,
    )


def tick_room(chart: Chart) -> int:
    """Pixels below the plot for the names of categories, some on two lines."""
    return 8 + TICK_DOWN + LINE * max((tick.count("<br>") + 1 for tick in chart.ticks), default=1)


def legend(names: list[str], theme: Theme) -> tuple[Figure, int]:
    """A legend above the plot, and the pixels it needs in the narrowest figure.

    A click on it does nothing.
    """
    widths = [text_width(name, theme.small) + 42 for name in names]
    room = NARROW - 2 * EDGE
    rows = 1 if sum(widths) <= room else -(-len(names) // max(1, int(room // max(widths))))
    placed = {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": LEGEND_FLOOR,
        "yanchor": "bottom",
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
        "font": {"size": theme.small, "color": theme.text},
    }
    return placed, 22 * rows


def customdata(chart: Chart) -> list[list[str]]:
    """What a click tells: the kind of key, and the key, per category."""
    return [[chart.key_kind if key else "", key] for key in chart.keys]


def finish(chart: Chart, drawn: Figure, theme: Theme) -> Figure:
    """The figure with everything that is the same for all kinds."""
    layout = drawn["layout"]
    layout.setdefault("margin", {"l": 8, "r": 16, "t": 24, "b": 8})
    layout.setdefault("showlegend", False)
    layout.setdefault("annotations", [])
    layout.setdefault("hovermode", "closest")
    layout.setdefault("plot_bgcolor", theme.background)
    layout |= {
        "font": {"family": theme.font, "size": theme.size, "color": theme.text},
        "paper_bgcolor": theme.background,
        "separators": ".,",
        "dragmode": False,
        "uirevision": chart.id,
        "hoverlabel": {
            "bgcolor": theme.background,
            "bordercolor": theme.line,
            "align": "left",
            "namelength": -1,
            "font": {"family": theme.font, "size": theme.size, "color": theme.text},
        },
        "meta": {
            "chart": chart.id,
            "title": chart.headline,
            "subtitle": chart.explained,
            "file": f"{chart.title}_{chart.subtitle}",
            "source": chart.source,
            "demo": chart.demo_mark,
            "sentence": chart.sentence,
        },
    }
    if chart.demo_mark:
        layout["annotations"] = [
            *layout["annotations"],
            {
                "text": chart.demo_mark,
                "xref": "paper",
                "yref": "paper",
                "x": 1,
                "y": 1,
                "xanchor": "right",
                "yanchor": "bottom",
                "showarrow": False,
                "name": DEMO_MARK,
                "yshift": layout["margin"]["t"] - 20,
                "font": {"size": theme.small, "color": theme.warning},
            },
        ]
    return drawn


def without_demo_mark(drawn: Figure) -> Figure:
    """Takes the mark of fictional figures off a figure whose surroundings show it; returns it."""
    layout = drawn["layout"]
    layout["annotations"] = [
        note for note in layout["annotations"] if note.get("name") != DEMO_MARK
    ]
    return drawn
