"""Proofs from a table's own figures that its months are single months, not counted since January.

Figures that fall within a year are no running total, and a total that is their sum adds months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period
from dashboard.intake.understanding.numbers import number_at
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns, is_whole
from dashboard.intake.understanding.table_rows import Labels, Row, Rows

_ROUNDING = 0.006  # of each figure of a sum, as printed
Texts = tuple[str, ...]
Cell = tuple[int, int]


class _Run(NamedTuple):
    """The cells of months of one meaning in order, and those of their total."""

    months: Sequence[tuple[Period, Cell]]
    totals: Sequence[Cell]


class SingleMonths:
    """Finds out whether the months of one table are proved to be single months."""

    def __init__(self, table: Table, columns: Columns, rows: Rows) -> None:
        """Nothing is worked out before it is asked for."""
        self._table, self._columns, self._rows = table, columns, rows
        self._proofs: dict[tuple[object, ...], Text | None] = {}
        self._alike: dict[Labels, Mapping[Texts, list[Row]]] = {}

    def proof(self, column: Column, row: Row) -> Text | None:
        """What proves that the months of a figure's column and row are single; None if nothing."""
        by_column = column.texts in self._columns.months and self._columns.are_months
        key = (
            (column.texts, row.labels, row.texts)
            if by_column
            else (column.at, row.labels, row.texts)
        )
        if key not in self._proofs:
            runs = list(self._of_columns(column, row) if by_column else self._of_rows(column, row))
            name = "/".join([*column.texts, *row.texts]) or self._table.frame.title
            self._proofs[key] = self._proof(name, runs)
        return self._proofs[key]

    def _of_columns(self, column: Column, row: Row) -> Iterator[_Run]:
        """The months that are columns, in each row of the same labels."""
        months = self._columns.months[column.texts]
        wholes = [
            one.at
            for one in self._columns
            if one.is_whole and column.texts == tuple(t for t in one.texts if not is_whole(t))
        ]
        for alike in self._rows_alike(row.labels)[row.texts]:
            cells = [(end, (alike.at, place)) for end, place in months]
            yield _Run(cells, [(alike.at, place) for place in wholes])

    def _of_rows(self, column: Column, row: Row) -> Iterator[_Run]:
        """The months that are rows, of each area."""
        months: dict[str, list[tuple[Period, Cell]]] = defaultdict(list)
        totals: dict[str, list[Cell]] = defaultdict(list)
        for alike in self._rows_alike(row.labels)[row.texts]:
            cell = alike.at, column.at
            area = alike.place.area.code if alike.place.area else ""
            if alike.is_whole:
                totals[area].append(cell)
            elif alike.is_dated and alike.span is not None and alike.span.length in (0, 1):
                months[area].append((alike.span.end, cell))
        for area, cells in months.items():
            yield _Run(sorted(cells), totals[area])

    def _proof(self, name: str, runs: Iterable[_Run]) -> Text | None:
        of_one_year = [run for run in runs if len({end.year for end, _ in run.months}) == 1]
        values = [(self._values(cell for _, cell in run.months), run.totals) for run in of_one_year]
        if any(later < earlier for months, _ in values for earlier, later in pairwise(months)):
            return _fall(name)
        sums = [self._sums(months, totals) for months, totals in values if totals and months]
        return _sum(name) if any(sums) and None not in sums else None

    def _sums(self, months: Sequence[float], totals: Sequence[Cell]) -> bool | None:
        """Whether totals are sums of months; None where one is not, False where nothing tells."""
        printed = self._values(totals)
        near = _ROUNDING * (len(months) + 1)
        if any(abs(total - sum(months)) > near for total in printed):
            return None
        return any(abs(total - months[-1]) > near for total in printed)

    def _values(self, cells: Iterable[Cell]) -> list[float]:
        values = (number_at(self._table.sheet, *cell) for cell in cells)
        return [value for value in values if value is not None]

    def _rows_alike(self, labels: Labels) -> Mapping[Texts, list[Row]]:
        """The rows by what their labels say."""
        if labels not in self._alike:
            alike: dict[Texts, list[Row]] = defaultdict(list)
            for row in self._rows.of(labels):
                alike[row.texts].append(row)
            self._alike[labels] = alike
        return self._alike[labels]


def _fall(name: str) -> Text:
    return Text(
        f"“{name}”各月的数有减少，不是累计数，按当月数读入",
        f"{name} falls from month to month: it was read as the figures of single months",
    )


def _sum(name: str) -> Text:
    return Text(
        f"“{name}”的合计等于各月之和，不是累计数，按当月数读入",
        f"{name}: the total is the sum of the months, which were read as single months",
    )
