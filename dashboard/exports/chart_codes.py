"""Codes a chart in a file: which chart it is, of which area, in which language.

It stands in the chart's alternative text behind its sentence, where every office program keeps it,
so that the chart can be brought to another period later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from dashboard.charts.model.chart import Chart

_CODE = re.compile(r"\s*\[([^\[\]\s?]+)\?([^\[\]\s]*)\]\s*$")
TABLE = "table:"
_KEPT = ("compare", "step", "shape")  # of the address of the report: the rest is the chart's


@dataclass(frozen=True, slots=True)
class ChartCode:
    """What a chart in a file shows: its name, and the address of its selection without a period."""

    ref: str
    query: tuple[tuple[str, str], ...]


def code_of(chart: Chart, query: str = "", part: str = "") -> str:
    """The code of a chart drawn for a selection; ``part`` names what stands beside it."""
    named = dict(parse_qsl(query))
    fields = {"area": chart.area, "lang": chart.language}
    fields |= {key: named[key] for key in _KEPT if key in named}
    fields |= {"part": part} if part else {}
    fields |= {"page": str(chart.page)} if chart.page else {}
    return f"[{chart.id}?{urlencode(fields)}]"


def coded(sentence: str, code: str) -> str:
    """An alternative text with its code."""
    return f"{sentence}\n{code}" if sentence and code else sentence or code


def page_number(code: ChartCode) -> int:
    """Which part of a chart over several pages it is, 0 for a whole one."""
    number = dict(code.query).get("page", "")
    return int(number) if number.isdecimal() else 0


def code_of_table(key: str) -> str:
    """The code of a table that is no chart's, by the key of its page."""
    return f"[{TABLE}{quote(key, safe='')}?]"


def read_code(text: str) -> ChartCode | None:
    """The code of an alternative text; None where it has none."""
    match = _CODE.search(text)
    return ChartCode(match[1], tuple(parse_qsl(match[2]))) if match else None
