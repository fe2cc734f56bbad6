"""Works out in which unit a figure is printed: by its row, heading, titles and sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Indicator, Unit
from dashboard.catalogue.grid import IndicatorCell
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.numbers import number_at
from dashboard.intake.understanding.phrases import Phrase, find_unit
from dashboard.intake.understanding.remark_checks import RemarkChecks
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns
from dashboard.intake.understanding.table_rows import Row, Rows
from dashboard.intake.understanding.words import MEASURE, WEAK, Fact, Token

_COUNTS = {"persons", "person_times", "things", "cases", "couples"}
_ANY_COUNT = {"things", "cases"}
_PEOPLE = {"persons", "person_times", "bodies"}
_NO_COUNT = re.compile("money|percent|permille|rate")
_ALWAYS_PRINTED = ("money", "money_rate", "money_per_person")
_PLAUSIBLE_MONTHLY = (20.0, 3500.0)  # yuan for a person and month


def _sure(token: Token) -> Iterator[Fact]:
    """The measure that a word names and can mean nothing else by."""
    if len(token.senses) == 1:
        yield from (fact for fact in token.senses[0] if fact.slot == MEASURE)


def _alike(unit: Unit) -> set[str]:
    """The kinds of unit that one printed over the whole table may stand for."""
    if unit.dimension in _ALWAYS_PRINTED:
        return set(_ALWAYS_PRINTED)
    return {unit.dimension, *(_COUNTS if unit.dimension in _COUNTS else ())}


def _counts_alike(printed: str, wanted: str) -> bool:
    """Whether one kind of unit may stand for another: 个 for 家, 具 for 人; not 户, 张 or 万元."""
    kinds = {printed, wanted}
    if kinds & _ANY_COUNT:
        return not any(_NO_COUNT.match(one) for one in kinds)
    return kinds <= _PEOPLE or all(one.startswith("money") for one in kinds)


class PrintedUnits:
    """The units of one table's figures."""

    def __init__(self, table: Table, remarks: RemarkChecks, columns: Columns, rows: Rows) -> None:
        """Finds the unit that a title gives."""
        self._remarks, self._columns, self._rows = remarks, columns, rows
        self._table, self._catalogue = table, table.known.catalogue
        units = (find_unit(phrase.unit, self._catalogue) for phrase in table.titles if phrase.unit)
        self._titled = next((unit for unit in units if unit is not None), None)
        self._is_monthly: dict[int, bool] = {}
        self._is_stated = bool(table.known.answers.unit)

    @cached_property
    def _of_nothing(self) -> Unit | None:
        """The only unit of title and sheet where every column names a measure that is never in it.

        户 over 人数, 元 over 户数: heading or unit is wrong.
        """
        units = {unit.id: unit for unit in (self._titled, *self._table.frame.units) if unit}
        if len(units) != 1:
            return None
        (unit,) = units.values()
        rows = self._kinds(self._rows.names())
        columns = [self._kinds(column.phrases) for column in self._columns]
        named = rows.union(*columns)
        fits = any(one == unit.dimension or _counts_alike(unit.dimension, one) for one in named)
        return None if fits or not (rows or all(columns)) else unit

    def _kinds(self, phrases: Iterable[Phrase]) -> set[str]:
        """The kinds of unit of the measures that words may name."""
        grid, units = self._table.known.grid, self._catalogue.units
        facts = [fact for phrase in phrases for fact in phrase.facts()]
        named = {fact.value for fact in facts if fact.slot in (MEASURE, WEAK)}
        return {units[grid.measures[one].unit].dimension for one in named if one in grid.measures}

    def printed(self, column: Column, row: Row) -> Unit | None:
        """The unit printed at a figure: in its row, its label, its heading, a title."""
        return row.unit or column.unit or self._titled_unit(column, row)

    def _titled_unit(self, column: Column, row: Row) -> Unit | None:
        """The unit of a title, unless heading or label name another kind of measure: 人数 in 元."""
        if self._titled is None:
            return None
        grid, units = self._table.known.grid, self._catalogue.units
        phrases = (*column.phrases, *row.phrases)
        facts = (fact for phrase in phrases for token in phrase.tokens for fact in _sure(token))
        named = {units[grid.measures[fact.value].unit].dimension for fact in facts}
        return self._titled if not named or named & _alike(self._titled) else None

    def spelling(self, column: Column, row: Row, cell: IndicatorCell) -> str | Gap:
        """The unit in which the figure of a cell of the grid is printed, as it is spelt."""
        grid = self._table.known.grid
        programme, measure = grid.programmes[cell.programme], grid.measures[cell.measure]
        wanted = self._catalogue.units[grid.unit_of(programme, measure)]
        unit = self.printed(column, row) or self._of_sheet(wanted.dimension)
        remarked = self._remarks.unit(cell, column, row, unit)
        if isinstance(remarked, Gap):
            return remarked
        unit = unit or remarked
        if unit is None and (wanted.dimension == "money_rate" or self._is_stated):
            unit = self._of_sheet("money") if wanted.dimension in _ALWAYS_PRINTED else None
        if unit is None and self._of_nothing is not None:
            return gaps.other_unit(measure.name, self._of_nothing.name)
        if unit is None:
            must = wanted.dimension in _ALWAYS_PRINTED
            return gaps.no_unit(measure.name) if must else ""
        return self._converted(column, unit, wanted, measure.name)

    def declared(self, column: Column, row: Row, indicator: Indicator) -> str:
        """The unit in which the figure of an indicator outside the grid is printed."""
        meant = indicator.unit
        unit = self.printed(column, row) or self._of_sheet(meant.dimension)
        if unit is not None and unit.factor == 1 and {unit.dimension, meant.dimension} <= _COUNTS:
            return meant.name.zh
        return unit.name.zh if unit else ""

    def _of_sheet(self, dimension: str) -> Unit | None:
        """The sheet's only unit of a kind; of two, 元、万元, the one that a person states."""
        units = [unit for unit in self._table.frame.units if unit.dimension == dimension]
        several = len({unit.id for unit in units}) > 1
        if several and not self._is_stated:
            return None
        return (units[-1] if several else units[0]) if units else None

    def _converted(self, column: Column, unit: Unit, wanted: Unit, name: Text) -> str | Gap:
        """The spelling of a unit, of the same size where it is of another kind."""
        if unit.dimension == wanted.dimension:
            return unit.name.zh
        if wanted.dimension == "money_rate":
            monthly = unit.factor == 1 and self._can_be_monthly(column)
            return "元/人·月" if monthly else gaps.no_unit(name)
        if not _counts_alike(unit.dimension, wanted.dimension):
            return gaps.other_unit(name, unit.name)
        if unit.factor == 1:
            return wanted.name.zh
        return self._as_large(unit, wanted) or gaps.no_unit(name)

    def _as_large(self, unit: Unit, wanted: Unit) -> str:
        """The name of the wanted kind of unit that is as large as the one printed, or empty."""
        alike = wanted.dimension, unit.factor
        units = self._catalogue.units.values()
        return next((one.name.zh for one in units if (one.dimension, one.factor) == alike), "")

    def _can_be_monthly(self, column: Column) -> bool:
        """Whether every figure of a column can only be yuan for a person and month."""
        if column.at not in self._is_monthly:
            low, high = _PLAUSIBLE_MONTHLY
            cells = (
                number_at(self._table.sheet, row, column.at) for row in self._table.region.body
            )
            self._is_monthly[column.at] = all(low <= one <= high for one in cells if one)
        return self._is_monthly[column.at]
