"""Writes the demo district's list of care homes, which agrees with its monthly figures.

Written with the other workbooks and not loaded with them; handed in, it changes no figure and
shows which homes each figure counts.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import xlsxwriter

from dashboard.catalogue.periods import Period
from dashboard.cli.demo.workbooks import PARAMETERS_FILE, DemoDistrict

NAME = "示例区养老机构一览表.xlsx"
MONTH = Period(2026, 9)  # the last one that is final
HEADINGS = (
    "序号",
    "机构名称",
    "所属街道",
    "地址",
    "机构性质",
    "负责人",
    "联系电话",
    "运营状态",
    "成立时间",
    "床位数(张)",
    "护理型床位数(张)",
    "入住人数",
)
_KINDS = ("敬老院", "老年公寓", "颐养院", "养护院")
_NATURES = ("公办", "公建民营", "民办")
_LINES = ("elderly_beds", "nursing_beds", "elderly_residents")


def register_bytes(seed: int = 2018) -> bytes:
    """The list as a workbook; the same seed gives the same bytes."""
    district = DemoDistrict(tomllib.loads(PARAMETERS_FILE.read_text(encoding="utf-8")), seed)
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2018, 1, 1)})
        sheet = book.add_worksheet("养老机构")
        sheet.set_column(1, 3, 24)
        name = district.parameters["district"]["name"]
        sheet.write_string(0, 0, f"{name}养老机构一览表（截至{MONTH.year}年{MONTH.month}月）")
        sheet.write_string(1, 0, district.parameters["demo_line"])
        sheet.write_row(2, 0, HEADINGS)
        for number, row in enumerate(_rows(district), start=1):
            sheet.write_row(number + 2, 0, (number, *row))
    return memory.getvalue()


def write_register(folder: Path, seed: int = 2018) -> Path:
    """Write the list into a folder; returns its path."""
    path = folder / NAME
    path.write_bytes(register_bytes(seed))
    return path


def _rows(district: DemoDistrict) -> Iterator[tuple[object, ...]]:
    """A row a home, street by street; beds and residents add up to the month's figures."""
    homes = district.printed("elderly_institutions", MONTH).tolist()
    sums = [district.printed(line, MONTH).tolist() for line in _LINES]
    for street, count, *totals in zip(district.streets, homes, *sums, strict=True):
        short = street.removesuffix("街道").removesuffix("镇")
        columns = [_shared(total, count) for total in totals]
        for at, numbers in enumerate(zip(*columns, strict=True)):
            kind = _KINDS[at % len(_KINDS)]
            yield (
                f"{short}第{at + 1}{kind}（演示）",
                street,
                f"{short}路{at + 1}号",
                _NATURES[at % len(_NATURES)],
                "（演示）",
                "（演示）",
                "正常运营",
                f"{2008 + at}-03",
                *numbers,
            )


def _shared(total: int, count: int) -> list[int]:
    """A total over homes that become smaller; whole numbers that add up to it."""
    if not count:
        return []
    weights = [2 * count - at for at in range(count)]
    shares = [total * weight // sum(weights) for weight in weights]
    shares[0] += total - sum(shares)
    return shares
