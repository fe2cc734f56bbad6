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

from dashboard.analysis.feasible import Fillings, Relation, Values

__all__ = ["Relation", "SumTable", "Values", "suppress"]


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
    search = _Search(table, secrets, primary)
    search.hide()
    search.show_again()
    return search.hidden


class _Search:
    """The suppressed cells while they are looked for, with a filling that protects each secret."""

    def __init__(
        self, table: SumTable, targets: dict[Hashable, float], primary: set[Hashable]
    ) -> None:
        self.table, self.targets = table, targets
        self.secrets = sorted(targets, key=table.size)
        self.primary, self.hidden = primary, set(primary)
        self.witnesses: dict[Hashable, Collection[Hashable]] = {}
        self.resting: dict[Hashable, dict[Hashable, None]] = defaultdict(dict)
        relations = table.connected(self.secrets)
        cells = {cell: table.values[cell] for relation in relations for cell in relation}
        cells.update({cell: table.values[cell] for cell in self.secrets})
        free = {cell for cell in cells if cell in primary or cell in table.derived}
        floors = {cell: table.floor(cell) for cell in cells}
        self.fillings = Fillings(cells, relations, free, floors)

    def hide(self) -> None:
        """Hide cells until each secret can be large enough, or nothing more can help it."""
        for secret in self.secrets:
            self.fillings.restart()
            while not self._protects(secret):
                helping = self._helping(secret)
                if not helping:
                    break
                chosen = min(helping, key=self.table.size)
                self.hidden.add(chosen)
                self.fillings.free.add(chosen)

    def show_again(self) -> None:
        """Show every complementary cell that no secret needs, the largest first."""
        added = sorted(self.hidden - self.primary, key=self.table.size, reverse=True)
        for cell in added:
            self.fillings.free.discard(cell)
            if self._all_protected_without(cell):
                self.hidden.discard(cell)
            else:
                self.fillings.free.add(cell)

    def _protects(self, secret: Hashable) -> bool:
        if not self.fillings.reach(secret, self.targets[secret]):
            return False
        self._rest(secret, self.fillings.moved())
        return True

    def _rest(self, secret: Hashable, moved: Collection[Hashable]) -> None:
        """Keep the cells that a filling moves which protects the secret."""
        for cell in self.witnesses.get(secret, ()):
            del self.resting[cell][secret]
        self.witnesses[secret] = moved
        for cell in moved:
            self.resting[cell][secret] = None

    def _helping(self, secret: Hashable) -> list[Hashable]:
        known = self.table.known
        return [cell for cell in self.fillings.helping(secret) if cell not in known]

    def _all_protected_without(self, cell: Hashable) -> bool:
        """Protect anew each secret whose filling moves this cell; none is changed if one fails."""
        before: dict[Hashable, Collection[Hashable]] = {}
        for secret in list(self.resting[cell]):
            before[secret] = self.witnesses[secret]
            self.fillings.restart()
            if not self._protects(secret):
                for other, moved in before.items():
                    self._rest(other, moved)
                return False
        return True
