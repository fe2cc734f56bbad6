"""What all figures share: axes, fonts, margins, the demo mark; small enough to send often."""

from __future__ import annotations

from typing import Any

from dashboard.charts.chart import Chart
from dashboard.charts.theme import Theme

Figure = dict[str, Any]  # plotly's own JSON: data, layout
TREND_HEIGHT = 320
ROW_HEIGHT = 28
HEAT_ROW_HEIGHT = 26
MOST_SPELT = 3  # more events than this are numbered; the notes name them
FOLD_AT = 16  # Chinese letters in a line of an event's label


def blank(chart: Chart, theme: Theme) -> Figure:
    """No axes, one sentence."""
    note = {
        "text": chart.empty, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper",
        "showarrow": False, "font": {"size": theme.size, "color": theme.muted},
    }  # fmt: skip
    hidden = {"visible": False}
    return {
        "data": [],
        "layout": {"height": 160, "xaxis": hidden, "yaxis": hidden, "annotations": [note]},
    }


def value_axis(theme: Theme, **changes: Any) -> Figure:  # noqa: ANN401 - plotly's own attributes
    """An axis of values: a few thin grid lines, a clear zero."""
    return {
        "automargin": True, "gridcolor": theme.grid, "gridwidth": 1, "zeroline": True,
        "zerolinecolor": theme.line, "nticks": 5, "ticks": "", "showline": False,
        "exponentformat": "none", "separatethousands": True, "fixedrange": True,
        "tickfont": {"color": theme.muted, "size": theme.small}, **changes,
    }  # fmt: skip


def place_axis(theme: Theme, **changes: Any) -> Figure:  # noqa: ANN401 - plotly's own attributes
    """An axis of categories: labels upright, no grid."""
    return {
        "automargin": True, "showgrid": False, "zeroline": False, "showline": True,
        "linecolor": theme.line, "ticks": "", "tickangle": 0, "fixedrange": True,
        "tickfont": {"color": theme.text, "size": theme.small}, **changes,
    }  # fmt: skip


def time_axis(chart: Chart, theme: Theme) -> Figure:
    """Categories at 0, 1, 2 … so that lines can be interrupted between them."""
    marked = [(i, tick) for i, tick in enumerate(chart.ticks) if tick]
    last = len(chart.categories) - 1
    return place_axis(
        theme,
        type="linear",
        tickmode="array",
        tickvals=[i for i, _ in marked],
        ticktext=[tick for _, tick in marked],
        range=[-0.5, last + 0.5],
    )


def legend(theme: Theme) -> Figure:
    """A legend on one line above the plot; a click does nothing."""
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom",
        "itemclick": False, "itemdoubleclick": False, "traceorder": "normal",
        "font": {"size": theme.small, "color": theme.text},
    }  # fmt: skip


def customdata(chart: Chart) -> list[list[str]]:
    """What a click tells: the kind of key, and the key, per category."""
    return [[chart.key_kind if key else "", key] for key in chart.keys]


def event_lines(chart: Chart, theme: Theme) -> tuple[list[Figure], list[Figure]]:
    """Shapes and labels of events, each just before its category; breaks are drawn stronger."""
    shapes: list[Figure] = []
    labels: list[Figure] = []
    spelt, height = len(chart.breaks) <= MOST_SPELT, 0
    for number, mark in enumerate(chart.breaks, start=1):
        if mark.category is None:
            continue
        x = mark.category - 0.5
        colour = theme.worse if mark.is_break else theme.muted
        shapes.append(
            {
                "type": "line", "x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "paper",
                "line": {"color": colour, "width": 1.5 if mark.is_break else 1,
                         "dash": "solid" if mark.is_break else "dot"},
            }
        )  # fmt: skip
        right = mark.category > len(chart.categories) / 2
        folded = _folded(mark.label)
        labels.append(
            {
                "x": x, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom",
                "yshift": height if spelt else 0, "align": "right" if right else "left",
                "xanchor": "right" if right else "left", "showarrow": False,
                "text": "<br>".join(folded) if spelt else f"({number})", "hovertext": mark.label,
                "font": {"size": theme.small - 1, "color": colour},
            }
        )  # fmt: skip
        height += 15 * len(folded)
    return shapes, labels


def _folded(label: str) -> list[str]:
    """A label in pieces that fit on a phone; Latin letters are half as wide as Chinese ones."""
    pieces, width = [""], 0.0
    for sign in label:
        width += 1.0 if ord(sign) > 0x2E80 else 0.5
        if width > FOLD_AT and (sign == " " or ord(sign) > 0x2E80):
            pieces.append("")
            width = 0.0
        pieces[-1] += sign
    return [piece.strip() for piece in pieces]


def event_room(chart: Chart) -> int:
    """Pixels that the labels of events need above the plot."""
    if len(chart.breaks) > MOST_SPELT:
        return 19
    return sum(15 * len(_folded(mark.label)) for mark in chart.breaks) + 4 if chart.breaks else 0


def finish(chart: Chart, drawn: Figure, theme: Theme) -> Figure:
    """The figure with everything that is the same for all kinds."""
    layout = drawn["layout"]
    layout.setdefault("margin", {"l": 8, "r": 16, "t": 24, "b": 8})
    layout.setdefault("showlegend", False)
    layout.setdefault("annotations", [])
    layout.setdefault("hovermode", "closest")
    layout |= {
        "font": {"family": theme.font, "size": theme.size, "color": theme.text},
        "paper_bgcolor": theme.background,
        "plot_bgcolor": theme.background,
        "separators": ".,",
        "dragmode": False,
        "uirevision": chart.id,
        "hoverlabel": {
            "bgcolor": theme.background,
            "bordercolor": theme.line,
            "align": "left",
            "font": {"family": theme.font, "size": theme.size, "color": theme.text},
        },
        "meta": {
            "chart": chart.id,
            "title": chart.title,
            "subtitle": chart.drawn_subtitle,
            "source": chart.source,
            "demo": chart.demo_mark,
            "sentence": chart.sentence,
        },
    }
    if chart.demo_mark:
        layout["annotations"] = [
            *layout["annotations"],
            {
                "text": chart.demo_mark, "xref": "paper", "yref": "paper", "x": 1, "y": 1,
                "xanchor": "right", "yanchor": "bottom", "showarrow": False, "name": "demo",
                "yshift": layout["margin"]["t"] - 20,
                "font": {"size": theme.small, "color": theme.warning},
            },
        ]  # fmt: skip
    return drawn
