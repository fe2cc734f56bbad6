"""Finds indicators by what somebody types, and says of each where it has figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue, FormLine, plain_name
from dashboard.catalogue.concepts import Area, Indicator
from dashboard.catalogue.initials import initials, starts_words
from dashboard.catalogue.periods import Period
from dashboard.store import observations as stored
from dashboard.store.opening import Engine


@dataclass(frozen=True, slots=True)
class Coverage:
    """An area that has an indicator: its first and last period and how many figures."""

    area: Area
    first: Period
    last: Period
    count: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A line of the indicator list."""

    indicator: Indicator
    figures: int


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """Everything about one indicator besides its charts."""

    indicator: Indicator
    codes: tuple[FormLine, ...]
    coverage: tuple[Coverage, ...]
    parent: Indicator | None
    children: tuple[Indicator, ...]
    numerator: Indicator | None
    denominator: Indicator | None


def _searched(catalogue: Catalogue, indicator: Indicator) -> str:
    """The names and codes of an indicator as they are searched."""
    return " ".join(
        (
            indicator.id,
            plain_name(indicator.name.zh),
            plain_name(indicator.name.en),
            *(plain_name(alias) for alias in indicator.aliases),
            *(line.code.casefold() for line in catalogue.codes_of(indicator.id)),
        )
    )


def search(
    catalogue: Catalogue, figures: dict[str, int], text: str = "", topic: str = ""
) -> list[IndicatorRow]:
    """Indicators whose names, definitions, ids or codes contain every word of ``text``.

    Those with figures come first within the order of the catalogue.
    """
    words = [plain_name(part) for part in text.split() if plain_name(part)]
    indicator_rows = []
    for indicator in catalogue.indicators.values():
        if topic and indicator.topic != topic:
            continue
        haystack = _searched(catalogue, indicator) if words else ""
        if all(part in haystack or _begins(part, indicator) for part in words):
            indicator_rows.append(IndicatorRow(indicator, figures.get(indicator.id, 0)))
    return sorted(indicator_rows, key=lambda row: row.figures == 0)


def _begins(part: str, indicator: Indicator) -> bool:
    """Whether a word stands in the initials of the Chinese name or of another name of it."""
    if not starts_words(part):
        return False
    return any(part in initials(name) for name in (indicator.name["zh"], *indicator.aliases))


def describe(
    engine: Engine, catalogue: Catalogue, areas: Areas, name: str, as_of: datetime | None = None
) -> IndicatorPage | None:
    """The page of one indicator, or None where the catalogue has none of this name.

    With ``as_of`` its coverage is that of what was known at that moment.
    """
    indicator = catalogue.find_indicator(name)
    if indicator is None:
        return None
    rows = stored.coverage(engine, indicator.id, as_of)
    if not rows and indicator.numerator:
        rows = stored.coverage(engine, indicator.numerator, as_of)
    places = [
        Coverage(place, first, last, count)
        for code, first, last, count in rows
        if (place := areas.get(code))
    ]
    return IndicatorPage(
        indicator=indicator,
        codes=catalogue.codes_of(indicator.id),
        coverage=tuple(sorted(places, key=lambda row: row.area.code)),
        parent=catalogue.indicators.get(indicator.parent),
        children=catalogue.children(indicator.id),
        numerator=catalogue.indicators.get(indicator.numerator),
        denominator=catalogue.indicators.get(indicator.denominator),
    )
