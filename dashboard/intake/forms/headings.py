"""Reads column headings: words that name a column, headings that stand over several columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from dashboard.catalogue import periods
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Unit
from dashboard.intake.forms.files.cells import Sheet, filled, is_number, squeezed
from dashboard.intake.forms.parts_of_year import part_of_year

NAME = re.compile(r"指标名?称?|项目名?称?|统计指标|统计项目|指标\(项目\)|indicators?", re.I)
CODE = re.compile(r"(?:指标|统计)?代码|编码|指标编码|code", re.I)
UNIT = re.compile(r"(?:计量|计算)?单位|units?", re.I)
VALUES = (
    "数量",
    "本期",
    "本期数",
    "本期值",
    "本年累计",
    "本期累计",
    "累计",
    "累计数",
    "期末数",
    "期末",
    "合计",
    "指标值",
    "数值",
    "本年",
    "本年数",
    "本月",
    "本月数",
    "value",
)
AREA = re.compile(
    r"(?:所属|各)?(?:街道|乡镇|镇街|镇乡|街镇|镇|地区|区县|县区|县市区|县\(市、?区\)|市州|区划|社区)"
    r"(?:街道|乡镇|\(?[镇乡街道、/]+\)?)?(?:名称|名)?(?:\(.{1,6}\))?"
    r"|单位名称|名称|填报单位|area|district|street|subdistrict",
    re.I,
)
AREA_CODE = re.compile(
    r"(?:行政)?区划代码|地区(?:代码|编码)|(?:街道|乡镇|镇街)代码|area[_ ]?code", re.I
)
PERIOD = re.compile(
    r"月份|期别|时间|年月|报告期|统计(?:月份|时间|期)|年份|年度|季度|period|month|year", re.I
)
# A month typed with a point is kept as a number, and October loses its zero: 2026.10 is 2026.1.
LOST_ZERO = re.compile(r"(?:19|20)\d{2}\.1")
SERIAL = re.compile(r"序号|编号|no\.?", re.I)
_FIRST_DAY, _LAST_DAY = 18264, 73415  # 1950-01-01 and 2100-12-31 as spreadsheets count days
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
_LETTERS = re.compile(r"[甲乙丙丁戊己庚辛]|[A-Z]|\(?\d{1,3}\)?")


def is_letters_row(sheet: Sheet, row: int) -> bool:
    """Whether the row only letters and numbers the columns: 甲 乙 丙 1 2 3, in any order."""
    texts: list[str] = []
    for place in filled(sheet.rows[row]):
        texts.append(squeezed(sheet.cell(row, place)))
        if not _LETTERS.fullmatch(texts[-1]):
            return False  # nearly every row, at its first cell
    if len(texts) < 2:
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdecimal()]
    if any(text in "甲乙丙丁戊己庚辛" for text in texts):
        return len(set(numbers)) == len(numbers)
    return len(numbers) > 2 and numbers[0] in (0, 1) and _is_ascending(numbers)


def _is_ascending(numbers: Sequence[int]) -> bool:
    """Whether each number is one more than the number before it."""
    return all(later - earlier == 1 for earlier, later in pairwise(numbers))


def is_period_word(text: str) -> bool:
    """Whether a text is nothing but a period or part of one: 2024年9月, 2019, 三季度."""
    return part_of_year(text) != "" or span_of(text) is not None


def span_of(text: str) -> periods.Span | None:
    """The period a whole text names, or None."""
    try:
        named = re.search(r"\d{4}", periods.plain_text(text))
        return periods.parse(text) if named else None
    except ValueError:
        return None


def serial_span(text: str) -> periods.Span | None:
    """The month of a date that lost its format and is printed as a day count: 45536 is 2024-09.

    Only where a period is expected: any figure could look like one.
    """
    plain = text.removesuffix(".0")
    if not re.fullmatch(r"\d{5}", plain) or not _FIRST_DAY <= int(plain) <= _LAST_DAY:
        return None
    day = date(1899, 12, 30) + timedelta(days=int(plain))
    return periods.Span(periods.Period(day.year, day.month))


def header_depth(sheet: Sheet, top: int, key: int) -> int:
    """How many rows the header has that begins in ``top``; its key heading is in column ``key``.

    A header ends where the key column holds something of its own or a number stands in the row.
    """
    depth = 1
    while depth < 5 and top + depth < len(sheet.rows):
        row = top + depth
        # A row of column numbers may stand between the rows of the header.
        if is_letters_row(sheet, row) and row + 1 < len(sheet.rows):
            row, depth = row + 1, depth + 1
            if not _continues(sheet, row, key):
                depth -= 1
                break
        cells = sheet.rows[row]
        own = sheet.cell(row, key) is not None and not UNIT.fullmatch(
            squeezed(sheet.cell(row, key))
        )
        if own or not filled(cells) or any(is_number(cell) for cell in cells):
            break
        depth += 1
    return depth


def _continues(sheet: Sheet, row: int, key: int) -> bool:
    """Whether a row below column numbers still holds headings."""
    places = filled(sheet.rows[row])
    return (
        sheet.cell(row, key) is None
        and len(places) > 1
        and not any(
            is_number(cell) or _NUMBER.fullmatch(squeezed(cell))
            for cell in sheet.rows[row]
            if cell is not None
        )
    )


def heading_grid(sheet: Sheet, rows: Sequence[int]) -> list[list[str]]:
    """The header's texts, a list per row, headings repeated over all columns they stand for.

    Merged headings are repeated across and down; a heading that stands only in the first of its
    columns is repeated to the right until the next heading, within the group above it.
    """
    grid = [[squeezed(sheet.spread(row, place)) for place in range(sheet.width)] for row in rows]
    for level, row in enumerate(rows[:-1]):
        for place in range(1, sheet.width):
            if grid[level][place] or not any(line[place] for line in grid[level + 1 :]):
                continue
            left = grid[level][place - 1]
            merged = (row, place - 1) in sheet.merged_from
            same_group = all(line[place] == line[place - 1] for line in grid[:level])
            # A heading over the key column, or one with an extent of its own, is not repeated.
            has_below = any(line[place - 1] not in ("", left) for line in grid[level + 1 :])
            if left and same_group and not merged and has_below:
                grid[level][place] = left
    return grid


def heading_path(grid: list[list[str]], place: int) -> tuple[str, ...]:
    """The headings over one column, outermost first, each once."""
    path: list[str] = []
    for line in grid:
        text = line[place] if place < len(line) else ""
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


_BRACKETED = re.compile(r"\((?:单位:?)?([^()]{1,12})\)$|[,,、](?:单位:)([^()]{1,12})$")


def split_unit(text: str, catalogue: Catalogue) -> tuple[str, str]:
    """A heading without its unit, and the unit's spelling: 低保金(万元) → 低保金, 万元."""
    match = _BRACKETED.search(text)
    spelling = (match[1] or match[2] or "").removeprefix("单位:") if match else ""
    if match and find_unit(spelling, catalogue) is not None:
        return text[: match.start()], spelling
    return text, ""


def find_unit(spelling: str, catalogue: Catalogue) -> Unit | None:
    """The unit of a spelling, None for an empty one."""
    return catalogue.find_unit(spelling) if spelling.strip() else None
