"""What each kind of consistency rule compares. A rule yields what disagrees and changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    FigureKind,
    Indicator,
    Observation,
    Part,
)
from dashboard.catalogue.periods import Period
from dashboard.language import Text, number

_RATES = frozenset({"percent", "permille", "rate", "money_rate", "money_per_person", "multiple"})
NOTHING = Text("")
_Place = tuple[str, Period, FigureKind, Period | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of rules.csv. No ``indicators`` means every one; ``limits`` is low and high."""

    id: str
    kind: str
    severity: str
    indicators: tuple[str, ...]
    limits: tuple[float, float]
    message: Text

    @property
    def tolerance(self) -> float:
        """The share (of the larger figure) by which two figures may differ."""
        return self.limits[0]

    def covers(self, indicator: str) -> bool:
        """Whether the rule speaks of this indicator."""
        return not self.indicators or indicator in self.indicators


@dataclass(frozen=True, slots=True)
class Found:
    """A disagreement: the figure it is reported at, what it was compared with, and in words."""

    at: Observation
    other: float | None = None
    others: Text = field(default=NOTHING)
    unit: Text | None = None  # of ``other`` where it is not the figure's own
    decimals: int = 0


class Figures:
    """One sheet's figures by place (area, period, kind, since) and indicator."""

    def __init__(
        self, observations: Sequence[Observation], catalogue: Catalogue, areas: Areas | None
    ) -> None:
        """Sorts the figures; of several statements of one quantity the first stands for it."""
        self.catalogue, self.areas, self.every = catalogue, areas, observations
        self.by_place: dict[_Place, dict[str, Observation]] = defaultdict(dict)
        for one in observations:
            where = (one.area, one.period, one.kind, one.since)
            if one.value is not None and one.indicator in catalogue.indicators:
                self.by_place[where].setdefault(one.indicator, one)

    def covered(
        self, rule: Rule
    ) -> Iterator[tuple[Observation, Indicator, dict[str, Observation]]]:
        """Each figure the rule speaks of, its indicator, and the other figures of its place."""
        for here in self.by_place.values():
            for one in here.values():
                if rule.covers(one.indicator):
                    yield one, self.catalogue.indicators[one.indicator], here

    def area_name(self, code: str, language: str) -> str:
        """The area's name where areas are known, else its code."""
        area = self.areas.get(code) if self.areas else None
        return area.name[language] if area else code


def _value(one: Observation) -> float:
    return one.value if one.value is not None else 0.0


def _slack(figures: Sequence[Observation]) -> float:
    """How far a sum may be off because its figures were rounded before they were printed.

    A figure of whole thousands (154,084.4 万元, 38.7 万家) may be off by half its last digit; a
    small one only where all are whole thousands, for 3,000 people may be just that.
    """
    values = [abs(_value(one)) for one in figures if one.value]
    if any(value % 1 for value in values):
        return 0.005 * len(values) + 1e-6
    all_rounded = all(value % 1000 == 0 for value in values)
    rounded = [value for value in values if all_rounded or value >= 100_000]
    return 1e-6 + sum(_last_digit(value) / 2 for value in rounded)


def _last_digit(value: float) -> float:
    """What the last printed digit of a rounded figure is worth: 1,000 of 387,000."""
    step = 1000.0
    while value % step == 0:
        step *= 10
    return step / 10 if step > 1000 else 0.0


def _listed(figures: Iterable[Observation], catalogue: Catalogue, between: str = " + ") -> Text:
    said = {}
    for language in ("zh", "en"):
        said[language] = between.join(
            f"{catalogue.indicators[one.indicator].name[language]} {number(one.value, 0, language)}"
            for one in figures
        )
    return Text(said["zh"], said["en"])


def one_value(rule: Rule, figures: Figures) -> Iterator[Found]:
    """One quantity with two values in one sheet: both are kept, and it is said."""
    first: dict[tuple[object, ...], Observation] = {}
    for one in figures.every:
        key = (*one.key, one.since)
        known = first.setdefault(key, one)
        if rule.covers(one.indicator) and known.value != one.value:
            yield Found(one, known.value)


def not_negative(rule: Rule, figures: Figures) -> Iterator[Found]:
    """Counts below zero; a named indicator is checked whatever it measures."""
    for one, indicator, _ in figures.covered(rule):
        counted = indicator.unit.dimension not in _RATES | {"money"}
        if (counted or rule.indicators) and _value(one) < 0:
            yield Found(one)


