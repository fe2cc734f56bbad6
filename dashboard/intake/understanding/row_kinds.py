"""Judges what one row of a sheet is, seen alone: a caption, headings, figures, a note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, filled, is_number, squeezed, text_of
from dashboard.intake.forms.numerals import UnreadableNumber, read_value
from dashboard.intake.forms.stated_area import OFFICE
from dashboard.intake.understanding.words import is_chinese

_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_NOTE = re.compile(
    r"(?:注|说明|备注)\d*[:、.].*|.*(?:负责人|填表人|填报人|审核人|制表人|联系电话)[:]?.*"
)
_DOTTED_MONTH = re.compile(r"((?:19|20)\d{2})\.(0?[1-9]|1[0-2])")
_UNITS = "户|人|名|户次|人次|元|千元|万元|亿元|对|件|张|个|家|所|处|例|具"
_UNIT = re.compile(_UNITS)
_WITH_UNIT = re.compile(rf"\d[\d,]*(?:\.\d+)?(?:{_UNITS})")  # 12户, 9,800.50元
_DATE_LABEL = re.compile(r".{0,6}(?:时间|日期|月份|年月|期别?|截[至止])[::]?")
_DAY = re.compile(r"\d{4}([年./-])\d{1,2}[月./-]\d{1,2}日?[填制报编印]?")
_NUMBERED = re.compile(r"序号|编号|栏次|行次|列次|甲|no\.?", re.I)
_TOTAL = re.compile(r"(?:合计|总计|小计|共计)[::]?")
_LABEL = re.compile(r"[^:]{0,4}(?:(?:单位|机关|部门)(?:名称)?|日期|时间|月份|报告期):.")
_ABSENT = ("-", "--", "—", "——", "/", "…", "未报", "缺报", "*", "**", "***", "无")


class RowKind(StrEnum):
    """What a row is."""

    BLANK = "blank"
    CAPTION = "caption"  # one text, or labels such as 填报单位：…
    HEADING = "heading"  # several texts and no figure
    NUMBERS = "numbers"  # the columns' numbers
    FIGURES = "figures"
    NOTE = "note"  # footnotes and signatures


def is_figure(cell: object) -> bool:
    """Whether a cell holds a number, as such or as text; marks such as — are none."""
    if is_number(cell):
        return True
    if not isinstance(cell, str) or not any(letter.isdigit() for letter in cell):
        return False
    if _WITH_UNIT.fullmatch(squeezed(cell)):
        return True
    try:
        return read_value(cell).value is not None
    except UnreadableNumber:
        return False


def is_mark(cell: object) -> bool:
    """Whether a cell says that there is no figure: —, /, 未报."""
    text = squeezed(cell)
    if text.startswith("#未计算") or (text.startswith("#") and text.isascii() and len(text) > 2):
        return True  # a formula's error stands where a figure should
    return text in _ABSENT


def is_year(cell: object) -> bool:
    """Whether a cell is a year."""
    text = text_of(cell)
    return bool(re.fullmatch(r"\d{4}", text)) and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def is_dotted_month(cell: object) -> bool:
    """Whether a cell is a month typed with a point, which a workbook keeps as a number: 2025.11."""
    match = _DOTTED_MONTH.fullmatch(text_of(cell))
    return bool(match) and _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR if match else False


def kind_of(sheet: Sheet, row: int) -> RowKind:
    """What a row of the sheet is, seen alone."""
    places = filled(sheet.rows[row])
    if not places:
        return RowKind.BLANK
    if _is_numbers_row(sheet, row):
        return RowKind.NUMBERS
    cells = [sheet.cell(row, at) for at in places]
    if _NOTE.fullmatch(squeezed(cells[0])) and not any(map(is_figure, cells[1:])):
        return RowKind.NOTE
    figures = [cell for cell in cells if is_figure(cell)]
    if figures:
        return _kind_of_years(cells, figures) or RowKind.FIGURES
    return _kind_of_texts(cells)


def _is_numbers_row(sheet: Sheet, row: int) -> bool:
    """Whether the row numbers the columns: 序号 1 2 3, 甲 (1) (2)."""
    if headings.is_letters_row(sheet, row):
        return True
    first, *others = filled(sheet.rows[row])
    if not _NUMBERED.fullmatch(squeezed(sheet.cell(row, first))):
        return False
    plain = [squeezed(sheet.cell(row, at)).strip("()") for at in others]
    return bool(plain) and all(map(str.isdecimal, plain)) and is_counting(list(map(int, plain)))


def is_counting(numbers: Sequence[int]) -> bool:
    """Whether each number is one more than the one before."""
    return all(later - earlier == 1 for earlier, later in pairwise(numbers))


def _kind_of_years(cells: Sequence[object], figures: Sequence[object]) -> RowKind | None:
    """A caption or headings where the only figures of a row are years."""
    if not all(is_year(cell) or is_dotted_month(cell) for cell in figures):
        return None
    if _TOTAL.fullmatch(squeezed(cells[0])) and all(map(is_number, figures)):
        return None  # the total of a few streets may be 1949: no heading begins so
    if any(_UNIT.fullmatch(squeezed(cell)) for cell in cells) and all(map(is_number, figures)):
        return None  # 结婚登记 | 对 | 2001 | 2002: a unit stands beside figures
    if len(cells) == 1 or (len(cells) == 2 and _DATE_LABEL.fullmatch(squeezed(cells[0]))):
        return RowKind.CAPTION
    return RowKind.HEADING if _is_dated(cells) or _are_years(cells, figures) else None


def _is_dated(cells: Sequence[object]) -> bool:
    """Whether all cells but one are periods: 指标 | 2019年 | 2020年 | 2021."""
    dated = sum(is_year(cell) or headings.is_period_word(squeezed(cell)) for cell in cells)
    return dated > 2 and dated >= len(cells) - 1


def _are_years(cells: Sequence[object], figures: Sequence[object]) -> bool:
    """Whether several years differ, or nothing but years stands in the row."""
    distinct = len({text_of(cell) for cell in figures}) > 1
    return len(figures) > 1 and (distinct or len(cells) == len(figures))


def _kind_of_texts(cells: Sequence[object]) -> RowKind:
    texts = [squeezed(cell) for cell in cells]
    if len(cells) == 1 or _are_labels(texts) or _is_bilingual(texts):
        return RowKind.CAPTION
    marks = sum(map(is_mark, cells))
    if marks and marks >= len(cells) - 2 and marks * 2 >= len(cells):
        return RowKind.FIGURES
    return RowKind.CAPTION if _labelled(texts) * 2 > len(texts) else RowKind.HEADING


def _are_labels(texts: Sequence[str]) -> bool:
    """Whether texts are labels, offices and at most two times: 长清区民政局 | 2026年11月4日."""
    times = {text for text in texts if headings.is_period_word(text) or _DAY.fullmatch(text)}
    others = [text for text in texts if text not in times]
    return len(times) < 3 and all(":" in text or OFFICE.search(text) for text in others)


def _is_bilingual(texts: Sequence[str]) -> bool:
    """Whether texts are a section of a bilingual table: 社会救助 | Social Relief."""
    return len(texts) == 2 and is_chinese(texts[0]) and _is_foreign(texts[1])


def _is_foreign(text: str) -> bool:
    """Whether a text is of Latin letters only."""
    return text[:1].isalpha() and not is_chinese(text)


def _labelled(texts: Sequence[str]) -> int:
    """How many texts are a label with what it says: 填报单位：…; a title beside each counts."""
    count = sum(":" in text and not text.startswith("其中") for text in texts)
    labels = sum(bool(_LABEL.match(text)) for text in texts)
    titles = len(texts) - count
    return count + titles if labels and titles in (1, labels) else count
