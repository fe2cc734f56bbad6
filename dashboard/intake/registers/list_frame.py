"""Works out where a list of institutions (or of persons) has its header, and what its columns hold.

A list names something else in every row (机构名称); a table by street names an area.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.registers import RegisterTypes, comparable_text
from dashboard.intake.forms.files.cells import Sheet, filled, is_number, squeezed

PLACES = ("street", "community", "address")
VALUES = ("type", "status", "established", "ended", "code", "beds", "nursing_beds", "residents")
WITNESSES = (*VALUES, "nature", "address", "community")
PERSON, UNUSED = "person", ""
_ABOVE = 15  # rows in which the header is looked for
_FEWEST = 3  # filled headings
_DISTINCT = 0.7  # share of the rows that have a name of their own; some are listed twice
_IN_PERSONS = re.compile(r"\((?:单位:?)?[人名]\)$")
_UNIT = re.compile(r"\((?:单位:?)?(?:张|人|名|个|家|处|床|位)\)$")
_TOTAL = re.compile(r"(?:合计|总计|小计|总数|共计|全区|全县)[:：]?.*")
# What ends like an area is one, known or not.
_AREA = re.compile(r".{1,12}(?:街道|街道办|办事处|镇|乡|苏木|[县区市]|社区|村|居委会|村委会)")
_WHOLE = ("合计", "总数", "小计", "总计", "数量", "总")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list; ``role`` is a value of the column words, "person" or "" for unused."""

    place: int
    role: str
    heading: str


@dataclass(frozen=True, slots=True)
class ListFrame:
    """Header rows and columns of a list, and its rows (counted from 0) without totals and notes.

    ``totals`` are the rows that print a sum.
    """

    header_rows: tuple[int, ...]
    columns: tuple[ListColumn, ...]
    rows: tuple[int, ...]
    totals: tuple[int, ...] = ()

    def column(self, role: str) -> ListColumn | None:
        """The first column of a role, or None."""
        return next((column for column in self.columns if column.role == role), None)

    def of(self, role: str) -> tuple[ListColumn, ...]:
        """All columns of a role."""
        return tuple(column for column in self.columns if column.role == role)


def role_of(heading: str, registers: RegisterTypes) -> str:
    """What a heading says its column holds; whatever speaks of a person is "person"."""
    plain = comparable_text(heading)
    text = _UNIT.sub("", plain)
    role = registers.meaning("column", text)
    if role and role != PERSON:
        return role
    if _IN_PERSONS.search(plain):  # 入住老人(人) counts them
        return registers.meaning("column", f"{text}数") or UNUSED
    persons = registers.of("column", PERSON) + registers.of("row", PERSON)
    if any(word in text for word in (*persons, *registers.of("row", "personal"))) or text == "法人":
        return PERSON
    return UNUSED


def find_list(
    sheet: Sheet, catalogue: Catalogue, areas: Areas, named: str = ""
) -> ListFrame | None:
    """The frame of a list of institutions, or None where the sheet is none.

    ``named`` are words outside the sheet that may call it a list: the names of sheet and file.
    """
    for row in range(min(_ABOVE, len(sheet.rows))):
        if len(filled(sheet.rows[row])) < _FEWEST:
            continue
        frame = _frame_at(sheet, row, catalogue.registers)
        if frame is not None and _lists_institutions(sheet, frame, catalogue, areas, named):
            return frame
    return None


class _Headings(NamedTuple):
    """The headings of a row that name a person, and those of what is personal."""

    names: list[str]
    personal: list[str]

    @property
    def describe_persons(self) -> bool:
        """Whether rows below them may be persons."""
        named = bool(self.names) and (bool(self.personal) or "姓名" in self.names)
        return named or len(self.personal) > 1


def lists_persons(sheet: Sheet, registers: RegisterTypes) -> tuple[int, tuple[str, ...]] | None:
    """The header row (from 0) and the headings by which the rows of a sheet are persons, or None.

    A list of institutions with columns about their staff is none, unless they name everyone's
    sex, birth or identity number beside a comparable_text 姓名.
    """
    for row in range(min(_ABOVE, len(sheet.rows))):
        headings = _headings_of_persons(sheet, row, registers)
        if not headings.describe_persons:
            continue
        frame = None if all(headings) else _frame_at(sheet, row, registers)
        if frame is None or not _distinct(_names(sheet, frame)):
            return row, (*headings.names, *headings.personal)
    return None


def _headings_of_persons(sheet: Sheet, row: int, registers: RegisterTypes) -> _Headings:
    """The headings about persons in a row; none where too few of its cells are filled."""
    names, personal = registers.of("row", "person"), registers.of("row", "personal")
    words = sheet.words(row)
    texts = [comparable_text(text) for at, text in words.items() if not _is_group(sheet, row, at)]
    if len(filled(sheet.rows[row])) < _FEWEST:
        return _Headings([], [])
    return _Headings(
        [text for text in texts if text in names], [text for text in texts if text in personal]
    )


def _is_group(sheet: Sheet, row: int, at: int) -> bool:
    """Whether a heading stands over others with figures below: 性别 over 男 and 女."""
    if sheet.cell(row, at + 1) is not None:
        return False
    own = [(sheet.cell(row + 1, one), sheet.cell(row + 2, one)) for one in (at, at + 1)]
    return all(isinstance(text, str) and is_number(figure) for text, figure in own)


