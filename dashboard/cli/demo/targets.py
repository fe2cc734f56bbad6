"""Writes the demo district's targets as a bureau hands them in: one sheet a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from dashboard.analysis.apportion import split

HEADINGS = {
    "indicator": "指标",
    "area": "地区",
    "due": "期限",
    "kind": "类型",
    "value": "目标值",
    "unit": "单位",
    "base": "基数",
    "base_period": "基期",
    "source": "依据",
    "owner": "责任科室",
    "tolerance": "容差",
    "path": "路径",
    "milestones": "里程碑",
}

Row = Mapping[str, Any]


def write_targets(folder: Path, known: Mapping[str, Any]) -> Path:
    """Write the workbook that ``[[targets]]`` of demo.toml describes into an existing folder.

    A target with ``streets`` is divided over them by those weights and stands once for each too.
    """
    district = known["district"]["name"]
    path = folder / f"{district}_民政工作目标.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2018, 1, 1)})
        style = {name: book.add_format(look) for name, look in known["styles"].items()}
        for year in sorted({str(row["due"])[:4] for row in known["targets"]}):
            sheet = book.add_worksheet(f"{year}年")
            sheet.write_string(0, 0, f"{district}{year}年民政工作目标", style["title"])
            sheet.write_string(1, 0, known["demo_line"], style["demo"])
            sheet.write_row(2, 0, list(HEADINGS.values()), style["head"])
            rows = [row for row in known["targets"] if str(row["due"])[:4] == year]
            for at, row in enumerate(_with_streets(rows, known, district), start=3):
                for place, name in enumerate(HEADINGS):
                    sheet.write(at, place, row.get(name, ""), style["cell"])
            sheet.set_column(0, len(HEADINGS), 16)
            sheet.freeze_panes(3, 1)
    return path


def _with_streets(rows: list[Row], known: Mapping[str, Any], district: str) -> list[Row]:
    """The district's targets, each followed by those of its streets where they are divided."""
    names = [street["name"] for street in known["streets"]]
    listed: list[Row] = []
    for row in rows:
        listed.append({**row, "area": district})
        if "streets" in row:
            weights = dict(zip(names, known["weights"][row["streets"]], strict=True))
            parts = split(row["value"], weights)
            listed += [{**row, "area": name, "value": part} for name, part in parts.items()]
    return listed
