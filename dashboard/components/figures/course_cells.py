"""Builds the cells of a course: start, end, absolute and relative change."""

from __future__ import annotations

from dashboard.base.language import word
from dashboard.charts.model.course_row import CourseRow
from dashboard.components.shell.real_table import Cell, Row

COLUMNS = ("start", "end", "difference", "change")


def course_head(first: str, unit: str, language: str) -> Row:
    """The headings: ``first`` of the rows' names, then the four columns with the values' unit."""
    heads = [Cell(first, scope="col")]
    for name in COLUMNS:
        small = "" if name == "change" else unit
        text = word(f"course_{name}", language)
        heads.append(Cell(text, scope="col", kind="number", small=small))
    return Row(heads)


def course_cells(row: CourseRow) -> list[Cell]:
    """The four cells behind a row's name."""
    then, now = row.figures
    is_made = row.change != "—"
    return [
        Cell(row.start, kind="number", figure=then),
        Cell(row.end, kind="number strong", figure=now),
        Cell(row.difference, kind="number"),
        Cell(row.change, kind=f"number tone-{row.tone}", meaning=row.why if not is_made else ""),
    ]
