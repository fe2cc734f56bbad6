"""The figures a rule looks at: by place, by indicator, and through time with what was known."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dashboard.base.language import Text, number
from dashboard.catalogue.area_changes import ChangeRule, Step
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    FigureKind,
    Indicator,
    Observation,
)
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.rules import Handed, Known, PrintedChange, Rule

_Place = tuple[str, Period, str, Period | None]
_NOWHERE = Handed()


class Stated(NamedTuple):
    """A value and its period."""

    period: Period
    value: float


class Figures:
    """Figures by place (area, period, kind, since), by indicator, and as series through time.

    ``known`` are figures to compare with, in the order in which they are trusted; of several for
    one quantity the first stands for it, and the sheet's own come before all of them. ``handed``
    says for each sheet's name how it came.
    """

    def __init__(
        self,
        observations: Sequence[Observation],
        catalogue: Catalogue,
        areas: Areas | None = None,
        known: Iterable[Known] = (),
        handed: Mapping[str, Handed] | None = None,
        printed: Sequence[PrintedChange] = (),
    ) -> None:
        """Sorts the figures; of several statements of one quantity the first stands for it."""
        self.catalogue, self.areas, self.every = catalogue, areas, observations
        self.printed, self._handed = printed, handed or {}
        self.by_place: dict[_Place, dict[str, Observation]] = defaultdict(dict)
        self._placed: dict[str, list[tuple[Observation, dict[str, Observation]]]]
        self._placed = defaultdict(list)  # by indicator, each with the figures of its place
        self._series: dict[tuple[str, str, str], dict[Period, float]] = defaultdict(dict)
        self._sorted: dict[tuple[str, str, str], list[Stated]] = {}
        for observation in observations:
            if observation.value is None or observation.indicator not in catalogue.indicators:
                continue
            by_indicator = self.by_place[
                observation.area, observation.period, observation.kind, observation.since
            ]
            if observation.indicator not in by_indicator:
                by_indicator[observation.indicator] = observation
                self._placed[observation.indicator].append((observation, by_indicator))
                if observation.since is None:
                    series = self._series[observation.indicator, observation.area, observation.kind]
                    series.setdefault(observation.period, observation.value)
        for old in known:
            self._series[old.indicator, old.area, old.kind].setdefault(old.period, old.value)

    def covered(
        self, rule: Rule
    ) -> Iterator[tuple[Observation, Indicator, dict[str, Observation]]]:
        """Each figure the rule speaks of, its indicator, and the other figures of its place."""
        for name in rule.indicators or list(self._placed):
            indicator = self.catalogue.indicators.get(name)
            if indicator is not None and rule.covers(indicator):
                for observation, by_indicator in self._placed.get(name, ()):
                    if not rule.editions or self.speaks(rule, observation):
                        yield observation, indicator, by_indicator

    def actual(self, rule: Rule) -> Iterator[tuple[Observation, Indicator]]:
        """Each figure of what was (no target, plan or span of years) that the rule speaks of."""
        for observation, indicator, _ in self.covered(rule):
            spans = (
                indicator.accumulation is Accumulation.OVER_SPAN or observation.since is not None
            )
            if observation.kind is FigureKind.ACTUAL and not spans:
                yield observation, indicator

    def of(self, indicator: str) -> list[Observation]:
        """The sheet's figures of an indicator, in their order."""
        return [observation for observation, _ in self._placed.get(indicator, ())]

    def here(self, observation: Observation) -> dict[str, Observation]:
        """The figures of the same place, by indicator."""
        return self.by_place[
            observation.area, observation.period, observation.kind, observation.since
        ]

    def handed(self, observation: Observation) -> Handed:
        """How the figure's sheet came."""
        return self._handed.get(observation.source.sheet) or self._handed.get("") or _NOWHERE

    def speaks(self, rule: Rule, observation: Observation) -> bool:
        """Whether the rule speaks of the figure's form."""
        return not rule.editions or self.handed(observation).form.casefold() in rule.editions

    def at(
        self, indicator: str, area: str, period: Period, kind: str = FigureKind.ACTUAL
    ) -> float | None:
        """The value of a quantity, of the sheet or else known; None where there is none."""
        return self._series.get((indicator, area, kind), {}).get(period)

    def series(self, observation: Observation, indicator: str = "") -> list[Stated]:
        """All values of the figure's quantity, or of another one there, through time, ascending."""
        key = (indicator or observation.indicator, observation.area, str(observation.kind))
        if key not in self._sorted:
            stated = self._in_boundaries_of_today(*key)
            self._sorted[key] = [Stated(*each) for each in sorted(stated.items())]
        return self._sorted[key]

    def _in_boundaries_of_today(self, indicator: str, area: str, kind: str) -> dict[Period, float]:
        """The values of an area; before it was merged the sums of the areas it was made of.

        What cannot be told for the area of today is left out.
        """
        stated = self._series.get((indicator, area, kind), {})
        steps = self.areas.changes.made(area) if self.areas else ()
        for step in steps:
            after = {period: value for period, value in stated.items() if period >= step.period}
            stated = after | self._restated(indicator, step, kind)
        return stated

    def _restated(self, indicator: str, step: Step, kind: str) -> dict[Period, float]:
        """The sums of the old areas in the months in which all of them have a value."""
        summed = self.catalogue.indicators[indicator].aggregation is Aggregation.SUM
        merged = all(pair.rule is ChangeRule.ADD for pair in step.pairs)
        if not merged or not (summed or step.is_rename):
            return {}
        every = [self._series.get((indicator, pair.old, kind), {}) for pair in step.pairs]
        known = set.intersection(*(set(values) for values in every))
        return {
            period: sum(values[period] for values in every)
            for period in known
            if period < step.period
        }

    def before(self, observation: Observation, months: int) -> list[Stated]:
        """The values of the ``months`` before the figure's period, ascending."""
        series = self.series(observation)
        end = bisect_left(series, (observation.period,))
        return series[bisect_left(series, (observation.period.plus(-months),), 0, end) : end]

    def standard(self, indicator: str, area: str, period: Period) -> tuple[str, Stated] | None:
        """The standard in force in an area or above it, at most two years old, and whose it is."""
        above, first = self.areas.ancestors(area) if self.areas else (), period.plus(-24)
        for code in (area, *(each.code for each in above)):
            for kind in (FigureKind.STANDARD, FigureKind.ACTUAL):
                held = self._series.get((indicator, code, kind), {})
                if held.get(period, 0.0) > 0:
                    return code, Stated(period, held[period])
                there = [each for each in held if first <= each <= period]
                if there and held[max(there)] > 0:
                    return code, Stated(max(there), held[max(there)])
        return None

    def explained_by_event(self, observation: Observation, since: Period) -> bool:
        """Whether an event after ``since`` and by the figure's period says why it changed."""
        names, above = (
            {observation.indicator},
            self.catalogue.indicators[observation.indicator].parent,
        )
        while above:
            names.add(above)
            above = self.catalogue.indicators[above].parent
        for event in self.catalogue.events:
            named = not event.indicators or bool(names & set(event.indicators))
            if (
                named
                and since < event.period <= observation.period
                and (
                    not event.area
                    or event.area == observation.area
                    or (
                        self.areas is not None and self.areas.is_below(observation.area, event.area)
                    )
                )
            ):
                return True
        return False

    def area_name(self, code: str, language: str) -> str:
        """The area's name where areas are known, else its code."""
        area = self.areas.get(code) if self.areas else None
        return area.name[language] if area else code

    def dimension(self, observation: Observation) -> str:
        """What the figure counts: money, persons, percent."""
        return self.catalogue.indicators[observation.indicator].unit.dimension


