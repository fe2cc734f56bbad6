"""Figures that one chart hides and others, taken together, would tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.analysis.derivation import FigureKey
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.chart import Chart
from dashboard.charts.figure_sums import Node
from dashboard.charts.small_cells import HIDDEN
from dashboard.charts.small_counts import counts_people


def _counts(chart: Chart, catalogue: Catalogue) -> Iterator[tuple[FigureKey, bool]]:
    """The counts of people in the chart's table, and whether each is hidden."""
    for (_, texts), keys in zip(chart.table.rows, chart.table.figures, strict=False):
        seen = set()  # a second cell of a figure is its change or its share
        for text, key in zip(texts, keys, strict=True):
            if key is None or key in seen or key.indicator not in catalogue.indicators:
                continue
            seen.add(key)
            if counts_people(catalogue.indicators[key.indicator]):
                yield key, text == HIDDEN


def told_elsewhere(charts: Iterable[Chart], catalogue: Catalogue) -> set[Node]:
    """Figures to hide in all of these guarded charts, because one of them hides them.

    An amount of some months is told by the two running totals around it: the earlier one goes.
    """
    told = [one for chart in charts for one in _counts(chart, catalogue)]
    shown = {key for key, is_hidden in told if not is_hidden}
    found: set[Node] = set()
    for key in {key for key, is_hidden in told if is_hidden}:
        if not key.months and key in shown:
            found.add((key.indicator, key.area, key.period))
        if not key.months:
            continue
        end = key._replace(months=0)
        start = end._replace(period=key.period.plus(-key.months))
        to_date = catalogue.indicators[key.indicator].accumulation is Accumulation.YEAR_TO_DATE
        if to_date and start.period.year == end.period.year and {start, end} <= shown:
            found.add((key.indicator, key.area, start.period))
        elif key in shown:
            found.add((key.indicator, key.area, end.period))
    return found
