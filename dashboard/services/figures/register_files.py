"""Makes lists of institutions as rows and workbooks that may leave, with their remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.base.language import word
from dashboard.catalogue.catalogue import Catalogue
from dashboard.disclosure.register_guard import suppresses_residents
from dashboard.disclosure.suppressed_chart import suppression_note
from dashboard.exports.register_rows import register_rows
from dashboard.services.context import Context
from dashboard.services.figures.registers import RegisterFilters
from dashboard.services.release import Marked, Release
from dashboard.store.registers import ListedRow


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """Makes files of listed institutions; ``release`` hides figures and gives the markings."""

    context: Context
    release: Release

    def rows(
        self, rows: Sequence[ListedRow], language: str, *, whole: bool = False
    ) -> list[dict[str, object]]:
        """The rows; with ``whole`` nothing is hidden."""
        catalogue: Catalogue = self.context.catalogue
        hides = not whole and suppresses_residents(self.release.guard(), rows, catalogue.registers)
        areas = self.context.areas()
        return register_rows(rows, catalogue.registers, areas, language, suppresses_residents=hides)

    def book(
        self,
        listed_rows: Sequence[ListedRow],
        asked: RegisterFilters,
        language: str,
        *,
        whole: bool = False,
    ) -> bytes:
        """The rows as a workbook with title and marks."""
        # a list on the terminal starts without what writes workbooks
        from dashboard.exports.register_book import register_book

        rows = self.rows(listed_rows, language, whole=whole)
        notes = [_seal(listed_rows, language)] if listed_rows else [word("register_none", language)]
        areas = self.context.areas()
        named = areas.find(asked.area) if asked.area else areas
        shown = Marked(tuple(area.code for area in named), None, language)
        if marking := self.release.marked("", shown):
            notes.insert(0, marking)
        if any(row.grade == "demo" for row in listed_rows):
            notes.append(f"{word('demo_title', language)}{word('demo_text', language)}")
        if any("*" in (row["residents"], row["counts"]) for row in rows):
            notes.append(suppression_note(self.context.settings.small_cells, language))
        return register_book(rows, self.title(asked, language), notes, language)

    def title(self, asked: RegisterFilters, language: str) -> str:
        """What is listed: the figure or the type, the area and the period."""
        catalogue, areas = self.context.catalogue, self.context.areas()
        indicator = catalogue.find_indicator(asked.indicator) if asked.indicator else None
        kind = catalogue.registers.find(asked.type) if asked.type else None
        name = indicator.name if indicator else kind.name if kind else None
        matches = areas.find(asked.area) if asked.area else []
        parts = [
            name[language] if name else word("register_sheet", language),
            matches[0].name[language] if matches else "",
            asked.period,
        ]
        return " · ".join(part for part in parts if part)


def _seal(rows: Sequence[ListedRow], language: str) -> str:
    """Of which date, from which submissions and of which grade the lists are."""
    comma = word("list_comma", language)
    grades = dict.fromkeys(word(f"grade_{row.grade}", language) for row in rows)
    return word(
        "register_seal",
        language,
        date=comma.join(sorted({str(row.period) for row in rows})),
        numbers=comma.join(map(str, sorted({row.submission for row in rows}))),
        grades=comma.join(grades),
    )
