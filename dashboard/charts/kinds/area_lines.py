"""Puts the courses of one indicator in several areas into one chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.charts.model.chart import MAIN, Chart, Fact, Series, Table

ABSENT = "—"
_NOTHING: tuple[FigureKey | None, Fact] = (None, Fact())


def area_lines(charts: Sequence[Chart], names: Sequence[str]) -> Chart | None:
    """One line an area from its own chart of the same indicator; None where fewer than two.

    ``names`` are the areas', in the order of ``charts``. Periods are those of any of them; lines
    stand in the scale of the first. What holds of one area alone, such as a target, is left out.
    """
    drawn = [(chart, name) for chart, name in zip(charts, names, strict=True) if chart.series]
    if len(drawn) < 2:
        return None
    labels = _labels([chart for chart, _ in drawn])
    keys = tuple(labels)
    series = tuple(_aligned(chart, name, keys) for chart, name in drawn)
    first = drawn[0][0]
    return replace(
        first,
        categories=tuple(labels[key][0] for key in keys),
        keys=keys,
        ticks=tuple(labels[key][1] for key in keys),
        unfinished=tuple(labels[key][2] for key in keys),
        partial=tuple(False for _ in keys),
        series=series,
        targets=(),
        breaks=tuple(mark for mark in first.breaks if first.keys == keys),
        key_kind="",
        finding="",
        sentence="",
        chosen="",
        alternatives=(),
        marks=(),
        table=_table(first, series, [labels[key][0] for key in keys], [one for one, _ in drawn]),
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
        values=tuple(None if one is None else line.values[one] for one in at),
        statuses=tuple("" if one is None else line.statuses[one] for one in at),
        texts=tuple(ABSENT if one is None else line.texts[one] for one in at),
        hover=tuple("" if one is None else f"{name} {line.hover[one]}" for one in at),
        labels=tuple("" if one is None or not line.labels else line.labels[one] for one in at),
        levels=(),
        remarks=(),
    )


def _table(
    chart: Chart, series: Sequence[Series], periods: Sequence[str], charts: Sequence[Chart]
) -> Table:
    """A row a period, a column an area; each cell keeps which figure it is of its own chart."""
    head = (word("filter_period", chart.language), *(line.name for line in series))
    by_area = [_cells_by_period(area_chart) for area_chart in charts]
    cells = [[by_period.get(period, _NOTHING) for by_period in by_area] for period in periods]
    blank = tuple(("",) * len(head) for _ in periods)
    places = chart.table.decimals[1:2] or (0,)
    return replace(
        chart.table,
        columns=head,
        rows=_rows(series, periods),
        numbers=tuple(
            (None, *map(chart.shown, values))
            for values in zip(*(line.values for line in series), strict=True)
        ),
        tones=blank,
        words=blank,
        decimals=(0, *places * len(series)),
        figures=tuple((None, *(figure for figure, _ in row)) for row in cells),
        facts=tuple((Fact(), *(fact for _, fact in row)) for row in cells),
    )


def _rows(
    series: Sequence[Series], periods: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The printed cells of each period, under its name."""
    texts = zip(*(line.texts for line in series), strict=True)
    return tuple((period, (period, *row)) for period, row in zip(periods, texts, strict=True))


def _cells_by_period(chart: Chart) -> dict[str, tuple[FigureKey | None, Fact]]:
    """Which figure the first line's cell of each period shows, and its value, by the period."""
    table = chart.table
    return {
        cells[0]: (
            table.figures[place][1] if table.figures else None,
            table.facts[place][1] if table.facts else Fact(),
        )
        for place, (_, cells) in enumerate(table.rows)
    }
