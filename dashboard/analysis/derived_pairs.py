"""Derives the amounts of months from a running total of the year, and the other way round."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from dashboard.analysis.point import (
    COMPUTED,
    Point,
    added,
    has_value,
    mixed,
    taken_off,
    with_values,
)
from dashboard.catalogue.area_changes import ChangeRule, Step
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Accumulation, Figure, FigureStatus, Indicator
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period


class FigureSource(Protocol):
    """What the twin series is read from."""

    areas: Areas

    def figure(self, indicator: str, area: str, period: Period) -> Figure | None:
        """The stored figure of exactly this key, or None."""

    def point(self, indicator: str, area: str, period: Period) -> Point | None:
        """The point, stored or derived, or None."""

    def in_boundaries_of(self, month: Period | None) -> FigureSource:
        """The same in the boundaries of a month."""


def linked(points: FigureSource, indicator: Indicator, area: str, period: Period) -> Point | None:
    """The month from two year-to-date figures, or the year to date from all of its months.

    Where the area was merged within the year, its earlier months are those of the areas it was made
    of, added up. One that was divided counts what it reported itself; one that came of a division
    counts from its first month, and says so: an estimate makes no such sum.
    """
    if not indicator.linked:
        return None
    if indicator.accumulation is Accumulation.IN_MONTH:
        return _month(points, indicator, area, period)
    founded = founded_within(points.areas, area, period)
    first = founded.month if founded else 1
    months = [Period(period.year, month) for month in range(first, period.month + 1)]
    parts = with_values(_stated(points, indicator, area, month, period) for month in months)
    if len(parts) < len(months) or mixed(parts):
        return None
    if founded is None:
        return added(parts)
    return replace(added(parts), since=founded, marks=frozenset({FigureMark.AFTER_BREAK}))


def founded_within(areas: Areas, area: str, period: Period) -> Period | None:
    """The first month of an area that came of a division or was new within the year; else None.

    What was merged or renamed goes on from the areas it was made of.
    """
    place = areas.get(area)
    first = place.valid_from if place else None
    if first is None or first.year != period.year or not 1 < first.month <= period.month:
        return None
    step = areas.changes.latest(area, first.plus(-1), first)
    if step is not None and any(pair.rule is ChangeRule.ADD for pair in step.pairs):
        return None
    return first


def without_series(
    points: FigureSource, indicator: Indicator, area: str, period: Period
) -> Point | None:
    """A point that cannot be computed, as the area changed within the months that are counted.

    None where the twin series has nothing here, or no change but a merger lies within them.
    """
    if not indicator.linked or points.figure(indicator.linked, area, period) is None:
        return None
    in_month = indicator.accumulation is Accumulation.IN_MONTH
    before = period.plus(-1) if in_month else Period(period.year, 1)
    step = points.areas.changes.latest(area, before, period)
    if step is None or all(pair.rule is ChangeRule.ADD for pair in step.pairs):
        return None
    return Point(None, FigureStatus.NOT_COMPUTABLE, origin=COMPUTED, restated=step.pairs)


def _month(points: FigureSource, indicator: Indicator, area: str, period: Period) -> Point | None:
    """What the running total grew by in the month."""
    now = _stated(points, indicator, area, period, period)
    if not has_value(now):
        return None
    if period.month == 1:
        return added([now])
    step = points.areas.changes.latest(area, period.plus(-1), period)
    if step is not None and _is_division(step):
        return None  # the two totals are of two areas
    before = _stated(points, indicator, area, period.plus(-1), period)
    if not has_value(before) or mixed((now, before)):
        return None
    return taken_off(now, before)


def _stated(
    points: FigureSource, indicator: Indicator, area: str, month: Period, now: Period
) -> Point | None:
    """The other series' stored figure of a month of the year, in the boundaries of ``now``."""
    step = points.areas.changes.latest(area, month, now)
    if step is not None and _is_division(step):
        return _stated(points, indicator, area, month, step.period.plus(-1))
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
        qualifier=figure.qualifier,
        marks=figure.marks,
    )


def _is_division(step: Step) -> bool:
    """Whether the area gave a part away and goes on: its own reports stay what they are."""
    return step.goes_on and all(pair.rule is ChangeRule.APPORTION for pair in step.pairs)
