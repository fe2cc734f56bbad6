"""Reads the statutory form: one area, one row per indicator; 指标名称, 代码, 计量单位, 数量.

The columns beside the figure (上季度, 上年, a month) become figures of their own periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, Area, Indicator
from dashboard.catalogue.lookup import plain_name
from dashboard.catalogue.periods import Span
from dashboard.intake.forms import headings
from dashboard.intake.forms.entry import Entry
from dashboard.intake.forms.files.cells import Sheet, is_blank, is_number, place, squeezed, text_of
from dashboard.intake.forms.joined_cells import glued, split_line
from dashboard.intake.forms.layout import OFFICIAL_FORM, Column, Recognition, TableHead
from dashboard.intake.forms.layouts import compact
from dashboard.intake.forms.layouts.composed_line import composed
from dashboard.intake.forms.layouts.side_columns import side_columns
from dashboard.intake.forms.ledger import UNKNOWN, Ledger
from dashboard.intake.forms.mapping import UnknownRow, line_name
from dashboard.intake.forms.numerals import UnreadableNumber, read_value
from dashboard.intake.forms.parts_of_whole import part_of
from dashboard.intake.forms.parts_of_year import names_other_time

_FOOTER = re.compile(
    r"(?:注|说明)\d*[:、.]|备注|(?:单位|统计)负责人|填表人|填报人|审核人|制表人|联系电话|联系方式"
    r"|(?:报出|填报|上报)日期|(?:资料|数据)来源|补充资料"
)
_OF_WHICH = re.compile(r"^(?:其中:?|#|\*)+")
_NUMBERINGS = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"\([一二三四五六七八九十]+\)"),
    re.compile(r"\d+[.、．](?!\d)"),
    re.compile(r"\(\d+\)|[①-⑳]"),
    re.compile(r"[A-HJ-UWYZ](?=[、.． 一-鿿])"),
    re.compile(r"[IVXⅠ-Ⅹ]+(?=[、.． 一-鿿])"),
)
_HEADING_LEVEL, _PLAIN_LEVEL = 49, 50
_ANOTHER_PERIOD = re.compile("上年|去年|上期|上季|上月|同期|同比|环比|增减|增长")
_OTHER = "other"  # the role of a column that this layout does not have


def find_frame(sheet: Sheet) -> TableHead | None:
    """Header and columns of a statutory form, or None where the sheet is not one."""
    frames = (_frame_at(sheet, row) for row in sheet.top_rows)
    return next((frame for frame in frames if frame is not None), None)


def _frame_at(sheet: Sheet, row: int) -> TableHead | None:
    """The frame of a form whose header begins in this row."""
    name = _name_column(sheet.words(row))
    if name is None:
        return None
    depth = headings.header_depth(sheet, row, name)
    while depth > 1 and headings.is_letters_row(sheet, row + depth - 1):
        depth -= 1
    rows = range(row, row + depth)
    columns = _columns(headings.heading_grid(sheet, rows), name)
    if columns is None:
        return None
    first = row + depth
    while first < len(sheet.rows) and headings.is_letters_row(sheet, first):
        first += 1
    return TableHead(OFFICIAL_FORM, tuple(rows), first, columns)


def _name_column(texts: Mapping[int, str]) -> int | None:
    """The column of the names of indicators, None where a row is no header of a form."""
    names = [at for at, text in texts.items() if headings.NAME.fullmatch(text)]
    names = names or _plain_names(texts)
    if not names or any(map(headings.AREA_CODE.fullmatch, texts.values())):
        return None
    return names[0]


def _plain_names(texts: Mapping[int, str]) -> list[int]:
    """A column headed 名称 names the indicators where a code or unit column stands beside it."""
    names = [at for at, text in texts.items() if text == "名称"]
    if not names:
        return []
    coded = any(map(headings.CODE.fullmatch, texts.values()))
    return names if coded or any(map(headings.UNIT.fullmatch, texts.values())) else []


def _columns(grid: list[list[str]], name: int) -> tuple[Column, ...] | None:
    """Roles of the columns; None where no column can hold the figures."""
    paths = [headings.heading_path(grid, at) for at in range(len(grid[0]))]
    given = {at: _role(path) for at, path in enumerate(paths) if at != name}
    if _OTHER in given.values():
        return None  # one row per figure of several areas or periods: not this layout
    roles = {name: "name"} | {at: role for at, role in given.items() if role}
    value = _value_column(paths, roles)
    if value is None:
        return None
    roles[value] = "value"
    used = (at for at, path in enumerate(paths) if path or at in roles)
    return tuple(Column(at, roles.get(at, "side"), paths[at]) for at in used)


def _role(path: tuple[str, ...]) -> str:
    """What the headings of a column beside the names say: code, unit, another key, or nothing."""
    role = ""
    for text in path:
        if headings.CODE.fullmatch(text):
            role = "code"
        elif headings.UNIT.fullmatch(text):
            role = "unit"
        elif headings.AREA.fullmatch(text) or headings.PERIOD.fullmatch(text):
            return _OTHER
    return role


def _value_column(paths: list[tuple[str, ...]], roles: dict[int, str]) -> int | None:
    """The column that is most surely that of the figures, None where none is."""
    ranks = {at: rank_of(path) for at, path in enumerate(paths) if at not in roles}
    sure = [at for at, rank in ranks.items() if rank >= 0]
    return min(sure, key=lambda at: (ranks[at], at), default=None)


def rank_of(path: tuple[str, ...]) -> int:
    """How surely a heading is that of the figures: smaller is surer, -1 not at all."""
    if _ANOTHER_PERIOD.search("".join(path)):
        return -1
    for text in reversed(path):
        plain = text.split("(")[0].lower()
        if plain in headings.VALUES:
            return headings.VALUES.index(plain)
    return -1


def read_rows(sheet: Sheet, recognition: Recognition, catalogue: Catalogue, ledger: Ledger) -> None:
    """Enters every line's figure; a line whose figure has no known indicator is noted."""
    _Reader(sheet, recognition, catalogue, ledger).read()


