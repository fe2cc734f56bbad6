"""Carries what a remark says of some figures to the totals that contain them.

A total of streets, or of several programmes, is no firmer than its parts: where it is asked what a
part means, the total waits for the same answer; where a part is an estimate, so is the total.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.catalogue.grid import IndicatorCell
from dashboard.intake.understanding.figures import TableReader
from dashboard.intake.understanding.understood import Reading


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure of which a total may be made; its ``cell`` is None where that is not known."""

    column: int
    area: str
    period: object
    texts: tuple[str, ...]  # the labels of its row
    cell: IndicatorCell | None


def carry_doubts(figures: TableReader) -> None:
    """Takes totals of doubted figures off the readings, and asks of them what is asked there."""
    for key, places in list(figures.questions.cells.items()):
        gap = figures.questions.gaps[key]
        if not figures.table.remarks.says(gap.word):
            continue
        parts = [part for place in places if (part := _part(figures, *place)) is not None]
        for reading in [one for one in figures.all_readings() if _is_total(figures, one, parts)]:
            figures.replace(reading)
            figures.questions.add(gap, (reading.row, reading.column))


def carry_estimates(figures: TableReader) -> None:
    """Marks the totals of estimates as estimates."""
    kept = list(figures.all_readings())
    parts = [_of_reading(figures, one) for one in kept if one.is_estimate]
    for reading in kept:
        if not reading.is_estimate and _is_total(figures, reading, parts):
            figures.replace(reading, reading._replace(is_estimate=True))


def _part(figures: TableReader, at: int, place: int) -> _Part | None:
    """The figure of a question; None where it is of a label, or has no area or period."""
    column = figures.columns.by_place.get(place)
    if column is None:
        return None
    row = figures.row(at, column)
    area, span = figures.area(column, row), figures.span(column, row)
    if area is None or span is None:
        return None
    return _Part(place, area.code, span.end, row.texts, figures.cell_without_remarks(column, row))


def _of_reading(figures: TableReader, reading: Reading) -> _Part:
    row = figures.row(reading.row, figures.columns[reading.column])
    cell = figures.table.known.grid.cell_at(reading.indicator)
    return _Part(reading.column, reading.area, reading.span.end, row.texts, cell)


def _is_total(figures: TableReader, reading: Reading, parts: list[_Part]) -> bool:
    """Whether a figure contains one of some others."""
    own = _of_reading(figures, reading) if parts else None
    return own is not None and any(_contains(figures, own, part) for part in parts)


def _contains(figures: TableReader, total: _Part, part: _Part) -> bool:
    known = figures.table.known
    is_above = known.areas.is_below(part.area, total.area)
    if not is_above or total.period != part.period:
        return False
    same_line = (total.column, total.texts) == (part.column, part.texts)
    if same_line and total.area != part.area:
        return True
    if (
        total.cell is None
        or part.cell is None
        or (total.cell, total.area) == (part.cell, part.area)
    ):
        return False
    return _is_whole_of(figures, total.cell, part.cell)


def _is_whole_of(figures: TableReader, whole: IndicatorCell, part: IndicatorCell) -> bool:
    """Whether one meaning contains another: of all programmes, of town and country, of all ages."""
    same = (whole.measure, whole.in_month, whole.months) == (
        part.measure,
        part.in_month,
        part.months,
    )
    return (
        same
        and figures.table.known.grid.is_within(part.programme, whole.programme)
        and whole.scope in ("", part.scope)
        and set(whole.values) <= set(part.values)
    )
