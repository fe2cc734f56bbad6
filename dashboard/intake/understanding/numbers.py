"""Reads the cells of a sheet as numbers, as printed, and tests which of them add up."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.forms.numerals import UnreadableNumber, read_value

Values = Sequence[float | None]
_ROUNDING = 0.006  # of each figure of a sum, as printed


def number_at(sheet: Sheet, row: int, column: int) -> float | None:
    """The number of a cell; None where it holds none."""
    try:
        return read_value(sheet.cell(row, column)).value
    except UnreadableNumber:
        return None


def adds_up(total: Values, parts: Sequence[Values]) -> bool:
    """Whether each number of a row or column is the sum of those of others at the same place."""
    near = _ROUNDING * (len(parts) + 1)
    sums = [
        (whole, sum(value for value in values if value is not None))
        for whole, *values in zip(total, *parts, strict=True)
        if whole is not None and any(value is not None for value in values)
    ]
    return any(whole for whole, _ in sums) and all(
        abs(whole - parted) <= near for whole, parted in sums
    )


def exceeds(part: Values, whole: Values) -> bool:
    """Whether a number of a row or column is larger than that of another at the same place."""
    pairs = zip(part, whole, strict=True)
    return any(one is not None and other is not None and one > other for one, other in pairs)