class _TwoLines(ValueError):
    """One figure beside several lines in one cell."""

    def __init__(self, named: compact.Named) -> None:
        super().__init__("two lines")
        self.named = named


class _Reader:
    """Reads a form line by line; ``_above`` are the lines that stand over the present one."""

    def __init__(
        self, sheet: Sheet, recognition: Recognition, catalogue: Catalogue, ledger: Ledger
    ) -> None:
        if recognition.area is None or recognition.period is None:
            raise ValueError("a recognised form has an area and a period")
        self._where = recognition.area, recognition.period
        self._sheet, self._catalogue, self._ledger = sheet, catalogue, ledger
        self._rows = range(recognition.first_row, len(sheet.rows))
        self._columns = {
            column.role: column.place for column in recognition.columns if column.role != "side"
        }
        self._sides = side_columns(sheet, recognition, ledger)
        self._above: list[tuple[int, str]] = []

    def read(self) -> None:
        for row in self._rows:
            line = self._line(row)
            if self._is_end(line):
                compact.note_footnotes(self._sheet, row, self._ledger)
                return
            self._read_line(line)

    def _line(self, row: int) -> _Line:
        columns, sheet = self._columns, self._sheet
        name_cell = sheet.spread(row, columns["name"])
        name, value = text_of(name_cell), sheet.cell(row, columns["value"])
        if columns["value"] == columns["name"]:
            name, value = split_line(name, self._catalogue)
        code = squeezed(sheet.cell(row, columns["code"])) if "code" in columns else ""
        unit = text_of(sheet.spread(row, columns["unit"])) if "unit" in columns else ""
        level = _level(name_cell, blank=is_blank(value))
        return _Line(row, columns, name, code, unit, value, text_of(name_cell) or code, level)

    def _is_end(self, line: _Line) -> bool:
        """Whether signatures or footnotes begin here."""
        leftmost = line.name or text_of(next(filter(None, self._sheet.rows[line.row]), None))
        footnote = is_blank(line.value) and _is_footnote(line.name)
        return bool(_FOOTER.match(squeezed(leftmost))) or footnote

    def _read_line(self, line: _Line) -> None:
        self._above = [(depth, text) for depth, text in self._above if depth < line.level]
        line.heading = self._above[-1][1] if self._above else ""
        try:
            indicator = self._indicator(line)
        except _TwoLines as two:
            _refuse_two_lines(self._ledger, two.named, line.row, self._columns["name"])
            return
        if line.name:
            self._above.append((line.level, line.name))
        if indicator is not None and self._refuses_time(line, indicator):
            return
        if indicator is None and line.label and not is_blank(line.value):
            indicator = self._ledger.mapped(line.unknown)
        _enter_line(self._ledger, line, indicator, self._where)
        if indicator is not None and indicator.accumulation is not Accumulation.OVER_SPAN:
            self._enter_sides(line, indicator)

    def _refuses_time(self, line: _Line, indicator: Indicator) -> bool:
        """Refuses a line that names another time than the form, itself or by what stands above it.

        The names of official lines may hold a time of their own: 1-12月社会服务费实际支出.
        """
        if is_blank(line.value):
            return False
        _, span = self._where
        official = {plain_name(one.name) for one in self._catalogue.codes_of(indicator.id)}
        texts = dict.fromkeys([line.label, *(text for _, text in self._above)])
        for text in texts:
            if text and plain_name(text) not in official and names_other_time(text, span):
                _refuse_time(self._ledger, text, (line.row, self._columns["name"]))
                return True
        return False

    def _indicator(self, line: _Line) -> Indicator | None:
        """What a line means: by code, by name, by several names in its cell, or as a part."""
        parents = [text for _, text in self._above]
        printed = line.name
        indicator = (
            self._catalogue.find_line(line.code, printed, parents) if line.is_named else None
        )
        if indicator is not None or not printed:
            return indicator
        return (
            self._one_of_names(line, parents)
            or _part(printed, line.level, self._above, self._catalogue)
            or composed(printed, line.unit, parents, self._catalogue)
        )

    def _one_of_names(self, line: _Line, parents: list[str]) -> Indicator | None:
        """The line among the names in one cell; the others are its headings. Raises _TwoLines."""
        named = compact.find_named(line.name, line.unit, parents, self._catalogue)
        if named.ambiguous and not is_blank(line.value):
            raise _TwoLines(named)
        line.unit = line.unit or named.unit
        self._add_headings(named.names)
        line.name = named.names[-1] if len(named.names) == 1 else ""
        return named.indicator

    def _add_headings(self, names: Sequence[str]) -> None:
        """The headings that share a cell with a line stand over it."""
        for heading in names if len(names) > 1 else ():
            depth = _level(heading, blank=True)
            self._above = [(other, text) for other, text in self._above if other < depth]
            self._above.append((depth, heading))

    def _enter_sides(self, line: _Line, indicator: Indicator) -> None:
        """Enters the figures of other periods that stand beside the line's own."""
        area, _ = self._where
        for side in self._sides:
            cell = self._sheet.cell(line.row, side.place)
            if not is_blank(cell):
                at = (line.row, side.place, line.unit)
                entry = Entry(indicator, area.code, Span(side.period), cell, *at, secondary=True)
                self._ledger.enter(entry)


