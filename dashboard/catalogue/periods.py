"""A month, quarter, half or year: read as people name it (``parse``, ``find``), and named."""

from __future__ import annotations

from dashboard.catalogue.period_phrases import find, parse, phrases, plain_text
from dashboard.catalogue.spans import FIRST_YEAR, LAST_YEAR, Period, Span

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Period",
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
    if accumulation == "over_span":
        return _up_to(period, language) if since is None else _span(since, period, language)
    named = _NAMED.get(accumulation, _month)
    return named(period, language)


def _month(period: Period, language: str) -> str:
    """2024年5月."""
    year, month = period
    return f"{year}年{month}月" if language == "zh" else f"{_MONTHS_EN[month]} {year}"


def _year(year: int, language: str) -> str:
    """2024年."""
    return f"{year}年" if language == "zh" else str(year)


def _year_to_date(period: Period, language: str) -> str:
    """2024年1—5月; a whole year is named as one."""
    year, month = period
    if month == 12:
        return _year(year, language)
    if month == 1:
        return _month(period, language)
    return f"{year}年1—{month}月" if language == "zh" else f"Jan–{_MONTHS_EN[month]} {year}"


def _end(period: Period, language: str) -> str:
    """2024年5月末; the end of December is the year's."""
    whole = _year(period.year, language) if period.month == 12 else _month(period, language)
    return f"{whole}末" if language == "zh" else f"end of {whole}"


def _up_to(period: Period, language: str) -> str:
    """截至2024年5月."""
    month = _month(period, language)
    return f"截至{month}" if language == "zh" else f"to {month}"


def _span(since: Period, until: Period, language: str) -> str:
    """2021年3月—2024年5月; years alone where it is whole years."""
    if since.month == 1 and until.month == 12:
        return f"{since.year}—{until.year}年" if language == "zh" else f"{since.year}–{until.year}"
    dash = "—" if language == "zh" else " – "
    return f"{_month(since, language)}{dash}{_month(until, language)}"


_NAMED = {"year_to_date": _year_to_date, "end_of_period": _end}


def month_name(month: int, language: str) -> str:
    """A month of the year: 5月 or May."""
    return f"{month}月" if language == "zh" else _MONTHS_EN[month]
