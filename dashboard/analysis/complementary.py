"""Which cells of a table must be hidden, so that no small one can be worked out from the others.

Cells hang together by sums. A hidden cell is found out when the sums, with all that is shown put
in, leave it only one value; then one more cell of its sums is hidden, the smallest there is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

TINY = 1e-9
_MOST_ROUNDS = 60  # of drawing the bounds of hidden cells closer
Relation = Mapping[Hashable, float]  # cells and their coefficients; together they make zero
Values = Mapping[Hashable, float]


def found_out(relations: Sequence[Relation], unknown: Collection[Hashable]) -> set[Hashable]:
    """The unknown cells that the relations leave only one value, all others being known."""
    chosen = set(unknown)
    solved: dict[Hashable, dict[Hashable, float]] = {}  # Gauss and Jordan: a row for each pivot
    for relation in relations:
        row = {cell: size for cell, size in relation.items() if cell in chosen}
        for pivot in [cell for cell in row if cell in solved]:
            _take_off(row, solved[pivot], row[pivot])
        if not row:
            continue
        pivot = max(row, key=lambda cell: abs(row[cell]))
        first = row[pivot]
        row = {cell: size / first for cell, size in row.items()}
        for other in solved.values():
            if pivot in other:
                _take_off(other, row, other[pivot])
        solved[pivot] = row
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _take_off(row: dict[Hashable, float], other: Relation, times: float) -> None:
    for cell, size in other.items():
        left = row.get(cell, 0.0) - times * size
        if abs(left) > TINY:
            row[cell] = left
        else:
            row.pop(cell, None)


def hemmed_in(
    relations: Sequence[Relation], unknown: Collection[Hashable], values: Values
) -> set[Hashable]:
    """The unknown cells that can be but one whole number, as none of them is below zero."""
    low = dict.fromkeys(unknown, 0.0)
    high = dict.fromkeys(unknown, math.inf)
    sums = []
    for relation in relations:
        open_ones = {cell: size for cell, size in relation.items() if cell in low}
        known = sum(values[cell] * size for cell, size in relation.items() if cell not in low)
        if open_ones:
            sums.append((open_ones, -known))
    for _ in range(_MOST_ROUNDS):
        if not sum(_drawn_closer(row, total, low, high) for row, total in sums):
            break
    return {cell for cell in low if high[cell] - low[cell] < 1 - TINY}


def _without(parts: Values, cell: Hashable) -> float:
    """The sum of all parts but one, of which any may be infinite."""
    return sum(size for part, size in parts.items() if part != cell)


def _drawn_closer(
    row: Relation, total: float, low: dict[Hashable, float], high: dict[Hashable, float]
) -> bool:
    """Whether the bounds of a sum's cells are closer once its other cells are put in."""
    changed = False
    least = {cell: size * (low if size > 0 else high)[cell] for cell, size in row.items()}
    most = {cell: size * (high if size > 0 else low)[cell] for cell, size in row.items()}
    for cell, size in row.items():
        ends = sorted((total - _without(of_all, cell)) / size for of_all in (least, most))
        bottom = math.ceil(ends[0] - TINY) if math.isfinite(ends[0]) else 0.0
        top = math.floor(ends[1] + TINY) if math.isfinite(ends[1]) else math.inf
        if bottom > low[cell] or top < high[cell]:
            low[cell], high[cell] = max(low[cell], bottom), min(high[cell], top)
            changed = True
    return changed


def _too_tight(
    relation: Relation, hidden: Collection[Hashable], values: Values, least: int
) -> bool:
    """Whether the hidden cells of a sum are so small together that none can be much of it.

    All of them count, none is zero: two that make two are one and one.
    """
    gone = [cell for cell in relation if cell in hidden]
    if not gone or len({relation[cell] > 0 for cell in gone}) > 1:
        return False
    together = abs(sum(values[cell] * relation[cell] for cell in gone))
    return together < max(least, len(gone) + 1)


def _groups(
    relations: Sequence[Relation], hidden: Collection[Hashable]
) -> Iterator[tuple[list[Relation], set[Hashable]]]:
    """The hidden cells that hang together, each group with the relations they stand in."""
    of_cell: dict[Hashable, list[int]] = defaultdict(list)
    for place, relation in enumerate(relations):
        for cell in relation:
            if cell in hidden:
                of_cell[cell].append(place)
    seen: set[Hashable] = set()
    for start in of_cell:
        if start in seen:
            continue
        cells, places, waiting = {start}, set[int](), [start]
        while waiting:
            for place in of_cell[waiting.pop()]:
                if place not in places:
                    places.add(place)
                    more = {cell for cell in relations[place] if cell in hidden} - cells
                    cells |= more
                    waiting += more
        seen |= cells
        yield [relations[place] for place in sorted(places)], cells


