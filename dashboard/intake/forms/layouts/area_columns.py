"""A table by street lying on its side: one row per indicator, one column per street.

Each street's column is read as a form of its own: nested lines, codes and units count as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area, Finding
from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, filled, squeezed
from dashboard.intake.forms.layout import STREET_TABLE, Column, Frame, Recognition
from dashboard.intake.forms.layouts import official_form
from dashboard.intake.forms.layouts.street_rows import OWN, SKIPPED
from dashboard.intake.forms.ledger import Ledger
from dashboard.intake.forms.stated_area import OFFICE

FIGURE = "area_figure"  # the role of a column of figures below the name of an area
_CORNER = re.compile(
    r"(?:指标|项目|名称|类别|内容)[^/]*/.{1,6}|.{1,6}/(?:指标|项目|类别|内容)[^/]*"
)
_SILENT = re.compile(r"备注|说明|序号|编号|no\.?", re.I)


class _Place(NamedTuple):
    """A column and the area that its headings name; ``rest`` are the headings below it."""

    column: int
    name: str
    rest: tuple[str, ...]


def find_frame(sheet: Sheet, areas: Areas) -> Frame | None:
    """Header and columns of such a table, or None where no column is headed by a known area."""
    for row in sheet.top_rows:
        texts = [squeezed(cell) for cell in sheet.rows[row]]
        named = [at for at, text in enumerate(texts) if headings.NAME.fullmatch(text)]
        named = named or [at for at, text in enumerate(texts) if _CORNER.fullmatch(text)][:1]
        if not named:
            continue
        name = named[0]
        depth = headings.header_depth(sheet, row, name)
        while depth > 1 and headings.is_letters_row(sheet, row + depth - 1):
            depth -= 1
        rows = tuple(range(row, row + depth))
        columns = tuple(_columns(headings.heading_grid(sheet, rows), name, areas))
        if not any(column.role == FIGURE and _known(column.heading, areas) for column in columns):
            continue
        first = row + depth
        while first < len(sheet.rows) and headings.is_letters_row(sheet, first):
            first += 1
        return Frame(STREET_TABLE, rows, first, columns)
    return None


def _known(path: tuple[str, ...], areas: Areas) -> list[Area]:
    """The areas of the outermost heading that names some."""
    named = (areas.find(text) or areas.find(OFFICE.sub("", text)) for text in path)
    return next(filter(None, named), [])


def _columns(grid: list[list[str]], name: int, areas: Areas) -> Iterator[Column]:
    """The columns' roles: what stands right of the first street and names no role is a street."""
    begun = False
    for at in range(len(grid[0])):
        path = headings.heading_path(grid, at)
        if at == name:
            yield Column(at, "name", path)
        elif not path or _SILENT.fullmatch(path[-1]):
            continue
        elif headings.CODE.fullmatch(path[-1]):
            yield Column(at, "code", path)
        elif headings.UNIT.fullmatch(path[-1]):
            yield Column(at, "unit", path)
        elif at > name and (begun or _known(path, areas) or OWN.fullmatch(path[0])):
            begun = True
            yield Column(at, FIGURE, path)


def lies_on_its_side(recognition: Recognition) -> bool:
    """Whether a recognised street table has its streets in columns."""
    return any(column.role == FIGURE for column in recognition.columns)


def street_names(columns: tuple[Column, ...]) -> list[str]:
    """The outermost headings of the columns of figures, from the left."""
    return [column.heading[0] for column in columns if column.role == FIGURE]


def read_rows(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue, areas: Areas, ledger: Ledger
) -> None:
    """Enters each street's figures; what is to be said of a line is said once."""
    shared = tuple(c for c in recognition.columns if c.role in ("name", "code", "unit"))
    for place, columns in _by_area(recognition.columns):
        if all(not filled(_below(sheet, recognition, column.place)) for column in columns):
            continue
        area = _area(place, recognition, areas, ledger)
        if area is not None:
            alone = replace(recognition, area=area, columns=(*shared, *columns))
            official_form.read_rows(sheet, alone, catalogue, ledger)
    ledger.findings[:] = _once(ledger.findings)
    rows: dict[int, None] = {}
    ledger.unknown_rows[:] = [
        line for line in ledger.unknown_rows if not (line.row in rows or rows.setdefault(line.row))
    ]


def _below(sheet: Sheet, recognition: Recognition, column: int) -> list[object]:
    return [sheet.cell(row, column) for row in range(recognition.first_row, len(sheet.rows))]


def _by_area(columns: tuple[Column, ...]) -> Iterator[tuple[_Place, list[Column]]]:
    """The columns below each area's heading: its figure, and what stands beside it."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.role == FIGURE:
            groups.setdefault(column.heading[0], []).append(column)
    for name, group in groups.items():
        ranks = [official_form.rank_of(column.heading[1:]) for column in group]
        sure = [rank for rank in ranks if rank >= 0]
        best = ranks.index(min(sure)) if sure else 0
        roles = ["value" if at == best else "side" for at in range(len(group))]
        rest = [
            replace(column, role=role, heading=column.heading[1:])
            for column, role in zip(group, roles, strict=True)
        ]
        yield _Place(group[best].place, name, group[best].heading[1:]), rest


def _area(place: _Place, recognition: Recognition, areas: Areas, ledger: Ledger) -> Area | None:
    """The area that a heading names, or None with a finding that says why it is not read."""
    district, name, header = recognition.area, place.name, recognition.header_rows[0]
    if district and (OWN.fullmatch(name) or name in (district.name.zh, *district.aliases)):
        return district
    if SKIPPED.fullmatch(name):
        message = Text(
            f"“{name}”列不是一个地区，未读入",
            f"the column {name}: not an area of its own; it was left out",
        )
        ledger.note("note", "column_left_out", message, header, place.column)
        return None
    within = district.code if district else ""
    found = areas.find(name, within) or areas.find(OFFICE.sub("", name), within)
    if len(found) == 1:
        return found[0]
    above = district.name.zh if district else "地区表"
    message = Text(
        f"表头“{name}”在{above}中{'不止一个' if found else '没有'}；请改正名称，或先在地区表中登记",
        f"the heading {name}: {'several' if found else 'no'} such area in {above}; "
        "mend the name, or add it to the list of areas",
    )
    ledger.error("unknown_area", message, header, place.column)
    return None


def _once(findings: list[Finding]) -> list[Finding]:
    """Each finding once; of a line of no known indicator only that in the first column."""
    kept: dict[tuple[object, ...], Finding] = {}
    for one in findings:
        of_line = one.rule in ("unknown_indicator", "mapped_indicator")
        column = "" if of_line else one.column
        value = "" if of_line else one.value
        kept.setdefault((one.severity, one.rule, one.message, one.row, column, value), one)
    return list(kept.values())
