"""The statutory form: one area, one row per indicator; 指标名称, 代码, 计量单位, 数量 in any order.

The columns beside the figure (上季度, 上年, a month) become figures of their own periods.
"""

from __future__ import annotations

import re

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, Area, Indicator
from dashboard.catalogue.periods import Span
from dashboard.intake.forms import headings
from dashboard.intake.forms.entry import Entry
from dashboard.intake.forms.files.cells import Sheet, is_blank, is_number, place, squeezed, text_of
from dashboard.intake.forms.joined_cells import glued, split_line
from dashboard.intake.forms.layout import OFFICIAL_FORM, Column, Frame, Recognition
from dashboard.intake.forms.layouts import compact
from dashboard.intake.forms.layouts.side_columns import side_columns
from dashboard.intake.forms.ledger import UNKNOWN, Ledger
from dashboard.intake.forms.mapping import UnknownRow, line_name
from dashboard.intake.forms.matching import part_of
from dashboard.intake.forms.numerals import UnreadableNumber, read_value

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


def find_frame(sheet: Sheet) -> Frame | None:
    """Header and columns of a statutory form, or None where the sheet is not one."""
    for row in sheet.top_rows:
        texts = [squeezed(cell) for cell in sheet.rows[row]]
        names = [at for at, text in enumerate(texts) if headings.NAME.fullmatch(text)]
        if not names:
            names = _plain_names(texts)
        if not names or any(headings.AREA_CODE.fullmatch(text) for text in texts):
            continue
        depth = headings.header_depth(sheet, row, names[0])
        while depth > 1 and headings.is_letters_row(sheet, row + depth - 1):
            depth -= 1
        rows = range(row, row + depth)
        columns = _columns(headings.heading_grid(sheet, rows), names[0])
        if columns is None:
            continue
        first = row + depth
        while first < len(sheet.rows) and headings.is_letters_row(sheet, first):
            first += 1
        return Frame(OFFICIAL_FORM, tuple(rows), first, columns)
    return None


def _plain_names(texts: list[str]) -> list[int]:
    """A column headed 名称 names the indicators where a code or unit column stands beside it."""
    beside = any(headings.CODE.fullmatch(text) or headings.UNIT.fullmatch(text) for text in texts)
    return [at for at, text in enumerate(texts) if text == "名称" and beside]


def _columns(grid: list[list[str]], name: int) -> tuple[Column, ...] | None:
    """Roles of the columns; None where no column can hold the figures."""
    paths = [headings.heading_path(grid, at) for at in range(len(grid[0]))]
    roles: dict[int, str] = {name: "name"}
    for at, path in enumerate(paths):
        for text in path:
            if at == name:
                break
            if headings.CODE.fullmatch(text):
                roles[at] = "code"
            elif headings.UNIT.fullmatch(text):
                roles[at] = "unit"
            elif headings.AREA.fullmatch(text) or headings.PERIOD.fullmatch(text):
                return None  # one row per figure of several areas or periods: not this layout
    ranks = {at: rank_of(path) for at, path in enumerate(paths) if at not in roles}
    ranks = {at: rank for at, rank in ranks.items() if rank >= 0}
    value = min(ranks, key=lambda at: (ranks[at], at), default=-1)
    if value < 0:
        return None
    roles[value] = "value"
    return tuple(
        Column(at, roles.get(at, "side"), path)
        for at, path in enumerate(paths)
        if path or at in roles
    )


def rank_of(path: tuple[str, ...]) -> int:
    """How surely a heading is that of the figures: smaller is surer, -1 not at all."""
    for text in reversed(path):
        if re.search("上年|去年|上期|上季|上月|同期|同比|环比|增减|增长", "".join(path)):
            return -1
        plain = text.split("(")[0].lower()
        if plain in headings.VALUES:
            return headings.VALUES.index(plain)
    return -1