def cells_to_hide(
    values: Values,
    least: int,
    relations: Sequence[Relation],
    fixed: Collection[Hashable] = (),
    also: Collection[Hashable] = (),
    names: Mapping[Hashable, str] | None = None,
    secret: Collection[Hashable] = (),
) -> set[Hashable]:
    """The cells to hide: those below ``least`` and not zero, and what would give them away.

    ``fixed`` cells are known to the reader whatever is hidden here; ``also`` are hidden for another
    reason, and ``secret`` ones must not be worked out either. ``names`` decide between equal ones,
    so that two tables of the same figures hide the same.
    """
    called = names or {}
    small = {cell for cell, value in values.items() if 0 < abs(value) < least} - set(fixed)
    small |= {cell for cell in secret if cell in values}
    hidden = small | set(also)

    def size(cell: Hashable) -> tuple[bool, float, str]:
        # A zero says nothing about anybody, and hides nothing; it goes only when nothing else can.
        return (values[cell] == 0, abs(values[cell]), called.get(cell, repr(cell)))

    first = _protected(values, least, relations, (hidden, small, set(fixed)), size)
    # What is found out anyway is no use hidden, and shown it tells nothing new.
    useless = {
        cell for rows, cells in _groups(relations, first) for cell in found_out(rows, cells)
    } - hidden
    second = _protected(
        values, least, relations, (first - useless, small, {*fixed, *useless}), size
    )
    return (
        second
        if len(second) < len(first) and not _gives_away(values, least, relations, second, small)
        else first
    )


def _exposed(
    values: Values,
    least: int,
    rows: Sequence[Relation],
    cells: Collection[Hashable],
    small: Collection[Hashable],
) -> list[Relation]:
    """The sums of a group of hidden cells by which a small one is told."""
    told = {*found_out(rows, cells), *hemmed_in(rows, cells, values)} & set(small)
    found = [one for one in rows if not told.isdisjoint(one)]
    return found + [one for one in rows if _too_tight(one, cells, values, least)]


def _gives_away(
    values: Values,
    least: int,
    relations: Sequence[Relation],
    hidden: Collection[Hashable],
    small: Collection[Hashable],
) -> bool:
    groups = _groups(relations, hidden)
    return any(_exposed(values, least, rows, cells, small) for rows, cells in groups)


def _protected(
    values: Values,
    least: int,
    relations: Sequence[Relation],
    sets: tuple[set[Hashable], set[Hashable], set[Hashable]],
    size: Callable[[Hashable], tuple[bool, float, str]],
) -> set[Hashable]:
    """Hidden cells and as many more as it takes; ``sets`` are hidden, small, and not to be hidden.

    Each group of cells that hang together gets one more at a time, the one of the least size.
    """
    hidden, small, closed = set(sets[0]), sets[1], sets[2]
    done: set[frozenset[Hashable]] = set()  # groups that give nothing away
    while True:
        more = set()
        for rows, cells in list(_groups(relations, hidden)):
            if frozenset(cells) in done:
                continue
            free: set[Hashable] = set()
            if exposed := _exposed(values, least, rows, cells, small):
                # where its own sums hold nothing more, those that told the other cells of them
                of_own, of_group = (
                    {
                        cell
                        for one in some
                        for cell in one
                        if cell not in hidden and cell not in closed and cell in values
                    }
                    for some in (exposed, rows)
                )
                free = of_own or of_group
            if free:
                more.add(min(free, key=size))
            else:
                done.add(frozenset(cells))
        if not more:
            return hidden
        hidden |= more


def steps_to_hide(totals: Sequence[tuple[Hashable, float]], least: int) -> set[Hashable]:
    """Running totals to hide, so that no two left differ by a small amount; the last ones stay."""
    hidden: set[Hashable] = set()
    after: float | None = None
    for cell, total in reversed(totals):
        if 0 < abs(total) < least or (after is not None and 0 < abs(after - total) < least):
            hidden.add(cell)
        else:
            after = total
    return hidden
