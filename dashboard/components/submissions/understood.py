"""Shows the table as it was understood beside its source, cell for cell, in the sheet's order.

What every cell of a row or of a column shares is said once, in its heading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.figure_words import DIMENSIONS, amount, named
from dashboard.components.shell.file_names import safe
from dashboard.components.shell.phrases import dotted
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.intake.forms.files.cells import column_place
from dashboard.intake.sheet_preview import UnderstoodCell
from dashboard.services.front_desk import FrontDesk

MOST_ROWS = 300
LONGEST_PRINTED = 40
Group = dict[Any, list[UnderstoodCell]]


def _grouped(cells: Sequence[UnderstoodCell], by: str) -> Group:
    groups: Group = defaultdict(list)
    for cell in cells:
        groups[getattr(cell, by)].append(cell)
    return groups


def _shared(group: Group, dimension: str) -> bool:
    return all(len({getattr(c, dimension) for c in cells}) == 1 for cells in group.values())


def places_of(cells: Sequence[UnderstoodCell]) -> dict[str, str]:
    """Where each dimension is said: once for the "table", by "row", by "column" or in the "cell".

    A period belongs to the indicator that covers it, so it is not said above the table where the
    indicators cover different spans.
    """
    rows, columns, result = _grouped(cells, "row"), _grouped(cells, "column"), {}
    for dimension in DIMENSIONS:
        if len({getattr(cell, dimension) for cell in cells}) == 1:
            result[dimension] = "table"
        elif _shared(rows, dimension):
            result[dimension] = "row"
        else:
            result[dimension] = "column" if _shared(columns, dimension) else "cell"
    return result


@dataclass(frozen=True, slots=True)
class CellWords:
    """Writes the table's cells: what each figure means stands where ``places`` say it belongs."""

    desk: FrontDesk
    places: Mapping[str, str]  # dimension -> table, row, column or cell
    language: str

    def words_at(self, figure: UnderstoodCell, place: str) -> str:
        """What of the figure's meaning stands at this place."""
        own = [dimension for dimension in DIMENSIONS if self.places[dimension] == place]
        return dotted(*(named(self.desk, dimension, figure, self.language) for dimension in own))

    def column(self, name: str, first: UnderstoodCell) -> Cell:
        """The heading of a column, by its letter and its first figure."""
        small = self.words_at(first, "column")
        return Cell(name, scope="col", kind="number", code=True, small=small)

    def row(self, row: str, cells: Sequence[UnderstoodCell], columns: Sequence[str]) -> Row:
        """A row of the sheet: its number and meaning, then a cell a column."""
        at = _grouped(cells, "column")
        number = word("preview_row_number", self.language, row=row)
        name = self.words_at(cells[0], "row")
        first = Cell(name or number, scope="row", small=number if name else "")
        return Row([first, *(self.cell(at.get(column, ())) for column in columns)])

    def cell(self, figures: Sequence[UnderstoodCell]) -> Cell:
        """The figures of one cell: as printed, and what they mean."""
        if not figures:
            return Cell("")
        meant = [
            _meant(self.desk, figure, self.words_at(figure, "cell"), self.language)
            for figure in figures
        ]
        printed = safe(figures[0].printed, LONGEST_PRINTED) or "—"
        kind = "number beside" if figures[0].secondary else "number"
        return Cell(printed, code=True, kind=kind, small=" / ".join(meant))


def understood_table(
    desk: FrontDesk, cells: Sequence[UnderstoodCell], title: str, most: int, language: str
) -> list[Component]:
    """The table, cut after ``most`` cells and 300 rows; how many rows more there are.

    Nothing where no cell was understood.
    """
    if not cells:
        return []
    rows = _grouped(cells, "row")
    width = max(len(row) for row in rows.values())
    numbered = sorted(rows, key=lambda row: int(str(row)))
    shown = numbered[: min(MOST_ROWS, max(1, most // width))]
    shown_cells = [cell for row in shown for cell in rows[row]]
    columns = sorted({cell.column for cell in shown_cells}, key=column_place)
    written = CellWords(desk, places_of(shown_cells), language)
    in_columns = _grouped(shown_cells, "column")
    head = [Cell(word("preview_row", language), scope="col")]
    head += [written.column(name, in_columns[name][0]) for name in columns]
    body = [written.row(str(row), rows[row], columns) for row in shown]
    caption = dotted(title, written.words_at(shown_cells[0], "table"))
    table = real_table(caption, [Row(head)], body, kind="understood", box="scroll-understood")
    left = len(rows) - len(shown)
    more = html.P(word("preview_more_rows", language, count=left), className="muted")
    return [table, more] if left > 0 else [table]


def _meant(desk: FrontDesk, figure: UnderstoodCell, which: str, language: str) -> str:
    text = amount(desk, figure.indicator, figure.value, str(figure.status), language)
    return f"{which}: {text}" if which else f"= {text}"
