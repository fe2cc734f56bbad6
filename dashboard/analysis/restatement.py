"""Restates earlier figures for the areas of today: added, apportioned, passed on, or not at all.

Nothing is stored: a figure is restated when it is read, so that every figure received stays what it
was, and a change that is corrected or withdrawn takes effect at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.analysis.point import COMPUTED, Point, combine, is_complete, with_values
from dashboard.catalogue.area_changes import AreaChange, ChangeKind, ChangeRule, Step
from dashboard.catalogue.concepts import Accumulation, Aggregation, FigureStatus, Indicator


def restate(indicator: Indicator, step: Step, parts: Mapping[str, Point | None]) -> Point | None:
    """The point of the step's area before the step, from the old areas' points by code.

    A sum is added up, or apportioned by share, where every old area has a complete figure; any
    other figure holds only where all old areas have the same. Otherwise a point without a value:
    ``missing`` names the old areas that lack one. None where the rule forbids it, or where no old
    area has anything.
    """
    if step.is_break:
        return parts.get(step.area) if step.goes_on else None
    points = [parts.get(pair.old) for pair in step.pairs]
    if not any(points):
        return None
    if step.is_rename:
        return points[0]
    lacking = [pair.old for pair in step.pairs if not is_complete(parts.get(pair.old))]
    if lacking:
        return _without_value(step, tuple(lacking))
    complete = with_values(points)
    value = _combined_value(indicator, step, complete)
    if value is None:
        return _without_value(step, ())
    return _marked(combine(value, complete, COMPUTED), step)


def _combined_value(indicator: Indicator, step: Step, points: Sequence[Point]) -> float | None:
    """The old areas' values by the step's rule; None where no rule makes one of them."""
    if _is_summed(indicator):
        pairs = zip(step.pairs, points, strict=True)
        return sum(point.amount * pair.share for pair, point in pairs)
    same = {point.value for point in points}
    return points[0].amount if len(same) == 1 else None


def _is_summed(indicator: Indicator) -> bool:
    return (
        indicator.aggregation is Aggregation.SUM
        and indicator.accumulation is not Accumulation.OVER_SPAN
    )


def _marked(point: Point, step: Step) -> Point:
    """The point with the step's changes among those it was restated by."""
    changes = {*point.restated, *_value_changes(step)}
    return replace(point, restated=tuple(sorted(changes)))


def _value_changes(step: Step) -> list[AreaChange]:
    """The pairs that change a value; a new name does not."""
    return [pair for pair in step.pairs if pair.kind is not ChangeKind.RENAME]


def _without_value(step: Step, lacking: tuple[str, ...]) -> Point:
    return Point(
        None,
        FigureStatus.NOT_REPORTED,
        origin=COMPUTED,
        missing=lacking,
        restated=tuple(_value_changes(step)),
    )


def rule_of(changes: tuple[AreaChange, ...]) -> ChangeRule:
    """The less certain of the rules by which a point was restated."""
    estimated = any(change.rule is ChangeRule.APPORTION for change in changes)
    return ChangeRule.APPORTION if estimated else ChangeRule.ADD