def _part(
    name: str, level: int, above: list[tuple[int, str]], catalogue: Catalogue
) -> Indicator | None:
    """The part that 其中:女性 means below a line that is an indicator itself.

    A line set in by the width of 其中 stands beside that line and not below it.
    """
    for depth, heading in reversed(above):
        if heading.startswith("其中") and level - depth in (1, 2, 3):
            continue
        parents = [text for other, text in above if other < depth]
        whole = catalogue.find_line("", compact.without_unit(heading, catalogue)[0], parents)
        return part_of(whole, name, catalogue) if whole is not None else None
    return None


def names_of(sheet: Sheet, frame: TableHead) -> Iterator[str]:
    """The lines and sections of a form, to its signatures or footnotes."""
    column = next(column.place for column in frame.columns if column.role == "name")
    for row in range(frame.first_row, len(sheet.rows)):
        name = text_of(sheet.cell(row, column))
        if _FOOTER.match(squeezed(name)) or _is_footnote(name):
            return
        yield name


def _is_footnote(name: str) -> bool:
    return bool(compact.FOOTNOTE.match(squeezed(name)))


def _refuse_time(ledger: Ledger, text: str, cell: tuple[int, int]) -> None:
    message = Text(
        f"“{text}”写的时间与表的报告期不符；请在表中改写清楚，或另表报送",
        f"the time in {text!r} is not that of the form; mend it, or hand it in as another table",
    )
    ledger.error("unclear_period", message, *cell)