def share(rule: Rule, figures: Figures) -> Iterator[Found]:
    """Shares outside 0 to 100 %: percentages that are a part divided by its whole."""
    for one, indicator, _ in figures.covered(rule):
        is_share = (
            indicator.unit.dimension == "percent" and indicator.aggregation is Aggregation.RATIO
        )
        if (is_share or rule.indicators) and not -1e-9 <= _value(one) <= 100 + rule.tolerance:
            yield Found(one)


def parts(rule: Rule, figures: Figures) -> Iterator[Found]:
    """Components that do not make up their total, or exceed it where some are missing."""
    for total, indicator, here in figures.covered(rule):
        children = figures.catalogue.children(indicator.id, Part.COMPONENT)
        there = [here[child.id] for child in children if child.id in here]
        if len(there) < 2:
            continue
        added = sum(_value(part) for part in there)
        slack = _slack([total, *there]) + rule.tolerance * abs(_value(total))
        over = added - _value(total)
        if over > slack or (len(there) == len(children) and -over > slack):
            yield Found(
                total, added, _listed(there, figures.catalogue), decimals=indicator.decimals
            )


def of_which(rule: Rule, figures: Figures) -> Iterator[Found]:
    """A part (其中) larger than its total; one component larger than its total is one too."""
    for part, indicator, here in figures.covered(rule):
        total = here.get(indicator.parent)
        if total is None or indicator.unit.dimension != _dimension(total, figures):
            continue
        slack = _slack([part, total]) + rule.tolerance * abs(_value(total))
        if _value(part) - _value(total) > slack:
            yield Found(part, total.value, _listed([total], figures.catalogue))


def _dimension(one: Observation, figures: Figures) -> str:
    return figures.catalogue.indicators[one.indicator].unit.dimension


def streets(rule: Rule, figures: Figures) -> Iterator[Found]:
    """Streets that do not add up to their district, or exceed it where some are missing."""
    if figures.areas is None:
        return
    for total, indicator, _ in figures.covered(rule):
        if indicator.aggregation is not Aggregation.SUM:
            continue
        below = figures.areas.children(total.area, total.period)
        places = ((area.code, total.period, total.kind, total.since) for area in below)
        there = [
            figures.by_place[place][indicator.id]
            for place in places
            if indicator.id in figures.by_place.get(place, {})
        ]
        if len(there) < 2:
            continue
        added = sum(_value(one) for one in there)
        slack = _slack([total, *there]) + rule.tolerance * abs(_value(total))
        over = added - _value(total)
        if over > slack or (len(there) == len(below) and -over > slack):
            yield Found(
                total, added, Text(f"{len(there)}/{len(below)}"), decimals=indicator.decimals
            )


def ratio(rule: Rule, figures: Figures) -> Iterator[Found]:
    """A printed rate that its own counts do not give."""
    for one, indicator, here in figures.covered(rule):
        above, below = here.get(indicator.numerator), here.get(indicator.denominator)
        if above is None or below is None or not _value(below):
            continue
        months = one.period.month if _per_month(indicator, above, figures) else 1
        computed = _value(above) / _value(below) * indicator.unit.multiplier / months
        slack = 0.5 * 10.0**-indicator.decimals + rule.tolerance * abs(computed)
        if abs(_value(one) - computed) > slack:
            told = _listed([above, below], figures.catalogue, " ÷ ")
            yield Found(one, computed, told, decimals=max(indicator.decimals, 1))


def _per_month(indicator: Indicator, above: Observation, figures: Figures) -> bool:
    numerator = figures.catalogue.indicators[above.indicator]
    return indicator.per_month and numerator.accumulation is Accumulation.YEAR_TO_DATE


def per_person(rule: Rule, figures: Figures) -> Iterator[Found]:
    """Money per person and month that cannot be: mostly 元 entered where 万元 is printed."""
    amount, persons = rule.indicators
    unit = figures.catalogue.units.get("yuan_per_person_month")
    for here in figures.by_place.values():
        if amount not in here or persons not in here or not _value(here[persons]):
            continue
        to_date = figures.catalogue.indicators[amount].accumulation is Accumulation.YEAR_TO_DATE
        months = here[amount].period.month if to_date else 1
        each = _value(here[amount]) / _value(here[persons]) / months
        if _value(here[amount]) and not rule.limits[0] <= each <= rule.limits[1]:
            told = _listed([here[persons]], figures.catalogue)
            yield Found(here[amount], each, told, unit.name if unit else None, 1)
