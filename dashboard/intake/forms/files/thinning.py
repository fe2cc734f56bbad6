"""Boundaries with as few points as a drawing needs, and neighbours that still meet.

All areas are thinned together as one coverage, so that a line between two of them keeps the same
points for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.catalogue.outlines import Outline, Ring, signed_area

MOST_VERTICES = 260  # of one area
_GRID = 1e-5  # degrees: about a metre
_FINEST = 1 / 4000  # of the whole width: less than a quarter of a pixel of a wide screen
_COARSEST = 1 / 20
_SPECK = 1e-5  # of the whole: a part or hole smaller than that is not drawn


def is_mended(outline: Outline) -> bool:
    """Whether an outline crosses itself, so that it is drawn mended."""
    return not shapely.is_valid(_shape(outline))


def thinned(outlines: Mapping[str, Outline]) -> dict[str, Outline]:
    """The outlines, each of at most MOST_VERTICES points where that leaves its shape standing.

    Outlines that cross themselves are mended.
    """
    shapes = [_valid(_shape(outline)) for outline in outlines.values()]
    west, south, east, north = shapely.total_bounds(shapes)
    size = max(east - west, north - south)
    step, thin = size * _FINEST, shapes
    while step <= size * _COARSEST:
        thin = list(shapely.coverage_simplify(shapes, step))
        if all(_points(shape) <= MOST_VERTICES for shape in thin):
            break
        step *= 1.6
    speck = (east - west) * (north - south) * _SPECK
    return {
        code: _outline(_without_specks(one if one.area else whole, speck))
        for code, one, whole in zip(outlines, thin, shapes, strict=True)
    }


def _shape(outline: Outline) -> MultiPolygon:
    """The outline's polygons: an outer ring is followed by its holes."""
    polygons: list[tuple[Ring, list[Ring]]] = []
    for ring in outline.rings:
        if signed_area(ring) > 0 or not polygons:
            polygons.append((ring, []))
        else:
            polygons[-1][1].append(ring)
    return MultiPolygon([Polygon(outer, holes) for outer, holes in polygons])


def _valid(shape: MultiPolygon) -> MultiPolygon:
    """The shape to a metre, so that what neighbours share is the same point, and mended."""
    rounded = shapely.set_precision(shape, _GRID, mode="pointwise")
    mended = _polygons(shapely.make_valid(rounded, method="structure", keep_collapsed=False))
    return MultiPolygon(mended) if mended else shape


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area]


def _points(shape: BaseGeometry) -> int:
    return int(shapely.get_num_coordinates(shape)) - len(_rings(_polygons(shape)))


def _without_specks(shape: BaseGeometry, speck: float) -> list[Polygon]:
    """The parts of a shape large enough to be seen, without smaller holes; the largest stays."""
    parts = _polygons(shape)
    least = min(speck, max(part.area for part in parts))
    return [
        Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= least])
        for part in parts
        if part.area >= least
    ]


def _rings(polygons: Iterable[Polygon]) -> list[Ring]:
    """Outer rings anticlockwise, each followed by its holes clockwise."""
    oriented = [shapely.orient_polygons(polygon) for polygon in polygons]
    return [
        tuple((float(x), float(y)) for x, y in ring.coords)
        for polygon in oriented
        for ring in (polygon.exterior, *polygon.interiors)
    ]


def _outline(polygons: list[Polygon]) -> Outline:
    return Outline(tuple(_rings(polygons)))
