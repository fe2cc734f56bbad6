"""Chooses the cells of a table that are suppressed besides the small ones.

The criterion: with the sums of the table and every shown cell put in, and with the knowledge that a
suppressed cell is not zero, each small cell could still be as large as the least count that is
shown. So no small cell is determined, and none is even known to be small. What is suppressed is
irreducible: with any one complementary cell shown again, a small cell would fail the criterion. It
need not be the least possible number of cells; to find that is NP-hard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.analysis.feasible import Fillings

Relation = Mapping[Hashable, float]  # cells and their coefficients; together they make zero
Values = Mapping[Hashable, float]


@dataclass(frozen=True, slots=True)
class SumTable:
    """Cells with their values and the sums they stand in.

    ``known`` cells are known to the reader whatever is suppressed here, ``derived`` ones are
    nowhere shown but may be worked out. ``names`` decide between equal cells, so that two tables of
    the same figures suppress the same.
    """

    values: Values
    relations: Collection[Relation] = ()
    known: Collection[Hashable] = frozenset()
    derived: Collection[Hashable] = frozenset()
    names: Mapping[Hashable, str] = field(default_factory=dict)

    def floor(self, cell: Hashable) -> float:
        """The least a reader holds possible: a suppressed cell is not zero, a derived one may be.

        Of a cell that is zero or negative itself, nothing more than that is assumed.
        """
        value = self.values[cell]
        if cell in self.derived or value < 1:
            return min(0.0, value)
        return 1.0

    def size(self, cell: Hashable) -> tuple[bool, float, str]:
        """What decides which of two cells goes: the smaller one, a zero only as the last.

        A zero says nothing about anybody, so it should stay.
        """
        value = abs(self.values[cell])
        return (value == 0, value, self.names.get(cell) or repr(cell))

    def connected(self, starts: Iterable[Hashable]) -> list[Relation]:
        """The relations that a chain of common cells ties to one of these cells."""
        of_cell: dict[Hashable, list[int]] = defaultdict(list)
        relations = list(self.relations)
        for place, relation in enumerate(relations):
            for cell in relation:
                of_cell[cell].append(place)
        seen, waiting = set[Hashable](), list(starts)
        places = set[int]()
        while waiting:
            cell = waiting.pop()
            if cell not in seen:
                seen.add(cell)
                new = set(of_cell[cell]) - places
                places |= new
                waiting += [other for place in new for other in relations[place]]
        return [relations[place] for place in sorted(places)]


def suppress(
    table: SumTable,
    least: int,
    also: Collection[Hashable] = (),
    secret: Values | None = None,
) -> set[Hashable]:
    """The cells to suppress: those below ``least`` and not zero, and complementary ones.

    ``also`` are suppressed for another reason; ``secret`` ones too, and to the reader each must be
    possible as large as the value given for it. Derived cells are protected and not returned.
    """
    secrets: dict[Hashable, float] = {
        cell: float(least)
        for cell, value in table.values.items()
        if 0 < abs(value) < least and cell not in table.known
    }
    for cell, target in (secret or {}).items():
        if cell in table.values:
            secrets.setdefault(cell, target)
    primary = (set(secrets) | set(also)) - set(table.derived)
    if not secrets:
        return primary
    search = _Search(_Numbered.of(table, secrets), primary)
    search.hide()
    search.show_again()
    return primary | search.complementary


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The part of a table that sums tie to secret cells, its cells as numbers from 0.

    A number is hashed and compared in a fraction of the time that a figure's name and place take.
    ``cells`` says which cell a number stands for, ``targets`` how large each secret must be
    possible; ``sizes`` decide which of two cells goes, the smaller one.
    """

    cells: list[Hashable]
    values: list[float]
    floors: list[float]
    relations: list[dict[int, float]]
    targets: dict[int, float]
    known: frozenset[int]
    derived: frozenset[int]
    sizes: list[tuple[bool, float, str]]

    @classmethod
    def of(cls, table: SumTable, secrets: Values) -> _Numbered:
        """Number the cells of a table."""
        order = sorted(secrets, key=table.size)
        relations = table.connected(order)
        cells = list(dict.fromkeys([*(term for terms in relations for term in terms), *order]))
        number = {cell: place for place, cell in enumerate(cells)}
        return cls(
            cells,
            [table.values[cell] for cell in cells],
            [table.floor(cell) for cell in cells],
            [{number[cell]: size for cell, size in terms.items()} for terms in relations],
            {number[cell]: secrets[cell] for cell in order},
            frozenset(place for place, cell in enumerate(cells) if cell in table.known),
            frozenset(place for place, cell in enumerate(cells) if cell in table.derived),
            [table.size(cell) for cell in cells],
        )


class _Search:
    """The suppressed cells while they are looked for, with a filling that protects each secret."""

    def __init__(self, table: _Numbered, primary: Collection[Hashable]) -> None:
        self.table = table
        self.primary = {place for place, cell in enumerate(table.cells) if cell in primary}
        self.hidden = set(self.primary)
        self.witnesses: dict[int, Collection[int]] = {}
        self.resting: dict[int, dict[int, None]] = defaultdict(dict)
        free = self.primary | table.derived
        self.fillings = Fillings(table.values, table.relations, free, table.floors)

    @property
    def complementary(self) -> set[Hashable]:
        """The cells that are hidden besides those that had to be."""
        return {self.table.cells[number] for number in self.hidden - self.primary}

    def hide(self) -> None:
        """Hide cells until each secret can be large enough, or nothing more can help it."""
        for secret in self.table.targets:
            self.fillings.restart()
            while not self._protects(secret):
                helping = self._helping(secret)
                if not helping:
                    break
                chosen = min(helping, key=self.table.sizes.__getitem__)
                self.hidden.add(chosen)
                self.fillings.free.add(chosen)

    def show_again(self) -> None:
        """Show every complementary cell that no secret needs, the largest first."""
        sizes = self.table.sizes
        added = sorted(self.hidden - self.primary, key=sizes.__getitem__, reverse=True)
        for cell in added:
            self.fillings.free.discard(cell)
            if self._all_protected_without(cell):
                self.hidden.discard(cell)
            else:
                self.fillings.free.add(cell)

    def _protects(self, secret: int) -> bool:
        if not self.fillings.reach(secret, self.table.targets[secret]):
            return False
        self._rest(secret, self.fillings.moved())
        return True

    def _rest(self, secret: int, moved: Collection[int]) -> None:
        """Keep the cells that a filling moves which protects the secret."""
        for cell in self.witnesses.get(secret, ()):
            del self.resting[cell][secret]
        self.witnesses[secret] = moved
        for cell in moved:
            self.resting[cell][secret] = None

    def _helping(self, secret: int) -> list[int]:
        known = self.table.known
        return [cell for cell in self.fillings.helping(secret) if cell not in known]

    def _all_protected_without(self, cell: int) -> bool:
        """Protect anew each secret whose filling moves this cell; none is changed if one fails."""
        before: dict[int, Collection[int]] = {}
        for secret in list(self.resting[cell]):
            before[secret] = self.witnesses[secret]
            self.fillings.restart()
            if not self._protects(secret):
                for other, moved in before.items():
                    self._rest(other, moved)
                return False
        return True
