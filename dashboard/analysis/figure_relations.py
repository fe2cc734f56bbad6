"""The sums in which stored counts of people stand, and which of them leave the house hidden.

Whatever is printed of a count follows from figures of single areas and months. Where a figure is
hidden here, everything that it goes into is hidden too; so charts, lists and files that leave one
after the other cannot give away together what each of them hides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

from dashboard.analysis.complementary import Relation, SumTable, suppress
from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.small_counts import counts_people
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Accumulation, Indicator, Part
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period

Node = tuple[str, str, Period]  # indicator, area, period: a figure as it stands


def family(catalogue: Catalogue, indicator: str) -> frozenset[str]:
    """The indicators that sums tie to this one: total, components, and the twin by month."""
    found: set[str] = set()
    waiting = [indicator]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        one = catalogue.indicators[name]
        waiting += [child.id for child in catalogue.children(name, Part.COMPONENT)]
        waiting += [one.parent] if one.part is Part.COMPONENT else []
        waiting += [one.linked] if one.linked else []
    return frozenset(found)


def counted(catalogue: Catalogue, indicator: str) -> list[str]:
    """The counts of people that a figure of this indicator says something about."""
    one = catalogue.indicators.get(indicator)
    if one is None:
        return []
    sides = (one.id, one.numerator, one.denominator)
    return [name for name in sides if name and counts_people(catalogue.indicators[name])]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Figures of one family and year, with those that follow from them, and how they hang together.

    A figure that is not there but would be worked out when a page asks for it counts as there.
    """

    values: dict[Node, float]
    relations: list[Relation]
    catalogue: Catalogue
    areas: Areas

    def add(self, whole: Node, parts: Collection[Node]) -> None:
        self.values.setdefault(whole, sum(self.values[part] for part in parts))
        self.relations.append({whole: -1.0, **dict.fromkeys(parts, 1.0)})

    def twins(self) -> None:
        """A year's running total is the sum of its months, where both are stored."""
        for total in list(self.values):
            name, area, period = total
            one = self.catalogue.indicators[name]
            if not one.linked or one.accumulation is Accumulation.IN_MONTH:
                continue
            months = [(one.linked, area, Period(period.year, n + 1)) for n in range(period.month)]
            before = (name, area, period.plus(-1))
            for parts in (months, [before, months[-1]]):
                if all(part in self.values for part in parts):
                    self.add(total, parts)

    def components(self) -> None:
        """A total is the sum of its components, where all of them are there."""
        for name, area, period in list(self.values):
            above = self.catalogue.indicators[name].parent
            if self.catalogue.indicators[name].part is not Part.COMPONENT:
                continue
            children = self.catalogue.children(above, Part.COMPONENT)
            parts = [(child.id, area, period) for child in children]
            if parts[0][0] == name and all(part in self.values for part in parts):
                self.add((above, area, period), parts)

    def below(self) -> None:
        """An area is the sum of those below it that have a figure; the smallest areas first."""
        depth: dict[int, dict[tuple[str, str, Period], list[Node]]] = defaultdict(dict)
        levels = [(len(self.areas.ancestors(node[1])), node) for node in self.values]
        for level, node in levels:
            self._place(depth, level, node)
        for level in range(max(depth, default=0), 0, -1):
            for whole, parts in depth[level].items():
                is_new = whole not in self.values
                self.add(whole, parts)
                if is_new:
                    self._place(depth, level - 1, whole)

    def _place(self, depth: dict[int, dict[Node, list[Node]]], level: int, node: Node) -> None:
        area = self.areas.get(node[1])
        above = self.areas.get(area.parent) if area and area.exists_in(node[2]) else None
        if above is not None and above.lists_all_below:
            depth[level].setdefault((node[0], above.code, node[2]), []).append(node)


def nodes_to_hide(
    values: Mapping[Node, float],
    small: Collection[Node],
    catalogue: Catalogue,
    areas: Areas,
    least: int,
) -> set[Node]:
    """The figures of one family and year to hide; ``small`` are so in some version of theirs."""
    sums = _Sums(dict(values), [], catalogue, areas)
    sums.twins()
    sums.components()
    sums.below()
    known: dict[Hashable, float] = {node: value for node, value in sums.values.items()}
    secret: set[Hashable] = {node for node in small if node in known}
    names: dict[Hashable, str] = {node: f"{node[0]} {node[1]} {node[2]}" for node in sums.values}
    hidden = suppress(SumTable(known, sums.relations, names=names), least, secret=secret)
    return {node for node in sums.values if node in hidden} | set(small)


@dataclass(frozen=True, slots=True)
class HiddenFigures:
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
        return any(
            (name, code, period) in self.nodes
            for name in counted(self.catalogue, key.indicator)
            for period in _months(self.catalogue.indicators[name], key)
            for code in self.areas.with_past([key.area])
        )

    def hides_base(self, key: FigureKey, yearly: bool) -> bool:
        """Whether a change of this figure, on the year before or else on a step before, tells a
        hidden one.
        """
        steps = {12} if yearly else {12, 3, 1, key.months or 1}
        return any(self.hides(key._replace(period=key.period.plus(-step))) for step in steps)


def _months(meaning: Indicator, key: FigureKey) -> list[Period]:
    """The months whose figures an amount of several months is made of."""
    last = key.period
    if not key.months:
        return [last]
    if meaning.accumulation is Accumulation.IN_MONTH:
        return [last.plus(-n) for n in range(key.months)]
    before = last.plus(-key.months)
    return [last, before] if before.year == last.year else [last]
