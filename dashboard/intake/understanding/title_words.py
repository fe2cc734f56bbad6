"""Asks about words of one table's titles that a figure's meaning does not account for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from dashboard.intake.forms.files.cells import text_of
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.altering_words import AlteringWords
from dashboard.intake.understanding.english_titles import strange_english
from dashboard.intake.understanding.meaning import Gap, values_in
from dashboard.intake.understanding.neighbours import Neighbours
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.strange_titles import strange_title
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_rows import Rows
from dashboard.intake.understanding.words import (
    ALTERS,
    MARK,
    PLAN,
    PROGRAMME,
    TARGET,
    Token,
    normal,
)

_PLANNED = frozenset({"plan", "plans", "planned", "target", "targets", "budget"})
_OF_ALL = ("not_actual", "stage")  # kinds that columns without such a word may be of too


class TitleWords:
    """The questions that the titles of one table raise, however its figures are named."""

    def __init__(self, table: Table, neighbours: Neighbours, rows: Rows) -> None:
        """Nothing is looked for before it is asked for."""
        self._table, self._neighbours, self._rows = table, neighbours, rows
        self._strange: dict[frozenset[str], Gap | None] = {}  # by the programmes of the figures

    def gap(self, inner: Sequence[Phrase]) -> Gap | None:
        """What is asked of a figure with these headings and labels; None where nothing is."""
        if self._altering is not None:
            return self._altering
        named = frozenset(values_in([phrase.facts() for phrase in inner], PROGRAMME))
        if named not in self._strange:
            grid = self._table.known.grid
            strange = strange_title(self._table.titles, grid, named)
            self._strange[named] = strange or self._strange_english(named)
        return self._strange[named]

    def _strange_english(self, named: Collection[str]) -> Gap | None:
        """What is asked of a word of an English title of which nobody has said what it means."""
        known, table = self._table.known, self._table
        if known.answers.title(known.grid) is not None:
            return None
        answered = {normal(word).lower() for word in known.answers.words}
        titles = table.captions, named, table.area
        found = strange_english(*titles, known.grid, known.areas, answered)
        return gaps.unclear_title(*found) if found else None

    @cached_property
    def _altering(self) -> Gap | None:
        table = self._table
        words = AlteringWords(table.known.grid.words_by_value(ALTERS), table.known.answers.words)
        found = words.found(table.titles, self._printed)
        if any(token.has(MARK, one) for token in self._tokens for one in (PLAN, TARGET)):
            found = [one for one in found if one.word not in _PLANNED]  # says the same in English
        if not found:
            return None
        shown = words.shown(self._labels, self._neighbours.words)
        for one in found:
            if one.kind not in shown:
                return gaps.altering(one.word, one.kind, one.title)
            if one.kind in _OF_ALL and one.phrase:
                return gaps.altering(one.phrase, one.kind, one.title)
        return None

    @property
    def _tokens(self) -> Iterator[Token]:
        return (token for phrase in self._table.titles for token in phrase.tokens)

    @property
    def _printed(self) -> tuple[str, ...]:
        table = self._table
        return (*table.captions, *table.outer, table.sheet.name, table.frame.file)

    @property
    def _labels(self) -> list[str]:
        """The texts of all headings and labels."""
        sheet, header = self._table.sheet, self._table.region.header
        headings = [text_of(cell) for row in header for cell in sheet.rows[row]]
        return [*headings, *(phrase.text for phrase in self._rows.names())]
