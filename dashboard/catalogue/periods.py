"""Reads a month, quarter, half or year as people name it (``parse``, ``find``), and names it."""

from __future__ import annotations

from functools import lru_cache

from dashboard.catalogue.period_phrases import (
    Phrase,
    find,
    parse,
    phrases,
    plain_text,
    rest_of,
)
from dashboard.catalogue.spans import (
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    Span,
    months_between,
    months_counted,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Period",
    "Phrase",
    "Span",
    "find",
    "from_key",
    "listed_end",
    "month_name",
    "months_between",
    "months_counted",
    "name",
    "name_of_all",
    "parse",
    "phrases",
    "plain_text",
    "rest_of",
]


def from_key(key: int) -> Period:
    """The period of a stored key such as 202409."""
    return Period(key // 100, key % 100)


@lru_cache(maxsize=2048)
def listed_end(text: str) -> Period:
    """The month in which a period of a list ends; the rows of a list name the same few."""
    return parse(text).end


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
        return _span_name(period, language, since)
    named = {"year_to_date": _name_to_date, "end_of_period": _name_of_end}.get(accumulation)
    return named(period, language) if named else _month_of_year(period, language)


def name_of_all(first: Period, last: Period, language: str) -> str:
    """All months from the first to the last in words: 2024年7月, 2024年7—8月, 2024年."""
    if first >= last:
        return _month_of_year(last, language)
    if first.year == last.year and first.month == 1:
        return _name_to_date(last, language)
    return _span_name(last, language, first)


def _month_of_year(period: Period, language: str) -> str:
    year, month = period
    return f"{year}年{month}月" if language == "zh" else f"{_MONTHS_EN[month]} {year}"


def _span_name(period: Period, language: str, since: Period | None) -> str:
    last = _month_of_year(period, language)
    if since is None:
        return f"截至{last}" if language == "zh" else f"to {last}"
    if since.month == 1 and period.month == 12:
        whole_years = "{}—{}年" if language == "zh" else "{}–{}"
        return whole_years.format(since.year, period.year)
    if since.year == period.year:
        return _span_of_year(since, period, language)
    first = _month_of_year(since, language)
    return f"{first}—{last}" if language == "zh" else f"{first} – {last}"


def _span_of_year(since: Period, period: Period, language: str) -> str:
    """Months of one year: 2024年第三季度 where they are a quarter, else 2024年7—8月."""
    quarter, ends = divmod(period.month, 3)
    if not ends and period.month - since.month == 2:
        return (
            f"{period.year}年第{'一二三四'[quarter - 1]}季度"
            if language == "zh"
            else (f"Q{quarter} {period.year}")
        )
    if language == "zh":
        return f"{period.year}年{since.month}—{period.month}月"
    return f"{_MONTHS_EN[since.month]}–{_MONTHS_EN[period.month]} {period.year}"


def _name_to_date(period: Period, language: str) -> str:
    year, month = period
    if month == 1:
        return _month_of_year(period, language)
    if month == 12:
        return f"{year}年" if language == "zh" else str(year)
    return f"{year}年1—{month}月" if language == "zh" else f"Jan–{_MONTHS_EN[month]} {year}"


def _name_of_end(period: Period, language: str) -> str:
    year, month = period
    if month == 12:
        return f"{year}年末" if language == "zh" else f"end of {year}"
    named = _month_of_year(period, language)
    return f"{named}末" if language == "zh" else f"end of {named}"


def month_name(month: int, language: str) -> str:
    """A month of the year: 5月 or May."""
    return f"{month}月" if language == "zh" else _MONTHS_EN[month]
