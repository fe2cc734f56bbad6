"""Sums and rates over the areas below one, as they were in the period: each counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from dashboard.analysis.point import COMPUTED, ROLLED_UP, Point, combine
from dashboard.catalogue.concepts import Accumulation, Aggregation, Area, Indicator
from dashboard.catalogue.periods import Period


class Source(Protocol):
    """What the points below are asked of."""

    def point(self, indicator: str, area: str, period: Period) -> Point | None:
        """The point, stored or derived, or None."""

    def areas_below(self, area: str, period: Period) -> tuple[Area, ...]:
        """The areas that make up this one in a period."""

    def told(self, month: Period | None) -> Source:
        """The same in the boundaries of a month; None: as they were."""


def divided(
    indicator: Indicator, tops: Sequence[Point], bottoms: Sequence[Point], period: Period
) -> Point | None:
    """Σ tops ÷ Σ bottoms in the indicator's unit; None where there is nothing to divide by."""
    below = sum(point.value or 0.0 for point in bottoms)
    if indicator.per_month:
        below *= period.month
    if not below:
        return None
    above = sum(point.value or 0.0 for point in tops)
    return combine(above / below * indicator.unit.multiplier, [*tops, *bottoms], COMPUTED)


def partial_ratio(points: Source, indicator: Indicator, area: str, period: Period) -> Point | None:
    """Σ÷Σ over those areas below that have both: mixing scopes would make a rate up."""
    as_were = points.told(None)
    pairs, missing = [], []
    below = points.areas_below(area, period)
    for child in below:
        top = as_were.point(indicator.numerator, child.code, period)
        bottom = as_were.point(indicator.denominator, child.code, period)
        if top and bottom and top.value is not None and bottom.value is not None:
            pairs.append((top, bottom))
        else:
            missing.append(child.code)
    if not pairs:
        return None
    point = divided(indicator, [t for t, _ in pairs], [b for _, b in pairs], period)
    if point is None or not missing:
        return point
    return replace(point, partial=(len(pairs), len(below)), missing=tuple(missing))


def rolled_up(points: Source, indicator: Indicator, area: str, period: Period) -> Point | None:
    """The sum over the areas below, marked as partial where some have no figure."""
    if indicator.aggregation is not Aggregation.SUM:
        return None
    if indicator.accumulation is Accumulation.OVER_SPAN:
        return None
    as_were = points.told(None)
    found, missing = [], []
    below = points.areas_below(area, period)
    for child in below:
        point = as_were.point(indicator.id, child.code, period)
        if point is not None and point.value is not None:
            found.append(point)
        else:
            missing.append(child.code)
    if not found:
        return None
    total = combine(sum(point.value or 0.0 for point in found), found, ROLLED_UP)
    if not missing:
        return total
    return replace(total, partial=(len(found), len(below)), missing=tuple(missing))
