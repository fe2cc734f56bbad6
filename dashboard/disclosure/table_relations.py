"""Works out the counts of people in a chart's table, their sums and what follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from dashboard.analysis.complementary import Relation
from dashboard.analysis.figure_key import FigureKey
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import CellFact, CellRole, Chart

Place = tuple[int, int]  # row and column
_COUNTS = (CellRole.COUNT, CellRole.REMAINDER)
_FOLLOWING = (CellRole.AMOUNT, CellRole.RATE, CellRole.CHANGE, CellRole.SHARE)


@dataclass(slots=True)
class Cells:
    """Counts of people by place, in base units, with their figures and the sums they stand in.

    ``following`` are amounts, rates, changes and shares. ``beyond`` are values that are no cells:
    totals that may be known from another table. ``derived`` are the amounts between two running
    totals.
    """

    counts: dict[Place, float] = field(default_factory=dict)
    figures: dict[Place, FigureKey] = field(default_factory=dict)
    following: dict[Place, CellFact] = field(default_factory=dict)
    others: dict[Place, tuple[float, ...]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    beyond: dict[Hashable, float] = field(default_factory=dict)
    derived: dict[Hashable, float] = field(default_factory=dict)

    @property
    def values(self) -> dict[Hashable, float]:
        """All values, of cells and of what is no cell."""
        every: dict[Hashable, float] = {**self.beyond, **self.derived}
        every.update(self.counts)
        return every

    @property
    def names(self) -> dict[Hashable, str]:
        """A name for each cell, so that equal tables choose equal cells."""
        return {place: str(key) for place, key in self.figures.items()}


def facts_of(chart: Chart) -> Iterator[tuple[Place, CellFact]]:
    """The cells of the chart's table, row by row."""
    for row, facts in enumerate(chart.table.facts):
        for column, fact in enumerate(facts):
            yield (row, column), fact


def cells_of(chart: Chart, catalogue: Catalogue) -> Cells:
    """What must be known of the chart's table to suppress its small counts."""
    cells = Cells()
    for place, fact in facts_of(chart):
        if fact.role in _COUNTS:
            _add_count(cells, place, fact)
        elif fact.role in _FOLLOWING:
            cells.following[place] = fact
    at = {key: place for place, key in cells.figures.items() if place in cells.counts}
    _add_areas(cells, chart, at)
    _add_components(cells, catalogue, at)
    _add_remainders(cells, chart)
    if chart.kind is Kind.COMPOSITION:
        _add_beyond(cells, "whole", list(cells.counts))
    _add_months(cells, catalogue, at)
    return cells


def _add_count(cells: Cells, place: Place, fact: CellFact) -> None:
    if fact.figure is not None:
        cells.figures[place] = fact.figure
    if fact.value is not None:
        cells.counts[place] = fact.value
        cells.others[place] = fact.others


def _add_sum(cells: Cells, whole: Hashable, parts: list[Place]) -> None:
    cells.relations.append({whole: -1.0, **dict.fromkeys(parts, 1.0)})


def _add_beyond(cells: Cells, name: Hashable, parts: list[Place]) -> None:
    """Add a total that does not stand in the table, but may be known from another one."""
    if parts:
        cells.beyond[name] = sum(cells.counts[place] for place in parts)
        _add_sum(cells, name, parts)


def _add_areas(cells: Cells, chart: Chart, at: dict[FigureKey, Place]) -> None:
    """The whole is the sum of the areas below it."""
    groups: dict[FigureKey, list[FigureKey]] = defaultdict(list)
    for key in at:
        groups[key._replace(area="")].append(key)
    for keys in groups.values():
        whole = [at[key] for key in keys if key.area == chart.area]
        parts = [at[key] for key in keys if key.area != chart.area]
        if whole and parts:
            _add_sum(cells, whole[0], parts)


def _add_components(cells: Cells, catalogue: Catalogue, at: dict[FigureKey, Place]) -> None:
    """A parent is the sum of its components, where all stand there."""
    for key, place in at.items():
        for children in catalogue.partitions(key.indicator):
            parts = [at.get(key._replace(indicator=child.id)) for child in children]
            there = [part for part in parts if part is not None]
            if len(there) == len(parts):
                _add_sum(cells, place, there)


def _add_remainders(cells: Cells, chart: Chart) -> None:
    """The layers of a stack make its last column, the rows of a waterfall its last row."""
    for line in _lines_to_total(chart):
        parts = [place for place in line[:-1] if place in cells.counts]
        if parts and line[-1] in cells.counts:
            _add_sum(cells, line[-1], parts)


def _lines_to_total(chart: Chart) -> list[list[Place]]:
    """The lines of cells that add up to their last; none where the kind of chart has none."""
    height, width = len(chart.table.rows), len(chart.table.columns)
    if chart.kind is Kind.STACKED:
        return [[(row, column) for column in range(width)] for row in range(height)]
    if chart.kind is Kind.WATERFALL:
        return [[(row, column) for row in range(height)] for column in range(width)]
    return []


def _add_months(cells: Cells, catalogue: Catalogue, at: dict[FigureKey, Place]) -> None:
    """Months make the year's total; running totals differ by the amounts between them."""
    years: dict[tuple[str, str, int], dict[int, FigureKey]] = defaultdict(dict)
    flows = {key.indicator for key in at if key.months}
    for key in at:
        if catalogue.indicators[key.indicator].accumulation is not Accumulation.END_OF_PERIOD:
            years[key.indicator, key.area, key.period.year][key.period.month] = key
    for (name, area, year), months in years.items():
        in_order = [at[months[month]] for month in sorted(months)]
        in_month = catalogue.indicators[name].accumulation is Accumulation.IN_MONTH
        if in_month or name in flows:
            _add_beyond(cells, ("year", name, area, year), in_order)
        else:
            _add_steps(cells, in_order)


def _add_steps(cells: Cells, totals: list[Place]) -> None:
    """The amounts between running totals are nowhere shown, and follow from them."""
    for before, after in pairwise(totals):
        step = ("step", before, after)
        cells.derived[step] = cells.counts[after] - cells.counts[before]
        cells.relations.append({after: -1.0, before: 1.0, step: 1.0})
