"""Works out which indicators hang together by sums, and what follows from a suppressed one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.small_counts import counts_people
from dashboard.analysis.stored_ties import ties_of
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Accumulation, Indicator, Part
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period

STEP = "step"  # what lies between two running totals
Node = tuple[str, str, Period]  # indicator, area, period: a figure as it stands


def family(catalogue: Catalogue, indicator: str, stored: Collection[str] = ()) -> frozenset[str]:
    """The indicators that sums tie to this one: total, components, and the twin by month.

    Of the ``stored`` ones also parts by sex or cause and figures over some months, which nobody
    declares.
    """
    near = ties_of(catalogue, stored).near
    names: set[str] = set()
    waiting = [indicator]
    while waiting:
        name = waiting.pop()
        if name in names:
            continue
        names.add(name)
        meaning = catalogue.indicators[name]
        waiting += near.get(name, ())
        waiting += [child.id for child in catalogue.children(name, Part.COMPONENT)]
        waiting += [meaning.parent] if meaning.part is Part.COMPONENT else []
        waiting += of_which(catalogue, name)
        waiting += [meaning.linked] if meaning.linked else []
    return frozenset(names)


def of_which(catalogue: Catalogue, indicator: str) -> list[str]:
    """The counts that are a part (其中) of this one, and the one that it is a part of.

    What the part leaves of its whole is a count that anybody can work out.
    """
    meaning = catalogue.indicators[indicator]
    pairs = [child.id for child in catalogue.children(indicator, Part.OF_WHICH)]
    pairs += [meaning.parent] if meaning.part is Part.OF_WHICH and meaning.parent else []
    return [name for name in pairs if _counted_alike(meaning, catalogue.indicators[name])]


def _counted_alike(one: Indicator, other: Indicator) -> bool:
    """Whether both count people in the same unit and over the same time."""
    return (
        counts_people(one)
        and counts_people(other)
        and one.unit.dimension == other.unit.dimension
        and one.accumulation is other.accumulation
    )


def sides(catalogue: Catalogue, indicator: str) -> list[str]:
    """The indicators that a figure of this one follows from: itself, both sides of a rate.

    Of a figure over some months also that of a month and the running total: 4-6月 less April and
    May is June.
    """
    meaning = catalogue.indicators.get(indicator)
    if meaning is None:
        return []
    own = [name for name in (meaning.id, meaning.numerator, meaning.denominator) if name]
    return [*own, *_twins_of_span(catalogue, indicator)]


def _twins_of_span(catalogue: Catalogue, indicator: str) -> list[str]:
    """The indicators of a month and since January of one over some months."""
    cell = catalogue.grid.cell_at(indicator)
    if cell is None or not cell.months:
        return []
    whole = cell._replace(months=0)
    twins = (
        catalogue.grid.id_of(indicator_cell)
        for indicator_cell in (whole, whole._replace(in_month=True))
    )
    return [twin for twin in twins if twin in catalogue.indicators]


def _over_its_months(catalogue: Catalogue, key: FigureKey) -> FigureKey:
    """The key of a figure over some months, as an amount of so many months."""
    cell = catalogue.grid.cell_at(key.indicator)
    return key._replace(months=cell.months) if cell is not None and cell.months else key


@dataclass(frozen=True, slots=True)
class SuppressedFigures:
    """Which figures are hidden in what leaves; asked of whatever is printed of a figure.

    ``keys`` are amounts of some months that are hidden though the totals around them are not.
    """

    nodes: frozenset[Node]
    catalogue: Catalogue
    areas: Areas
    keys: frozenset[FigureKey] = frozenset()

    def hides(self, key: FigureKey) -> bool:
        """Whether the figure, or any that it follows from, is hidden."""
        if key in self.keys:
            return True
        if not self.nodes or key.kind not in ("", "actual"):
            return False
        spanning = _over_its_months(self.catalogue, key)
        return any(
            (name, code, period) in self.nodes
            for name in sides(self.catalogue, key.indicator)
            for period in _months(self.catalogue.indicators[name], spanning)
            for code in self.areas.with_past([key.area])
        )


def _months(meaning: Indicator, key: FigureKey) -> list[Period]:
    """The months whose figures an amount of several months is made of."""
    last = key.period
    if not key.months or meaning.accumulation is Accumulation.OVER_SPAN:
        return [last]
    if meaning.accumulation is Accumulation.IN_MONTH:
        return [last.plus(-n) for n in range(key.months)]
    before = last.plus(-key.months)
    return [last, before] if before.year == last.year else [last]
