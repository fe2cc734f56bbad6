"""Builds small drawings inside text and tables: a sparkline, a strip with a street's place.

They are SVG images in a data address: Dash has no SVG elements, and HTML is never put together by
hand here. The numbers beside them say the same, so they carry a short text alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dashboard.charts.plotly.theme import SCREEN

Values = Sequence[float | None]


class Drawing(NamedTuple):
    """An image as the browser needs it; ``source`` is a data address, sizes are in pixels."""

    source: str
    width: int
    height: int
    alt: str
    kind: str

    def component(self) -> Component:
        """The drawing as a Dash component."""
        return html.Img(
            src=self.source,
            width=self.width,
            height=self.height,
            alt=self.alt,
            className=self.kind,
        )


def image(body: str, width: int, height: int, alt: str, kind: str) -> Drawing:
    """An SVG body as a picture of this size in pixels, with its text alternative."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )
    source = "data:image/svg+xml," + quote(svg, safe="=:/ ,.()'-")
    return Drawing(source, width, height, alt, kind)


def _pieces(values: Values, width: int, height: int) -> list[list[tuple[float, float]]]:
    """Runs of points between gaps, in pixels; a flat series runs through the middle."""
    there = [value for value in values if value is not None]
    low, high = min(there), max(there)
    step = (width - 6) / max(len(values) - 1, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        share = (value - low) / (high - low) if high > low else 0.5
        runs[-1].append((3 + index * step, height - 4 - share * (height - 8)))
    return [run for run in runs if run]


def sparkline(values: Values, alt: str, width: int = 120, height: int = 32) -> Drawing | None:
    """The course of the last periods, a dot at the newest; None where fewer than two are known."""
    if sum(value is not None for value in values) < 2:
        return None
    runs = _pieces(values, width, height)
    lines = "".join(
        '<polyline fill="none" stroke="{}" stroke-width="1.75" stroke-linejoin="round" '
        'stroke-linecap="round" points="{}"/>'.format(
            SCREEN.primary, " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
        )
        for run in runs
    )
    x, y = runs[-1][-1]
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.75" fill="{SCREEN.primary}"/>'
    return image(lines + dot, width, height, alt, "spark")


def street_trend(
    values: Values, top: float | None, alt: str, width: int = 180, height: int = 56
) -> Drawing | None:
    """A course from its first value to a dot at its last, on an axis from 0 to ``top``.

    Without a ``top`` the axis spans the course's own values. None of fewer than two values.
    """
    there = [value for value in values if value is not None]
    if len(there) < 2:
        return None
    low, high = (min(there), max(there)) if top is None else (min(0.0, *there), top)
    step = (width - 8) / max(len(values) - 1, 1)

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return height - 5 - share * (height - 10)

    points = [(4 + at * step, y(v)) for at, v in enumerate(values) if v is not None]
    line = " ".join(f"{x:.1f},{height_at:.1f}" for x, height_at in points)
    x, end = points[-1]
    return image(
        f'<path d="M4,{height - 2} H{width - 4}" stroke="{SCREEN.line}"/>'
        f'<polyline fill="none" stroke="{SCREEN.primary}" stroke-width="1.75" '
        f'stroke-linejoin="round" points="{line}"/>'
        f'<circle cx="{x:.1f}" cy="{end:.1f}" r="3" fill="{SCREEN.primary}"/>',
        width,
        height,
        alt,
        "trend",
    )


LOWEST, HIGHEST = -35.0, 65.0  # percent of the first value: the common scale of all trends


def index_trend(values: Values, alt: str, width: int = 92, height: int = 30) -> Drawing | None:
    """A course on the scale that all trends of a page share: percent of its first value.

    A dotted line marks the first value, a triangle what lies beyond the scale. None where fewer
    than two values are known or the first is zero.
    """
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2 or known[0][1] <= 0:
        return None
    first, step = known[0][1], (width - 8) / max(len(values) - 1, 1)

    def y(change: float) -> float:
        share = (min(max(change, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST)
        return height - 3 - share * (height - 6)

    changes = [(value / first - 1) * 100 for _, value in known]
    points = [
        (2 + place * step, y(change)) for (place, _), change in zip(known, changes, strict=True)
    ]
    line = " ".join(f"{x:.1f},{height_at:.1f}" for x, height_at in points)
    x, end = points[-1]
    colour = SCREEN.primary
    if LOWEST <= changes[-1] <= HIGHEST:
        tip = f'<circle cx="{x:.1f}" cy="{end:.1f}" r="2.6" fill="{colour}"/>'
    else:
        up = -4 if changes[-1] > HIGHEST else 4
        tip = f'<path d="M{x - 4:.1f},{end:.1f} h8 l-4,{up} z" fill="{colour}"/>'
    return image(
        f'<path d="M2,{y(0):.1f} H{width - 6}" stroke="{SCREEN.line}" stroke-dasharray="2 2"/>'
        f'<polyline fill="none" stroke="{colour}" stroke-width="1.6" stroke-linejoin="round" '
        f'points="{line}"/>{tip}',
        width,
        height,
        alt,
        "trend",
    )


class Range(NamedTuple):
    """The values of all streets, from lowest to highest, and that of the street shown."""

    lowest: float | None
    highest: float | None
    middle: float | None
    mine: float | None


def range_strip(values: Range, alt: str, width: int = 132, height: int = 22) -> Drawing | None:
    """All streets from the lowest to the highest, a tick at the middle one, a dot at mine.

    None where a street has nothing to stand among.
    """
    lowest, highest, middle, mine = values
    if lowest is None or highest is None or mine is None or highest <= lowest:
        return None

    def place(value: float) -> float:
        share = min(max((value - lowest) / (highest - lowest), 0), 1)
        return 7 + share * (width - 14)

    y = height / 2
    body = (
        f'<line x1="7" x2="{width - 7}" y1="{y}" y2="{y}" stroke="{SCREEN.line}" '
        f'stroke-width="4" stroke-linecap="round"/>'
    )
    if middle is not None:
        x = place(middle)
        body += (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 7}" y2="{y + 7}" '
            f'stroke="{SCREEN.muted}" stroke-width="1.5"/>'
        )
    body += (
        f'<circle cx="{place(mine):.1f}" cy="{y}" r="5" fill="{SCREEN.accent}" '
        f'stroke="{SCREEN.background}" stroke-width="1.5"/>'
    )
    return image(body, width, height, alt, "strip")
