"""Places names at the right of a plot, at the ends of lines or pieces of the last bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dashboard.charts.plotly.layout import Figure, Plot
from dashboard.charts.plotly.places import spread
from dashboard.charts.plotly.text import LINE, folded, text_width, widest
from dashboard.charts.plotly.theme import Theme, contrast

MOST_LINES = 3
STEM = 5  # pixels between the plot and the names
NEAR = 5  # pixels that a name may stand off its line's end without one


@dataclass(frozen=True, slots=True)
class End:
    """What is named: at which category and value it ends, and the value as read ("" for none).

    ``side`` is "above" or "below" where the name stands at the end itself, "" beside the plot.
    """

    name: str
    text: str
    at: float
    value: float
    colour: str
    side: str = ""


def ink(colour: str, theme: Theme) -> str:
    """The colour where letters in it can be read, else that of quiet text."""
    return colour if contrast(colour, theme.background) >= 4.5 else theme.muted


def _lines(end: End, theme: Theme) -> list[str]:
    """The name and, in bold, the value; on one line where there is room."""
    value = f"<b>{end.text}</b>" if end.text else ""
    if not end.name or not value:
        return folded(end.name, theme.ends, theme.small, MOST_LINES) if end.name else [value]
    if text_width(f"{end.name} {value}", theme.small) <= theme.ends:
        return [f"{end.name} {value}"]
    return [*folded(end.name, theme.ends, theme.small, MOST_LINES), value]


def ends_room(ends: Sequence[End], theme: Theme) -> int:
    """Pixels right of the plot that the names need."""
    widths = [widest(_lines(end, theme), theme.small) for end in ends if not end.side]
    return ceil(max(widths, default=0)) + STEM + 4


def end_labels(
    ends: Sequence[End], plot: Plot, theme: Theme
) -> tuple[list[Figure], list[Figure]] | None:
    """Labels and the thin lines that lead to them; None where they do not fit beside the plot."""
    own = [_at_end(end, theme) for end in ends if end.side]
    ends = [end for end in ends if not end.side]
    texts = [_lines(end, theme) for end in ends]
    heights = [len(lines) * LINE + 2.0 for lines in texts]
    wanted = [plot.down(end.value) for end in ends]
    middles = spread(wanted, heights, 0.0, plot.height)
    if middles is None:
        return None
    labels, leads = own, []
    for end, lines, want, middle in zip(ends, texts, wanted, middles, strict=True):
        y = plot.value_at(middle)
        labels.append(
            {
                "x": 1,
                "xref": "paper",
                "xshift": STEM,
                "y": y,
                "yref": "y",
                "align": "left",
                "xanchor": "left",
                "yanchor": "middle",
                "showarrow": False,
                "borderpad": 0,
                "text": "<br>".join(lines),
                "font": {"size": theme.small, "color": ink(end.colour, theme)},
            }
        )
        if abs(want - middle) > NEAR or plot.share(end.at) < 0.9:
            leads.append(_lead(end, y, plot))
    return labels, leads


def _at_end(end: End, theme: Theme) -> Figure:
    """The name and value at the end itself: left above it, or right below it."""
    above = end.side == "above"
    return {
        "x": end.at,
        "xref": "x",
        "xshift": -4 if above else 4,
        "y": end.value,
        "yref": "y",
        "yshift": 6 if above else -6,
        "xanchor": "right" if above else "left",
        "yanchor": "bottom" if above else "top",
        "showarrow": False,
        "borderpad": 0,
        "text": f"{end.name} <b>{end.text}</b>".strip(),
        "font": {"size": theme.small, "color": ink(end.colour, theme)},
    }


def _lead(end: End, y: float, plot: Plot) -> Figure:
    """A thin line from the end to its name."""
    colour, paper = end.colour, plot.share(end.at)
    return {
        "x0": paper,
        "x1": 1,
        "xref": "paper",
        "y0": end.value,
        "y1": y,
        "yref": "y",
        "type": "line",
        "layer": "below",
        "opacity": 0.7,
        "line": {"color": colour, "width": 1},
    }
