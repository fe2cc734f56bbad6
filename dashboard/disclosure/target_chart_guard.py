"""Releases charts of targets: what was expected of a target begins at its base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from dashboard.catalogue.targets import Target
from dashboard.charts.model.chart import COMPARISON, Chart, Table
from dashboard.charts.model.target_chart import PATH, target_of
from dashboard.disclosure.store_guard import SmallCounts
from dashboard.disclosure.suppressed_chart import with_suppression_note
from dashboard.disclosure.target_guard import suppress_bases

T = TypeVar("T")


def suppress_expected(
    guard: SmallCounts, charts: Sequence[Chart], targets: Mapping[str, Target]
) -> list[Chart]:
    """The charts; of a target whose base is hidden, what was done alone. ``targets`` are by id."""
    if guard.least <= 0:
        return list(charts)
    return [
        without_expected(chart, guard.least)
        if chart.step == PATH and _base_is_suppressed(guard, chart, targets)
        else chart
        for chart in charts
    ]


def _base_is_suppressed(guard: SmallCounts, chart: Chart, targets: Mapping[str, Target]) -> bool:
    target = targets.get(target_of(chart.id))
    return target is None or bool(suppress_bases(guard, [_with_base(target)])[1])


def _with_base(target: Target) -> Target:
    """The target with a base of its own where it takes it from the figures of an earlier month."""
    return target if target.base is not None else replace(target, base=0.0)


def without_expected(chart: Chart, smallest: int) -> Chart:
    """The chart with what was done alone: what was expected begins at the base, or leads to a goal
    from which the base follows. ``smallest`` is the least count that is shown.
    """
    remaining = [place for place, series in enumerate(chart.series) if series.role != COMPARISON]
    alone = replace(
        chart,
        series=tuple(chart.series[place] for place in remaining),
        table=_columns(chart.table, [0, *(1 + place for place in remaining)]),
    )
    return with_suppression_note(alone, smallest)


def _columns(table: Table, columns: list[int]) -> Table:
    """The table with these columns alone."""

    def of(rows: tuple[tuple[T, ...], ...]) -> tuple[tuple[T, ...], ...]:
        return tuple(tuple(row[at] for at in columns) for row in rows)

    return replace(
        table,
        columns=tuple(table.columns[at] for at in columns),
        rows=tuple((key, tuple(cells[at] for at in columns)) for key, cells in table.rows),
        numbers=of(table.numbers),
        tones=of(table.tones),
        words=of(table.words),
        decimals=tuple(table.decimals[at] for at in columns),
        figures=of(table.figures),
    )
