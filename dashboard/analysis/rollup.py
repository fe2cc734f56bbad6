"""Computes sums and rates over the areas below one, as they were in the period, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from dashboard.analysis.point import (
    COMPUTED,
    ROLLED_UP,
    Point,
    added,
    combine,
    has_value,
    with_values,
)
from dashboard.catalogue.concepts import Accumulation, Aggregation, Area, Indicator
from dashboard.catalogue.periods import Period


class PointSource(Protocol):
    """What the points below are asked of."""

    def point(self, indicator: str, area: str, period: Period) -> Point | None:
        """The point, stored or derived, or None."""

    def areas_below(self, area: str, period: Period) -> tuple[Area, ...]:
        """The areas that make up this one in a period."""

    def in_boundaries_of(self, month: Period | None) -> PointSource:
        """The same in the boundaries of a month; None: as they were."""


def divided(
    indicator: Indicator, tops: Sequence[Point], bottoms: Sequence[Point], period: Period
) -> Point | None:
    """Σ tops ÷ Σ bottoms in the indicator's unit; None where there is nothing to divide by."""
    above = sum(point.value or 0.0 for point in tops)
    below = sum(point.value or 0.0 for point in bottoms)
    months = period.month if indicator.per_month else 1
    if not below:
        return None
    value = above / (below * months) * indicator.unit.multiplier
    return replace(combine(value, [*tops, *bottoms], COMPUTED), sides=(above, below))


def partial_ratio(
    points: PointSource, indicator: Indicator, area: str, period: Period
) -> Point | None:
    """Σ÷Σ over those areas below that have both: mixing scopes would make a rate up."""
    as_were = points.in_boundaries_of(None)
    tops, bottoms, missing = [], [], []
    for child in points.areas_below(area, period):
        top = as_were.point(indicator.numerator, child.code, period)
        bottom = as_were.point(indicator.denominator, child.code, period)
        if has_value(top) and has_value(bottom):
            tops.append(top)
            bottoms.append(bottom)
        elif not child.is_own_level:
            missing.append(child.code)
    point = divided(indicator, tops, bottoms, period)
    if point is None:
        return None
    point = replace(point, from_below=True)
    if not missing:
        return point
    return replace(point, partial=(len(tops), len(tops) + len(missing)), missing=tuple(missing))


def rolled_up(points: PointSource, indicator: Indicator, area: str, period: Period) -> Point | None:
    """The sum over the areas below, marked as partial where some have no figure."""
    if indicator.aggregation is not Aggregation.SUM:
        return None
    if indicator.accumulation is Accumulation.OVER_SPAN:
        return None
    as_were = points.in_boundaries_of(None)
    below = points.areas_below(area, period)
    parts = {child.code: as_were.point(indicator.id, child.code, period) for child in below}
    known = with_values(parts.values())
    if not known:
        return None
    total = replace(added(known, ROLLED_UP), from_below=True)
    expected = [child.code for child in below if not child.is_own_level]
    missing = tuple(code for code in expected if not has_value(parts[code]))
    of = len(known) + len(missing)
    return replace(total, partial=(len(known), of), missing=missing) if missing else total
