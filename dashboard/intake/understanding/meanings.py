"""Puts words of columns, rows and titles together to what the figures of one table mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Unit
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.accounted_words import dropped_word
from dashboard.intake.understanding.breakdowns import bare_band
from dashboard.intake.understanding.figure_meaning import understand
from dashboard.intake.understanding.loose_words import loose_word
from dashboard.intake.understanding.meaning import Around, Gap, Meaning
from dashboard.intake.understanding.neighbours import Neighbours
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.printed_units import PrintedUnits
from dashboard.intake.understanding.questions import TITLES
from dashboard.intake.understanding.remark_checks import RemarkChecks
from dashboard.intake.understanding.strange_titles import strange_number
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column
from dashboard.intake.understanding.table_rows import Row
from dashboard.intake.understanding.title_words import TitleWords
from dashboard.intake.understanding.whole_names import WholeNames
from dashboard.intake.understanding.words import PROGRAMME

_PEOPLE = ("persons", "households", "person_times", "household_times")


class Meanings:
    """The meanings of one table's figures, each combination of wordings worked out once.

    Columns of one wording mean the same in all rows of one wording.
    """

    def __init__(
        self,
        table: Table,
        neighbours: Neighbours,
        names: WholeNames,
        units: PrintedUnits,
        remarks: RemarkChecks,
        titles: TitleWords,
    ) -> None:
        """Nothing is worked out before it is asked for."""
        self._table, self._neighbours, self._names, self._units = table, neighbours, names, units
        self._remarks = remarks
        units_of_sheet = table.frame.units
        self._sheet_unit = units_of_sheet[0] if len(units_of_sheet) == 1 else None
        dimensions = {unit.dimension for unit in units_of_sheet}
        self._counts_people = len(units_of_sheet) > 1 and not dimensions.isdisjoint(_PEOPLE)
        self._known: dict[tuple[object, ...], Meaning | Gap] = {}
        self._titles = titles

    def of(self, column: Column, row: Row) -> Meaning | Gap:
        """The meaning of a figure by everything around it."""
        key = column.wording, row.wording, self._remarks.at(column, row), None
        if key not in self._known:
            self._known[key] = self._checked(column, row, self._units.printed(column, row))
        return self._known[key]

    def in_unit(self, column: Column, row: Row, unit: Unit) -> Meaning | Gap:
        """The meaning of a figure if it is printed in this unit."""
        key = column.wording, row.wording, self._remarks.at(column, row), unit.id
        if key not in self._known:
            self._known[key] = self._checked(column, row, unit)
        return self._known[key]

    def without_remarks(self, column: Column, row: Row) -> Meaning | Gap:
        """The meaning of a figure by the words around it, whatever remarks say of it."""
        return self._understood(column, row, self._units.printed(column, row), ())

    def _checked(self, column: Column, row: Row, unit: Unit | None) -> Meaning | Gap:
        """The meaning of the words around a figure, with what remarks of the table say of it."""
        inner = (*column.inner, *row.phrases)
        said = self._explained_remarks(column, row, unit)
        left_out = _left_out((*inner, *said, *self._table.titles))
        meaning = left_out or self._understood(column, row, unit, said)
        if isinstance(meaning, Meaning):
            meaning = self._titles.gap(inner) or meaning
        return meaning if isinstance(meaning, Gap) else self._remarks.checked(meaning, column, row)

    def _explained_remarks(self, column: Column, row: Row, unit: Unit | None) -> tuple[Phrase, ...]:
        """What a person says that remarks say of a figure, or of what it counts where known."""
        phrases = self._remarks.titles(column, row, None)
        meaning = self._understood(column, row, unit, ()) if phrases else None
        if not isinstance(meaning, Meaning) or meaning.cell is None:
            return phrases
        return self._remarks.titles(column, row, meaning.cell)

    def _understood(
        self, column: Column, row: Row, unit: Unit | None, said: tuple[Phrase, ...]
    ) -> Meaning | Gap:
        inner = (*column.inner, *row.phrases)
        exact = self._names.exact(column.inner, row.phrases)
        if exact is not None:
            return exact
        mixed_of, mixed = self._neighbours.mixed(column, row)
        around = Around(
            column=column.inner,
            row=row.phrases,
            titles=(*said, *self._table.titles),
            unit=unit,
            sheet_unit=self._sheet_unit,
            named=self._neighbours.named,
            possible=self._neighbours.possible,
            counted=self._neighbours.counted,
            mixed=mixed,
            mixed_of=mixed_of,
            siblings=self._neighbours.siblings(column, row),
            table_values=self._neighbours.values_of_other_columns(column),
            table_has_money=self._neighbours.speaks_of_money,
            table_words=self._neighbours.words,
            counts_people=self._counts_people,
        )
        meaning = self._by_words(around)
        if isinstance(meaning, Gap):
            return meaning
        strange = strange_number(one for one in inner if not bare_band(one))
        return strange or self._loose(inner, meaning) or meaning

    def _by_words(self, around: Around) -> Meaning | Gap:
        """The meaning; of a figure with a programme of its own, whatever is said of the title.

        A title that is said to be of 养老机构 says nothing of 结婚登记 below it.
        """
        grid = self._table.known.grid
        meaning = understand(around, grid)
        own = tuple(phrase for phrase in around.titles if phrase.text != TITLES[0])
        if not isinstance(meaning, Gap) or own == around.titles:
            return meaning
        if not any(fact.slot == PROGRAMME for one in around.inner for fact in one.facts()):
            return meaning
        return understand(replace(around, titles=own), grid)

    def _loose(self, inner: Sequence[Phrase], meaning: Meaning) -> Gap | None:
        """The question about a word that says nothing elsewhere and narrows this figure."""
        if meaning.cell is None:
            return None
        grid = self._table.known.grid
        loose = loose_word(inner, self._table.titles, meaning.cell, grid)
        return loose or dropped_word(inner, meaning.cell, grid)


def _left_out(phrases: Iterable[Phrase]) -> Gap | None:
    """The gap of a word whose figures a person has left out."""
    for phrase in phrases:
        for fact in phrase.facts():
            if fact.slot == asked.LEAVE_OUT:
                return Gap(asked.LEAVE_OUT, Text("不读入", "left out"), fact.value)
    return None
