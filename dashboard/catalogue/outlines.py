"""Defines the outline of an area on a map: its rings, where it lies, where its name has room.

Coordinates are degrees, longitude first. An outer ring runs anticlockwise and a hole clockwise, so
that the signed areas of all rings add up to that of the area.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]
Ring = tuple[Point, ...]  # closed: the last point is the first
_LINES = 15  # on which room for a name is looked for


@dataclass(frozen=True, slots=True)
class Outline:
    """The rings of one area, outer ones and holes."""

    rings: tuple[Ring, ...]

    @property
    def vertices(self) -> int:
        """How many points it is drawn with."""
        return sum(len(ring) - 1 for ring in self.rings)


def signed_area(ring: Sequence[Point]) -> float:
    """The area within a closed ring, positive where it runs anticlockwise, in square degrees."""
    x0, y0 = ring[0] if ring else (0.0, 0.0)  # near its own corner, so that little is cancelled out
    pairs = pairwise(ring)
    return sum((x - x0) * (v - y0) - (u - x0) * (y - y0) for (x, y), (u, v) in pairs) / 2


def turned(ring: Ring, anticlockwise: bool) -> Ring:
    """The ring in the wanted direction."""
    return ring if (signed_area(ring) > 0) == anticlockwise else ring[::-1]


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """West, south, east and north of some points."""
    every = list(points)
    across, up = [x for x, _ in every], [y for _, y in every]
    return min(across), min(up), max(across), max(up)


def middle(rings: Sequence[Ring]) -> Point:
    """The centroid of what the rings enclose."""
    whole = sum(signed_area(ring) for ring in rings)
    x0, y0 = rings[0][0]
    across = up = 0.0
    for ring in rings:
        for (x, y), (u, v) in pairwise(ring):
            x, u, y, v = x - x0, u - x0, y - y0, v - y0
            across += (x + u) * (x * v - u * y)
            up += (y + v) * (x * v - u * y)
    if not whole:
        west, south, east, north = bounds(point for ring in rings for point in ring)
        return (west + east) / 2, (south + north) / 2
    return x0 + across / (6 * whole), y0 + up / (6 * whole)


def room_for_name(rings: Sequence[Ring]) -> tuple[Point, float]:
    """A point within the rings with much room beside it, and how wide the room is there."""
    _, south, _, north = bounds(point for ring in rings for point in ring)
    best, room = 0.0, (middle(rings), 0.0)
    for line in range(1, _LINES + 1):
        share = line / (_LINES + 1)
        y = south + (north - south) * share
        crossed = sorted(_crossings(rings, y))
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            # a line near the middle is better than a slightly longer one at the edge
            worth = (right - left) * (1 - abs(share - 0.5))
            if worth > best:
                best, room = worth, (((left + right) / 2, y), right - left)
    return room


def _crossings(rings: Sequence[Ring], y: float) -> list[float]:
    return [
        x + (u - x) * (y - low) / (high - low)
        for ring in rings
        for (x, low), (u, high) in pairwise(ring)
        if (low > y) != (high > y)
    ]


def flattened(rings: Sequence[Ring], latitude: float) -> tuple[Ring, ...]:
    """The rings with east–west distances as long as north–south ones at this latitude."""
    narrower = math.cos(math.radians(latitude))
    return tuple(tuple((x * narrower, y) for x, y in ring) for ring in rings)
