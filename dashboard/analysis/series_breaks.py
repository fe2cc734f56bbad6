"""Dated events on a trend: policies, and the breaks across which nothing may be compared."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.area_changes import ChangeKind, Step
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated event on a trend; ``is_break`` forbids comparison across it."""

    period: Period
    name: Text
    is_break: bool


def marks_between(
    catalogue: Catalogue, areas: Areas, indicator: str, area: str, first: Period, last: Period
) -> list[Mark]:
    """Events after ``first`` up to and including ``last`` that concern this indicator here."""
    meaning = catalogue.indicators[indicator]
    concerned = {indicator, meaning.numerator, meaning.denominator, meaning.linked} - {""}
    marks = [
        Mark(event.period, event.name, event.is_break)
        for event in catalogue.events
        if first < event.period <= last
        and (not event.indicators or concerned & set(event.indicators))
        and (not event.area or areas.is_below(area, event.area))
    ]
    for period, new in areas.boundary_changes(area):
        if first < period <= last:
            old = areas.get(new.predecessor)
            old_name = old.name if old else Text(new.predecessor, new.predecessor)
            marks.append(
                Mark(
                    period,
                    Text(
                        f"{new.name.zh}由{old_name.zh}析出",
                        f"{new.name['en']} split from {old_name['en']}",
                    ),
                    True,
                )
            )
    for step in areas.changes.made(area):
        if first < step.period <= last:
            marks.append(Mark(step.period, change_name(areas, step), step.is_break))
    return sorted(marks, key=lambda mark: mark.period)


def change_name(areas: Areas, step: Step) -> Text:
    """What happened, as an event's name: 由甲街道、乙街道合并为丙街道."""
    names = [_name(areas, pair.old) for pair in step.pairs]
    old_zh, old_en = "、".join(n.zh for n in names), ", ".join(n["en"] for n in names)
    new = _name(areas, step.area)
    if step.is_rename:
        return Text(f"{old_zh}更名为{new.zh}", f"{old_en} renamed {new['en']}")
    if all(pair.kind is ChangeKind.SPLIT for pair in step.pairs):
        if step.goes_on and len(step.pairs) == 1:
            return Text(f"{new.zh}析出部分区域", f"part of {new['en']} split off")
        return Text(f"{new.zh}由{old_zh}析出", f"{new['en']} split from {old_en}")
    return Text(f"{old_zh}合并为{new.zh}", f"{old_en} merged into {new['en']}")


def _name(areas: Areas, code: str) -> Text:
    area = areas.get(code)
    return area.name if area else Text(code, code)


def breaks_between(
    catalogue: Catalogue, areas: Areas, indicator: str, area: str, first: Period, last: Period
) -> list[Mark]:
    """Only the marks across which nothing may be compared."""
    return [
        mark
        for mark in marks_between(catalogue, areas, indicator, area, first, last)
        if mark.is_break
    ]
