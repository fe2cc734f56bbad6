"""Places each street's tile: as declared, near its outline, or in the list's order."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from dashboard.catalogue.concepts import Area
from dashboard.catalogue.outlines import Outline, bounds, middle

Tiles = dict[str, tuple[int, int]]  # row and column from 0, by code
DECLARED, PLACED, LISTED = "declared", "placed", "listed"
_MOST_PLACED = 60  # the exact placing takes the cube of it; more are listed
_COLUMNS = ((16, 4), (30, 5), (10_000, 6))  # up to so many tiles: columns a phone can show


def _can_be_placed(areas: Sequence[Area], outlines: Mapping[str, Outline]) -> bool:
    """Whether each of the areas has an outline, and they are neither alone nor too many."""
    return 1 < len(areas) <= _MOST_PLACED and all(area.code in outlines for area in areas)


def tile_grid(areas: Sequence[Area], outlines: Mapping[str, Outline]) -> tuple[Tiles, str]:
    """A tile of its own for every area, and by what it was found.

    Declared positions count where each area has one, outlines likewise; else the areas stand in
    the order in which they are given, and a position says nothing.
    """
    declared = {area.code: area.tile for area in areas if area.tile}
    if len(declared) == len(areas) == len(set(declared.values())):
        return _close(declared), DECLARED
    if _can_be_placed(areas, outlines):
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
    assignment = _Assignment(costs)
    for row in range(1, len(costs) + 1):
        assignment.add(row)
    return assignment.columns()


class _Assignment:
    """Rows that have a column, at the smallest sum of costs; rows and columns count from 1.

    ``rows`` and ``columns`` hold the potentials; column 0 stands for the row that is being added.
    """

    def __init__(self, costs: Sequence[Sequence[float]]) -> None:
        self._costs = costs
        self._of_rows = [0.0] * (len(costs) + 1)
        self._of_columns = [0.0] * (len(costs[0]) + 1)
        self._row_of = [0] * (len(costs[0]) + 1)

    def columns(self) -> list[int]:
        """The column of every row, both counted from 0."""
        pairs = {row: column for column, row in enumerate(self._row_of) if column and row}
        return [pairs[row] - 1 for row in range(1, len(self._costs) + 1)]

    def add(self, row: int) -> None:
        """Give one more row a column; others change theirs where that costs less."""
        self._row_of[0] = row
        column, came_from = self._cheapest_path()
        while column:
            self._row_of[column] = self._row_of[came_from[column]]
            column = came_from[column]

    def _cheapest_path(self) -> tuple[int, list[int]]:
        """The free column at the end of the cheapest chain of changes, and the chain backwards."""
        count = len(self._row_of)
        least, came_from, seen = [math.inf] * count, [0] * count, [False] * count
        column = 0
        while self._row_of[column]:
            seen[column] = True
            self._look_from(column, least, came_from, seen)
            unseen = [other for other in range(1, count) if not seen[other]]
            following = min(unseen, key=lambda other: least[other])
            self._shift(least[following], least, seen)
            column = following
        return column, came_from

    def _look_from(
        self, column: int, least: list[float], came_from: list[int], seen: Sequence[bool]
    ) -> None:
        """Note which columns are reached at less cost from this one."""
        row = self._row_of[column]
        for other in range(1, len(seen)):
            if seen[other]:
                continue
            cost = self._costs[row - 1][other - 1]
            left = cost - self._of_rows[row] - self._of_columns[other]
            if left < least[other]:
                least[other], came_from[other] = left, column

    def _shift(self, step: float, least: list[float], seen: Sequence[bool]) -> None:
        """Move the potentials by the step, so that the chain goes on at no cost."""
        for other, is_seen in enumerate(seen):
            if is_seen:
                self._of_rows[self._row_of[other]] += step
                self._of_columns[other] -= step
            else:
                least[other] -= step
