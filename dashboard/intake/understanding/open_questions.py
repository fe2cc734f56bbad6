"""Collects the questions of one table: one for each thing asked, with the cells that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from dashboard.intake.forms.files.cells import Place
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.questions import Question
from dashboard.intake.understanding.words import IN_MONTH, TO_DATE

Key = tuple[str, str, str]  # what is asked: kind, word, text where there is no word


@dataclass
class OpenQuestions:
    """What is asked of one table, and the cells (row, column) that wait for each answer."""

    sheet: str
    cells: dict[Key, list[Place]] = field(default_factory=lambda: defaultdict(list))
    gaps: dict[Key, Gap] = field(default_factory=dict)

    labels: dict[Place, str] = field(default_factory=dict)

    def add(self, gap: Gap, cell: Place, label: str = "") -> None:
        """Adds a cell that waits for what closes the gap; its ``label`` can be explained."""
        if label:
            self.labels[cell] = label
        key = (gap.kind, gap.word, "" if gap.word or gap.kind == asked.BASIS else gap.text.zh)
        self.cells[key].append(cell)
        self.gaps.setdefault(key, gap)

    def of_kind(self, kind: str) -> list[Key]:
        """What is asked of one kind, in the order in which it was met."""
        return [key for key in self.cells if key[0] == kind]

    def answer(self, key: Key, columns: Collection[int]) -> None:
        """Takes the cells of columns off a question."""
        self.cells[key] = [cell for cell in self.cells[key] if cell[1] not in columns]

    def drop_answered(self, key: Key) -> None:
        """Drops a question for which no cell waits any more."""
        if not self.cells[key]:
            del self.cells[key]

    def questions(self) -> Iterator[Question]:
        """The questions as they are put to a person."""
        for key, cells in self.cells.items():
            gap = self.gaps[key]
            choices = (IN_MONTH, TO_DATE, "end_of_period") if gap.kind == asked.BASIS else ()
            for word, places in self._by_word(gap, cells).items():
                yield Question(self.sheet, gap.kind, gap.text, tuple(places), choices, word)

    def _by_word(self, gap: Gap, cells: list[Place]) -> dict[str, list[Place]]:
        """The cells by the word or label that can be explained.

        What is unclear of a programme is asked once: the title's meaning answers it for all.
        """
        if gap.kind == asked.PROGRAMME_KIND:
            return {self.labels.get(cells[0], gap.word): cells}
        by_word: dict[str, list[Place]] = defaultdict(list)
        for cell in cells:
            by_word[self.labels.get(cell, gap.word)].append(cell)
        return by_word
