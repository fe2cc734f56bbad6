"""Counts the path of a target on its task: what was added since the base, not the level."""

from __future__ import annotations

from dataclasses import replace

from dashboard.analysis.target_task import Manner, Task
from dashboard.base.language import Scale, word
from dashboard.charts.model.chart import Chart, Series, Table
from dashboard.charts.text.target_words import TargetWords
from dashboard.charts.text.wording import plain, quantity, scale_of

_COUNTED = (Manner.ADD, Manner.REDUCE)  # from a base that is no nothing
_PERIOD_COLUMNS = 1


def on_task(chart: Chart, words: TargetWords) -> Chart:
    """The path as the bullet counts it: amounts since the base, which begin at nothing.

    A path of levels alone comes back as it is. The base can be read from the result and the
    level together: whoever asks must know that it may be shown.
    """
    task = words.row.task
    if task is None or task.manner not in _COUNTED or task.start is None or chart.empty:
        return chart
    counted = [_amounts(series, task) for series in chart.series]
    every = [value for values in counted for value in values]
    scale = scale_of(words.indicator, every, chart.language)
    series = tuple(
        _counted_series(*pair, scale, chart.language)
        for pair in zip(chart.series, counted, strict=True)
    )
    table = _table(chart.table, series, scale)
    return replace(
        chart,
        title=chart.title.replace(
            word("path_title", chart.language, name=words.name),
            word(f"path_title_{task.manner}", chart.language, name=words.name),
        ),
        subtitle=chart.subtitle.replace(chart.scale.label, scale.label),
        unit=scale.label,
        scale=scale,
        decimals=scale.decimals,
        series=series,
        table=table,
    )


def _amounts(series: Series, task: Task) -> tuple[float | None, ...]:
    return tuple(None if value is None else task.at(value) for value in series.values)


def _counted_series(
    series: Series, values: tuple[float | None, ...], scale: Scale, language: str
) -> Series:
    return replace(
        series,
        values=values,
        texts=tuple(quantity(value, scale, language) for value in values),
        labels=tuple(plain(value, scale, language) for value in values),
        hover=("",) * len(values),
    )


def _shown(value: float | None, scale: Scale) -> float | None:
    return None if value is None else value / scale.factor


def _table(table: Table, series: tuple[Series, ...], scale: Scale) -> Table:
    """The table with the amounts of the lines in place of their levels."""
    names = tuple(f"{line.name} ({scale.label})" for line in series)
    rows = tuple(
        (key, (*cells[:_PERIOD_COLUMNS], *(line.labels[place] for line in series)))
        for place, (key, cells) in enumerate(table.rows)
    )
    numbers = tuple(
        (*cells[:_PERIOD_COLUMNS], *(_shown(line.values[place], scale) for line in series))
        for place, cells in enumerate(table.numbers)
    )
    columns = (*table.columns[:_PERIOD_COLUMNS], *names)
    return replace(table, columns=columns, rows=rows, numbers=numbers)
