"""One quantity in two series: amounts of the month, and the running total of the year."""

from __future__ import annotations

from typing import Protocol

from dashboard.analysis.point import (
    Point,
    added,
    has_value,
    mixed,
    taken_off,
    with_values,
)
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Accumulation, Figure, Indicator
from dashboard.catalogue.periods import Period


class Source(Protocol):
    """What the twin series is read from."""

    areas: Areas

    def figure(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The stored figure of exactly this key, or None."""

    def point(self, indicator: str, area: str, period: Period) -> Point | None:
        """The point, stored or derived, or None."""

    def in_boundaries_of(self, month: Period | None) -> Source:
        """The same in the boundaries of a month."""


def linked(points: Source, indicator: Indicator, area: str, period: Period) -> Point | None:
    """The month from two year-to-date figures, or the year to date from all of its months.

    Where the area changed within the year, its earlier months are those of the areas it was made
    of, added up; an estimate makes no such sum.
    """
    if not indicator.linked:
        return None
    if indicator.accumulation is Accumulation.IN_MONTH:
        return _month(points, indicator, area, period)
    months = [Period(period.year, month) for month in range(1, period.month + 1)]
    parts = with_values(_stated(points, indicator, area, month, period) for month in months)
    if len(parts) < len(months) or mixed(parts):
        return None
    return added(parts)


def _month(points: Source, indicator: Indicator, area: str, period: Period) -> Point | None:
    """What the running total grew by in the month."""
    now = _stated(points, indicator, area, period, period)
    if not has_value(now):
        return None
    if period.month == 1:
        return added([now])
    before = _stated(points, indicator, area, period.plus(-1), period)
    if not has_value(before) or mixed((now, before)):
        return None
    return taken_off(now, before)


def _stated(
    points: Source, indicator: Indicator, area: str, month: Period, now: Period
) -> Point | None:
    """The other series' stored figure of a month of the year, in the boundaries of ``now``."""
    step = points.areas.changes.latest(area, month, now)
    if step is not None:
        restated = points.in_boundaries_of(now).point(indicator.linked, area, month)
        return None if step.is_break else restated
    figure = points.figure(indicator.linked, area, month)
    if figure is None:
        return None
    return Point(
        figure.value,
        figure.status,
        submissions=frozenset({figure.submission}),
        grades=frozenset({figure.grade}),
    )
