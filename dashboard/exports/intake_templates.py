"""Writes empty tables to be filled in and handed in: streets, a month by street, targets."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area, Indicator, Level
from dashboard.catalogue.periods import Period
from dashboard.exports.target_workbook import register_workbook
from dashboard.exports.workbooks import HARMLESS

STREETS, MONTH, TARGETS = "streets", "month", "targets"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADINGS = ("代码", "名称", "级别", "上级代码")
_HINTS = (  # shown at the headings
    "区县6位、街道和乡镇9位的区划代码，如 370899001；没有的可自定，各地区不重复即可",
    "全称，如 城关街道、柳林镇",
    "区县 或 街道（乡、镇也填街道）",
    "街道、乡镇填所属区县的代码；区县可以不填",
)
_LEVELS = {Level.DISTRICT: "区县", Level.STREET: "街道"}
_EMPTY_ROWS = 12  # for streets that are not known yet


def streets_template(areas: Areas, district: Area | None) -> bytes:
    """The list of a district's streets as it is known, in the form in which it is handed in."""
    rows: list[Sequence[str]] = [_HEADINGS]
    known = [district, *areas.children(district.code)] if district else []
    for area in known:
        rows.append(
            (area.code, area.name.zh, _LEVELS.get(area.level, str(area.level)), area.parent)
        )
    return _book("街镇名单", rows, _HINTS)


def month_template(
    areas: Areas, district: Area | None, indicators: Sequence[Indicator], month: Period
) -> bytes:
    """A month's table: a row a street, a column an indicator by its name in the catalogue."""
    name = district.name.zh if district else ""
    streets = areas.children(district.code, month) if district else ()
    title = f"{name}{month.year}年{month.month}月统计表"
    head = [
        "街道",
        *(f"{indicator.name.zh}（{indicator.unit.name.zh}）" for indicator in indicators),
    ]
    labels = [street.name.zh for street in streets] or [""] * _EMPTY_ROWS
    return _book("统计表", [[title], head, *([label] for label in labels)])


def targets_template(catalogue: Catalogue, language: str) -> bytes:
    """The headings of a table of targets."""
    return register_workbook((), catalogue, language)


def file_name(kind: str, language: str) -> str:
    """The name under which a template is saved."""
    return word(f"template_{kind}", language) + ".xlsx"


def _book(name: str, rows: Sequence[Sequence[str]], hints: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet; ``hints`` are comments at the cells of the first row."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, HARMLESS) as book:
        sheet = book.add_worksheet(name)
        sheet.set_column(0, max(map(len, rows)), 16)
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(at, place, text)
        for place, hint in enumerate(hints):
            sheet.write_comment(0, place, hint)
    return memory.getvalue()
