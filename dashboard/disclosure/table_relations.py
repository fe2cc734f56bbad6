"""The cells of a chart's table as counts that hang together: which are people, which are sums."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field

from dashboard.analysis.complementary import Relation
from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.small_counts import counts_people
from dashboard.catalogue.concepts import Accumulation, Part
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart

Place = tuple[int, int]  # row and column
_SCALES = {"亿": 1e8, "万": 1e4, "million ": 1e6, "thousand ": 1e3}
_SCALED = re.compile(r"\((亿|万|million |thousand )[^()]*\)$")


@dataclass(slots=True)
class Cells:
    """Counts of people by place, in base units, the sums they stand in, and what follows from them.

    ``derived`` are changes and shares, each with the place of the count it belongs to; ``rates``
    those of which a count is numerator or denominator, and changes and shares that stand alone.
    """

    counts: dict[Place, float] = field(default_factory=dict)
    keys: dict[Place, FigureKey | None] = field(default_factory=dict)
    derived: dict[Place, Place] = field(default_factory=dict)
    rates: dict[Place, FigureKey] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    fixed: set[Hashable] = field(default_factory=set)
    beyond: dict[Hashable, float] = field(default_factory=dict)  # values of the fixed ones
    steps: list[list[Place]] = field(default_factory=list)  # running totals, month after month

    @property
    def values(self) -> dict[Hashable, float]:
        """All values, of what is shown and of what is not."""
        every: dict[Hashable, float] = dict(self.beyond)
        every.update(self.counts)
        return every

    @property
    def names(self) -> dict[Hashable, str]:
        """What each cell is, so that the same one is chosen wherever the same figures stand."""
        return {place: str(key) for place, key in self.keys.items() if key}


def _factor(chart: Chart, column: int) -> float:
    """What a number of this column is multiplied by to be in base units."""
    scaled = _SCALED.search(chart.table.columns[column])
    if scaled:
        return _SCALES[scaled[1]]
    return chart.scale.factor


def tells_shares(chart: Chart) -> bool:
    """Whether the chart shows changes, shares or rates of its figures and not what they are."""
    return chart.scale.label in ("%", "‰")


def cells_of(chart: Chart, catalogue: Catalogue) -> Cells:
    """What must be known of the chart's table to hide its small counts."""
    found, table = Cells(), chart.table
    for row, keys in enumerate(table.figures):
        first: dict[FigureKey, Place] = {}
        for column, key in enumerate(keys):
            number, place = table.numbers[row][column], (row, column)
            if key is None:
                # what is left of a total beside its parts is a count as well
                if chart.kind is Kind.STACKED and column and number is not None:
                    found.counts[place] = number * _factor(chart, column)
                    found.keys[place] = None
                elif number is None and first and table.words[row][column]:
                    # growth that was refused, with the reason: it belongs to the count before it
                    found.derived[place] = max(first.values())
                continue
            meaning = catalogue.indicators.get(key.indicator)
            if key in first:
                found.derived[place] = first[key]
            elif meaning is not None and counts_people(meaning) and tells_shares(chart):
                found.rates[place] = key
            elif meaning is not None and counts_people(meaning):
                first[key] = place
                found.keys[place] = key
                if number is not None:
                    found.counts[place] = number * _factor(chart, column)
            elif meaning is not None and meaning.numerator:
                found.rates[place] = key
    if not any(found.keys.values()):
        return Cells(rates=found.rates)
    _add_sums(found, chart, catalogue)
    return found


def _add_sums(found: Cells, chart: Chart, catalogue: Catalogue) -> None:
    at = {key: place for place, key in found.keys.items() if key and place in found.counts}
    _areas(found, chart, at)
    _components(found, catalogue, at)
    if chart.kind is Kind.STACKED:
        _layers(found, chart)
    if chart.kind is Kind.COMPOSITION:
        _beyond(found, "whole", list(found.counts))
    _months(found, catalogue, at)


def _beyond(found: Cells, name: Hashable, parts: list[Place]) -> None:
    """A total that does not stand in the table, but may well be known from elsewhere."""
    if parts:
        found.fixed.add(name)
        found.beyond[name] = sum(found.counts[place] for place in parts)
        found.relations.append({name: -1.0, **dict.fromkeys(parts, 1.0)})


def _areas(found: Cells, chart: Chart, at: dict[FigureKey, Place]) -> None:
    """The whole is the sum of the areas below it."""
    groups: dict[tuple[str, Period, int], list[FigureKey]] = defaultdict(list)
    for key in at:
        groups[key.indicator, key.period, key.months].append(key)
    for keys in groups.values():
        whole = [at[key] for key in keys if key.area == chart.area]
        parts = [at[key] for key in keys if key.area != chart.area]
        if whole and parts:
            found.relations.append({whole[0]: -1.0, **dict.fromkeys(parts, 1.0)})


def _components(found: Cells, catalogue: Catalogue, at: dict[FigureKey, Place]) -> None:
    """A parent is the sum of its components, where all stand there."""
    for key, place in at.items():
        children = catalogue.children(key.indicator, Part.COMPONENT)
        parts = [at.get(key._replace(indicator=child.id)) for child in children]
        if parts and all(parts):
            found.relations.append({place: -1.0, **{part: 1.0 for part in parts if part}})


def _layers(found: Cells, chart: Chart) -> None:
    """A row of a stack: the layers make the total in its last column."""
    last = len(chart.table.columns) - 1
    for row in range(len(chart.table.rows)):
        layers = [place for place in found.counts if place[0] == row and place[1] < last]
        if (row, last) in found.counts:
            found.relations.append({(row, last): -1.0, **dict.fromkeys(layers, 1.0)})


def _months(found: Cells, catalogue: Catalogue, at: dict[FigureKey, Place]) -> None:
    """Months make the year's total; those of a running total are steps."""
    groups: dict[tuple[str, str, int], dict[int, FigureKey]] = defaultdict(dict)
    flows = {key.indicator for key in at if key.months}
    for key in at:
        groups[key.indicator, key.area, key.period.year][key.period.month] = key
    for (name, area, year), months in groups.items():
        to_date = catalogue.indicators[name].accumulation
        order = [at[months[month]] for month in sorted(months)]
        if to_date is Accumulation.END_OF_PERIOD or len(order) < 2:
            continue
        if name in flows or to_date is Accumulation.IN_MONTH:
            _beyond(found, ("year", name, area, year), order)
            continue
        found.steps.append(order)
