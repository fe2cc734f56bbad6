"""The small counts of the store and what would give them away, kept for each family and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.figure_relations import HiddenFigures, Node, counted, family, nodes_to_hide
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.periods import Period
from dashboard.charts.model.chart import Chart
from dashboard.disclosure.chart_guard import for_export
from dashboard.disclosure.cross_chart import NOTHING, Together, joint_suppression
from dashboard.services.context import Context
from dashboard.store.observations import read_figures
from dashboard.store.query import Query
from dashboard.store.small_values import small_values

Family = frozenset[str]
Place = tuple[Family, frozenset[str], int]  # indicators, areas, a year
_MOST_ROUNDS = 5  # of hiding in all charts what one of them hides


class Guard(Context):
    """What may leave the house: the part of the front desk that hides small counts."""

    _hidden: tuple[int, dict[Place, set[Node]]] = (-1, {})

    def for_release(self, chart: Chart) -> Chart:
        """The chart as it may leave."""
        return self.leaving_together([chart])[0]

    def leaving_together(self, charts: Sequence[Chart]) -> list[Chart]:
        """Charts that leave in one file: none shows, or lets one work out, what another hides."""
        return self.guarded_together(charts)[0]

    def guarded_together(self, charts: Sequence[Chart]) -> tuple[list[Chart], Together]:
        """The same, with what is hidden for it besides: the text beside the charts hides it too."""
        keys = [key for one in charts for row in one.table.figures for key in row if key]
        extra, made = NOTHING, list[Chart]()
        for _ in range(_MOST_ROUNDS):
            hidden = self.hidden_figures(keys, extra)
            made = [
                for_export(one, self.settings.small_cells, self.catalogue, hidden) for one in charts
            ]
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
        if self.settings.small_cells > 0:
            for names, wanted in years.items():
                nodes |= self._nodes(names, near, wanted)
                own = {node for node in extra.nodes if node[0] in names}
                if own:
                    touched = sorted({node[2].year for node in own})
                    nodes |= set().union(*self._read(names, near, touched, own).values())
        return HiddenFigures(frozenset(nodes), self.catalogue, self.areas(), extra.keys)

    def _near(self, shown: Iterable[str]) -> frozenset[str]:
        areas = self.areas()
        sums = {above.code for code in shown for above in areas.ancestors(code)} | set(shown)
        below = (child.code for code in sums for child in areas.children(code))
        return frozenset(areas.with_past(sorted(sums | set(below))))

    def _nodes(self, names: Family, near: frozenset[str], years: set[int]) -> set[Node]:
        version = self.version()
        if self._hidden[0] != version:
            self._hidden = (version, {})
        kept = self._hidden[1]
        lacking = sorted(year for year in years if (names, near, year) not in kept)
        if lacking:
            kept.update(self._read(names, near, lacking))
        return set().union(*(kept[names, near, year] for year in years))

    def _read(
        self, names: Family, near: frozenset[str], years: list[int], extra: Collection[Node] = ()
    ) -> dict[Place, set[Node]]:
        ids, least = sorted(names), self.settings.small_cells
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
                values[year], small[year], self.catalogue, self.areas(), least
            )
            for year in years
        }
