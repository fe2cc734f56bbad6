"""Which cells of a table must be hidden, so that no small one can be worked out from the others.

Cells hang together by sums. A hidden cell is found out when the sums, with all that is shown put
in, leave it only one value; then one more cell of its sums is hidden, the smallest there is.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

TINY = 1e-9
Relation = Mapping[Hashable, float]  # cells and their coefficients; together they make zero


def found_out(relations: Sequence[Relation], unknown: Collection[Hashable]) -> set[Hashable]:
    """The unknown cells that the relations leave only one value, all others being known."""
    order = sorted(unknown, key=repr)
    rows = [[relation.get(cell, 0.0) for cell in order] for relation in relations]
    rows = [row for row in rows if any(row)]
    done = 0
    for column in range(len(order)):  # Gauss and Jordan: a row with one cell left gives it away
        best = max(range(done, len(rows)), key=lambda i: abs(rows[i][column]), default=None)
        if best is None or abs(rows[best][column]) < TINY:
            continue
        rows[done], rows[best] = rows[best], rows[done]
        first = rows[done][column]
        rows[done] = [size / first for size in rows[done]]
        for place, row in enumerate(rows):
            if place != done and abs(row[column]) > TINY:
                part = row[column]
                rows[place] = [a - part * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    left = [[i for i, size in enumerate(row) if abs(size) > TINY] for row in rows]
    return {order[places[0]] for places in left if len(places) == 1}


def _too_tight(
    relation: Relation, hidden: Collection[Hashable], values: Mapping[Hashable, float], least: int
) -> bool:
    """Whether the hidden cells of a sum are so small together that none can be much of it.

    All of them count, none is zero: two that make two are one and one.
    """
    gone = [cell for cell in relation if cell in hidden]
    if not gone or len({relation[cell] > 0 for cell in gone}) > 1:
        return False
    together = abs(sum(values[cell] * relation[cell] for cell in gone))
    return together < max(least, len(gone) + 1)


def cells_to_hide(
    values: Mapping[Hashable, float],
    least: int,
    relations: Sequence[Relation],
    fixed: Collection[Hashable] = (),
    also: Collection[Hashable] = (),
    names: Mapping[Hashable, str] | None = None,
) -> set[Hashable]:
    """The cells to hide: those below ``least`` and not zero, and what would give them away.

    ``fixed`` cells are known to the reader whatever is hidden here; ``also`` are hidden for another
    reason. ``names`` decide between equal ones, so that two tables of the same figures hide the
    same.
    """
    called = names or {}
    small = {cell for cell, value in values.items() if 0 < abs(value) < least} - set(fixed)
    hidden = small | set(also)
    while True:
        told = found_out(relations, hidden) & small
        exposed = [one for one in relations if told & set(one)]
        exposed += [one for one in relations if _too_tight(one, hidden, values, least)]
        free = {
            cell for one in exposed for cell in one
            if cell not in hidden and cell not in fixed and cell in values
        }  # fmt: skip
        # A zero says nothing about anybody, and hides nothing; it goes only when nothing else can.
        if not free:
            return hidden
        size = {cell: (values[cell] == 0, abs(values[cell]), called.get(cell, repr(cell)))
                for cell in free}  # fmt: skip
        hidden.add(min(free, key=size.__getitem__))


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
