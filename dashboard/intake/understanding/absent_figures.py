"""Leaves out what says that a line has no such figure: — under 本年累计数, and its year before."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.understanding.row_kinds import is_figure
from dashboard.intake.understanding.understood import Reading

Key = tuple[object, ...]


def key_of(reading: Reading) -> Key:
    """What a reading is the figure of: no sheet has two of them."""
    return reading.indicator, reading.area, reading.span.end, reading.kind


def without_absent(sheet: Sheet, readings: Sequence[Reading]) -> list[Reading]:
    """The readings without marks and blanks beside a figure of the same meaning, or of no series.

    A dash in a row of persons under 本年累计数 does not say that person-times are lacking, where
    the sheet has none of them at all.
    """
    figures = [
        reading for reading in readings if is_figure(sheet.cell(reading.row, reading.column))
    ]
    counted = {key_of(reading) for reading in figures}
    series = {reading.indicator for reading in figures}
    return [
        reading
        for reading in readings
        if is_figure(sheet.cell(reading.row, reading.column))
        or not (
            key_of(reading) in counted or (reading.is_stock and reading.indicator not in series)
        )
    ]


def of_no_series(sheet: Sheet, readings: Sequence[Reading]) -> list[Reading]:
    """The figures of a year before that only the column compared with makes payments of a stock.

    上年同期 behind 累计 is in the row of persons, who have no 累计 this year, the persons of then.
    """
    figures = [
        reading for reading in readings if is_figure(sheet.cell(reading.row, reading.column))
    ]
    series = {reading.indicator for reading in figures if not reading.secondary}
    return [
        reading
        for reading in figures
        if reading.secondary and reading.is_stock and reading.indicator not in series
    ]
