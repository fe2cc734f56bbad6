"""What happened at a time: a line across the plot and its words above it, none over another."""

from __future__ import annotations

from dashboard.charts.chart import MOST_SPELT, Chart, Mark
from dashboard.charts.figure_layout import EDGE, Figure, Plot
from dashboard.charts.figure_places import NARROW, Box, free
from dashboard.charts.figure_text import LINE, folded, widest
from dashboard.charts.theme import Theme

GAP = 6  # pixels between a label and the next
ABOVE = 8.0  # pixels between the plot and the labels, off the number at its corner


def _line(mark: Mark, x: float, colour: str) -> Figure:
    return {
        "type": "line", "x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": colour, "width": 1.5 if mark.is_break else 1,
                 "dash": "solid" if mark.is_break else "dot"},
    }  # fmt: skip


def _lowest(width: float, at: float, rightwards: bool, lines: int, placed: list[Box]) -> Box:
    """The lowest place above the plot where neither label nor stem meets what is there.

    Boxes are those of the narrowest figure, their y the pixels above the plot, negative.
    """
    height = lines * LINE
    left = at if rightwards else at - width
    tops = sorted({-ABOVE, *(box.top for box in placed)}, reverse=True)
    for bottom in tops:
        box = Box(left, bottom - height, left + width, bottom)
        stem = Box(at - 1, bottom, at + 1, 0)
        if free(box, placed) and free(stem, placed):
            return box
    top = min(tops)  # its stem has to pass behind a label
    return Box(left, top - height, left + width, top)


def event_marks(chart: Chart, plot: Plot, theme: Theme) -> tuple[list[Figure], list[Figure], int]:
    """Lines and labels of events, and the pixels these need above the plot.

    Each stands just before its category; breaks are drawn stronger. More than MOST_SPELT are
    numbered: the notes name them.
    """
    shapes: list[Figure] = []
    labels: list[Figure] = []
    placed: list[Box] = []
    spelt = len(chart.breaks) <= MOST_SPELT
    for number, mark in enumerate(chart.breaks, start=1):
        if mark.category is None:
            continue
        x = mark.category - 0.5
        at = plot.share(x) * plot.width
        colour = theme.worse if mark.is_break else theme.muted
        shapes.append(_line(mark, x, colour))
        rightwards = plot.left + at < NARROW / 2
        room = (NARROW - plot.left - at if rightwards else plot.left + at) - EDGE
        lines = folded(mark.label, room, theme.small, 4) if spelt else [f"({number})"]
        width = widest(lines, theme.small) + GAP
        box = _lowest(width, at, rightwards, len(lines), placed)
        placed += [box, Box(at - 1, box.bottom, at + 1, 0)]
        labels.append(
            {
                "x": x, "xref": "x", "y": 1, "yref": "paper", "ax": 0, "ay": box.bottom - 1,
                "axref": "pixel", "ayref": "pixel", "showarrow": True, "arrowhead": 0,
                "arrowwidth": 1, "arrowcolor": colour, "borderpad": 0,
                "yanchor": "bottom", "align": "left" if rightwards else "right",
                "xanchor": "left" if rightwards else "right", "text": "<br>".join(lines),
                "hovertext": mark.label, "font": {"size": theme.small, "color": colour},
            }
        )  # fmt: skip
    room = -min((box.top for box in placed), default=0.0)
    return shapes, labels, int(room) + (6 if placed else 0)
