"""Finds the notes at a figure of any layout and judges them.

They are comments of its cell, its row and its headings, its row's cell in a column of notes, and,
in an official form, the remarks around the table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureStatus, Observation
from dashboard.intake.forms.entry import Entry
from dashboard.intake.forms.files.cells import Place, Sheet, text_of
from dashboard.intake.forms.layout import OFFICIAL_FORM, OWN_EXPORT, Recognition
from dashboard.intake.forms.numerals import looks_like_number
from dashboard.intake.understanding.remarks import NOTES, as_above, is_remark
from dashboard.intake.understanding.row_notes import RowNotes
from dashboard.intake.understanding.stated_amounts import StatedAmounts, stated_amounts
from dashboard.intake.understanding.words import normal

_SIGNED = re.compile(r"(?:带|标|注|有|加)[有注“\"']*([*#△▲※☆★①-⑳])")


class FigureNotes:
    """The notes of one recognised sheet, by the figures at which they stand."""

    def __init__(
        self, sheet: Sheet, recognition: Recognition, catalogue: Catalogue, areas: Areas
    ) -> None:
        """Reads no note yet."""
        self._sheet, self._recognition = sheet, recognition
        self.judge = RowNotes(catalogue, areas)
        self._amounts = StatedAmounts(catalogue)

    @cached_property
    def _is_silent(self) -> bool:
        """Whether the sheet has no such note at all."""
        own = self._recognition.layout == OWN_EXPORT
        return own or not (self._sheet.comments or self._of_rows or self._remarks)

    @cached_property
    def _is_own_table(self) -> bool:
        """Whether it is a bureau's own table, which judges its column of notes itself."""
        return self._recognition.understood is not None

    def as_noted(self, entry: Entry) -> Entry:
        """The figure, provisional where one of its notes calls it an estimate."""
        if self._is_silent or entry.status is not None:
            return entry
        is_final = self._recognition.firmness is FigureStatus.FINAL
        if is_final and any(self.judge.is_estimate(text, entry) for text in self.at(entry)):
            return entry._replace(status=FigureStatus.PROVISIONAL)
        return entry

    def unclear(self, entry: Entry) -> list[str]:
        """The notes at a figure that do not agree with it, or are not understood."""
        if self._is_silent:
            return []
        found = [text for text in self.at(entry) if self.judge.contradicts(text, entry)]
        if not entry.secondary:
            remarks = [one for one in self._remarks if self._is_about(one, entry)]
            found += [one for one in remarks if self.judge.remark_contradicts(one, entry)]
        return list(dict.fromkeys(found))

    def _is_about(self, remark: str, entry: Entry) -> bool:
        """Whether a remark is about a figure: 带*的指标 are those in whose row the sign stands."""
        signed = _SIGNED.search(normal(remark))
        cells = self._sheet.rows[entry.row]
        return signed is None or any(signed[1] in text_of(cell) for cell in cells)

    def compare(self, entry: Entry, observation: Observation) -> None:
        """Compares the amounts that the notes at a figure state with it."""
        if self._is_silent or entry.secondary:
            return
        for text in {self._of_rows.get(entry.row, ""), *self.at(entry)}:
            if stated_amounts(text):
                is_other = self.judge.names_other(text, entry)
                self._amounts.add(entry, observation, text, is_other=is_other)

    def differing(self) -> Iterator[tuple[str, Place]]:
        """The notes that state other amounts than the figures of their rows."""
        return self._amounts.differing()

    def at(self, entry: Entry) -> Iterator[str]:
        """The notes to be judged that stand at one figure."""
        if not (entry.secondary or self._is_own_table) and entry.row in self._of_rows:
            yield self._of_rows[entry.row]
        for row, column in self._comments[0].get(entry.row, ()):
            if column == entry.column or (not entry.secondary and self._is_text(row, column)):
                yield self._sheet.comments[row, column]
        for row, column in self._comments[1].get(entry.column, ()):
            if row < entry.row and not entry.secondary:
                yield self._sheet.comments[row, column]

    @cached_property
    def _comments(self) -> tuple[dict[int, list[Place]], dict[int, list[Place]]]:
        """The commented cells by row, and texts by the columns over which they stand.

        What stands above the headings is of all columns.
        """
        by_row, by_column = defaultdict[int, list[Place]](list), defaultdict[int, list[Place]](list)
        top = min(self._recognition.header_rows, default=0)
        for row, column in self._sheet.comments:
            by_row[row].append((row, column))
            if not self._is_text(row, column):
                continue
            merged = self._sheet.merged_from.get((row, column), (row, column, row, column))
            over = range(self._sheet.width) if row < top else range(merged[1], merged[3] + 1)
            for at in over:
                by_column[at].append((row, column))
        return by_row, by_column

    def _is_text(self, row: int, column: int) -> bool:
        """Whether a cell holds a label or heading."""
        cell = self._sheet.cell(row, column)
        is_heading = row in self._recognition.header_rows
        return isinstance(cell, str) and (is_heading or not looks_like_number(cell))

    @cached_property
    def _of_rows(self) -> dict[int, str]:
        """The texts of columns of notes by row."""
        heads = [self._sheet.rows[row] for row in self._recognition.header_rows]
        columns = [
            at
            for at in range(self._sheet.width)
            if any(NOTES.fullmatch(normal(text_of(cells[at]))) for cells in heads)
        ]
        rows = range(self._recognition.first_row, len(self._sheet.rows))
        found: dict[int, str] = {}
        for at in columns:
            texts = as_above(text_of(self._sheet.spread(row, at)) for row in rows)
            found |= {row: text for row, text in zip(rows, texts, strict=True) if text}
        return found

    @cached_property
    def _remarks(self) -> list[str]:
        """The remarks around an official form."""
        if self._recognition.layout != OFFICIAL_FORM:
            return []
        cells = [cell for row in self._sheet.rows for cell in row if isinstance(cell, str)]
        return [text_of(cell) for cell in cells if is_remark(cell)]
