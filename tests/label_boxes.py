"""Computes the boxes of a figure's labels in pixels, at any width, as plotly places them."""

from __future__ import annotations

from typing import Any, NamedTuple

from dashboard.charts.plotly.places import Box
from dashboard.charts.plotly.text import LINE, widest
from dashboard.charts.plotly.theme import SCREEN

SLACK = 0.5  # pixels by which two may touch


class Placed(NamedTuple):
    """A text and its box in the figure; y grows downwards."""

    text: str
    box: Box


def _anchored(at: float, size: float, anchor: str) -> tuple[float, float]:
    start = {"left": at, "top": at, "right": at - size, "bottom": at - size}.get(
        anchor, at - size / 2
    )
    return start + SLACK, start + size - SLACK


class Sheet:
    """A figure drawn ``width`` pixels wide: where data and paper coordinates lie in it."""

    def __init__(self, drawn: dict[str, Any], width: float) -> None:
        self.layout = drawn["layout"]
        margin = self.layout["margin"]
        self.width, self.height = width, float(self.layout["height"])
        self.plot = Box(margin["l"], margin["t"], width - margin["r"], self.height - margin["b"])

    def across(self, x: float, ref: str = "x") -> float:
        """Pixels from the left edge."""
        low, high = self.layout["xaxis"]["range"] if ref == "x" else (0.0, 1.0)
        share = (x - low) / (high - low)
        return self.plot.left + share * (self.plot.right - self.plot.left)

    def down(self, y: float, ref: str = "y") -> float:
        """Pixels from the top edge."""
        low, high = self.layout["yaxis"]["range"] if ref == "y" else (0.0, 1.0)
        share = (y - low) / (high - low)
        return self.plot.bottom - share * (self.plot.bottom - self.plot.top)

    def notes(self) -> list[Placed]:
        """The annotations."""
        found = []
        for one in self.layout["annotations"]:
            lines = one["text"].split("<br>")
            x = self.across(one["x"], one.get("xref", "x")) + one.get("xshift", 0)
            y = self.down(one["y"], one.get("yref", "y")) - one.get("yshift", 0)
            if one["showarrow"]:
                x, y = x + one["ax"], y + one["ay"]
            left, right = _anchored(x, widest(lines, one["font"]["size"]), one.get("xanchor", ""))
            top, bottom = _anchored(y, LINE * len(lines), one.get("yanchor", ""))
            found.append(Placed(one["text"], Box(left, top, right, bottom)))
        return found

    def ticks(self) -> list[Placed]:
        """The labels of both axes."""
        found, size = [], SCREEN.small
        for name, axis in (("x", self.layout["xaxis"]), ("y", self.layout["yaxis"])):
            if not axis.get("showticklabels", True):
                continue
            for value, text in zip(axis["tickvals"], axis["ticktext"], strict=True):
                lines = [line.strip() for line in text.split("<br>")]
                wide, high = widest(lines, size), LINE * len(lines)
                if name == "y":
                    middle = self.down(value)
                    right = self.plot.left - 3 - axis.get("ticklabelstandoff", 0)
                    half = (high - 3) / 2  # letters are lower than their line
                    box = Box(right - wide, middle - half, right, middle + half)
                else:
                    middle = self.across(value)
                    on_top = axis.get("side") == "top"
                    down = 3 + axis.get("ticklabelstandoff", 0)
                    top = self.plot.top - high - down if on_top else self.plot.bottom + down
                    box = Box(middle - wide / 2, top, middle + wide / 2, top + high)
                found.append(Placed(text, box))
        return found

    def stems(self) -> list[float]:
        """Where lines stand upright across the whole plot."""
        return [
            self.across(one["x0"])
            for one in self.layout.get("shapes", [])
            if one["x0"] == one["x1"] and one.get("yref") == "paper"
        ]
