"""A month, quarter, half or year, named as people name it.

A figure belongs to the month in which its period ends: 2023 is 2023-12, a first half is 06, a third
quarter 09. A span such as 2020..2024 ends in its last month and remembers its first.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import NamedTuple


class Period(NamedTuple):
    """The month in which a figure's period ends. Orders by time; ``str`` gives 2024-09."""

    year: int
    month: int

    @property
    def key(self) -> int:
        """The period as the store keeps it: 202409."""
        return self.year * 100 + self.month

    @property
    def days(self) -> int:
        """Days of the month."""
        return calendar.monthrange(self.year, self.month)[1]

    def plus(self, months: int) -> Period:
        """The period ``months`` later (earlier where negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Period(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        """The period as files and addresses write it: 2024-09."""
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Span:
    """A period as printed: its last month, and its first where the print says so.

    ``length`` is in months where the words say it (a quarter 3, a half 6, a year 12, a span its own
    length), else 0: a bare month does not say whether its figure is cumulative.
    """

    end: Period
    since: Period | None = None
    length: int = 0

    @property
    def from_january(self) -> bool:
        """Whether the span runs from January of the year in which it ends."""
        return self.since == Period(self.end.year, 1)


FIRST_YEAR, LAST_YEAR = 1949, 2100

_FULL_WIDTH = str.maketrans(
    "０１２３４５６７８９－—–～〜至／．（）", "0123456789-----" + "-" + "/.()"
)
_CHINESE_NUMBERS = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)}
_CHINESE_NUMBERS |= {"十一": 11, "十二": 12}
_QUARTER_WORDS = {
    "前三季度": 9,
    "1-3季度": 9,
    "一至三季度": 9,
    "三季度": 9,
    "前二季度": 6,
    "上半年": 6,
}


def from_key(key: int) -> Period:
    """The period of a stored key such as 202409."""
    return Period(key // 100, key % 100)


def _period(year: int, month: int, text: str) -> Period:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise ValueError(f"{text}: not a period; expected 2024, 2024-09, 2024Q3, 2024H1 or a..b")
    return Period(year, month)


_ENGLISH = (
    (re.compile(r"^(\d{4})$"), lambda m: (int(m[1]), 12, 12, 1)),
    (
        re.compile(r"^(\d{4})[-/.](\d{1,2})(?:[-/.](?:28|29|30|31))?$"),
        lambda m: (int(m[1]), int(m[2]), 0, 0),
    ),
    (re.compile(r"^(\d{4})(\d{2})$"), lambda m: (int(m[1]), int(m[2]), 0, 0)),
    (
        re.compile(r"^(\d{4})-?Q1-Q([2-4])$", re.I),
        lambda m: (int(m[1]), int(m[2]) * 3, int(m[2]) * 3, 1),
    ),
    (re.compile(r"^(\d{4})-?Q([1-4])$", re.I), lambda m: (int(m[1]), int(m[2]) * 3, 3, 0)),
    (re.compile(r"^(\d{4})-?H1$", re.I), lambda m: (int(m[1]), 6, 6, 1)),
    (re.compile(r"^(\d{4})-?H2$", re.I), lambda m: (int(m[1]), 12, 6, 7)),
)
_CHINESE = (
    (re.compile(r"^(\d{4})年度?(?:全年|末|底)?$"), lambda m: (int(m[1]), 12, 12, 1)),
    (
        re.compile(r"^(\d{4})年度?0?1月?-(\d{1,2})月(?:份|末|底)?$"),
        lambda m: (int(m[1]), int(m[2]), int(m[2]), 1),
    ),
    (
        re.compile(r"^(\d{4})年度?(\d{1,2})月(?:份|末|底)?(?:\d{1,2}日)?$"),
        lambda m: (int(m[1]), int(m[2]), 0, 0),
    ),
    (re.compile(r"^(\d{4})年度?上半年$"), lambda m: (int(m[1]), 6, 6, 1)),
    (re.compile(r"^(\d{4})年度?下半年$"), lambda m: (int(m[1]), 12, 6, 7)),
    (re.compile(r"^(\d{4})年度?(?:前3季度|前三季度|1-3季度)$"), lambda m: (int(m[1]), 9, 9, 1)),
    (
        re.compile(r"^(\d{4})年度?第?([1-4])季度?(?:末)?$"),
        lambda m: (int(m[1]), int(m[2]) * 3, 3, 0),
    ),
)


def _plain(text: str) -> str:
    text = re.sub(r"\s+", "", str(text)).translate(_FULL_WIDTH)
    return re.sub(
        r"(十[一二]|[一二三四五六七八九十])(?=月|季|至|-)",
        lambda m: str(_CHINESE_NUMBERS[m[1]]),
        text,
    )


def parse(text: str) -> Span:
    """A period in any of the written forms: 2024, 2024-09, 2024Q3, 2021H1, 2024年1—5月, 2020..2024.

    Raises ValueError saying what was expected.
    """
    plain = _plain(text)
    if ".." in plain:
        first, last = plain.split("..", 1)
        end = parse(last).end
        if not first:
            return Span(end, None, -1)
        begin = parse(first)
        since = begin.since or begin.end
        if since > end:
            raise ValueError(f"{text}: the span ends before it begins")
        return Span(end, since, (end.year - since.year) * 12 + end.month - since.month + 1)
    for pattern, read in (*_ENGLISH, *_CHINESE):
        match = pattern.match(plain)
        if match:
            year, month, length, first_month = read(match)
            end = _period(year, month, text)
            return Span(end, Period(year, first_month) if first_month else None, length)
    raise ValueError(
        f"{text}: not a period; expected 2024, 2024-09, 2024Q3, 2024H1, 2024年9月 or a..b"
    )


def find(text: str) -> Span | None:
    """The first period named inside a longer text such as a title, or None."""
    plain = _plain(text)
    match = re.search(
        r"\d{4}年度?(?:(?:0?1月?-)?\d{1,2}月|第?[1-4]季度?|上半年|下半年|前[3三]季度)?"
        r"|\d{4}[-/.]\d{1,2}(?!\d)|\d{4}Q[1-4]|\d{4}H[12]",
        plain,
    )
    if not match:
        return None
    try:
        return parse(match[0])
    except ValueError:
        return None


_MONTHS_EN = (
    "",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def name(period: Period, language: str, accumulation: str = "", since: Period | None = None) -> str:
    """The period in words: 2024年1—5月 for a year-to-date figure, 2024年5月末 for a stock.

    ``accumulation`` is an Accumulation value; without one the bare month is named.
    """
    chinese = language == "zh"
    if accumulation == "over_span":
        return _span_zh(period, since) if chinese else _span_en(period, since)
    if accumulation == "year_to_date":
        return _to_date_zh(period) if chinese else _to_date_en(period)
    if accumulation == "end_of_period":
        return _end_zh(period) if chinese else _end_en(period)
    return _month_zh(period) if chinese else _month_en(period)


def _month_zh(period: Period) -> str:
    return f"{period.year}年{period.month}月"


def _month_en(period: Period) -> str:
    return f"{_MONTHS_EN[period.month]} {period.year}"


def _end_zh(period: Period) -> str:
    return f"{period.year}年末" if period.month == 12 else f"{_month_zh(period)}末"


def _end_en(period: Period) -> str:
    return f"end of {period.year if period.month == 12 else _month_en(period)}"


def _to_date_zh(period: Period) -> str:
    if period.month == 12:
        return f"{period.year}年"
    return _month_zh(period) if period.month == 1 else f"{period.year}年1—{period.month}月"


def _to_date_en(period: Period) -> str:
    if period.month == 12:
        return str(period.year)
    return _month_en(period) if period.month == 1 else f"Jan–{_month_en(period)}"


def _span_zh(period: Period, since: Period | None) -> str:
    if since is None:
        return f"截至{_month_zh(period)}"
    if since.month == 1 and period.month == 12:
        return f"{since.year}—{period.year}年"
    return f"{_month_zh(since)}—{_month_zh(period)}"


def _span_en(period: Period, since: Period | None) -> str:
    if since is None:
        return f"to {_month_en(period)}"
    if since.month == 1 and period.month == 12:
        return f"{since.year}–{period.year}"
    return f"{_month_en(since)} – {_month_en(period)}"


def month_name(month: int, language: str) -> str:
    """A month of the year: 5月 or May."""
    return f"{month}月" if language == "zh" else _MONTHS_EN[month]
