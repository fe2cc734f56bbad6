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
    year, month = period
    if accumulation == "over_span":
        if since is None:
            return (
                f"截至{year}年{month}月" if language == "zh" else f"to {_MONTHS_EN[month]} {year}"
            )
        if since.month == 1 and month == 12:
            return f"{since.year}—{year}年" if language == "zh" else f"{since.year}–{year}"
        if language == "zh":
            return f"{since.year}年{since.month}月—{year}年{month}月"
        return f"{_MONTHS_EN[since.month]} {since.year} – {_MONTHS_EN[month]} {year}"
    if accumulation == "year_to_date":
        if month == 12:
            return f"{year}年" if language == "zh" else str(year)
        if month == 1:
            return f"{year}年1月" if language == "zh" else f"Jan {year}"
        return f"{year}年1—{month}月" if language == "zh" else f"Jan–{_MONTHS_EN[month]} {year}"
    if accumulation == "end_of_period":
        if language == "zh":
            return f"{year}年末" if month == 12 else f"{year}年{month}月末"
        return f"end of {year}" if month == 12 else f"end of {_MONTHS_EN[month]} {year}"
    return f"{year}年{month}月" if language == "zh" else f"{_MONTHS_EN[month]} {year}"


def month_name(month: int, language: str) -> str:
    """A month of the year: 5月 or May."""
    return f"{month}月" if language == "zh" else _MONTHS_EN[month]
