"""Cuts a line at gaps and breaks, and says which parts of it are dashed.

Every renderer of lines asks here, so that none joins two figures across a break.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from dashboard.charts.model.chart import Chart, Series

_OVER_GAPS = ("cumulative", "path")  # running totals go on over a month without a figure


class Join(NamedTuple):
    """Two categories that are joined by a line, a dashed one where a year is unfinished."""

    left: int
    right: int
    dashed: bool


class Run(NamedTuple):
    """A part of a line that is drawn in one stroke; no value outside it."""

    values: tuple[float | None, ...]
    dashed: bool


def is_unfinished(chart: Chart, place: int) -> bool:
    """Whether the category is part of a year."""
    return bool(chart.unfinished) and chart.unfinished[place]


def _is_broken(chart: Chart, left: int, right: int) -> bool:
    """Whether a break lies between the two categories."""
    breaks = [mark.category for mark in chart.breaks if mark.is_break and mark.category is not None]
    return any(left < category <= right for category in breaks)


def joined(chart: Chart, values: Sequence[float | None]) -> list[Join]:
    """What is joined: running totals over months without a figure; nothing over a break."""
    present = [i for i, value in enumerate(values) if value is not None]
    return [
        Join(left, right, is_unfinished(chart, left) or is_unfinished(chart, right))
        for left, right in pairwise(present)
        if (chart.step in _OVER_GAPS or right - left == 1) and not _is_broken(chart, left, right)
    ]


def in_both_years(chart: Chart) -> list[tuple[int, float, float]]:
    """The places at which this year's and last year's running total have a value, with both.

    Values are in the unit shown. None where there are less than two, or no running totals.
    """
    if chart.step != "cumulative" or len(chart.series) < 2:
        return []
    own, before = (map(chart.shown, series.values) for series in chart.series[:2])
    shared = [
        (place, value, earlier)
        for place, (value, earlier) in enumerate(zip(own, before, strict=False))
        if value is not None and earlier is not None
    ]
    return shared if len(shared) > 1 else []


def runs(chart: Chart, series: Series) -> tuple[Run, ...]:
    """The strokes of which the line of a series is drawn, oldest first; a lone point is one.

    Values are in base units. A dashed stroke begins at the point before the unfinished one.
    """
    joins = {join.right: join for join in joined(chart, series.values)}
    strokes: list[tuple[list[int], bool]] = []
    for place, value in enumerate(series.values):
        if value is None:
            continue
        join = joins.get(place)
        if join is not None and strokes and strokes[-1][1] == join.dashed:
            strokes[-1][0].append(place)
        elif join is not None and join.dashed:
            strokes.append(([join.left, place], True))
        else:
            strokes.append(([place], False))
    return tuple(_run(series, places, dashed) for places, dashed in strokes)


def _run(series: Series, places: Sequence[int], dashed: bool) -> Run:
    wanted = set(places)
    values = (value if at in wanted else None for at, value in enumerate(series.values))
    return Run(tuple(values), dashed)
