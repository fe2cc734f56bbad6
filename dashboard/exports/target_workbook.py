"""Writes the register of targets as a workbook that can be handed in again and changes nothing."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from dashboard.analysis.small_counts import HIDDEN
from dashboard.base.language import word
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import Target
from dashboard.charts.plotly.theme import SCREEN
from dashboard.exports.workbooks import HARMLESS
from dashboard.intake.forms.layouts.target_entry import ROLES, cells_of, headings

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_MOVES: Mapping[str, str] = {}
_WIDE = {"indicator": 34, "source": 48, "milestones": 40}


def register_workbook(
    targets: Iterable[Target],
    catalogue: Catalogue,
    language: str,
    hidden: Collection[str] = (),
    note: str = "",
    moves: Mapping[str, str] = NO_MOVES,
) -> bytes:
    """One row a target that counts, amounts in base units; texts stay texts, never formulas.

    What an area has from those it was made of is left out: it follows from the rows of those, at
    whose area a comment says where they went (``moves``, by id).

    ``note`` stands above the table. Of the targets whose ids are ``hidden`` the base is "*";
    handed in again such a row is refused until its base is typed, so that none is lost.
    """
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, HARMLESS) as book:
        sheet = book.add_worksheet(word("page_targets", language))
        head = book.add_format({"bold": True, "bottom": 1, "font_color": SCREEN.text})
        top = 1 if note else 0
        if top:
            sheet.write_string(0, 0, note)
        _write_head(sheet, top, headings(language), head)
        counted = (given for given in targets if not (given.retired or given.carried))
        for at, target in enumerate(counted, start=top + 1):
            cells = cells_of(target, catalogue, language)
            if target.id in hidden:
                cells["base"] = HIDDEN
            _write_row(sheet, at, [cells[role] for role in ROLES])
            if target.id in moves:
                sheet.write_comment(at, ROLES.index("area"), moves[target.id])
        sheet.freeze_panes(top + 1, 1)
    return memory.getvalue()


def _write_head(sheet: Any, row: int, names: Iterable[str], look: Any) -> None:  # noqa: ANN401
    for place, name in enumerate(names):
        sheet.write_string(row, place, name, look)
        sheet.set_column(place, place, _WIDE.get(ROLES[place], 14))


def _write_row(sheet: Any, row: int, cells: Sequence[object]) -> None:  # noqa: ANN401 - no types
    for place, cell in enumerate(cells):
        if isinstance(cell, int | float):
            sheet.write_number(row, place, cell)
        elif cell:
            sheet.write_string(row, place, str(cell))
