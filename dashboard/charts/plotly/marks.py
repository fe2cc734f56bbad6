"""Marks events: a line across the plot and its label above, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

from dashboard.analysis.small_counts import HIDDEN
from dashboard.charts.model.chart import MOST_SPELT, Chart, Mark
from dashboard.charts.plotly.layout import EDGE, Figure, Plot
from dashboard.charts.plotly.places import NARROW, Box, free
from dashboard.charts.plotly.text import LINE, folded, widest
from dashboard.charts.plotly.theme import Theme

FRAME = 5  # pixels by which a drawn label is higher than its lines
GAP = 6  # pixels between a label and the next
ABOVE = 8.0  # pixels between the plot and the labels, off the number at its corner


def hidden_signs(chart: Chart, theme: Theme) -> list[Figure]:
    """A "*" at the foot of the plot where a value is hidden: nothing there would read as none."""
    places = {
        place
        for series in chart.series
        for place, label in enumerate(series.labels)
        if label == HIDDEN
    }
    return [
        {
            "text": HIDDEN,
            "x": place,
            "xref": "x",
            "y": 0,
            "yref": "paper",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": theme.small, "color": theme.text},
        }
        for place in sorted(places)
    ]


def _line(mark: Mark, x: float, colour: str) -> Figure:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "xref": "x",
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {
            "color": colour,
            "width": 1.5 if mark.is_break else 1,
            "dash": "solid" if mark.is_break else "dot",
        },
    }


class EventLabel(NamedTuple):
    """A mark's words: where its line stands in the narrowest figure, and on which side they are."""

    at: float
    rightwards: bool
    lines: list[str]
    width: float

    def box(self, bottom: float) -> Box:
        """The words' place; y is the pixels above the plot, negative."""
        left = self.at if self.rightwards else self.at - self.width
        return Box(left, bottom - LINE * len(self.lines) - FRAME, left + self.width, bottom)

    def stem(self, bottom: float) -> Box:
        """The line from the plot up to the words."""
        return Box(self.at - 1, bottom, self.at + 1, 0)


def _stacked(labels: Sequence[EventLabel], order: Sequence[int]) -> tuple[int, float, list[float]]:
    """Each label as low as it can stand in this order.

    Returns how many stems cross words, how high all reach, and the bottoms by place.
    """
    bottoms = [0.0] * len(labels)
    placed: list[Box] = []
    for i in order:
        tops = sorted({-ABOVE, *(box.top for box in placed)}, reverse=True)
        apart = [b for b in tops if free(labels[i].box(b), placed)]
        bottoms[i] = next((b for b in apart if free(labels[i].stem(b), placed)), apart[0])
        placed.append(labels[i].box(bottoms[i]))
    reach = -min((box.top for box in placed), default=0.0)
    return _crossings(labels, bottoms), reach, bottoms


def _crossings(labels: Sequence[EventLabel], bottoms: Sequence[float]) -> int:
    """How many stems cross the words of another label."""
    crossings = 0
    for i, label in enumerate(labels):
        others = [neighbour.box(bottoms[j]) for j, neighbour in enumerate(labels) if j != i]
        crossings += not free(label.stem(bottoms[i]), others)
    return crossings


def arranged(labels: Sequence[EventLabel]) -> tuple[float, list[float]]:
    """How high the labels reach above the plot, and the bottom of each; stems cross few or none."""
    count = len(labels)
    orders = permutations(range(count)) if count <= MOST_SPELT else [tuple(range(count))]
    _, high, bottoms = min(_stacked(labels, order) for order in orders)
    return high, bottoms


def _label(mark: Mark, number: int, spelt: bool, plot: Plot, theme: Theme) -> EventLabel:
    at = plot.share((mark.category or 0) - 0.5) * plot.width
    rightwards = plot.left + at < NARROW / 2
    room = (NARROW - plot.left - at if rightwards else plot.left + at) - EDGE
    lines = folded(mark.label, room, theme.small, 4) if spelt else [f"({number})"]
    return EventLabel(at, rightwards, lines, widest(lines, theme.small) + GAP)


def event_marks(chart: Chart, plot: Plot, theme: Theme) -> tuple[list[Figure], list[Figure], int]:
    """Lines and labels of events, and the pixels these need above the plot.

    Each stands just before its category; breaks are drawn stronger. More than MOST_SPELT are
    numbered: the notes name them.
    """
    marks = [(n, mark) for n, mark in enumerate(chart.breaks, 1) if mark.category is not None]
    if not marks:
        return [], [], 0
    spelt = len(chart.breaks) <= MOST_SPELT
    labels = [_label(mark, number, spelt, plot, theme) for number, mark in marks]
    high, bottoms = arranged(labels)
    shapes, texts = [], []
    # The highest first: a stem that has to pass a lower label is drawn behind it.
    for (_, mark), label, bottom in sorted(
        zip(marks, labels, bottoms, strict=True), key=lambda placed: placed[2]
    ):
        x, side = (mark.category or 0) - 0.5, "left" if label.rightwards else "right"
        colour = theme.worse if mark.is_break else theme.muted
        shapes.append(_line(mark, x, colour))
        texts.append(
            {
                "x": x,
                "xref": "x",
                "y": 1,
                "yref": "paper",
                "ax": 0,
                "ay": bottom - 1,
                "axref": "pixel",
                "ayref": "pixel",
                "showarrow": True,
                "arrowhead": 0,
                "arrowwidth": 1,
                "arrowcolor": colour,
                "borderpad": 0,
                "xanchor": side,
                "yanchor": "bottom",
                "align": side,
                "text": "<br>".join(label.lines),
                "bgcolor": theme.background,
                "hovertext": mark.label,
                "font": {"size": theme.small, "color": colour},
            }
        )
    return shapes, texts, int(high) + 6
