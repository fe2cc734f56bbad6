"""Works out the years of months printed without one: 2025年11月, 12月, 2026年1月, 2月."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from dashboard.catalogue.periods import Period, Span
from dashboard.intake.forms.parts_of_year import part_of_year

_MONTHS = {f"{number}": number for number in range(1, 13)} | {
    sign: at for at, sign in enumerate("一二三四五六七八九十", 1)
}
_MONTHS |= {"十一": 11, "十二": 12}
_SINGLE = re.compile(r"0?([1-9]\d?|十[一二]?|[一二三四五六七八九])月(?:份|末|底)?")

_YEAR = 12  # months

Printed = tuple[int, Span | None]  # a month, and its span where the year is printed with it
MonthYear = tuple[int, int | None]


def bare_month(text: str) -> int:
    """The month that a text names without a year: 11 of 11月份; 0 where it names something else."""
    match = _SINGLE.fullmatch(part_of_year(text))
    return _MONTHS.get(match[1], 0) if match else 0


def within(span: Span, month: int) -> Period | None:
    """The only month of this number in a span over a year's end; None where there is no such."""
    since = span.since or span.end
    months = [
        Period(year, month)
        for year in range(since.year, span.end.year + 1)
        if since <= Period(year, month) <= span.end
    ]
    return months[0] if len(months) == 1 else None


def crosses_year(span: Span | None) -> bool:
    """Whether a span begins in another year than it ends in."""
    return span is not None and span.since is not None and span.since.year < span.end.year


def in_sequence(printed: Sequence[MonthYear]) -> list[Period | None] | None:
    """The months of neighbours, those without a year after those with one.

    They follow one another or run back in time, whichever spans fewer months. None where no year is
    printed, and where the printed years do not fit either order.
    """
    orders = [run for run in (_run(printed, step) for step in (1, -1)) if run]
    if not orders:
        return None
    extents = [_extent(order) for order in orders]
    if len(orders) == 2 and extents[0] == extents[1] and orders[0] != orders[1]:
        return [Period(year, month) if year else None for month, year in printed]
    return list(orders[extents.index(min(extents))])


def of_part(spans: Mapping[int, Span | None], table: Span | None) -> dict[int, Span | None]:
    """The spans of bare years by place, in a table of a part of one of these years.

    Below 2025年1-9月 a column 2025年 counts to September and a column 2024年 to September of that
    year. Where the table's own year is not among them they are whole years, and not given. Another
    year below a single month may be its same month or its end: None.
    """
    if table is None or table.length >= _YEAR or crosses_year(table):
        return {}
    years = {at: span.end.year for at, span in spans.items() if span and span.length == _YEAR}
    if table.end.year not in years.values() or table.end.month == _YEAR:
        return {}
    return {at: _moved(table, year - table.end.year) for at, year in years.items()}


def _moved(span: Span, years: int) -> Span | None:
    if years and span.length <= 1:
        return None
    since = span.since.plus(12 * years) if span.since else None
    return Span(span.end.plus(12 * years), since, span.length)


def runs_over_year_end(months: Iterable[int]) -> bool:
    """Whether months without a year run on from December to January: 11, 12, 1, 2."""
    pairs = list(pairwise(dict.fromkeys(months)))
    return (12, 1) in pairs and all(later - earlier in (1, -11) for earlier, later in pairs)


def _run(printed: Sequence[MonthYear], step: int) -> list[Period]:
    """The months in one order, or empty where a printed year contradicts it or none is printed."""
    start = next((at for at, (_, year) in enumerate(printed) if year is not None), None)
    if start is None:
        return []
    month, year = printed[start]
    assert year is not None
    before = _walk(Period(year, month), printed[:start][::-1], -step)
    after = _walk(Period(year, month), printed[start + 1 :], step)
    run = [*before[::-1], Period(year, month), *after]
    fits = all(year in (None, period.year) for period, (_, year) in zip(run, printed, strict=True))
    return run if fits else []


def _walk(period: Period, printed: Iterable[MonthYear], step: int) -> list[Period]:
    """The months after one, each the nearest of its number in this direction."""
    periods: list[Period] = []
    for month, _ in printed:
        is_same_year = (month - period.month) * step >= 0
        period = Period(period.year if is_same_year else period.year + step, month)
        periods.append(period)
    return periods


def _extent(run: Sequence[Period]) -> int:
    numbers = [period.year * 12 + period.month for period in run]
    return max(numbers) - min(numbers)


def dated(printed: Mapping[int, Printed], table: Span | None) -> dict[int, Span | None]:
    """The spans of bare months by place, in order, None where their year is not certain.

    ``printed`` gives each place its month and its span where a year is printed with it. Places
    whose month takes the year of the table, as usual, are not among them.
    """
    bare = [at for at, (_, span) in printed.items() if span is None]
    if not bare:
        return {}
    months = [(month, span.end.year if span else None) for month, span in printed.values()]
    sequence = _periods_of(months, table)
    if sequence is None:
        is_over = runs_over_year_end(month for month, _ in months)
        return dict.fromkeys(bare) if is_over else {}
    spans = {
        at: Span(period) if period else None for at, period in zip(printed, sequence, strict=True)
    }
    return {at: spans[at] for at in bare}


def _periods_of(months: Sequence[MonthYear], table: Span | None) -> list[Period | None] | None:
    """The months with their years, None for an uncertain one; None where nothing says a year."""
    sequence = in_sequence(months)
    if sequence is not None:
        return sequence
    if any(year for _, year in months):
        return [None] * len(months)
    if table is None or not crosses_year(table):
        return None
    return [within(table, month) for month, _ in months]
