"""Figures that one chart hides and others, taken together, would tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.figure_relations import Node
from dashboard.analysis.small_counts import HIDDEN, counts_people
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.model.chart import Chart
from dashboard.disclosure.table_relations import tells_shares


def _counts(chart: Chart, catalogue: Catalogue) -> Iterator[tuple[FigureKey, bool]]:
    """The counts of people in the chart's table, and whether each is hidden."""
    if tells_shares(chart):
        return
    for (_, texts), keys in zip(chart.table.rows, chart.table.figures, strict=False):
        seen = set()  # a second cell of a figure is its change or its share
        for text, key in zip(texts, keys, strict=True):
            if key is None or key in seen or key.indicator not in catalogue.indicators:
                continue
            seen.add(key)
            if counts_people(catalogue.indicators[key.indicator]):
                yield key, text == HIDDEN


class Told(NamedTuple):
    """What is to be hidden besides: figures as they stand, and amounts of some months."""

    nodes: frozenset[Node] = frozenset()
    keys: frozenset[FigureKey] = frozenset()

    def joined(self, other: Told) -> Told:
        """Both together."""
        return Told(self.nodes | other.nodes, self.keys | other.keys)


NOTHING = Told()


def told_elsewhere(charts: Iterable[Chart], catalogue: Catalogue) -> Told:
    """What to hide in all of these guarded charts, because one of them hides it.

    An amount of some months is told by the two running totals around it: the earlier one goes.
    """
    told = [one for chart in charts for one in _counts(chart, catalogue)]
    shown = {key for key, is_hidden in told if not is_hidden}
    nodes: set[Node] = set()
    keys: set[FigureKey] = set()
    for key in {key for key, is_hidden in told if is_hidden}:
        if key.months and key in shown:
            keys.add(key)
        elif key in shown:
            nodes.add((key.indicator, key.area, key.period))
        if not key.months:
            continue
        end = key._replace(months=0)
        start = end._replace(period=key.period.plus(-key.months))
        to_date = catalogue.indicators[key.indicator].accumulation is Accumulation.YEAR_TO_DATE
        if to_date and start.period.year == end.period.year and {start, end} <= shown:
            nodes.add((key.indicator, key.area, start.period))
    return Told(frozenset(nodes), frozenset(keys))
