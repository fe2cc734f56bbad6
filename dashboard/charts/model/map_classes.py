"""Puts a map's values into five classes by rank, and names these for the legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.base.language import Scale, word
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Polarity
from dashboard.charts.model.chart import Chart, MapClass
from dashboard.charts.text import wording
from dashboard.charts.text.levels import level_word, levels


def classes_of(
    values: Sequence[float | None], scale: Scale, graded: bool, lowest_best: bool, language: str
) -> tuple[tuple[int, ...], tuple[MapClass, ...]]:
    """The level of every value (0 where there is none), and the classes that occur, highest first.

    What is printed alike is in one class. ``graded`` where a direction is good; the lowest is the
    best where ``lowest_best``.
    """
    printed = {place: _printed(value, scale) for place, value in enumerate(values)}
    every = tuple(levels(printed, low_first=lowest_best).values())
    polarity = Polarity.HIGHER_BETTER if graded else Polarity.NEUTRAL
    classes = []
    for level in sorted(set(every) - {0}, reverse=True):
        pairs = zip(values, every, strict=True)
        own = [value for value, its in pairs if value is not None and its == level]
        low, high = (wording.plain(end(own), scale, language) for end in (min, max))
        span = low if low == high else word("map_range", language, low=low, high=high)
        name = level_word(level, polarity, language)
        label = word("map_class", language, word=name, range=span, count=len(own))
        classes.append(MapClass(level, label))
    return every, tuple(classes)


def _printed(value: float | None, scale: Scale) -> float | None:
    """The value as it is printed in the scale."""
    return None if value is None else half_up(value / scale.factor, scale.decimals)


def classed_anew(chart: Chart) -> Chart:
    """The map with classes of what it still shows, where values were hidden since it was made."""
    if chart.map is None:
        return chart
    series, drawn = chart.series[0], chart.map
    every, classes = classes_of(
        series.values, chart.scale, drawn.is_graded, drawn.lowest_best, chart.language
    )
    absent = drawn.absent or (word("map_absent", chart.language) if 0 in every else "")
    return replace(
        chart,
        series=(replace(series, levels=every), *chart.series[1:]),
        map=replace(drawn, classes=classes, absent=absent),
    )
