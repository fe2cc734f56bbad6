"""Boundaries with as few points as a drawing needs, and neighbours that still meet.

A line between two areas is thinned once, from corner to corner, so that both keep the same points.
A corner is a point where three lines meet; everything between two corners is an arc.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from dashboard.catalogue.outlines import Outline, Point, Ring, bounds, signed_area

MOST_VERTICES = 260  # of one area
DECIMALS = 5  # of a degree: about a metre
_FINEST = 1 / 4000  # of the whole width: less than a quarter of a pixel of a wide screen
_COARSEST = 1 / 20
_SPECK = 1e-5  # of the whole: a part or hole smaller than that is not drawn


def thinned(outlines: Mapping[str, Outline]) -> dict[str, Outline]:
    """The outlines, each of at most MOST_VERTICES points where that leaves its shape standing."""
    rounded = {code: _rounded(outline) for code, outline in outlines.items()}
    west, south, east, north = bounds(
        point for outline in rounded.values() for ring in outline.rings for point in ring
    )
    size = max(east - west, north - south)
    corners = _corners(ring for outline in rounded.values() for ring in outline.rings)
    step, made = size * _FINEST, rounded
    while step <= size * _COARSEST:
        made = {code: _thinned(outline, corners, step) for code, outline in rounded.items()}
        if all(outline.vertices <= MOST_VERTICES for outline in made.values()):
            break
        step *= 1.6
    speck = (east - west) * (north - south) * _SPECK
    return {code: _without_specks(outline, speck) for code, outline in made.items()}


def _rounded(outline: Outline) -> Outline:
    """Points to a metre, so that what neighbours share is the same point; each once."""
    rings = []
    for ring in outline.rings:
        points = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
        kept = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
        if len(kept) >= 4 and signed_area(kept):
            rings.append(tuple(kept))
    return Outline(tuple(rings)) if rings else outline


def _corners(rings: Iterable[Ring]) -> set[Point]:
    """The points at which more or fewer than two lines meet."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    return {point for point, others in beside.items() if len(others) != 2}


def _thinned(outline: Outline, corners: set[Point], step: float) -> Outline:
    rings = []
    for ring in outline.rings:
        thin = _ring(ring[:-1], corners, step)
        # a shape that would fall together keeps its points
        rings.append(thin if len(thin) >= 4 and signed_area(thin) * signed_area(ring) > 0 else ring)
    return Outline(tuple(rings))


def _ring(points: Sequence[Point], corners: set[Point], step: float) -> Ring:
    """A ring (given without its last point) thinned arc by arc."""
    ends = [at for at, point in enumerate(points) if point in corners]
    if len(ends) < 2:  # an island or a hole: two points that any ring around it chooses alike
        first = ends[0] if ends else min(range(len(points)), key=points.__getitem__)
        x, y = points[first]
        away = max(
            range(len(points)),
            key=lambda at: (math.hypot(points[at][0] - x, points[at][1] - y), points[at]),
        )
        ends = sorted({first, away})
    found: list[Point] = []
    for start, end in zip(ends, [*ends[1:], ends[0] + len(points)], strict=True):
        arc = [points[at % len(points)] for at in range(start, end + 1)]
        found += _arc(arc, step)[:-1]
    return (*found, found[0])


def _arc(arc: Sequence[Point], step: float) -> list[Point]:
    """The points of an arc that lie further than ``step`` from a straight line (Douglas, Peucker).

    Always gone through in the same direction, whichever neighbour asks.
    """
    if arc[0] > arc[-1]:
        return _arc(arc[::-1], step)[::-1]
    kept, left = {0, len(arc) - 1}, [(0, len(arc) - 1)]
    while left:
        first, last = left.pop()
        (x, y), (u, v) = arc[first], arc[last]
        length = math.hypot(u - x, v - y) or 1e-12
        most, furthest = step, 0
        for at in range(first + 1, last):
            p, q = arc[at]
            distance = abs((u - x) * (y - q) - (x - p) * (v - y)) / length
            if (u, v) == (x, y):
                distance = math.hypot(p - x, q - y)
            if distance > most:
                most, furthest = distance, at
        if furthest:
            kept.add(furthest)
            left += [(first, furthest), (furthest, last)]
    return [arc[at] for at in sorted(kept)]


def _without_specks(outline: Outline, speck: float) -> Outline:
    """Without parts and holes too small to be seen; the largest part always stays."""
    largest = max(abs(signed_area(ring)) for ring in outline.rings)
    least = min(speck, largest)
    return Outline(tuple(ring for ring in outline.rings if abs(signed_area(ring)) >= least))
