"""Reads the rows of a list as institutions: cells read, areas found, persons left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Finding
from dashboard.catalogue.periods import Period
from dashboard.catalogue.registers import (
    ENDED,
    MEASURES,
    OPEN,
    PLANNED,
    Institution,
    RegisterTypes,
    comparable_text,
)
from dashboard.intake.forms.files.cells import (
    Formatted,
    Percent,
    Sheet,
    column_letter,
    squeezed,
    text_of,
)
from dashboard.intake.forms.numerals import UnreadableNumber, read_value
from dashboard.intake.registers.dates import ListDate, UnreadableDate, read_date
from dashboard.intake.registers.list_frame import ListColumn, ListFrame

_COUNTED = re.compile(r"(\d[\d,]*)(?:张|人|名|个)")
# What names a person even inside an address: a mobile number, an identity number.
_TELEPHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?![0-9A-Za-z])"
)
CUT = "＊"
LEAVE_OUT = "-"  # what is said of a printed place whose rows are not to be read


def without_personal_numbers(text: str) -> str:
    """The text without telephone and identity numbers, ＊ in their place."""
    return _TELEPHONE.sub(CUT, _IDENTITY.sub(CUT, text))


@dataclass(slots=True)
class ReadList:
    """What the rows of a list came to; findings count rows from 1.

    ``unplaced`` are the printed places that are no known area, with their rows from 0, whatever was
    answered about them; ``waiting`` are the rows without a known area, with name and type.
    """

    sheet: str
    rows: list[Institution] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unplaced: dict[str, list[int]] = field(default_factory=dict)
    waiting: list[Institution] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)  # rows from 0, as somebody said

    def find(self, severity: str, rule: str, message: Text, row: int, at: int) -> None:
        """Add a finding at a cell; row and column count from 0."""
        place = (row + 1, column_letter(at))
        self.findings.append(Finding(severity, rule, message, self.sheet, *place))


@dataclass(frozen=True, slots=True)
class ListScope:
    """Where and when a list speaks of: its area and the last month of its date.

    ``streets`` is what a person said of printed places, by text or by number among the unknown.
    """

    area: Area
    month: Period
    streets: Mapping[str, str] = field(default_factory=dict)


def read_institutions(
    sheet: Sheet, frame: ListFrame, place: ListScope, registers: RegisterTypes, areas: Areas
) -> ReadList:
    """Every row of the list that names an institution, with what could not be read."""
    read = ReadList(sheet.name)
    reader = _Reader(sheet, frame, place, registers, areas, read)
    for row in frame.rows:
        reader.read(row)
    return read


@dataclass(frozen=True, slots=True)
class _Reader:
    sheet: Sheet
    frame: ListFrame
    place: ListScope
    registers: RegisterTypes
    areas: Areas
    into: ReadList

    def read(self, row: int) -> None:
        area = self._area(row)
        if area is None:
            if row not in self.into.left_out:
                name, kind = self._text(row, "name"), self._text(row, "type")
                self.into.waiting.append(Institution(row + 1, "", name, type=kind))
            return
        established, ended = self._date(row, "established"), self._date(row, "ended")
        status = self._text(row, "status")
        beds, nursing_beds, residents = (self._number(row, role) for role in MEASURES)
        self.into.rows.append(
            Institution(
                row=row + 1,
                area=area.code,
                name=self._text(row, "name"),
                type=self._text(row, "type"),
                nature=self._text(row, "nature"),
                code=self._text(row, "code"),
                community=self._text(row, "community"),
                address=self._text(row, "address"),
                status=status,
                standing=self._standing(row, status, established, ended),
                established=str(established or ""),
                ended=str(ended or ""),
                beds=beds,
                nursing_beds=nursing_beds,
                residents=residents,
            )
        )

    def _only(self, role: str) -> ListColumn | None:
        """The column of a role; None where several claim it and none can be preferred."""
        columns = self.frame.of(role)
        return columns[0] if len(columns) == 1 or (columns and role in ("name", "street")) else None

    def _text(self, row: int, role: str) -> str:
        column = self._only(role)
        text = text_of(self.sheet.spread(row, column.place)) if column else ""
        if column is None or not text:
            return text
        clean = without_personal_numbers(text)
        if clean != text:
            message = Text(
                f"第 {row + 1} 行“{column.heading}”中的电话或证件号已删去，不保存",
                f"row {row + 1}, {column.heading}: a telephone or identity number was cut out",
            )
            self.into.find("note", "persons_dropped", message, row, column.place)
        return clean

    def _date(self, row: int, role: str) -> ListDate | None:
        column = self._only(role)
        if column is None:
            return None
        try:
            return read_date(self.sheet.spread(row, column.place))
        except UnreadableDate:
            message = Text(
                f"第 {row + 1} 行“{column.heading}”不是日期；应如 2019-03-01 或 2019年3月",
                f"row {row + 1}, {column.heading}: no date; 2019-03-01 or 2019年3月 is needed",
            )
            self.into.find("error", "unreadable_date", message, row, column.place)
            return None

    def _number(self, row: int, role: str) -> float | None:
        column = self._only(role)
        if column is None:
            return None
        cell = self.sheet.cell(row, column.place)
        if isinstance(cell, Percent) or (isinstance(cell, Formatted) and cell.kept != cell):
            message = Text(
                f"第 {row + 1} 行“{column.heading}”的单元格格式缩放了数字；请改为常规格式",
                f"row {row + 1}, {column.heading}: the cell's format scales the number; set the"
                " format to general",
            )
            self.into.find("error", "unreadable_number", message, row, column.place)
            return None
        with_unit = _COUNTED.fullmatch(squeezed(cell))
        try:
            value = read_value(with_unit[1] if with_unit else cell).value
        except UnreadableNumber as error:
            where = f"{column_letter(column.place)}{row + 1}"
            message = Text(
                f"{where}“{column.heading}”{error.message.zh}",
                f"{where}, {column.heading}: {error.message.en}",
            )
            self.into.find("error", "unreadable_number", message, row, column.place)
            return None
        if value is not None and (value < 0 or value != int(value)):
            message = Text(
                f"第 {row + 1} 行“{column.heading}”应为不小于 0 的整数",
                f"row {row + 1}, {column.heading}: a whole number, 0 or more, is needed",
            )
            self.into.find("error", "unreadable_number", message, row, column.place)
            return None
        return value

    def _standing(
        self, row: int, status: str, established: ListDate | None, ended: ListDate | None
    ) -> str:
        """How the institution stands at the list's date, by its state and its dates."""
        month = self.place.month
        by_word = self._by_word(status)
        if not by_word:
            message = Text(
                f"第 {row + 1} 行的状态“{status}”不认识；请写明正常、筹建或注销",
                f"row {row + 1}: the state {status!r} is not known; write 正常, 筹建 or 注销",
            )
            self._refuse_state(message, row, "status")
            return OPEN
        gone = ended is not None and not ended.after(month)
        if gone and status and by_word == OPEN:
            message = Text(
                f"第 {row + 1} 行状态为“{status}”，却有终止日期 {ended}；请改正其一",
                f"row {row + 1}: the state is {status!r}, yet it ended on {ended}; mend one",
            )
            self._refuse_state(message, row, "ended")
        if gone or by_word == ENDED:
            return ENDED
        later = established is not None and established.after(month)
        return PLANNED if later else by_word

    def _by_word(self, status: str) -> str:
        """What a printed state means; open without one, "" for an unknown one."""
        return self.registers.meaning("status", status) if status else OPEN

    def _refuse_state(self, message: Text, row: int, role: str) -> None:
        """Adds an error about the state of a row, at its column of this role."""
        column = self.frame.column(role)
        self.into.find("error", "unknown_state", message, row, column.place if column else 0)

    def _area(self, row: int) -> Area | None:
        """The area of a row: by its street, else by its address, else that of the whole list."""
        street, address = self.frame.column("street"), self.frame.column("address")
        within = self.place.area.code
        text = squeezed(self.sheet.spread(row, street.place)) if street else ""
        if text:
            areas = self.areas.find(text, within)
            return areas[0] if len(areas) == 1 else self._answered(text, row)
        named = self._named_in(squeezed(self.sheet.spread(row, address.place)) if address else "")
        if len(named) == 1:
            return named[0]
        if street is None and (address is None or not self.areas.children(within)):
            return self.place.area
        return self._answered("", row)

    def _answered(self, text: str, row: int) -> Area | None:
        """The area a person said a printed place is; None where nobody has."""
        self.into.unplaced.setdefault(text, []).append(row)
        number = str([*self.into.unplaced].index(text))
        code = self.place.streets.get(text) or self.place.streets.get(number, "")
        if code == LEAVE_OUT:
            self.into.left_out.add(row)
        areas = self.areas.find(code, self.place.area.code) if code not in ("", LEAVE_OUT) else []
        return areas[0] if len(areas) == 1 else None

    def _named_in(self, address: str) -> Sequence[Area]:
        """The streets of the list's area whose full names stand in an address, the longest."""
        wanted = comparable_text(address)
        named = [
            area
            for area in self.areas.children(self.place.area.code)
            if area.exists_in(self.place.month) and area.name.zh in wanted
        ]
        return [
            area
            for area in named
            if not any(area.name.zh in other.name.zh != area.name.zh for other in named)
        ]
