"""Earlier figures told for the areas of today: added, apportioned, passed on, or not at all.

Nothing is stored: a figure is restated when it is read, so that every figure received stays what it
was, and a change that is corrected or withdrawn takes effect at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard.analysis.point import COMPUTED, Point, combine
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
    here = [(pair, parts.get(pair.old)) for pair in step.pairs]
    if not any(point is not None for _, point in here):
        return None
    if step.is_rename:
        return here[0][1]
    complete = [
        (pair, point)
        for pair, point in here
        if point is not None and point.value is not None and not point.partial
    ]
    if len(complete) < len(here):
        held = {pair.old for pair, _ in complete}
        lacking = tuple(pair.old for pair, _ in here if pair.old not in held)
        return _without_value(step, lacking)
    points = [point for _, point in complete]
    if _is_summed(indicator):
        value = sum((point.value or 0.0) * pair.share for pair, point in complete)
    elif len({point.value for point in points}) == 1:
        value = points[0].value or 0.0
    else:
        return _without_value(step, ())
    return _marked(combine(value, points, COMPUTED), step)


def _is_summed(indicator: Indicator) -> bool:
    return (
        indicator.aggregation is Aggregation.SUM
        and indicator.accumulation is not Accumulation.OVER_SPAN
    )


def _marked(point: Point, step: Step) -> Point:
    """The point with the step's changes among those it was restated by."""
    changes = {*point.restated, *_telling(step)}
    return replace(point, restated=tuple(sorted(changes)))


def _telling(step: Step) -> list[AreaChange]:
    """The pairs that change a value; a new name does not."""
    return [pair for pair in step.pairs if pair.kind is not ChangeKind.RENAME]


def _without_value(step: Step, lacking: tuple[str, ...]) -> Point:
    return Point(
        None,
        FigureStatus.NOT_REPORTED,
        origin=COMPUTED,
        missing=lacking,
        restated=tuple(_telling(step)),
    )


def rule_of(changes: tuple[AreaChange, ...]) -> ChangeRule:
    """The less certain of the rules by which a point was restated."""
    estimated = any(change.rule is ChangeRule.APPORTION for change in changes)
    return ChangeRule.APPORTION if estimated else ChangeRule.ADD