def _frame_at(sheet: Sheet, row: int, registers: RegisterTypes) -> ListFrame | None:
    """The frame of a list whose header begins in ``row``; None without a column of names."""
    rows = (row, row + 1) if _continues(sheet, row) else (row,)
    if not any(_may_name(sheet, rows, at, registers) for at in range(sheet.width)):
        return None  # a row of figures, or the head of another table
    columns = _columns(sheet, rows, registers)
    name = next((column for column in columns if column.role == "name"), None)
    if name is None or any(column.role == "counted" for column in columns):
        return None
    listed, totals = _rows_below(sheet, rows[-1] + 1, name)
    return ListFrame(rows, columns, listed, totals) if listed else None


def _may_name(sheet: Sheet, rows: Sequence[int], at: int, registers: RegisterTypes) -> bool:
    """Whether a column may be that of the names; numbers and dates head none."""
    cells = [sheet.spread(row, at) for row in rows]
    if not any(isinstance(cell, str) for cell in cells):
        return False
    texts = [_UNIT.sub("", comparable_text(squeezed(cell))) for cell in cells]
    alone, joined = [*texts], ["".join(texts), "".join(reversed(texts))]
    return any(registers.meaning("column", text) == "name" for text in (*alone, *joined))


def _columns(sheet: Sheet, rows: Sequence[int], registers: RegisterTypes) -> tuple[ListColumn, ...]:
    """The columns with a heading in the header rows."""
    return tuple(
        ListColumn(at, _role_at(sheet, rows, at, registers), _heading_at(sheet, rows, at))
        for at in range(sheet.width)
        if any(squeezed(sheet.spread(line, at)) for line in rows)
    )


def _rows_below(
    sheet: Sheet, first: int, name: ListColumn
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The rows from ``first`` on that list something by name, and those that print a sum."""
    listed, totals = [], []
    for at in range(first, len(sheet.rows)):
        texts = [squeezed(sheet.cell(at, place)) for place in filled(sheet.rows[at])]
        if any(_TOTAL.fullmatch(text) for text in texts[:2]):
            totals.append(at)
        elif len(texts) > 1 and squeezed(sheet.cell(at, name.place)):
            listed.append(at)
    return tuple(listed), tuple(totals)


def _continues(sheet: Sheet, row: int) -> bool:
    """Whether the header has a second row: headings below a wide one, none below the names."""
    if row + 1 >= len(sheet.rows):
        return False
    wide = any(
        area[0] == area[2] == row and area[3] > area[1] and area[1] < sheet.width
        for area in sheet.merged
    )
    if not wide:
        return False
    below = [sheet.cell(row + 1, at) for at in filled(sheet.rows[row + 1])]
    return bool(below) and not any(is_number(cell) for cell in below)


def _heading_at(sheet: Sheet, rows: Sequence[int], at: int) -> str:
    parts = [squeezed(sheet.spread(row, at)) for row in rows]
    return "/".join(dict.fromkeys(part for part in parts if part))


def _role_at(sheet: Sheet, rows: Sequence[int], at: int, registers: RegisterTypes) -> str:
    """The role of a column: by its own heading, by it and the one above, or by the whole group."""
    above, *below = [comparable_text(squeezed(sheet.spread(row, at))) for row in rows]
    last = _UNIT.sub("", below[-1]) if below and below[-1] else ""
    if not last or last == above:
        return role_of(above, registers)
    group = _UNIT.sub("", above)
    if last in _WHOLE:
        return role_of(group, registers)
    tries = [role_of(text, registers) for text in (last, last + group, group + last)]
    return next((role for role in tries if role), UNUSED)


def _names(sheet: Sheet, frame: ListFrame) -> list[str]:
    name = frame.column("name")
    return [squeezed(sheet.cell(row, name.place)) for row in frame.rows] if name else []


def _distinct(names: Sequence[str]) -> bool:
    """Whether nearly every row has a name of its own."""
    texts = [name for name in names if not name.replace(".", "").isdecimal()]
    return len(texts) == len(names) > 0 and len(set(texts)) >= _DISTINCT * len(texts)


def _lists_institutions(
    sheet: Sheet, frame: ListFrame, catalogue: Catalogue, areas: Areas, named: str
) -> bool:
    """Whether the rows are institutions: names of their own, not areas, indicators or kinds."""
    names = _names(sheet, frame)
    if not _distinct(names):
        return False
    known = [name for name in names if _has_other_meaning(name, catalogue, areas)]
    if 2 * len(known) >= len(names):
        return False
    roles = {column.role for column in frame.columns}
    placed = bool(roles & set(PLACES))
    if _is_called_list(sheet, frame, catalogue.registers, named):
        return placed or bool(roles & set(VALUES))
    return placed and bool(roles & set(WITNESSES))


def _has_other_meaning(name: str, catalogue: Catalogue, areas: Areas) -> bool:
    """Whether a name is that of an area, an indicator or a type of institution."""
    return bool(
        _AREA.fullmatch(name)
        or areas.find(name)
        or catalogue.find_indicator(name) is not None
        or catalogue.registers.find(name) is not None
    )


def _is_called_list(sheet: Sheet, frame: ListFrame, registers: RegisterTypes, named: str) -> bool:
    """Whether the lines above the header, or the names outside the sheet, call it a list."""
    above = sheet.rows[: frame.header_rows[0]]
    title = comparable_text(named + "".join(squeezed(cell) for row in above for cell in row))
    return any(word in title for word in registers.of("title", "list")[:8])
