"""Splits a chart of many bars over pages, every part on the axis of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart, Series

MOST_BARS = 20  # more cannot be read on one slide or half a page
_SPLIT = (Kind.BAR, Kind.COMPOSITION, Kind.MAP)
_BY_CATEGORY = ("categories", "keys", "partial", "unfinished", "ticks", "worse")


def chart_pages(chart: Chart, most: int = MOST_BARS) -> tuple[Chart, ...]:
    """The chart, or as many parts of about equal length as its bars need; the first is the best.

    Every part has the axis, the lines and the texts of the whole. Its table stays whole.
    """
    count = len(chart.categories)
    if chart.kind not in _SPLIT or count <= most:
        return (chart,)
    pages = -(-count // most)
    ends = [round(page * count / pages) for page in range(pages + 1)]
    axis = chart.axis
    return tuple(
        _part(replace(chart, own_axis=axis, page=page), first, last)
        for page, (first, last) in enumerate(pairwise(ends), start=1)
    )


def page_of(chart: Chart, page: int) -> Chart | None:
    """The part of a chart that stands on this page, the whole for 0; None where it has no such."""
    if not page:
        return chart
    parts = chart_pages(chart)
    return parts[page - 1] if page <= len(parts) else None


def _part(chart: Chart, first: int, last: int) -> Chart:
    by_category: dict[str, Any] = {
        name: getattr(chart, name)[first:last] for name in _BY_CATEGORY if getattr(chart, name)
    }
    shapes = chart.map and replace(chart.map, shapes=chart.map.shapes[first:last])
    series = tuple(_series(one, first, last) for one in chart.series)
    return replace(chart, series=series, map=shapes, **by_category)


def _series(series: Series, first: int, last: int) -> Series:
    taken: dict[str, Sequence[object]] = {
        field.name: value[first:last]
        for field in fields(series)
        if isinstance(value := getattr(series, field.name), tuple)
    }
    return replace(series, **taken)  # type: ignore[arg-type]
