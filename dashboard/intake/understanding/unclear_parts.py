"""Finds parts of which nothing says what they count: 其中:公办 behind 机构数 and 床位数."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.base.language import Text
from dashboard.catalogue.grid import Grid, IndicatorCell
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.meanings import Meanings
from dashboard.intake.understanding.numbers import exceeds, number_at
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns
from dashboard.intake.understanding.table_rows import Row

_CARRIERS = ("person", "organisation", "facility")  # what itself is female, disabled, public


class UnclearParts:
    """The columns of one table that are a part (其中) of one before them, and of which."""

    def __init__(self, table: Table, columns: Columns, meanings: Meanings) -> None:
        """Nothing is worked out before it is asked for."""
        self._table, self._columns, self._meanings = table, columns, meanings
        self._grid = table.known.grid

    def gap(self, column: Column, row: Row, meaning: Meaning) -> Gap | None:
        """What is to be asked of a part that may as well be one of another measure beside it.

        Persons are female and institutions public, beds and households only through them: a part
        of persons or institutions is clear beside other measures.
        """
        cell = meaning.cell
        if column.components:
            return self._of_which(column.components)
        if cell is None or column.whole is None or self._carries(cell, self._grid):
            return None
        if any(self._table.known.label(text).unit for text in self._table.region.path(column.at)):
            return None  # its own unit says what it counts
        for rival in self._rivals(column):
            other = self._meanings.of(self._columns[rival], row)
            if isinstance(other, Meaning) and self._may_be(column, rival, cell, other):
                wholes = [cell._replace(values=()), other.cell]
                return gaps.part_of_which(
                    [self._name(indicator_cell) for indicator_cell in wholes if indicator_cell]
                )
        return None

    def _of_which(self, components: tuple[int, ...]) -> Gap:
        """The question of which columns a part is: the last, or all of them."""
        texts = ["/".join(self._table.region.path(at)) for at in components]
        if len(texts) == 1:
            return gaps.of_run_or_all(texts[0])
        return gaps.part_of_row([texts[-1], "、".join(texts)])

    def _name(self, cell: IndicatorCell) -> Text:
        return self._grid.indicator_of(cell).name

    @staticmethod
    def _carries(cell: IndicatorCell, grid: Grid) -> bool:
        """Whether what is counted bears the property itself."""
        return grid.unit_of(grid.programmes[cell.programme], grid.measures[cell.measure]) in (
            _CARRIERS
        )

    def _rivals(self, column: Column) -> Iterator[int]:
        """The columns left of the whole under the same group heading that are no parts."""
        path = self._table.region.path
        at = column.whole if column.whole is not None else 0
        for left in range(at - 1, -1, -1):
            known = self._table.region.figures
            if left not in known or path(left)[:-1] != path(at)[:-1]:
                return
            if self._columns[left].whole is None:
                yield left

    def _may_be(self, column: Column, rival: int, cell: IndicatorCell, other: Meaning) -> bool:
        """Whether the part may be one of another column's figures: none of its numbers is larger.

        Both are of one programme, and that measure has the part too.
        """
        counted = other.cell
        if counted is None or counted.measure == cell.measure:
            return False
        if (counted.programme, counted.scope) != (cell.programme, cell.scope):
            return False
        if not self._grid.is_meaningful(cell._replace(measure=counted.measure, in_month=False)):
            return False
        return not exceeds(self._values(column.at), self._values(rival))

    def _values(self, at: int) -> list[float | None]:
        body = self._table.region.body
        return [number_at(self._table.sheet, row, at) for row in body]
