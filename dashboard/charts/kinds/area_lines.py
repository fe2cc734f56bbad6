"""Puts the courses of one indicator in several areas into one chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.charts.model.chart import MAIN, CellFact, Chart, Series, Table

ABSENT = "—"
T = TypeVar("T")
_NOTHING: tuple[FigureKey | None, CellFact] = (None, CellFact())


def area_lines(charts: Sequence[Chart], names: Sequence[str]) -> Chart | None:
    """One line an area from its own chart of the same indicator; None where fewer than two.

    ``names`` are the areas', in the order of ``charts``. Periods are those of any of them; lines
    stand in the scale of the first. What holds of one area alone, such as a target, is left out.
    """
    drawn = [(chart, name) for chart, name in zip(charts, names, strict=True) if chart.series]
    if len(drawn) < 2:
        return None
    shown = [chart for chart, _ in drawn]
    labels = _labels(shown)
    keys = tuple(labels)
    categories, ticks, unfinished = tuple(zip(*labels.values(), strict=True)) or ((), (), ())
    series = tuple(_aligned(chart, name, keys) for chart, name in drawn)
    first = shown[0]
    return replace(
        first,
        categories=categories,
        keys=keys,
        ticks=ticks,
        unfinished=unfinished,
        partial=(False,) * len(keys),
        series=series,
        targets=(),
        breaks=tuple(mark for mark in first.breaks if first.keys == keys),
        key_kind="",
        finding="",
        gap="",
        sentence="",
        chosen="",
        alternatives=(),
        marks=(),
        table=_table(first, series, categories, shown),
    )


def _labels(charts: Sequence[Chart]) -> dict[str, tuple[str, str, bool]]:
    """The label, the tick and whether it is unfinished of each period of any chart, in order."""
    labels: dict[str, tuple[str, str, bool]] = {}
    for chart in charts:
        columns = (chart.categories, chart.ticks, chart.unfinished)
        labels |= dict(zip(chart.keys, zip(*columns, strict=True), strict=True))
    return dict(sorted(labels.items()))


def _aligned(chart: Chart, name: str, keys: Sequence[str]) -> Series:
    """The first line of a chart at these periods, with the area's name."""
    line = chart.series[0]
    place = {key: at for at, key in enumerate(chart.keys)}
    at = [place.get(key) for key in keys]
    return replace(
        line,
        name=name,
        role=MAIN,
        values=_at(at, line.values, None),
        statuses=_at(at, line.statuses, ""),
        texts=_at(at, line.texts, ABSENT),
        hover=_at(at, [f"{name} {text}" for text in line.hover], ""),
        labels=_at(at, line.labels or ("",) * len(chart.keys), ""),
        levels=(),
        remarks=(),
    )


def _at(places: Sequence[int | None], values: Sequence[T], absent: T) -> tuple[T, ...]:
    """The values at these places, ``absent`` where there is no place."""
    return tuple(absent if place is None else values[place] for place in places)


def _table(
    chart: Chart, series: Sequence[Series], periods: Sequence[str], charts: Sequence[Chart]
) -> Table:
    """A row a period, a column an area; each cell keeps which figure it is of its own chart."""
    head = (word("filter_period", chart.language), *(line.name for line in series))
    cells = _cells(charts, periods)
    blank = tuple(("",) * len(head) for _ in periods)
    places = chart.table.decimals[1:2] or (0,)
    return replace(
        chart.table,
        columns=head,
        rows=_rows(series, periods),
        numbers=_numbers(chart, series),
        tones=blank,
        words=blank,
        decimals=(0, *places * len(series)),
        figures=tuple((None, *(figure for figure, _ in row)) for row in cells),
        facts=tuple((CellFact(), *(fact for _, fact in row)) for row in cells),
    )


def _numbers(chart: Chart, series: Sequence[Series]) -> tuple[tuple[float | None, ...], ...]:
    """The values of each period as the chart shows them, after the empty one of its name."""
    by_period = zip(*(line.values for line in series), strict=True)
    return tuple((None, *map(chart.shown, values)) for values in by_period)


def _cells(
    charts: Sequence[Chart], periods: Sequence[str]
) -> list[list[tuple[FigureKey | None, CellFact]]]:
    """Which figure each area's cell of each period shows, and its value."""
    by_area = [_cells_by_period(chart) for chart in charts]
    return [[by_period.get(period, _NOTHING) for by_period in by_area] for period in periods]


def _rows(
    series: Sequence[Series], periods: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The printed cells of each period, under its name."""
    texts = zip(*(line.texts for line in series), strict=True)
    return tuple((period, (period, *row)) for period, row in zip(periods, texts, strict=True))


def _cells_by_period(chart: Chart) -> dict[str, tuple[FigureKey | None, CellFact]]:
    """Which figure the first line's cell of each period shows, and its value, by the period."""
    table = chart.table
    return {
        cells[0]: (
            table.figures[place][1] if table.figures else None,
            table.facts[place][1] if table.facts else CellFact(),
        )
        for place, (_, cells) in enumerate(table.rows)
    }
