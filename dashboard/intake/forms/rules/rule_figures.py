"""Holds the figures a rule looks at: by place, by indicator, and through time."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

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
from dashboard.intake.forms.rules.courses import FEWEST, Courses
from dashboard.intake.forms.rules.rules import Handed, KnownFigure, PrintedChange, Rule

_Place = tuple[str, Period, str, Period | None]
Placed = tuple[Observation, dict[str, Observation]]  # a figure and those of its place
_NOWHERE = Handed()


class DatedValue(NamedTuple):
    """A value and its period."""

    period: Period
    value: float


class RuleFigures:
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
        known: Iterable[KnownFigure] = (),
        handed: Mapping[str, Handed] | None = None,
        printed: Sequence[PrintedChange] = (),
    ) -> None:
        """Sorts the figures; of several statements of one quantity the first stands for it."""
        self.catalogue, self.areas, self.every = catalogue, areas, observations
        self.printed, self._handed = printed, handed or {}
        self.by_place: dict[_Place, dict[str, Observation]] = defaultdict(dict)
        self._placed: dict[str, list[Placed]] = {}  # by indicator
        self._series: dict[tuple[str, str, str], dict[Period, float]] = defaultdict(dict)
        self._sorted: dict[tuple[str, str, str, int], list[DatedValue]] = {}
        self._actual: dict[str, list[Observation]] = {}  # by indicator
        self._courses: dict[str, Courses] = {}
        for observation in observations:
            indicator, area, period, value, kind, _, since, *_ = observation
            if value is None or indicator not in catalogue.indicators:
                continue
            here = self.by_place[area, period, kind, since]
            if here.setdefault(indicator, observation) is not observation:
                continue
            if indicator not in self._placed:
                self._placed[indicator] = []
            self._placed[indicator].append((observation, here))
            if since is None:
                self._series[indicator, area, kind].setdefault(period, value)
        for figure in known:
            course = self._series[figure.indicator, figure.area, figure.kind]
            course.setdefault(figure.period, figure.value)

    @cached_property
    def are_single(self) -> bool:
        """Whether each figure has a value and stands once."""
        return sum(map(len, self._placed.values())) == len(self.every)

    def of_indicators(self, rule: Rule) -> Iterator[tuple[Indicator, list[Placed]]]:
        """Each indicator the rule speaks of, with its figures and the other figures there.

        What a rule asks of an indicator is asked once, not once a figure.
        """
        for name in rule.indicators or list(self._placed):
            placed = self._placed.get(name)
            indicator = self.catalogue.indicators.get(name) if placed else None
            if indicator is None or placed is None or not rule.covers(indicator):
                continue
            if rule.editions:
                placed = [
                    (observation, by_indicator)
                    for observation, by_indicator in placed
                    if self.speaks(rule, observation)
                ]
            yield indicator, placed

    def covered(
        self, rule: Rule
    ) -> Iterator[tuple[Observation, Indicator, dict[str, Observation]]]:
        """Each figure the rule speaks of, its indicator, and the other figures of its place."""
        for indicator, placed in self.of_indicators(rule):
            for observation, by_indicator in placed:
                yield observation, indicator, by_indicator

    def actual(self, rule: Rule) -> Iterator[tuple[Indicator, list[Observation]]]:
        """The figures of what was (no target, plan or span of years) that the rule speaks of."""
        for indicator, placed in self.of_indicators(rule):
            if indicator.accumulation is Accumulation.OVER_SPAN:
                continue
            stated = self._actual.get(indicator.id)
            if stated is None or rule.editions:
                stated = [each for each, _ in placed if _is_actual(each)]
            if not rule.editions:
                self._actual[indicator.id] = stated
            yield indicator, stated

    def is_known(self, indicator: str) -> bool:
        """Whether any value of an indicator is known."""
        return indicator in self._in_series

    @cached_property
    def _in_series(self) -> frozenset[str]:
        return frozenset(indicator for (indicator, *_), dated in self._series.items() if dated)

    def courses(self, indicator: Indicator, stated: list[Observation]) -> Courses | None:
        """Figures that ``actual`` gave as arrays; None of few, which are looked at one by one."""
        if len(stated) < FEWEST or stated is not self._actual.get(indicator.id):
            return None
        if indicator.id not in self._courses:
            self._courses[indicator.id] = Courses(stated, partial(self._undivided, indicator))
        return self._courses[indicator.id]

    def _undivided(self, indicator: Indicator, area: str) -> Mapping[Period, float] | None:
        """An area's values through time; None where it was made anew."""
        if self.areas is not None and self.areas.changes.made(area):
            return None
        return self._series.get((indicator.id, area, FigureKind.ACTUAL), {})

    def of(self, indicator: str) -> list[Observation]:
        """The sheet's figures of an indicator, in their order."""
        return [observation for observation, _ in self._placed.get(indicator, ())]

    def here(self, observation: Observation) -> dict[str, Observation]:
        """The figures of the same place, by indicator."""
        return self.by_place[
            observation.area, observation.period, observation.kind, observation.since
        ]

    @cached_property
    def first_hand_in(self) -> Period | None:
        """The earliest month in which a sheet was handed in; None where none says it."""
        months = (handed.when for handed in self._handed.values())
        return min((month for month in months if month is not None), default=None)

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

    def series(self, observation: Observation, indicator: str = "") -> list[DatedValue]:
        """All values of the figure's quantity, or of another one there, through time, ascending.

        They are those of the area as it was in the figure's month.
        """
        area, changed = observation.area, self.changes_by(observation)
        key = (indicator or observation.indicator, area, observation.kind, changed)
        series = self._sorted.get(key)
        if series is None:
            stated = self._in_boundaries_after(*key)
            series = self._sorted[key] = list(map(DatedValue._make, sorted(stated.items())))
        return series

    def changes_by(self, observation: Observation) -> int:
        """How often the figure's area had been made anew by the figure's month."""
        steps = self.areas.changes.made(observation.area) if self.areas else ()
        if not steps:
            return 0
        earlier = sum(step.period <= observation.period for step in steps)
        # Before an area exists there are only the areas that it was made of.
        return earlier or int(not steps[0].goes_on)

    def _in_boundaries_after(
        self, indicator: str, area: str, kind: str, changed: int
    ) -> dict[Period, float]:
        """The values of an area after so many changes, up to the next one.

        Those from before it was merged are the sums of the areas it was made of. What cannot be
        told for the area of that time is left out.
        """
        stated = self._series.get((indicator, area, kind), {})
        steps = self.areas.changes.made(area) if self.areas else ()
        for step in steps[:changed]:
            after = {period: value for period, value in stated.items() if period >= step.period}
            stated = after | self._restated(indicator, step, kind)
        until = steps[changed].period if changed < len(steps) else None
        return {month: value for month, value in stated.items() if not until or month < until}

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

    def before(self, observation: Observation, months: int) -> list[DatedValue]:
        """The values of the ``months`` before the figure's period, ascending."""
        series = self.series(observation)
        end = bisect_left(series, (observation.period,))
        return series[
            bisect_left(series, (_months_before(observation.period, months),), 0, end) : end
        ]

    def standard(self, indicator: str, area: str, period: Period) -> tuple[str, DatedValue] | None:
        """The standard in force in an area or above it, at most two years old, and whose it is."""
        above, first = self.areas.ancestors(area) if self.areas else (), period.plus(-24)
        for code in (area, *(each.code for each in above)):
            for kind in (FigureKind.STANDARD, FigureKind.ACTUAL):
                held = self._series.get((indicator, code, kind), {})
                if held.get(period, 0.0) > 0:
                    return code, DatedValue(period, held[period])
                there = [each for each in held if first <= each <= period]
                if there and held[max(there)] > 0:
                    return code, DatedValue(max(there), held[max(there)])
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
        return self.areas.name_of(code, language) if self.areas else code

    def dimension(self, observation: Observation) -> str:
        """What the figure counts: money, persons, percent."""
        return self.catalogue.indicators[observation.indicator].unit.dimension

    def months(self, observation: Observation) -> int:
        """Over how many months the figure counts what was paid."""
        accumulation = self.catalogue.indicators[observation.indicator].accumulation
        return observation.period.month if accumulation is Accumulation.YEAR_TO_DATE else 1


def _is_actual(observation: Observation) -> bool:
    return observation.kind is FigureKind.ACTUAL and observation.since is None


@lru_cache(maxsize=4096)
def _months_before(period: Period, months: int) -> Period:
    return period.plus(-months)