def value_of(observation: Observation) -> float:
    """The figure's value; 0 where it has none, which no rule is asked about."""
    return observation.value if observation.value is not None else 0.0


_ONES = 0.5  # half of the last digit of what is counted in ones: such a figure is exact


def rounding(figures: Iterable[Observation]) -> float:
    """How far a sum may be off because its figures were rounded before they were printed.

    Each by half of its last printed digit: of 100.0 万元 that is 500 yuan.
    """
    stated = [one for one in figures if one.value]
    halves = [one.rounding for one in stated if one.rounding is not None]
    if len(halves) < len(stated):
        return rounding_of(map(value_of, stated))
    return 1e-6 + sum(half for half in halves if half != _ONES)


def rounding_of(figures: Iterable[float]) -> float:
    """How far a sum may be off of which is not known how its figures were printed.

    A figure of whole thousands (154,084.4 万元, 38.7 万家) may be off by half its last digit; a
    small one only where all are whole thousands, for 3,000 people may be just that.
    """
    values = [abs(figure) for figure in figures if figure]
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


def shown(value: float, language: str, decimals: int = 2) -> str:
    """A value with as many decimals as it has, at most ``decimals``."""
    places = next(n for n in range(decimals + 1) if n == decimals or round(value, n) == value)
    return number(value, places, language)


def listed(figures: Iterable[Observation], catalogue: Catalogue, between: str = " + ") -> Text:
    """Names and values of figures, joined: 城市低保人数 3 + 农村低保人数 8."""
    observations = list(figures)
    texts = [
        between.join(
            f"{catalogue.indicators[observation.indicator].name[language]} "
            f"{shown(value_of(observation), language)}"
            for observation in observations
        )
        for language in ("zh", "en")
    ]
    return Text(*texts)
