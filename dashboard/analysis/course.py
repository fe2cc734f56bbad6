"""Follows a figure over the same month of the last years: its start, its end, its change."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.analysis.change import ComparedFigure, Difference, difference_of
from dashboard.analysis.comparisons import refusal_of
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.points import Points
from dashboard.analysis.series_breaks import marks_between
from dashboard.catalogue.periods import Period

YEAR = 12  # months


class Course(NamedTuple):
    """Values in base units by ``months``, oldest first, None where not known or not comparable.

    ``start`` and ``end`` are the first and the last figure; ``change`` lies between them.
    """

    months: tuple[Period, ...]
    values: tuple[float | None, ...]
    start: FigureKey
    end: FigureKey
    change: Difference

    @property
    def ends(self) -> tuple[float, float]:
        """The values of the first and the last figure."""
        known = [value for value in self.values if value is not None]
        return known[0], known[-1]


def months_back(last: Period, years: int) -> tuple[Period, ...]:
    """The same month of the last years, oldest first; so many ``years`` before the last one."""
    return tuple(last.plus(-YEAR * back) for back in range(years, -1, -1))


def course_of(points: Points, indicator: str, area: str, last: Period, years: int) -> Course | None:
    """The course up to ``last``; None without a value there, or without an earlier one.

    Nothing stands in it from before a break.
    """
    months = months_back(last, years)
    since = _comparable_since(points, indicator, area, months)
    values = tuple(
        points.value(indicator, area, month) if month >= since else None for month in months
    )
    known = [month for month, value in zip(months, values, strict=True) if value is not None]
    if len(known) < 2 or known[-1] != last:
        return None
    start = known[0]
    then, now = FigureKey(indicator, area, start), FigureKey(indicator, area, last)
    return Course(months, values, then, now, _between(points, then, now))


def _comparable_since(
    points: Points, indicator: str, area: str, months: tuple[Period, ...]
) -> Period:
    """The month of the newest break within the months; the first of them without one."""
    first, last = months[0], months[-1]
    marks = marks_between(points.catalogue, points.areas, indicator, area, first, last)
    return max((mark.period for mark in marks if mark.is_break), default=first)


def _between(points: Points, then: FigureKey, now: FigureKey) -> Difference:
    """The difference of two figures; without a value where they may not be compared."""
    meaning = points.catalogue.indicators[now.indicator]
    before, after = points.point(*then[:3]), points.point(*now[:3])
    refusal = refusal_of(points, meaning, ComparedFigure(now, after), ComparedFigure(then, before))
    if refusal is not None:
        return Difference(reason=refusal.reason)
    return difference_of(meaning, after, before)
