"""Dated events on a trend: policies, and the breaks across which nothing may be compared."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.language import Text


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
    return sorted(marks, key=lambda mark: mark.period)


def breaks_between(
    catalogue: Catalogue, areas: Areas, indicator: str, area: str, first: Period, last: Period
) -> list[Mark]:
    """Only the marks across which nothing may be compared."""
    return [
        mark
        for mark in marks_between(catalogue, areas, indicator, area, first, last)
        if mark.is_break
    ]
