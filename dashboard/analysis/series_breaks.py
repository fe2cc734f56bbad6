"""Defines dated events on a trend: policies, and breaks across which nothing is compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.area_changes import ChangeKind, Step
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area
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
    marks = [
        *_declared(catalogue, areas, indicator, area),
        *(
            Mark(period, _split_name(areas, new), True)
            for period, new in areas.boundary_changes(area)
        ),
        *(
            Mark(step.period, change_name(areas, step), step.is_break)
            for step in areas.changes.made(area)
        ),
    ]
    within = [mark for mark in marks if first < mark.period <= last]
    return sorted(within, key=lambda mark: mark.period)


def _declared(catalogue: Catalogue, areas: Areas, indicator: str, area: str) -> Iterator[Mark]:
    """The catalogue's events that concern this indicator here."""
    meaning = catalogue.indicators[indicator]
    concerned = {indicator, meaning.numerator, meaning.denominator, meaning.linked} - {""}
    for event in catalogue.events:
        of_indicator = not event.indicators or not concerned.isdisjoint(event.indicators)
        if of_indicator and (not event.area or areas.is_below(area, event.area)):
            yield Mark(event.period, event.name, event.is_break)


def _split_name(areas: Areas, new: Area) -> Text:
    old, name = _name(areas, new.predecessor), new.name
    return Text(f"{name.zh}由{old.zh}析出", f"{name['en']} split from {old['en']}")


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
