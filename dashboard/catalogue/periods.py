"""A month, quarter, half or year: read as people name it (``parse``, ``find``), and named."""

from __future__ import annotations

from dashboard.catalogue.period_phrases import Phrase, find, parse, phrases, plain_text
from dashboard.catalogue.spans import FIRST_YEAR, LAST_YEAR, Period, Span

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Period",
    "Phrase",
    "Span",
    "find",
    "from_key",
    "month_name",
    "name",
    "parse",
    "phrases",
    "plain_text",
]


def from_key(key: int) -> Period:
    """The period of a stored key such as 202409."""
    return Period(key // 100, key % 100)


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
