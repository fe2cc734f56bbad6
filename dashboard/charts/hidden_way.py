"""A target's chart as it may leave where the base of its way is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from dashboard.charts.model.chart import COMPARISON, Chart, Table
from dashboard.disclosure.chart_guard import says_hidden

T = TypeVar("T")


def without_way(chart: Chart, smallest: int) -> Chart:
    """The chart with what was done alone: what was expected begins at the base, or leads to a goal
    from which the base follows. ``smallest`` is the least count that is shown.
    """
    kept = [place for place, one in enumerate(chart.series) if one.role != COMPARISON]
    alone = replace(
        chart,
        series=tuple(chart.series[place] for place in kept),
        table=_columns(chart.table, [0, *(1 + place for place in kept)]),
    )
    return says_hidden(alone, smallest)


def _columns(table: Table, columns: list[int]) -> Table:
    """The table with these columns alone."""

    def of(rows: tuple[tuple[T, ...], ...]) -> tuple[tuple[T, ...], ...]:
        return tuple(tuple(row[at] for at in columns) for row in rows)

    return replace(
        table,
        columns=tuple(table.columns[at] for at in columns),
        rows=tuple((key, tuple(cells[at] for at in columns)) for key, cells in table.rows),
        numbers=of(table.numbers), tones=of(table.tones), words=of(table.words),
        decimals=tuple(table.decimals[at] for at in columns), figures=of(table.figures),
    )  # fmt: skip