def read_rows(sheet: Sheet, recognition: Recognition, catalogue: Catalogue, ledger: Ledger) -> None:
    """Enters every line's figure; a line whose figure has no known indicator is noted."""
    area, span = recognition.area, recognition.period
    columns = {column.role: column.place for column in recognition.columns if column.role != "side"}
    if area is None or span is None:
        raise ValueError("a recognised form has an area and a period")
    beside = side_columns(sheet, recognition, ledger)
    above: list[tuple[int, str]] = []
    for row in range(recognition.first_row, len(sheet.rows)):
        name_cell = sheet.spread(row, columns["name"])
        name, value = text_of(name_cell), sheet.cell(row, columns["value"])
        if columns["value"] == columns["name"]:
            name, value = split_line(name, catalogue)
        code = squeezed(sheet.cell(row, columns["code"])) if "code" in columns else ""
        leftmost = name or text_of(next(filter(None, sheet.rows[row]), None))
        if _FOOTER.match(squeezed(leftmost)) or (is_blank(value) and _is_footnote(name)):
            compact.note_footnotes(sheet, row, ledger)
            break
        unit = text_of(sheet.spread(row, columns["unit"])) if "unit" in columns else ""
        level = _level(name_cell, blank=is_blank(value))
        above = [(depth, text) for depth, text in above if depth < level]
        parents = [text for _, text in above]
        found = catalogue.find_line(code, name, parents) if code or name else None
        printed = name
        if found is None and name:
            named = compact.find_named(name, unit, parents, catalogue)
            if named.ambiguous and not is_blank(value):
                _refuse_two_lines(ledger, named, row, columns["name"])
                continue
            found, unit = named.indicator, unit or named.unit
            for heading in named.names if len(named.names) > 1 else ():
                depth = _level(heading, blank=True)
                above = [(other, text) for other, text in above if other < depth]
                above.append((depth, heading))
            name = named.names[-1] if len(named.names) == 1 else ""
        if found is None and printed:
            found = _part(printed, level, above, catalogue)
        if name:
            above.append((level, name))
        label, heading = text_of(name_cell) or code, parents[-1] if parents else ""
        line = _Line(row, columns, label, unit, value)
        line.unknown = UnknownRow(
            row, columns["value"], line_name(label, heading), code, heading, unit
        )
        if found is None and label and not is_blank(value):
            found = ledger.mapped(line.unknown)
        _enter_line(ledger, line, found, (area, span))
        if found is not None and found.accumulation is not Accumulation.OVER_SPAN:
            for side in beside:
                then, cell = Span(side.period), sheet.cell(row, side.place)
                if not is_blank(cell):
                    at = (row, side.place, unit)
                    ledger.enter(Entry(found, area.code, then, cell, *at, secondary=True))


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


def _is_footnote(name: str) -> bool:
    return bool(compact.FOOTNOTE.match(squeezed(name)))


def _refuse_two_lines(ledger: Ledger, named: compact.Named, row: int, column: int) -> None:
    names = "”“".join(named.names)
    message = Text(
        f"一格中有几个指标“{names}”而只有一个数；请分行填写",
        f"one cell holds several lines ({', '.join(named.names)}) beside one figure; part them",
    )
    ledger.error("two_lines", message, row, column)


class _Line:
    """One printed line: where its cells stand and what they hold."""

    def __init__(
        self, row: int, columns: dict[str, int], label: str, unit: str, value: object
    ) -> None:
        """A line of the form; ``columns`` gives the columns by role."""
        self.row, self.label, self.unit, self.value = row, label, unit, value
        self.value_column = columns["value"]
        self.unit_column = columns.get("unit", -1)
        self.unknown: UnknownRow | None = None  # as which it is noted where it is not known


def _enter_line(
    ledger: Ledger,
    line: _Line,
    found: Indicator | None,
    where: tuple[Area, Span],
) -> None:
    if is_blank(line.value) and glued(line.unit, ledger.catalogue) and found:
        area, span = where
        cell = line.unit  # 亿元30.4 in the column of units
        ledger.enter(Entry(found, area.code, span, cell, line.row, line.unit_column))
        return
    if line.unit and is_blank(line.value) and (is_number(line.unit) or _is_figure(line.unit)):
        message = Text(
            f"“{line.label}”的计量单位栏填的是数字；请把数字移到数量栏并填写单位",
            f"{line.label}: a number stands in the unit column; move it and write the unit",
        )
        ledger.error("misplaced_number", message, line.row, line.unit_column)
        return
    if is_blank(line.value) and not (found and line.unit):
        return  # a heading, or an empty line
    if not line.label:
        cell = place(line.row, line.value_column)
        message = Text(
            f"{cell} 有数字而没有指标名称或代码；请补上名称或删去数字",
            f"{cell} holds a figure without a name or code; add the name",
        )
        ledger.error("unnamed_figure", message, line.row, line.value_column)
    elif found is None:
        ledger.unknown(line.label, line.row, line.value_column, UNKNOWN, line.unknown)
    else:
        area, span = where
        entry = Entry(found, area.code, span, line.value, line.row, line.value_column, line.unit)
        beside = line.unit_column if line.unit_column >= 0 else None
        ledger.enter(entry._replace(unit_column=beside))


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
