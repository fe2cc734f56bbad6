"""Works out the small counts of the store and what would give them away, by family and year."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.figure_relations import Node, SuppressedFigures, family, sides
from dashboard.analysis.small_counts import counts_people
from dashboard.analysis.stored_sums import StoredSums, counts_to_suppress, money_to_suppress
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import FigureKind, Indicator
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import Chart
from dashboard.disclosure.chart_guard import inputs_of, suppress_chart
from dashboard.disclosure.joint_suppression import NOTHING, JointSuppression, joint_suppression
from dashboard.disclosure.table_relations import facts_of
from dashboard.store.observations import indicators_with_figures, read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.small_values import small_values

Family = frozenset[str]
_CLOSE = 1e-9  # of its size: the same value, computed otherwise
_MOST_ROUNDS = 5  # of hiding in all charts what one of them hides


@dataclass(frozen=True, slots=True)
class SumGroup:
    """Figures that sums tie together: a family of indicators, areas, a year."""

    family: Family
    areas: frozenset[str]
    year: int

    @property
    def query(self) -> Query:
        """What the store is asked for."""
        first, last = Period(self.year, 1), Period(self.year, 12)
        names, areas = sorted(self.family), sorted(self.areas)
        return Query(names, areas, first, last, kinds=[FigureKind.ACTUAL])

    def holds(self, node: Node) -> bool:
        """Whether the figure is one of them."""
        name, area, period = node
        return name in self.family and area in self.areas and period.year == self.year


class SmallCounts:
    """Hides small counts of people in what is released, and the figures they follow from.

    It holds for one version of the stored data: what is hidden is read once a family and year. Only
    what was weighed there may leave. Where something of a family and year is hidden, a figure that
    stood otherwise at an earlier moment, or in another version, goes too: it was not weighed.
    """

    def __init__(self, engine: Engine, catalogue: Catalogue, areas: Areas, least: int) -> None:
        """Guard the figures of a store; counts of people below ``least`` are hidden, none for 0."""
        self.engine, self.catalogue, self.areas, self.least = engine, catalogue, areas, least
        self._as_of: datetime | None = None
        self._hidden: dict[SumGroup, set[Node]] = {}
        self._weighed: dict[SumGroup, Mapping[Node, float]] = {}
        self._changed: dict[tuple[SumGroup, datetime], set[Node]] = {}
        self._families: dict[str, Family] = {}
        self._stored: Family | None = None  # all indicators of the store
        self._ties: dict[str, frozenset[str]] = {}
        self._people: dict[Family, bool] = {}
        self._guarded: dict[Family, bool] = {}

    def known_at(self, moment: datetime | None) -> SmallCounts:
        """The guard of figures as they were known at a moment; None is now."""
        guard = copy.copy(self)  # what is decided once is shared
        guard._as_of = moment
        return guard

    def release_together(self, charts: Sequence[Chart]) -> tuple[list[Chart], JointSuppression]:
        """Charts of one file: none shows, or lets one work out, what another hides.

        Returned with what is hidden for that besides: the text of the file hides it too.
        """
        keys = [key for chart in charts for _, fact in facts_of(chart) for key in inputs_of(fact)]
        extra, made = NOTHING, list[Chart]()
        for _ in range(_MOST_ROUNDS):
            suppressed = {
                moment: self.known_at(moment).suppressed_figures(keys, extra)
                for moment in {chart.known for chart in charts}
            }
            made = [
                suppress_chart(chart, self.least, self.catalogue, suppressed[chart.known])
                for chart in charts
            ]
            more = extra.joined(joint_suppression(made, self.catalogue))
            if more == extra:
                break
            extra = more
        return made, extra

    def suppressed_figures(
        self, keys: Iterable[FigureKey], extra: JointSuppression = NOTHING
    ) -> SuppressedFigures:
        """What is suppressed among these figures and those of the year before, and ``extra``.

        It is decided for whole families of indicators and all areas that sums tie together, so that
        it does not matter who asks for what.
        """
        nodes: set[Node] = set()
        for place in self._places(keys) if self.least > 0 else ():
            nodes |= self._suppressed_in(place)
            own = {node for node in extra.nodes if place.holds(node)}
            if own and self._counts(place.family):
                nodes |= self._decide(place, own)
        return SuppressedFigures(frozenset(nodes), self.catalogue, self.areas, extra.keys)

    def _places(self, keys: Iterable[FigureKey]) -> set[SumGroup]:
        """Where the figures stand from which these follow, and those of the year before."""
        asked = {(key.indicator, key.area, key.period.year) for key in keys}
        return {
            SumGroup(self.family_of(side), self.tied(area), year - back)
            for name, area, year in asked
            for side in sides(self.catalogue, name)
            for back in (0, 1)
            if self._counts(self.family_of(side)) or self._paid(side)
        }

    def family_of(self, name: str) -> Family:
        """The indicators that sums tie to this one, itself included."""
        if name not in self._families:
            if self._stored is None:
                self._stored = frozenset(indicators_with_figures(self.engine))
            self._families[name] = family(self.catalogue, name, self._stored)
        return self._families[name]

    def _counts(self, names: Family) -> bool:
        """Whether the family counts people."""
        if names not in self._people:
            indicators = (self.catalogue.indicators[name] for name in names)
            self._people[names] = any(map(counts_people, indicators))
        return self._people[names]

    def _paid(self, name: str) -> list[str]:
        """The indicators that count who is paid the money of this one's family."""
        names = self.family_of(name)
        return [
            counted
            for counted, money in self.catalogue.payments.items()
            if not names.isdisjoint(money)
        ]

    def tied(self, area: str) -> frozenset[str]:
        """All areas whose figures a chain of sums ties to this area's."""
        if area not in self._ties:
            top = area
            for above in self.areas.ancestors(area):
                if not above.lists_all_below:
                    break
                top = above.code
            found, waiting = set[str](), [top]
            while waiting:
                code = waiting.pop()
                found.add(code)
                place = self.areas.get(code)
                if place is None or place.lists_all_below:
                    waiting += [child.code for child in self.areas.children(code)]
            tied = frozenset(self.areas.with_past(sorted(found)))
            self._ties.update(dict.fromkeys(tied | {area}, tied))
        return self._ties[area]

    def _suppressed_in(self, place: SumGroup) -> set[Node]:
        if place not in self._hidden:
            self._hidden[place] = self._decide(place)
        hidden = self._hidden[place]
        if not hidden or self._as_of is None:
            return hidden
        return hidden | self._changed_since(place, self._as_of)

    def _changed_since(self, place: SumGroup, moment: datetime) -> set[Node]:
        """What stood otherwise then than it does now, sums over other areas too."""
        if (place, moment) not in self._changed:
            now, then = self.weighed(place), self.sums(place, moment)
            others = {node for node, value in then.values.items() if now.get(node) != value}
            self._changed[place, moment] = then.with_steps(others)
        return self._changed[place, moment]

    def is_other(self, key: FigureKey, value: float | None) -> bool:
        """Whether this is not the value that was weighed, of a family and year with hidden ones."""
        meaning = self.catalogue.indicators.get(key.indicator)
        if value is None or meaning is None or key.kind not in ("", FigureKind.ACTUAL):
            return False
        places = [self._place(name, key) for name in sides(self.catalogue, key.indicator)]
        if self.least <= 0 or not any(map(self._hides_any, places)):
            return False
        names = sides(self.catalogue, key.indicator)
        own, *parts = (
            self.weighed(place).get((name, key.area, key.period))
            for name, place in zip(names, places, strict=True)
        )
        weighed = (own, _rate_of(meaning, key.period, parts))
        return not any(known is not None and _is_same(known, value) for known in weighed)

    def value_of(self, key: FigureKey) -> float | None:
        """The value that counts now, in base units; None where there is none."""
        place = self._place(key.indicator, key)
        return self.weighed(place).get((key.indicator, key.area, key.period))

    def _place(self, name: str, key: FigureKey) -> SumGroup:
        return SumGroup(self.family_of(name), self.tied(key.area), key.period.year)

    def _hides_any(self, place: SumGroup) -> bool:
        names = place.family
        if names not in self._guarded:
            self._guarded[names] = self._counts(names) or bool(self._paid(min(names)))
        return self._guarded[names] and bool(self._suppressed_in(place))

    def weighed(self, place: SumGroup) -> Mapping[Node, float]:
        """The figures as they stand now, with those that follow as sums."""
        if place not in self._weighed:
            self._weighed[place] = self.sums(place).values
        return self._weighed[place]

    def _decide(self, place: SumGroup, extra: Collection[Node] = ()) -> set[Node]:
        sums = self.sums(place)
        if self._counts(place.family):
            if not place.family.isdisjoint(self.catalogue.payments):  # money is weighed by them
                self._weighed.setdefault(place, sums.values)
            small = small_values(self.engine, place.query, self.least)
            return counts_to_suppress(sums, {*small, *extra}, self.least)
        counts: dict[Node, float | None] = {}
        for counted in self._paid(min(place.family)):
            paid = replace(place, family=self.family_of(counted))
            suppressed = self._suppressed_in(paid)
            values = self.weighed(paid)
            counts |= {node: values.get(node) for node in suppressed}
        return money_to_suppress(sums, counts, self.least) if counts else set()

    def sums(self, place: SumGroup, as_of: datetime | None = None) -> StoredSums:
        """The stored figures with the sums in which they stand, now or as known at a moment."""
        query = replace(place.query, as_of=as_of)
        values = {
            (figure.indicator, figure.area, figure.period): figure.value
            for figure in read_figures(self.engine, query)
            if figure.value is not None
        }
        return StoredSums(values, self.catalogue, self.areas).read()


def _is_same(known: float, value: float) -> bool:
    return abs(known - value) <= _CLOSE * max(abs(value), 1.0)


def _rate_of(meaning: Indicator, period: Period, parts: Sequence[float | None]) -> float | None:
    """The rate of its numerator and denominator; None where it has none, or they are not known."""
    if len(parts) < 2 or parts[0] is None or not parts[1]:
        return None
    months = period.month if meaning.per_month else 1
    return parts[0] / parts[1] * meaning.unit.multiplier / months
