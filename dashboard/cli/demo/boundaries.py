"""Writes boundaries of the fictional demo district as GeoJSON, loaded like a bureau's own.

They lie in the Gulf of Guinea, about where the equator meets the prime meridian: nobody can take
them for a real place. Made from a seed: the cells around one point a street, with uneven borders.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Point = tuple[float, float]
_WEST, _SOUTH, _WIDTH, _HEIGHT = 0.05, 0.05, 0.42, 0.30  # degrees
_JITTER = 0.16  # of a column: how far a street's point lies off its seat
_PARTS = 6  # into which a border is broken
_SWING = 0.07  # how far a border swings out, as a share of its length


def _points(seats: Sequence[Sequence[float]], rng: random.Random) -> list[Point]:
    """One point a street around its seat: columns from the west, rows from the north."""
    columns, rows = (max(seat[axis] for seat in seats) + 1 for axis in (0, 1))
    return [
        (
            _WEST + (column + 0.5 + rng.uniform(-_JITTER, _JITTER)) * _WIDTH / columns,
            _SOUTH + (rows - row - 0.5 + rng.uniform(-_JITTER, _JITTER)) * _HEIGHT / rows,
        )
        for column, row in seats
    ]


def _nearer(cell: Sequence[Point], own: Point, other: Point) -> list[Point]:
    """The part of a convex cell that is nearer to its own point than to the other one."""
    across, up = other[0] - own[0], other[1] - own[1]
    limit = (math.hypot(*other) ** 2 - math.hypot(*own) ** 2) / 2
    remaining: list[Point] = []
    for (x, y), (u, v) in zip(cell, [*cell[1:], cell[0]], strict=True):
        first, last = across * x + up * y - limit, across * u + up * v - limit
        if first <= 0:
            remaining.append((x, y))
        if first * last < 0:
            share = first / (first - last)
            remaining.append((x + (u - x) * share, y + (v - y) * share))
    return remaining


def _cell(points: Sequence[Point], at: int) -> list[Point]:
    """The corners of what lies nearest to one of the points, anticlockwise."""
    east, north = _WEST + _WIDTH, _SOUTH + _HEIGHT
    cell: list[Point] = [(_WEST, _SOUTH), (east, _SOUTH), (east, north), (_WEST, north)]
    for other, point in enumerate(points):
        if other != at:
            cell = _nearer(cell, points[at], point)
    corners = [(round(x, 6), round(y, 6)) for x, y in cell]
    return [corner for place, corner in enumerate(corners) if corner != corners[place - 1]]


def _border(start: Point, end: Point, seed: int) -> list[Point]:
    """An uneven line between two corners; both neighbours get the same one."""
    if start > end:
        return _border(end, start, seed)[::-1]
    rng = random.Random(f"{seed} {start} {end}")
    (x, y), (u, v) = start, end
    line = [start]
    for part in range(1, _PARTS):
        share = part / _PARTS
        swing = _SWING * math.sin(math.pi * share) * rng.uniform(-1, 1)
        line.append(
            (
                round(x + (u - x) * share - (v - y) * swing, 6),
                round(y + (v - y) * share + (u - x) * swing, 6),
            )
        )
    return [*line, end]


def _ring(corners: Sequence[Point], seed: int) -> list[Point]:
    ring: list[Point] = []
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        ring += _border(start, end, seed)[:-1]
    return [*ring, ring[0]]


def write_boundaries(folder: Path, known: Mapping[str, Any], seed: int) -> Path:
    """Write the boundaries of the district that demo.toml describes; ``folder`` is there already.

    The same seed gives the same file. Each feature says that it is fictional.
    """
    streets = known["streets"]
    points = _points(known["boundaries"]["seats"], random.Random(seed))
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": street["code"],
                "name": street["name"],
                "demo": True,
                "note": known["demo_line"],
            },
            "geometry": {"type": "Polygon", "coordinates": [_ring(_cell(points, at), seed)]},
        }
        for at, street in enumerate(streets)
    ]
    path = folder / f"{known['district']['name']}_街道边界.geojson"
    collection = {"type": "FeatureCollection", "name": known["demo_line"], "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return path
