"""Where each street's tile stands: as declared, as its outline lies, or in the list's order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from dashboard.catalogue.concepts import Area
from dashboard.catalogue.outlines import Outline, bounds, middle

Tiles = dict[str, tuple[int, int]]  # row and column from 0, by code
DECLARED, PLACED, LISTED = "declared", "placed", "listed"
_MOST_PLACED = 60  # the exact placing takes the cube of it; more are listed
_COLUMNS = ((16, 4), (30, 5), (10_000, 6))  # up to so many tiles: columns a phone can show


def tile_grid(areas: Sequence[Area], outlines: Mapping[str, Outline]) -> tuple[Tiles, str]:
    """A tile of its own for every area, and by what it was found.

    Declared positions count where each area has one, outlines likewise; else the areas stand in
    the order in which they are given, and a position says nothing.
    """
    declared = {area.code: area.tile for area in areas if area.tile}
    if len(declared) == len(areas) == len(set(declared.values())):
        return _close(declared), DECLARED
    if all(area.code in outlines for area in areas) and 1 < len(areas) <= _MOST_PLACED:
        return _close(_placed({area.code: outlines[area.code] for area in areas})), PLACED
    columns = next(columns for most, columns in _COLUMNS if len(areas) <= most)
    return {area.code: divmod(at, columns) for at, area in enumerate(areas)}, LISTED


def _close(tiles: Tiles) -> Tiles:
    """The tiles without the rows and columns that all are empty at the edges."""
    top = min(row for row, _ in tiles.values())
    left = min(column for _, column in tiles.values())
    return {code: (row - top, column - left) for code, (row, column) in tiles.items()}


def _placed(outlines: Mapping[str, Outline]) -> Tiles:
    """Each on the tile nearest to where it lies, so that all together move as little as possible.

    North is up; the grid is about as wide for its height as the whole district.
    """
    centres = {code: middle(outline.rings) for code, outline in outlines.items()}
    west, south, east, north = bounds(centres.values())
    narrower = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * narrower, 1e-9), max(north - south, 1e-9)
    columns = min(max(round(math.sqrt(len(centres) * wide / high)), 1), len(centres))
    rows = math.ceil(len(centres) / columns)
    cells = [(row, column) for row in range(rows) for column in range(columns)]
    costs = []
    for x, y in centres.values():
        across = (x - west) * narrower / wide * (columns - 1)
        down = (north - y) / high * (rows - 1)
        costs.append([(row - down) ** 2 + (column - across) ** 2 for row, column in cells])
    return dict(zip(centres, (cells[at] for at in _assigned(costs)), strict=True))


def _assigned(costs: Sequence[Sequence[float]]) -> list[int]:
    """For every row a column of its own with the smallest sum of costs (the Hungarian method)."""
    rows, columns = len(costs), len(costs[0])
    above, beside = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken = [0] * (columns + 1)  # by which row, counted from 1
    for row in range(1, rows + 1):
        taken[0], column = row, 0
        least, came = [math.inf] * (columns + 1), [0] * (columns + 1)
        seen = [False] * (columns + 1)
        while taken[column]:
            seen[column] = True
            at, step, following = taken[column], math.inf, 0
            for other in range(1, columns + 1):
                if seen[other]:
                    continue
                left = costs[at - 1][other - 1] - above[at] - beside[other]
                if left < least[other]:
                    least[other], came[other] = left, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(columns + 1):
                if seen[other]:
                    above[taken[other]] += step
                    beside[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            taken[column] = taken[came[column]]
            column = came[column]
    found = [0] * rows
    for column in range(1, columns + 1):
        if taken[column]:
            found[taken[column] - 1] = column - 1
    return found