def _refuse_two_lines(ledger: Ledger, named: compact.Named, row: int, column: int) -> None:
    names = "”“".join(named.names)
    message = Text(
        f"一格中有几个指标“{names}”而只有一个数；请分行填写",
        f"one cell holds several lines ({', '.join(named.names)}) beside one figure; part them",
    )
    ledger.error("two_lines", message, row, column)


@dataclass
class _Line:
    """One printed line: where its cells stand (``columns`` by role) and what they hold."""

    row: int
    columns: dict[str, int]
    name: str
    code: str
    unit: str
    value: object
    label: str
    level: int
    heading: str = ""  # the line above it

    @property
    def is_named(self) -> bool:
        """Whether the line has a code or a name."""
        return bool(self.code or self.name)

    @property
    def value_column(self) -> int:
        """The column of the figures."""
        return self.columns["value"]

    @property
    def unit_column(self) -> int:
        """The column of the units, -1 where there is none."""
        return self.columns.get("unit", -1)

    @property
    def unknown(self) -> UnknownRow:
        """As which the line is noted where it is not known."""
        name = line_name(self.label, self.heading)
        return UnknownRow(self.row, self.value_column, name, self.code, self.heading, self.unit)


def _enter_line(
    ledger: Ledger, line: _Line, indicator: Indicator | None, where: tuple[Area, Span]
) -> None:
    """Enters a line's figure, or notes why it has none."""
    if is_blank(line.value):
        _enter_without_value(ledger, line, indicator, where)
    elif not line.label:
        cell = place(line.row, line.value_column)
        message = Text(
            f"{cell} 有数字而没有指标名称或代码；请补上名称或删去数字",
            f"{cell} holds a figure without a name or code; add the name",
        )
        ledger.error("unnamed_figure", message, line.row, line.value_column)
    elif indicator is None:
        ledger.unknown(line.label, line.row, line.value_column, UNKNOWN, line.unknown)
    else:
        _enter(ledger, line, indicator, where)


def _enter(ledger: Ledger, line: _Line, indicator: Indicator, where: tuple[Area, Span]) -> None:
    area, span = where
    entry = Entry(indicator, area.code, span, line.value, line.row, line.value_column, line.unit)
    ledger.enter(entry._replace(unit_column=line.unit_column if line.unit_column >= 0 else None))


def _enter_without_value(
    ledger: Ledger, line: _Line, indicator: Indicator | None, where: tuple[Area, Span]
) -> None:
    """A line without a figure: a heading, a blank, or a figure in the column of units."""
    area, span = where
    if indicator and glued(line.unit, ledger.catalogue):
        cell = line.unit  # 亿元30.4 in the column of units
        ledger.enter(Entry(indicator, area.code, span, cell, line.row, line.unit_column))
    elif line.unit and (is_number(line.unit) or _is_figure(line.unit)):
        message = Text(
            f"“{line.label}”的计量单位栏填的是数字；请把数字移到数量栏并填写单位",
            f"{line.label}: a number stands in the unit column; move it and write the unit",
        )
        ledger.error("misplaced_number", message, line.row, line.unit_column)
    elif indicator and line.unit and line.label:
        _enter(ledger, line, indicator, where)


def _is_figure(text: str) -> bool:
    try:
        return read_value(text).value is not None
    except UnreadableNumber:
        return False


def _level(name: object, *, blank: bool) -> int:
    """How deep a line stands: by its numbering, or by its indentation where it has none."""
    raw = str(name or "")
    text = _OF_WHICH.sub("", squeezed(raw))
    for level, numbering in enumerate(_NUMBERINGS):
        if numbering.match(text) or (
            level > 3 and numbering.match(_OF_WHICH.sub("", text_of(raw)))
        ):
            return level
    indentation = len(raw) - len(raw.lstrip(" \u3000\xa0"))
    is_heading = blank and indentation == 0 and squeezed(raw) == text
    is_part = bool(_OF_WHICH.match(squeezed(raw)))  # of the line above, however far it is set in
    return _HEADING_LEVEL if is_heading else _PLAIN_LEVEL + indentation + is_part
