"""The table as it was understood beside its source, cell for cell, in the sheet's own order.

What every cell of a row or of a column shares is said once, in its heading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.figure_words import DIMENSIONS, amount, named
from dashboard.components.shell.file_names import safe
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.intake.forms.files.cells import column_place
from dashboard.intake.preview import UnderstoodCell
from dashboard.services.front_desk import FrontDesk

MOST_ROWS = 300
LONGEST_PRINTED = 40
Group = dict[Any, list[UnderstoodCell]]


def _grouped(cells: Sequence[UnderstoodCell], by: str) -> Group:
    found: Group = defaultdict(list)
    for cell in cells:
        found[getattr(cell, by)].append(cell)
    return found


def _shared(group: Group, dimension: str) -> bool:
    return all(len({getattr(c, dimension) for c in cells}) == 1 for cells in group.values())


def places_of(cells: Sequence[UnderstoodCell]) -> dict[str, str]:
    """Where each dimension is said: once for the "table", by "row", by "column" or in the "cell".

    A period belongs to the indicator that covers it, so it is not said above the table where the
    indicators cover different spans.
    """
    rows, columns, found = _grouped(cells, "row"), _grouped(cells, "column"), {}
    for dimension in DIMENSIONS:
        if len({getattr(cell, dimension) for cell in cells}) == 1:
            found[dimension] = "table"
        elif _shared(rows, dimension):
            found[dimension] = "row"
        else:
            found[dimension] = "column" if _shared(columns, dimension) else "cell"
    return found


def understood_table(
    desk: FrontDesk, cells: Sequence[UnderstoodCell], title: str, most: int, say: str
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
    kept = [cell for row in shown for cell in rows[row]]
    columns = sorted({cell.column for cell in kept}, key=column_place)
    places = places_of(kept)

    def said(figure: UnderstoodCell, place: str) -> str:
        words = [named(desk, d, figure, say) for d in DIMENSIONS if places[d] == place]
        return " · ".join(text for text in words if text)

    def cell_of(found: Sequence[UnderstoodCell]) -> Cell:
        if not found:
            return Cell("")
        meant = [_meant(desk, one, said(one, "cell"), say) for one in found]
        printed = safe(found[0].printed, LONGEST_PRINTED) or "—"
        kind = "number beside" if found[0].secondary else "number"
        return Cell(printed, code=True, kind=kind, small=" / ".join(meant))

    in_columns = _grouped(kept, "column")
    head = [Cell(word("preview_row", say), scope="col")]
    head += [
        Cell(c, scope="col", kind="number", code=True, small=said(in_columns[c][0], "column"))
        for c in columns
    ]
    body = []
    for row in shown:
        at = _grouped(rows[row], "column")
        number = word("preview_row_number", say, row=row)
        name = said(rows[row][0], "row")
        first = Cell(name or number, scope="row", small=number if name else "")
        body.append(Row([first, *(cell_of(at.get(column, ())) for column in columns)]))
    whole = said(kept[0], "table")
    caption = " · ".join(text for text in (title, whole) if text)
    table = real_table(caption, [Row(head)], body, kind="understood", box="scroll-understood")
    left = len(rows) - len(shown)
    more = html.P(word("preview_more_rows", say, count=left), className="muted")
    return [table, more] if left > 0 else [table]


def _meant(desk: FrontDesk, one: UnderstoodCell, which: str, say: str) -> str:
    text = amount(desk, one.indicator, one.value, str(one.status), say)
    return f"{which}: {text}" if which else f"= {text}"
