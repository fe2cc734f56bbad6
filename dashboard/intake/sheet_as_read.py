"""Defines a sheet as it stands in its file, so that a person sees it while it is asked about."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.intake.forms.files.cells import Sheet, column_letter, text_of

MOST_ROWS, MOST_COLUMNS, LONGEST = 40, 30, 60


class PrintedSheet(NamedTuple):
    """The first rows and columns of a sheet as text; columns are named by letter."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]  # of the rows, as a person counts them
    more_rows: int = 0


def printed_sheet(sheet: Sheet) -> PrintedSheet:
    """The sheet without its empty rows, cut to what a person takes in."""
    filled = [at for at, row in enumerate(sheet.rows) if any(c not in (None, "") for c in row)]
    shown, width = filled[:MOST_ROWS], min(sheet.width, MOST_COLUMNS)
    return PrintedSheet(
        tuple(column_letter(at) for at in range(width)),
        tuple(tuple(text_of(sheet.cell(r, c))[:LONGEST] for c in range(width)) for r in shown),
        tuple(row + 1 for row in shown),
        len(filled) - len(shown),
    )
