"""Words the notes of figures that were restated for the areas of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.analysis.point import Point
from dashboard.base.language import number, word
from dashboard.catalogue.area_changes import AreaChange, ChangeRule
from dashboard.catalogue.areas import Areas


def restated_notes(points: Iterable[Point | None], areas: Areas, language: str) -> list[str]:
    """One note a change: until when, by which rule, from which areas, by what decision."""
    used = {change for point in points if point is not None for change in point.restated}
    groups: dict[tuple[object, ...], list[AreaChange]] = {}
    for change in sorted(used):
        groups.setdefault((change.period, change.rule, change.new), []).append(change)
    return [_note(group, areas, language) for group in groups.values()]


def _note(group: Sequence[AreaChange], areas: Areas, language: str) -> str:
    first, comma = group[0], word("chart_list_comma", language)
    parts = []
    for change in group:
        name = areas.name_of(change.old, language)
        if change.rule is ChangeRule.APPORTION:
            share = number(change.share * 100, 1, language) + "%"
            name = word("restated_share", language, name=name, share=share)
        parts.append(name)
    text = word(
        f"restated_note_{first.rule}",
        language,
        year=first.period.year,
        month=first.period.month,
        when=str(first.period),
        name=areas.name_of(first.new, language),
        parts=comma.join(parts),
    )
    sources = comma.join(dict.fromkeys(change.source for change in group if change.source))
    return text + word("restated_source", language, source=sources) if sources else text
