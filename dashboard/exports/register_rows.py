"""Lists of institutions as they leave: rows for CSV and JSON, and a workbook, with their marks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from dashboard.analysis.small_counts import HIDDEN
from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.registers import Registers
from dashboard.charts.plotly.theme import SCREEN
from dashboard.exports.workbooks import HARMLESS
from dashboard.store.registers import ListedRow

COLUMNS = (
    "name",
    "type",
    "area",
    "area_name",
    "community",
    "address",
    "nature",
    "code",
    "state",
    "established",
    "ended",
    "beds",
    "nursing_beds",
    "residents",
    "counts",
    "date",
    "grade",
    "demo",
    "submission",
    "file",
    "row",
)
_WIDE = {"name": 34, "address": 34, "type": 18, "area_name": 16, "code": 22, "file": 30}
_MEASURES = ("beds", "nursing_beds", "residents")
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_rows(
    rows: Iterable[ListedRow],
    registers: Registers,
    areas: Areas,
    language: str,
    *,
    suppresses_residents: bool = False,
) -> list[dict[str, object]]:
    """One row an institution: where it stands, what it adds to the figure, and where it came from.

    ``counts`` is what it adds to the figure that is asked for, else None. Hidden residents are "*".
    """
    made = []
    for one in rows:
        place = one.institution
        kind = registers.types.get(place.kind)
        row: dict[str, object] = {
            "name": place.name,
            "type": kind.name[language] if kind else place.type,
            "area": place.area,
            "area_name": areas.name_of(place.area, language),
            "community": place.community,
            "address": place.address,
            "nature": place.nature,
            "code": place.code,
            "state": word(f"register_{place.standing}", language),
            "established": place.established,
            "ended": place.ended,
            **{name: getattr(place, name) for name in _MEASURES},
            "counts": one.amount,
            "date": str(one.period),
            "grade": word(f"grade_{one.grade}", language),
            "demo": word("demo_title", language) if one.grade == "demo" else "",
            "submission": one.submission,
            "file": one.file,
            "row": place.row,
        }
        if suppresses_residents:
            row["residents"] = HIDDEN if place.residents is not None else None
            if kind is not None and kind.residents == one.indicator != "":
                row["counts"] = HIDDEN
        made.append(row)
    return made


def _write_cell(sheet: Any, row: int, column: int, cell: object) -> None:  # noqa: ANN401
    """Writes a number as one, anything else as text, and nothing for None."""
    if isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, str(cell))


def register_book(
    rows: Sequence[Mapping[str, object]], title: str, notes: Sequence[str], language: str
) -> bytes:
    """The rows as a workbook: a title, notes that must be known, headings in words, a filter."""
    memory = io.BytesIO()
    shown = [name for name in COLUMNS if any(row[name] not in ("", None) for row in rows)]
    with xlsxwriter.Workbook(memory, HARMLESS) as book:
        sheet = book.add_worksheet(word("register_sheet", language))
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bottom": 1, "font_color": SCREEN.text})
        sheet.write_string(0, 0, title, bold)
        for at, note in enumerate(notes, start=1):
            sheet.write_string(at, 0, note)
        top = 1 + len(notes)
        for place, name in enumerate(shown):
            sheet.write_string(top, place, word(f"register_column_{name}", language), head)
            sheet.set_column(place, place, _WIDE.get(name, 12))
        for at, row in enumerate(rows, start=top + 1):
            for place, name in enumerate(shown):
                _write_cell(sheet, at, place, row[name])
        sheet.freeze_panes(top + 1, 1)
        if rows:
            sheet.autofilter(top, 0, top + len(rows), max(len(shown) - 1, 0))
    return memory.getvalue()
