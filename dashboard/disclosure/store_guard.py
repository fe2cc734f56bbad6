"""The small counts of the store and what would give them away, kept for each family and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.figure_relations import HiddenFigures, Node, counted, family, nodes_to_hide
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import Chart
from dashboard.disclosure.chart_guard import for_export, inputs_of
from dashboard.disclosure.cross_chart import NOTHING, Together, joint_suppression
from dashboard.disclosure.table_relations import facts_of
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.small_values import small_values

Family = frozenset[str]
Place = tuple[Family, frozenset[str], int]  # indicators, areas, a year
_MOST_ROUNDS = 5  # of hiding in all charts what one of them hides


class Guard:
    """Hides small counts of people in what is released, and the figures they follow from.

    It holds for one version of the stored data: what is hidden is read once a family and year.
    """

    def __init__(self, engine: Engine, catalogue: Catalogue, areas: Areas, least: int) -> None:
        """Guard the figures of a store; counts of people below ``least`` are hidden, none for 0."""
        self.engine, self.catalogue, self.areas, self.least = engine, catalogue, areas, least
        self._hidden: dict[Place, set[Node]] = {}

    def release_together(self, charts: Sequence[Chart]) -> tuple[list[Chart], Together]:
        """Charts of one file: none shows, or lets one work out, what another hides.

        Returned with what is hidden for that besides: the text of the file hides it too.
        """
        keys = [key for chart in charts for _, fact in facts_of(chart) for key in inputs_of(fact)]
        extra, made = NOTHING, list[Chart]()
        for _ in range(_MOST_ROUNDS):
            hidden = self.hidden_figures(keys, extra)
            made = [for_export(one, self.least, self.catalogue, hidden) for one in charts]
            more = extra.joined(joint_suppression(made, self.catalogue))
            if more == extra:
                break
            extra = more
        return made, extra

    def hidden_figures(self, keys: Iterable[FigureKey], extra: Together = NOTHING) -> HiddenFigures:
        """What is hidden among these figures and those they are compared with, and ``extra``.

        Only the areas in whose sums a shown figure stands are asked for: those above it, and all
        that lie directly below one of them or below the shown area itself.
        """
        years: dict[Family, set[int]] = defaultdict(set)
        keys = list(keys)
        near = self._near({key.area for key in keys})
        for name, year in {(key.indicator, key.period.year) for key in keys}:
            for one in counted(self.catalogue, name):
                years[family(self.catalogue, one)] |= {year, year - 1}
        nodes: set[Node] = set()
        if self.least > 0:
            for names, wanted in years.items():
                nodes |= self._nodes(names, near, wanted)
                own = {node for node in extra.nodes if node[0] in names}
                if own:
                    touched = sorted({node[2].year for node in own})
                    nodes |= set().union(*self._read(names, near, touched, own).values())
        return HiddenFigures(frozenset(nodes), self.catalogue, self.areas, extra.keys)

    def _near(self, shown: Iterable[str]) -> frozenset[str]:
        areas = self.areas
        sums = {above.code for code in shown for above in areas.ancestors(code)} | set(shown)
        below = (child.code for code in sums for child in areas.children(code))
        return frozenset(areas.with_past(sorted(sums | set(below))))

    def _nodes(self, names: Family, near: frozenset[str], years: set[int]) -> set[Node]:
        lacking = sorted(year for year in years if (names, near, year) not in self._hidden)
        if lacking:
            self._hidden.update(self._read(names, near, lacking))
        return set().union(*(self._hidden[names, near, year] for year in years))

    def _read(
        self, names: Family, near: frozenset[str], years: list[int], extra: Collection[Node] = ()
    ) -> dict[Place, set[Node]]:
        ids, least = sorted(names), self.least
        first, last = Period(years[0], 1), Period(years[-1], 12)
        asked = Query(ids, sorted(near), first, last, kinds=[FigureKind.ACTUAL])
        values: dict[int, dict[Node, float]] = defaultdict(dict)
        for one in read_figures(self.engine, asked):
            if one.value is not None:
                values[one.period.year][one.indicator, one.area, one.period] = one.value
        small: dict[int, set[Node]] = defaultdict(set)
        for node in (*small_values(self.engine, asked, least), *extra):
            small[node[2].year].add(node)
        return {
            (names, near, year): nodes_to_hide(
                values[year], small[year], self.catalogue, self.areas, least
            )
            for year in years
        }
