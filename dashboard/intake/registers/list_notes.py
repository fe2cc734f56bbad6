"""Reads what notes say of the institutions of a list: that they closed, or that a number is wrong.

Notes stand in a column 备注, in comments of the rows' cells and in the lines around the list. They
are not kept, and only the words by which they matter are repeated: the others may name a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.registers import ENDED, OPEN, PLANNED, Institution
from dashboard.intake.forms.files.cells import Sheet, column_letter, text_of
from dashboard.intake.registers.list_frame import ListFrame
from dashboard.intake.understanding.clause_checks import ClauseChecks
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.places import Finder
from dashboard.intake.understanding.remarks import (
    DOUBT,
    EXCEPT,
    NOTES,
    WITH,
    ClauseReader,
    as_above,
    is_remark,
)
from dashboard.intake.understanding.words import MEASURE, WEAK, normal, values_of

_FEWEST = 2  # letters of a word of a state that stands in a longer text


def of_notes(
    sheet: Sheet,
    frame: ListFrame,
    rows: list[Institution],
    catalogue: Catalogue,
    areas: Areas,
) -> list[Finding]:
    """A warning for each word of notes that makes what is counted something else."""
    reader = _ListNotes(catalogue, areas)
    found: dict[str, list[tuple[int, int]]] = {}
    standing = {row.row - 1: row.standing for row in rows}
    for row, column, text in _of_rows(sheet, frame):
        word = reader.word(text, is_open=standing.get(row) == OPEN) if row in standing else ""
        if word:
            found.setdefault(word, []).append((row, column))
    for row, column, text in _around(sheet, frame):
        for word in reader.remarks(text):
            found.setdefault(word, []).append((row, column))
    return [_finding(word, places, sheet.name) for word, places in found.items()]


class _ListNotes:
    """What notes say of institutions, by the words of states and the clauses of remarks."""

    def __init__(self, catalogue: Catalogue, areas: Areas) -> None:
        lexicon, finder = lexicon_of(catalogue.grid), Finder(areas)
        self._reader = ClauseReader(lexicon, catalogue, finder)
        self._checks = ClauseChecks(catalogue.grid, lexicon, finder)
        states = (catalogue.registers.of("status", one) for one in (ENDED, PLANNED))
        words = (word for of_state in states for word in of_state if len(word) >= _FEWEST)
        self._closed = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))

    def word(self, text: str, *, is_open: bool) -> str:
        """The word of a row's note that says the row is not what is counted; empty if none."""
        closed = self._closed.search(normal(text)) if is_open else None
        return closed[0] if closed else self._doubt(text)

    def _doubt(self, text: str) -> str:
        for clause in self._reader.clauses(text, is_note=True):
            if self._checks.is_doubted(clause):
                found = DOUBT.search(clause.text)
                return found[0] if found else clause.text
        return ""

    def remarks(self, text: str) -> Iterator[str]:
        """The clauses of a remark that doubt figures, or leave out or add some of a measure."""
        for clause in self._reader.clauses(text):
            is_of_measure = bool(values_of(clause.subject, MEASURE, WEAK))
            is_other = is_of_measure and clause.verb in (EXCEPT, WITH)
            if is_other or self._checks.is_doubted(clause):
                yield clause.text


def _of_rows(sheet: Sheet, frame: ListFrame) -> Iterator[tuple[int, int, str]]:
    """The notes of the rows, by row and column."""
    for column in frame.columns:
        if NOTES.fullmatch(normal(column.heading.rpartition("/")[2])):
            texts = as_above(text_of(sheet.spread(row, column.place)) for row in frame.rows)
            for row, text in zip(frame.rows, texts, strict=True):
                yield row, column.place, text
    for (row, at), text in sheet.comments.items():
        if row in frame.rows:
            yield row, at, text


def _around(sheet: Sheet, frame: ListFrame) -> Iterator[tuple[int, int, str]]:
    """The remarks above and below the rows, and the comments of headings."""
    listed = set(frame.rows)
    for row, cells in enumerate(sheet.rows):
        for at, cell in enumerate(cells if row not in listed else ()):
            if isinstance(cell, str) and is_remark(cell):
                yield row, at, text_of(cell)
    for (row, at), text in sheet.comments.items():
        if row not in listed:
            yield row, at, text


def _finding(word: str, places: list[tuple[int, int]], sheet: str) -> Finding:
    row, column = places[0]
    zh, en = (f"({len(places)} 行)", f" ({len(places)} rows)") if len(places) > 1 else ("", "")
    message = Text(
        f"备注中的“{word}”{zh}与所计入的机构或数字不符，或没有弄清；请改正，或写明说明",
        f"{word!r} in the notes{en} does not agree with what is counted, or is not clear: mend it, "
        "or explain it with a note",
    )
    return Finding("warning", "footnote", message, sheet, row + 1, column_letter(column), word)
