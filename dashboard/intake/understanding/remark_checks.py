"""Applies the remarks of a table to its figures: their unit, their basis, or what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dashboard.catalogue.concepts import Unit
from dashboard.catalogue.grid import IndicatorCell
from dashboard.catalogue.periods import Span
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.clause_checks import (
    ClauseChecks,
    Figure,
    dates_otherwise,
    is_event,
)
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.phrases import Phrase, find_unit
from dashboard.intake.understanding.remarks import COUNTED_SINCE, IS, Clause, says_basis
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column
from dashboard.intake.understanding.table_rows import Row
from dashboard.intake.understanding.words import (
    BASIS,
    IN_MONTH,
    IN_QUARTER,
    MEASURE,
    PROGRAMME,
    TO_DATE,
    WEAK,
    Token,
    normal,
    values_of,
)

_BASES = frozenset((TO_DATE, IN_MONTH, IN_QUARTER))

_OF_TOTAL = re.compile("(?:合计|总计|小计|共计)(?:一?[行栏]|数据?)?(?:的|$)")


class RemarkChecks:
    """What the remarks of one table say of its figures."""

    def __init__(self, table: Table) -> None:
        """Sorts out what a person has said of the remarks."""
        self._table, self._grid = table, table.known.grid
        self._clauses = ClauseChecks(table.known.grid, table.known.lexicon, table.finder)
        self._of_all = tuple(one for one in table.remarks.clauses if not one.areas)
        paths = (table.region.path(at) for at in table.region.figures)
        self._headings = {normal(text) for path in paths for text in path}

    # -- what a person explained ------------------------------------------------------------

    def titles(self, column: Column, row: Row, cell: IndicatorCell | None) -> tuple[Phrase, ...]:
        """What a person says that the remarks say of a figure, as a title says it.

        Those that are of other figures than a ``cell`` say nothing of it.
        """
        answers, found = self._table.known.answers.words, []
        for clause in self._around(column, row):
            is_other = cell is not None and not self._clauses.is_of(clause.subject, cell)
            if clause.text not in answers or is_other:
                continue
            sense = asked.sense_of(clause.text, answers[clause.text], self._grid)
            if sense is not None:
                token = Token(clause.text, (sense,))
                found.append(Phrase(clause.text, (token,), is_title=True))
        return tuple(found)

    # -- what they say of a meaning -----------------------------------------------------------

    def checked(self, meaning: Meaning, column: Column, row: Row) -> Meaning | Gap:
        """The meaning with the basis that remarks say, or what is asked of one of them."""
        cell = meaning.cell
        if cell is None:
            return self.doubt(column, row, None) or meaning
        for clause in self._about(cell, column, row):
            found = self._as_said(clause, meaning, cell, self._area(column, row))
            if isinstance(found, Gap):
                return found
            meaning = found
        return meaning

    def _as_said(
        self, clause: Clause, meaning: Meaning, cell: IndicatorCell, area: str
    ) -> Meaning | Gap:
        """The meaning as one clause says it, or what is asked of that clause."""
        if clause.unit:
            return meaning
        if clause.is_estimate:
            return replace(meaning, is_estimate=True)
        if meaning.basis != IN_MONTH and self._counts_since_another_time(clause):
            return gaps.unclear_remark(clause.text)
        if self._clauses.contradicts(clause, Figure(cell, meaning.kind, area)):
            return gaps.unclear_remark(clause.text)
        return self._with_basis(clause, meaning, cell)

    def doubt(self, column: Column, row: Row, span: Span | None) -> Gap | None:
        """What is asked of a figure outside the grid: only what is said of any figure counts."""
        for clause in self.at(column, row):
            is_of_any = not values_of(clause.subject, PROGRAMME, MEASURE, WEAK)
            is_other = span is not None and dates_otherwise(clause, span)
            if is_of_any and (is_other or self._clauses.is_doubted(clause)):
                return gaps.unclear_remark(clause.text)
        return None

    def _counts_since_another_time(self, clause: Clause) -> bool:
        """Whether a remark says that totals began at another time than January of the year."""
        since, span = COUNTED_SINCE.search(clause.text), self._table.span
        if since is None:
            return False
        year, month = since["year"] or since["year2"], since["month"] or since["month2"] or "1"
        return span is None or int(year) != span.end.year or int(month) != 1

    def _with_basis(self, clause: Clause, meaning: Meaning, cell: IndicatorCell) -> Meaning | Gap:
        words = values_of(clause.facts, BASIS) & _BASES
        if not words or is_event(clause):
            return meaning
        programme, measure = (
            self._grid.programmes[cell.programme],
            self._grid.measures[cell.measure],
        )
        if not self._grid.is_flow(programme, measure):
            is_open = _names_measure(clause) and TO_DATE in words and measure.group != "money"
            return gaps.unclear_remark(clause.text) if is_open else meaning
        is_said = says_basis(clause, self._table.known.lexicon)
        if not is_said and not clause.is_negated and clause.verb is not IS:
            return meaning  # 本月新增人员次月发放 says nothing of what the figures are
        if not is_said or len(words) > 1 or meaning.basis not in ("", *words):
            return gaps.unclear_remark(clause.text)
        return replace(meaning, basis=words.pop())

    # -- what they say of unit and time -------------------------------------------------------

    def unit(
        self, cell: IndicatorCell, column: Column, row: Row, printed: Unit | None
    ) -> Unit | Gap | None:
        """The unit that a remark gives to a figure; a gap where another one is printed."""
        dimension = self._clauses.dimension(cell)
        for clause in self._about(cell, column, row):
            unit = find_unit(clause.unit, self._table.known.catalogue) if clause.unit else None
            if unit is not None and _are_alike(unit.dimension, dimension):
                is_other = printed is not None and printed.factor != unit.factor
                is_open = is_other or clause.is_of_area or clause.is_note
                return gaps.unclear_remark(clause.text) if is_open else unit
            if clause.unit and _names_measure(clause):
                return gaps.unclear_remark(clause.text)
        return None

    def time(self, meaning: Meaning, span: Span, column: Column, row: Row) -> Gap | None:
        """What is asked where a remark dates the figures otherwise than all around them."""
        if meaning.cell is None or column.is_year_before:
            return None
        for clause in self._about(meaning.cell, column, row):
            if dates_otherwise(clause, span):
                return gaps.unclear_remark(clause.text)
        return None

    # -- of which figures they are ------------------------------------------------------------

    def _about(self, cell: IndicatorCell, column: Column, row: Row) -> Iterator[Clause]:
        for clause in self.at(column, row):
            if self._clauses.is_of(clause.about, cell):
                yield clause

    def at(self, column: Column, row: Row) -> tuple[Clause, ...]:
        """The remarks around a figure that nobody has answered."""
        answers, clauses = self._table.known.answers.words, self._around(column, row)
        return tuple(one for one in clauses if one.text not in answers)

    def _around(self, column: Column, row: Row) -> Iterator[Clause]:
        """The remarks of all figures, and of a figure's own street or row, that are about it."""
        headed = self._table.headed.areas.get(column.at)
        of_area = self._table.remarks.of_area(headed.code) if headed else ()
        for clause in (*self._of_all, *row.remarks, *of_area):
            if self._is_at(clause, column, row):
                yield clause

    def _area(self, column: Column, row: Row) -> str:
        """The code of a figure's area, or empty."""
        area = self._table.headed.areas.get(column.at) or row.place.area
        return area.code if area else ""

    def _is_at(self, clause: Clause, column: Column, row: Row) -> bool:
        """Whether a remark is about a figure by its sign, such as ①, or by a heading's own words.

        下达资金 in a remark is the column of that heading where there is one, and no other money;
        合计数 are the figures of the row of the whole area.
        """
        area = self._area(column, row)
        if _OF_TOTAL.match(clause.named) and area and area != self._table.finder.within:
            return False
        own = tuple(map(normal, (*column.headings, *row.texts)))
        for sign in filter(None, (clause.sign, clause.named)):
            if any(sign in text for text in own):
                continue
            if any(sign in text for text in self._headings):
                return False
        return True


_MONEY = {"money", "money_rate", "money_per_person"}


def _are_alike(one: str, other: str) -> bool:
    """Whether figures of two dimensions may share a unit, as all money does."""
    return one == other or {one, other} <= _MONEY


def _names_measure(clause: Clause) -> bool:
    """Whether a remark says what is measured of which it speaks."""
    return bool(values_of(clause.subject, MEASURE, WEAK))
