"""Builds the wall's map: the outlines of the streets, shaded by how many targets are behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.catalogue.outlines import Outline, Ring, bounds, flattened, room_for_name

ROOM = (600.0, 450.0)  # across and down, in the wall's units of 1/1920 of its width
SIGN = 27.0  # units that a Chinese sign of a name takes
LATIN = 14.0
MOST_VERTICES = 160  # of an outline; a far reader sees no more
INSET = 0.994  # of a shape's size, so that a line of the ground stands between two

Box = tuple[float, float, float, float]  # west, south, east, north


def outline_map(
    outlines: Mapping[str, Outline],
    counts: Mapping[str, int],
    levels: Mapping[str, int],
    names: Mapping[str, str],
) -> Component:
    """A shape for every street, its name and count on it where there is room.

    ``counts`` are of all streets with an outline; ``levels`` are shades from 0 to 3.
    """
    codes = [code for code in counts if code in outlines]
    _, south, _, north = bounds(point for code in codes for point in _points(outlines[code].rings))
    flat = {code: flattened(outlines[code].rings, (south + north) / 2) for code in codes}
    box = bounds(point for code in codes for point in _points(flat[code]))
    ratio = (box[2] - box[0]) / max(box[3] - box[1], 1e-9)
    width = min(ROOM[0], ROOM[1] * ratio)
    shapes, labels = [], []
    for code in codes:
        style = {"clipPath": _clip(flat[code], box)}
        shapes.append(html.Span(className=f"wall-shape wall-level-{levels[code]}", style=style))
        labels.append(_label(flat[code], box, width, names[code], counts[code]))
    size = {"width": f"calc({width:.0f} * var(--u))", "aspectRatio": f"{ratio:.4f}"}
    drawn = html.Div(shapes, className="wall-shapes")
    return html.Div([drawn, html.Ul(labels)], className="wall-map", style=size)


def _points(rings: Sequence[Ring]) -> list[tuple[float, float]]:
    return [point for ring in rings for point in ring]


def _place(x: float, y: float, box: Box) -> tuple[float, float]:
    """Where a point stands in the box, in percent from the left and from the top."""
    west, south, east, north = box
    across, up = max(east - west, 1e-9), max(north - south, 1e-9)
    return (x - west) / across * 100, (north - y) / up * 100


def _clip(rings: Sequence[Ring], box: Box) -> str:
    """The outline as a clip path: the rings one after another, each back to the first's start."""
    parts: list[str] = []
    for ring in rings:
        step = max(1, len(ring) // MOST_VERTICES)
        places = [_place(*point, box) for point in (*ring[:-1:step], ring[-1])]
        xs, ys = [x for x, _ in places], [y for _, y in places]
        x0, y0 = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        nearer = [(x0 + (x - x0) * INSET, y0 + (y - y0) * INSET) for x, y in places]
        parts += [f"{x:.1f}% {y:.1f}%" for x, y in nearer]
        if len(rings) > 1:
            parts.append(parts[0])
    return f"polygon(evenodd, {', '.join(parts)})"


def _label(rings: Sequence[Ring], box: Box, width: float, name: str, count: int) -> Component:
    """The name where the outline has room for it, and the count, "–" of none."""
    (x, y), room = room_for_name(rings)
    left, top = _place(x, y, box)
    units = room / max(box[2] - box[0], 1e-9) * width
    needed = sum(SIGN if ord(sign) > 0x2E80 else LATIN for sign in name)
    kind = None if needed <= units else "visually-hidden"
    return html.Li(
        [html.Span(name, className=kind), html.Strong(str(count) if count else "–")],
        style={"left": f"{left:.1f}%", "top": f"{top:.1f}%"},
    )
