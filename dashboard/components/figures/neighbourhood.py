"""Builds the table of a part of a received sheet as printed, with one cell marked."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.intake.forms.cell_context import Neighbourhood
from dashboard.intake.forms.files.cells import column_place

GAP = "…"  # rows or columns that are left out


def _gaps(places: Sequence[int]) -> set[int]:
    """The positions before which something is left out."""
    return {i for i in range(1, len(places)) if places[i] - places[i - 1] > 1}


def cell_table(neighbourhood: Neighbourhood, caption: str) -> Component:
    """The neighbourhood as a table; what is left out is marked by an ellipsis."""
    skipped = _gaps([column_place(letter) for letter in neighbourhood.columns])
    apart = _gaps([number for number, _ in neighbourhood.rows])

    def spaced(cells: list[Cell], gap: Cell) -> list[Cell]:
        return [
            part
            for i, cell in enumerate(cells)
            for part in ((gap, cell) if i in skipped else (cell,))
        ]

    letters = spaced([Cell(column, scope="col") for column in neighbourhood.columns], Cell(GAP))
    body = []
    for place, (number, texts) in enumerate(neighbourhood.rows):
        if place in apart:
            across = len(neighbourhood.columns) + len(skipped) + 1
            body.append(Row([Cell(GAP, across=across, kind="gap")]))
        marked = [
            Cell(
                text,
                kind="is-cell"
                if number == neighbourhood.row and letter == neighbourhood.column
                else "",
            )
            for letter, text in zip(neighbourhood.columns, texts, strict=True)
        ]
        body.append(Row([Cell(str(number), scope="row"), *spaced(marked, Cell(GAP))]))
    return real_table(caption, [Row([Cell(""), *letters])], body, kind="printed")
