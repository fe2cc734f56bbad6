"""Works out how far a suppressed cell of a table may move, given the shown cells and all sums.

A reader of the table can fill the suppressed cells in every way that keeps the sums and leaves no
cell below its floor. ``Fillings`` walks from the true filling to others, along the edges of the
polytope that they form (the simplex method, started inside instead of in a corner).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

TINY = 1e-9
_MOST_MOVES = 2000  # of one walk; a longer one counts as not arriving
Row = dict[int, float]  # cells and their coefficients


class Fillings:
    """The ways to fill the free cells of a table whose other cells are known.

    Cells are numbers from 0; where two serve alike, the lower one is taken. ``rows`` solve the
    relations: a basic cell moves by minus its row's coefficients times the moves of the other
    cells.
    """

    def __init__(
        self,
        values: Sequence[float],
        relations: Iterable[Mapping[int, float]],
        free: Collection[int],
        floors: Sequence[float],
    ) -> None:
        """Start at the true ``values``, which fulfil the relations; cells not in ``free`` stay.

        ``relations`` are the coefficients of cells that together make zero.
        """
        self.true, self.floors = list(values), list(floors)
        self.values, self.free = list(values), set(free)
        self._touched: set[int] = set()  # by moves since the start
        self.rows: dict[int, Row] = {}
        self.columns: list[set[int]] = [set() for _ in self.true]  # the rows in which a cell stands
        for relation in relations:
            self._add(relation)

    def reach(self, cell: int, target: float) -> bool:
        """Whether the cell can be ``target`` or more; the filling is then such a one."""
        for _ in range(_MOST_MOVES):
            if self.values[cell] >= target - TINY:
                return True
            moves = self._improving(cell, self.free)
            if not moves:
                return False
            self._move(cell, moves, target)
        return False

    def helping(self, cell: int) -> list[int]:
        """The cells that are known, and by which the cell could rise further if they were free."""
        return [other for other, _ in self._improving(cell, None) if other not in self.free]

    def restart(self) -> None:
        """Return to the true filling."""
        for cell in self._touched:
            self.values[cell] = self.true[cell]
        self._touched.clear()

    def moved(self) -> dict[int, float]:
        """The cells that differ from the true filling, with their values."""
        return {
            cell: self.values[cell]
            for cell in self._touched
            if abs(self.values[cell] - self.true[cell]) > TINY
        }

    def _add(self, relation: Mapping[int, float]) -> None:
        row = {cell: size for cell, size in relation.items() if size}
        for cell in [cell for cell in row if cell in self.rows]:
            size = row.pop(cell)
            for other, more in self.rows[cell].items():
                _increase(row, other, -size * more)
        if not row:
            return
        pivot = min(row, key=lambda cell: (cell not in self.free, len(self.columns[cell])))
        size = row.pop(pivot)
        self._solve(pivot, {cell: more / size for cell, more in row.items()})

    def _solve(self, pivot: int, row: Row) -> None:
        """Make ``pivot`` basic: put its row into the rows in which it stands."""
        standing, self.columns[pivot] = self.columns[pivot], set()
        for basic in standing:
            self._put_in(basic, self.rows[basic].pop(pivot), row)
        self.rows[pivot] = row
        for cell in row:
            self.columns[cell].add(pivot)

    def _put_in(self, basic: int, size: float, row: Row) -> None:
        """Take ``size`` times the row from that of a basic cell: the innermost loop of all."""
        changed, columns = self.rows[basic], self.columns
        for cell, more in row.items():
            before = changed.get(cell)
            left = -size * more if before is None else before - size * more
            if abs(left) > TINY:
                changed[cell] = left
                if before is None:
                    columns[cell].add(basic)
            elif before is not None:
                del changed[cell]
                columns[cell].discard(basic)

    def _improving(self, cell: int, among: Collection[int] | None) -> list[tuple[int, float]]:
        """Moves (cell and direction) that raise the cell, of cells that are not basic."""
        if cell not in self.rows:
            slopes: Row = {cell: 1.0}
        else:
            slopes = {other: -size for other, size in self.rows[cell].items()}
        return [
            (other, math.copysign(1.0, slope))
            for other, slope in slopes.items()
            if (among is None or other in among) and (slope > 0 or self._room(other) > TINY)
        ]

    def _room(self, cell: int) -> float:
        """How far the cell can fall."""
        return self.values[cell] - self.floors[cell]

    def _move(self, cell: int, moves: Sequence[tuple[int, float]], target: float) -> None:
        """Make the longest of these moves; where none gets anywhere, only change the basis."""
        (length, blocking), other, sign = self._longest(cell, moves, target)
        if length <= TINY:
            # All are blocked: the first in a fixed order (Bland's rule), so that no circle is run.
            other, sign = min(moves)
            length, blocking = self._limit(other, sign)
        slope = self._slope(cell, other)
        length = min(length, (target - self.values[cell]) / slope)
        self._touched |= {other, *self.columns[other]}
        self.values[other] += sign * length
        for basic in self.columns[other]:
            self.values[basic] -= self.rows[basic][other] * sign * length
        if blocking is not None and self.values[cell] < target - TINY:
            self._exchange(blocking, other)

    def _longest(
        self, cell: int, moves: Sequence[tuple[int, float]], target: float
    ) -> tuple[tuple[float, int | None], int, float]:
        """The first move that gets the cell to the target; where none does, the longest."""
        best: tuple[tuple[float, int | None], int, float] | None = None
        for other, sign in moves:
            limit = self._limit(other, sign)
            if limit[0] * self._slope(cell, other) >= target - self.values[cell]:
                return limit, other, sign
            if best is None or limit[0] > best[0][0]:
                best = (limit, other, sign)
        assert best is not None, "there is a move to make"
        return best

    def _slope(self, cell: int, other: int) -> float:
        """How much the cell moves as another one does by 1."""
        return 1.0 if cell == other else abs(self.rows[cell][other])

    def _limit(self, cell: int, sign: float) -> tuple[float, int | None]:
        """How far the cell can move, and the basic cell that stops it there."""
        best, blocking = (self._room(cell), None) if sign < 0 else (math.inf, None)
        for basic in sorted(self.columns[cell]):
            slope = -self.rows[basic][cell] * sign
            if basic not in self.free:
                length = 0.0
            elif slope < 0:
                length = self._room(basic) / -slope
            else:
                continue
            if length < best - TINY:
                best, blocking = max(length, 0.0), basic
                if best <= TINY:
                    break  # nothing can stop it sooner
        return best, blocking

    def _exchange(self, basic: int, cell: int) -> None:
        """Let ``cell`` be basic instead of ``basic``."""
        row = self.rows.pop(basic)
        for other in row:
            self.columns[other].discard(basic)
        size = row.pop(cell)
        new = {other: more / size for other, more in row.items()}
        new[basic] = 1.0 / size
        self._solve(cell, new)


def _increase(row: Row, cell: int, by: float) -> None:
    left = row.get(cell, 0.0) + by
    if abs(left) > TINY:
        row[cell] = left
    else:
        row.pop(cell, None)
