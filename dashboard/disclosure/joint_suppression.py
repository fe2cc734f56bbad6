"""Works out what one chart suppresses and another of the same file would show, or let follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.figure_relations import Node
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.model.chart import CellRole, Chart
from dashboard.disclosure.table_relations import facts_of


class JointSuppression(NamedTuple):
    """What a file suppresses for its charts together: figures, and amounts of some months."""

    nodes: frozenset[Node] = frozenset()
    keys: frozenset[FigureKey] = frozenset()

    def joined(self, other: JointSuppression) -> JointSuppression:
        """Both together."""
        return JointSuppression(self.nodes | other.nodes, self.keys | other.keys)


NOTHING = JointSuppression()


def joint_suppression(charts: Iterable[Chart], catalogue: Catalogue) -> JointSuppression:
    """What to suppress in all of these suppressed charts, because one of them suppresses it.

    An amount of some months follows from the running totals around it: the earlier one goes.
    """
    counts = [found for chart in charts for found in _counts(chart)]
    shown, gone = _keys(counts, suppressed=False), _keys(counts, suppressed=True)
    both = gone & shown
    nodes = {_node(key) for key in both if not key.months}
    nodes |= {_node(start) for key in gone if (start := _start_of(key, shown, catalogue))}
    return JointSuppression(frozenset(nodes), frozenset(key for key in both if key.months))


def _counts(chart: Chart) -> Iterator[tuple[FigureKey, bool]]:
    """The counts of people in the chart's table, and whether each is suppressed."""
    for _, fact in facts_of(chart):
        if fact.role is CellRole.COUNT and fact.figure is not None:
            yield fact.figure, fact.suppressed


def _keys(counts: Iterable[tuple[FigureKey, bool]], suppressed: bool) -> set[FigureKey]:
    """The counts that are suppressed somewhere, or shown somewhere."""
    return {key for key, is_suppressed in counts if is_suppressed is suppressed}


def _node(key: FigureKey) -> Node:
    return (key.indicator, key.area, key.period)


def _start_of(key: FigureKey, shown: set[FigureKey], catalogue: Catalogue) -> FigureKey | None:
    """The running total before an amount of some months, where that one and the next are shown."""
    meaning = catalogue.indicators[key.indicator]
    if not key.months or meaning.accumulation is not Accumulation.YEAR_TO_DATE:
        return None
    end = key._replace(months=0)
    start = end._replace(period=key.period.plus(-key.months))
    same_year = start.period.year == end.period.year
    return start if same_year and {start, end} <= shown else None
