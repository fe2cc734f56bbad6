"""Puts a map's values into five classes by rank, and names these for the legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.base.language import Scale, word
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Polarity
from dashboard.charts.model.chart import Chart, MapClass, StreetMap
from dashboard.charts.text import wording
from dashboard.charts.text.levels import MIDDLE, level_word, levels, reaches


class Grading(NamedTuple):
    """In which direction classes are graded, NEUTRAL for none; ``target`` in base units."""

    direction: Polarity
    target: float | None = None

    @property
    def is_graded(self) -> bool:
        """Whether the classes are good and poor instead of high and low."""
        return self.direction is not Polarity.NEUTRAL

    @property
    def lowest_best(self) -> bool:
        """Whether the lowest values are in the best class."""
        return self.direction is Polarity.LOWER_BETTER

    def levels(self, values: Sequence[float | None], scale: Scale) -> tuple[int, ...]:
        """The level of every value; one that reaches the target is in the middle at least.

        What is printed alike has one level.
        """
        printed = {place: _printed(value, scale) for place, value in enumerate(values)}
        ranked = levels(printed, low_first=self.lowest_best)
        return tuple(
            max(level, MIDDLE)
            if self.target is not None and reaches(values[place], self.target, self.direction)
            else level
            for place, level in ranked.items()
        )


def classes_of(
    values: Sequence[float | None], scale: Scale, grading: Grading, language: str
) -> tuple[tuple[int, ...], tuple[MapClass, ...]]:
    """The level of every value (0 where there is none), and the classes that occur, highest first.

    What is printed alike is in one class.
    """
    every = grading.levels(values, scale)
    polarity = Polarity.HIGHER_BETTER if grading.is_graded else Polarity.NEUTRAL
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


def grading_of(drawn: StreetMap) -> Grading:
    """How a finished map is graded."""
    if not drawn.is_graded:
        return Grading(Polarity.NEUTRAL)
    direction = Polarity.LOWER_BETTER if drawn.lowest_best else Polarity.HIGHER_BETTER
    return Grading(direction, drawn.target)


def classed_anew(chart: Chart) -> Chart:
    """The map with classes of what it still shows, where values were hidden since it was made."""
    if chart.map is None:
        return chart
    series, drawn = chart.series[0], chart.map
    every, classes = classes_of(series.values, chart.scale, grading_of(drawn), chart.language)
    absent = drawn.absent or (word("map_absent", chart.language) if 0 in every else "")
    return replace(
        chart,
        series=(replace(series, levels=every), *chart.series[1:]),
        map=replace(drawn, classes=classes, absent=absent),
    )
