"""Reads a sheet of area changes, recognised by its headings, and judges it with what is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.catalogue.area_changes import AreaChange
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.change_list import NEEDED, Problem, StatedChange, columns_of, read_changes
from dashboard.catalogue.change_rules import judge
from dashboard.catalogue.concepts import Finding
from dashboard.intake.forms.files.cells import Sheet, column_letter, text_of

FORM = "area_changes"


def is_change_sheet(sheet: Sheet) -> bool:
    """Whether the sheet's first filled row has the headings of a list of area changes."""
    return bool(columns_of(map(text_of, sheet.rows[_header(sheet)]))) if sheet.rows else False


def _header(sheet: Sheet) -> int:
    filled = (place for place, row in enumerate(sheet.rows) if any(map(text_of, row)))
    return next(filled, 0)


def read_change_sheet(
    sheet: Sheet, areas: Areas, within: str
) -> tuple[list[StatedChange], list[Finding]]:
    """The pairs of a sheet and an error for every cell that cannot be used.

    ``within`` is an area's code or name; areas called by name are looked for below it.
    """
    first = _header(sheet)
    columns = columns_of(map(text_of, sheet.rows[first]))
    rows = [
        (place + 1, {name: text_of(row[column]) for name, column in columns.items()})
        for place, row in enumerate(sheet.rows)
        if place > first and any(map(text_of, row))
    ]
    above = areas.find(within) if within else []
    stated, problems = read_changes(rows, areas, above[0].code if len(above) == 1 else "")
    return stated, as_findings(problems, sheet)


def contradictions(
    stated: Sequence[StatedChange], standing: Iterable[AreaChange], areas: Areas, sheet: Sheet
) -> list[Finding]:
    """An error for everything that cannot be true of the list as a whole."""
    return as_findings(judge(stated, standing, areas), sheet)


def as_findings(problems: Iterable[Problem], sheet: Sheet) -> list[Finding]:
    """Problems as errors at their cells."""
    columns = columns_of(map(text_of, sheet.rows[_header(sheet)]))
    return [
        Finding(
            "error",
            "area_change",
            problem.message,
            sheet.name,
            problem.row,
            column_letter(columns.get(problem.column, columns[NEEDED[0]])),
            problem.value,
        )
        for problem in problems
    ]
