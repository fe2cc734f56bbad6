"""Lays out rows with a name at the left and a number at the right.

The numbers stand in a column of their own, so that none is near a bar, a line or another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dashboard.charts.plotly.layout import EDGE, Figure, place_axis
from dashboard.charts.plotly.text import LINE, folded, text_width, widest
from dashboard.charts.plotly.theme import Theme

NAME_ROOM, LONG_NAME_ROOM = 118, 136  # pixels for names on up to two and three lines
ROW_HEIGHT = 28
MOST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Rows:
    """The names folded, the numbers, and the pixels both need beside the plot."""

    names: tuple[tuple[str, ...], ...]
    values: tuple[str, ...]
    left: int
    right: int
    height: int  # of one row

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.names)


def rows_of(names: Sequence[str], values: Sequence[str], theme: Theme) -> Rows:
    """Room for these names and numbers; names that are cut are whole in hover and table."""
    lines = [folded(name, NAME_ROOM, theme.small) for name in names]
    if any(line[-1].endswith("…") for line in lines):
        lines = [folded(name, LONG_NAME_ROOM, theme.small, 3) for name in names]
    most = max((len(line) for line in lines), default=1)
    right = max((text_width(value, theme.small) for value in values), default=0.0)
    return Rows(
        names=tuple(map(tuple, lines)),
        values=tuple(values),
        left=ceil(max((widest(line, theme.small) for line in lines), default=0)) + 10,
        right=ceil(min(right, MOST_VALUE)) + EDGE,
        height=max(ROW_HEIGHT, LINE * most + 6),
    )


def row_axis(rows: Rows, theme: Theme, bold: Sequence[bool] = ()) -> Figure:
    """The names at the left, the first row on top, a faint line from each to its number."""
    texts = ["<br>".join(lines) for lines in rows.names]
    if bold:
        pairs = zip(texts, bold, strict=True)
        texts = [f"<b>{text}</b>" if strong else text for text, strong in pairs]
    return place_axis(
        theme,
        showline=False,
        tickvals=list(range(rows.count)),
        ticktext=texts,
        ticklabelstandoff=4,
        range=[rows.count - 0.5, -0.5],
        showgrid=True,
        gridcolor=theme.grid,
        gridwidth=1,
    )


def row_values(rows: Rows, theme: Theme, bold: Sequence[bool] = ()) -> list[Figure]:
    """The numbers in a column at the right edge, one under another."""
    strong = bold or (False,) * rows.count
    return [
        {
            "x": 1,
            "xref": "paper",
            "xshift": rows.right - 2,
            "y": place,
            "yref": "y",
            "xanchor": "right",
            "yanchor": "middle",
            "align": "right",
            "showarrow": False,
            "borderpad": 0,
            "text": f"<b>{text}</b>" if strong[place] else text,
            "font": {"size": theme.small, "color": theme.text},
        }
        for place, text in enumerate(rows.values)
        if text
    ]
