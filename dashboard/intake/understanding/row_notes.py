"""Judges the notes of a tidy table's rows as it judges the remarks of any other table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.intake.forms.entry import Entry
from dashboard.intake.understanding.clause_checks import ClauseChecks, Figure, dates_otherwise
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.phrases import find_unit
from dashboard.intake.understanding.places import Finder
from dashboard.intake.understanding.remarks import (
    DOUBT,
    EXCEPT,
    WITH,
    Clause,
    ClauseReader,
    says_basis,
)
from dashboard.intake.understanding.words import BASIS, IN_MONTH, TO_DATE, is_chinese

_OTHER_BASIS = {Accumulation.IN_MONTH: TO_DATE, Accumulation.YEAR_TO_DATE: IN_MONTH}


class RowNotes:
    """What the notes of rows say of their figures; each text is cut into clauses once."""

    def __init__(self, catalogue: Catalogue, areas: Areas) -> None:
        """Reads no note yet."""
        self._catalogue, self._areas = catalogue, areas
        self._reader = ClauseReader(lexicon_of(catalogue.grid), catalogue, Finder(areas))
        self.clauses = cache(self._clauses)
        self._checks = cache(self._checks_within)
        self._remark = cache(self._reader.clauses)

    def _clauses(self, text: str) -> tuple[Clause, ...]:
        """What a note says. What an English one narrows is kept with the row's own indicator."""
        clauses = self._reader.clauses(text, is_note=True)
        return tuple(one for one in clauses if is_chinese(one.text) or DOUBT.search(one.text))

    def _checks_within(self, district: str) -> ClauseChecks:
        grid = self._catalogue.grid
        return ClauseChecks(grid, lexicon_of(grid), Finder(self._areas, district))

    def is_idle(self, text: str) -> bool:
        """Whether a note changes no figure at all."""
        return all(map(self._checks("").is_idle, self.clauses(text)))

    def is_harmless(self, text: str, entry: Entry) -> bool:
        """Whether a note changes no figure of this meaning, whichever area it is of."""
        if not text:
            return True
        clauses = self.clauses(text)
        if any(one.areas or one.is_estimate or one.verb in (EXCEPT, WITH) for one in clauses):
            return False
        return not any(self._contradicts(one, entry) for one in clauses)

    def is_estimate(self, text: str, entry: Entry) -> bool:
        """Whether a note says that a figure is an estimate."""
        return any(clause.is_estimate for clause in self._about(text, entry))

    def contradicts(self, text: str, entry: Entry) -> bool:
        """Whether a note says of a figure what does not agree with it, or is not understood."""
        return any(
            self._contradicts(clause, entry)
            for clause in self._about(text, entry)
            if not clause.is_estimate
        )

    def remark_contradicts(self, text: str, entry: Entry) -> bool:
        """Whether a remark around a table says so of one of its figures."""
        return any(self._contradicts(one, entry) for one in self._remark(text))

    def names_other(self, text: str, entry: Entry) -> bool:
        """Whether a note names another programme than that of a figure."""
        cell = self._catalogue.grid.cell_at(entry.indicator.id)
        names = self._checks("").names_other
        return cell is not None and any(names(clause, cell) for clause in self.clauses(text))

    def _about(self, text: str, entry: Entry) -> Iterator[Clause]:
        """What a note says of a row's own area."""
        for clause in self.clauses(text):
            if not clause.areas or entry.area in clause.areas:
                yield clause

    def _contradicts(self, clause: Clause, entry: Entry) -> bool:
        area, cell = self._areas.get(entry.area), self._catalogue.grid.cell_at(entry.indicator.id)
        checks = self._checks(area.parent if area else "")
        if clause.unit:
            return self._is_of_other_unit(clause, entry)
        if cell is None:
            return checks.is_doubted(clause) or dates_otherwise(clause, entry.span)
        return checks.is_of(clause.about, cell) and (
            checks.contradicts(clause, Figure(cell, entry.kind, entry.area))
            or self._is_of_other_basis(clause, entry.indicator)
            or dates_otherwise(clause, entry.span)
        )

    def _is_of_other_unit(self, clause: Clause, entry: Entry) -> bool:
        """Whether a note counts in another unit than its row: 单位为百人; 按人计 is of 万人 too."""
        unit = find_unit(clause.unit, self._catalogue)
        printed = find_unit(entry.unit, self._catalogue) or entry.indicator.unit
        if unit is None or unit.dimension != printed.dimension:
            return unit is not None
        is_stated = "单位" in clause.text or clause.unit == clause.text
        return is_stated and unit.factor != printed.factor

    def _is_of_other_basis(self, clause: Clause, indicator: Indicator) -> bool:
        """Whether a note calls the figure of a month one since January, or the other way round."""
        other = _OTHER_BASIS.get(indicator.accumulation)
        is_said = any(fact.slot == BASIS and fact.value == other for fact in clause.facts)
        return is_said and says_basis(clause, lexicon_of(self._catalogue.grid))
