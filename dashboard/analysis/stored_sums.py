"""Works out the sums of one family and year, and which stored figures of them are suppressed.

Whatever is printed of a count follows from figures of single areas and months. Where a figure is
suppressed here, everything that it goes into is suppressed too; so charts, lists and files that are
exported one after the other cannot disclose together what each of them suppresses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from dashboard.analysis.complementary import Relation, SumTable, suppress
from dashboard.analysis.figure_relations import Node, of_which
from dashboard.analysis.month_lines import MonthLine, SpanFigure
from dashboard.analysis.stored_ties import Ties, components_in, span_of, ties_of
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Accumulation, Part
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period

STEP = "step"  # what lies between two running totals
REST = "rest"  # what a part leaves of its whole


@dataclass(frozen=True, slots=True)
class StoredSums:
    """Figures of one family and year, with those that follow from them, and their sums.

    A figure that is not stored but would be worked out when a page asks for it counts as stored;
    ``derived`` are the amounts between running totals and what parts leave of their wholes.
    """

    stored: Mapping[Node, float]
    catalogue: Catalogue
    areas: Areas
    values: dict[Node, float] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    derived: dict[Hashable, float] = field(default_factory=dict)
    _known: list[Ties] = field(default_factory=list)

    def read(self) -> StoredSums:
        """Put all sums in."""
        self.values.update(self.stored)
        self._add_twins()
        self._add_components()
        self._add_below()
        self._add_steps()
        self._add_spans()
        self._add_rests()
        self._add_parts()
        return self

    @property
    def table(self) -> SumTable:
        """All of it as a table of which cells can be suppressed."""
        values, names = dict(self.derived), dict[Hashable, str]()
        for node, value in self.values.items():
            values[node], names[node] = value, f"{node[0]} {node[1]} {node[2]}"
        return SumTable(values, self.relations, derived=frozenset(self.derived), names=names)

    def with_steps(self, hidden: Iterable[Node]) -> set[Node]:
        """The figures, with the amounts of a month that are not stored and lie beside them."""
        keys = set(hidden)
        for name, area, period in list(keys):
            meaning = self.catalogue.indicators[name]
            if not meaning.linked or meaning.accumulation is not Accumulation.YEAR_TO_DATE:
                continue
            months = [(meaning.linked, area, month) for month in (period, period.plus(1))]
            keys |= {
                node for node in months if node not in self.stored and node[2].year == period.year
            }
        return keys

    def _add(self, whole: Node, parts: Collection[Node]) -> None:
        self.values.setdefault(whole, sum(self.values[part] for part in parts))
        self.relations.append({whole: -1.0, **dict.fromkeys(parts, 1.0)})

    def _add_twins(self) -> None:
        """A running total is the sum of its months, as far as they are stored without a gap."""
        for name, area, period in list(self.values):
            meaning = self.catalogue.indicators[name]
            if meaning.linked and meaning.accumulation is Accumulation.IN_MONTH:
                self._add_twin((name, area, period), meaning.linked)

    def _add_twin(self, month: Node, total: str) -> None:
        """The running total up to a month, from all its months or the total before it."""
        name, area, period = month
        months = [(name, area, Period(period.year, n + 1)) for n in range(period.month)]
        whole, before = ((total, area, end) for end in (period, period.plus(-1)))
        if all(node in self.values for node in months):
            self._add(whole, months)
        elif whole in self.values and before in self.values and period.month > 1:
            self._add(whole, [before, months[-1]])

    def _add_components(self) -> None:
        """A total is the sum of its components, where all of them are there."""
        indicators = self.catalogue.indicators
        for name, area, period in list(self.values):
            if indicators[name].part is not Part.COMPONENT:
                continue
            above = indicators[name].parent
            for children in self.catalogue.partitions(above):
                parts = [(child.id, area, period) for child in children]
                if children[0].id == name and all(part in self.values for part in parts):
                    self._add((above, area, period), parts)

    def _add_below(self) -> None:
        """An area is the sum of those below it that have a figure; the smallest areas first."""
        depth: dict[int, dict[Node, list[Node]]] = defaultdict(dict)
        for node in self.values:
            self._place(depth, len(self.areas.ancestors(node[1])), node)
        for level in range(max(depth, default=0), 0, -1):
            for whole, parts in depth[level].items():
                is_new = whole not in self.values
                self._add(whole, parts)
                if is_new:
                    self._place(depth, level - 1, whole)

    def _place(self, depth: dict[int, dict[Node, list[Node]]], level: int, node: Node) -> None:
        area = self.areas.get(node[1])
        above = self.areas.get(area.parent) if area and area.exists_in(node[2]) else None
        if above is not None and above.lists_all_below:
            depth[level].setdefault((node[0], above.code, node[2]), []).append(node)

    def _add_steps(self) -> None:
        """The amount between two running totals of a year follows from both."""
        years: dict[tuple[str, str], list[Period]] = defaultdict(list)
        for name, area, period in self.values:
            if self.catalogue.indicators[name].accumulation is Accumulation.YEAR_TO_DATE:
                years[name, area].append(period)
        for (name, area), months in years.items():
            for earlier, later in pairwise(sorted(months)):
                before, after = (name, area, earlier), (name, area, later)
                step = (STEP, before, after)
                self.derived[step] = self.values[after] - self.values[before]
                self.relations.append({after: -1.0, before: 1.0, step: 1.0})

    def _add_spans(self) -> None:
        """The amounts between the ends of figures over some months follow from them."""
        for total in {self._total_of(name) for name in {name for name, _, _ in self.values}} - {""}:
            for line, figures in self._month_lines(total).items():
                read = MonthLine((total, *line)).read(figures)
                self.derived.update(read.derived)
                self.relations.extend(read.relations)

    def _total_of(self, name: str) -> str:
        """The running total of a figure of a month or of some months; "" of any other."""
        meaning = self.catalogue.indicators[name]
        in_month = meaning.accumulation is Accumulation.IN_MONTH
        return meaning.linked if in_month else span_of(self.catalogue.grid, name)[0]

    def _month_lines(self, total: str) -> dict[tuple[str, int], list[SpanFigure]]:
        """The figures of a flow by area and year, where steps of running totals are not all."""
        lengths = {self.catalogue.indicators[total].linked: 1, total: 0}
        lengths |= {
            name: span_of(self.catalogue.grid, name)[1] for name in self.ties().spans.get(total, ())
        }
        lines: dict[tuple[str, int], list[SpanFigure]] = defaultdict(list)
        for node, value in self.values.items():
            name, area, period = node
            first = period.month - lengths[name] if lengths.get(name) else 0
            if name in lengths and first >= 0:
                lines[area, period.year].append(SpanFigure(node, first, period.month, value))
        return {line: figures for line, figures in lines.items() if _needs_line(figures)}

    def _add_rests(self) -> None:
        """What a part (其中) leaves of its whole follows from both."""
        others = self.ties().others
        for name, area, period in list(self.values):
            below = [
                part
                for part in of_which(self.catalogue, name)
                if self.catalogue.indicators[part].parent == name
            ]
            whole = (name, area, period)
            for part in dict.fromkeys([*below, *others.get(name, ())]):
                self._add_rest(whole, [(part, area, period)])

    def _add_parts(self) -> None:
        """Parts by sex or cause make up their whole, or leave a rest of it where one is missing."""
        for (whole, dimension), stored in self.ties().parts.items():
            every = components_in(self.catalogue, whole, dimension) or stored
            places = {node[1:] for node in self.values if node[0] in stored}
            for area, period in sorted(places):
                parts = [(name, area, period) for name in every]
                there = [part for part in parts if part in self.values]
                self._add_rest((whole, area, period), there, is_whole=len(there) == len(parts))

    def _add_rest(self, whole: Node, parts: Collection[Node], *, is_whole: bool = False) -> None:
        """What the parts leave of their whole; with ``is_whole`` nothing, and it may be unknown."""
        if not parts or not all(part in self.values for part in parts):
            return
        amount = sum(self.values[part] for part in parts)
        if is_whole:
            if whole not in self.values:
                self.derived[whole] = amount
            self.relations.append({whole: -1.0, **dict.fromkeys(parts, 1.0)})
        elif whole in self.values:
            rest = (REST, whole, *parts)
            self.derived[rest] = self.values[whole] - amount
            self.relations.append({whole: -1.0, **dict.fromkeys(parts, 1.0), rest: 1.0})

    def ties(self) -> Ties:
        """The ties among the indicators of these figures."""
        if not self._known:
            self._known.append(ties_of(self.catalogue, {name for name, _, _ in self.stored}))
        return self._known[0]


def _needs_line(figures: Collection[SpanFigure]) -> bool:
    """Whether there is more than running totals and months that lie between two of them."""
    ends = {figure.last for figure in figures if not figure.first} | {0}
    return any(figure.first not in ends or figure.last not in ends for figure in figures)


def counts_to_suppress(sums: StoredSums, small: Collection[Node], least: int) -> set[Node]:
    """The counts of one family and year to suppress; ``small`` are so in some version of theirs."""
    targets: dict[Hashable, float] = {
        node: max(float(least), sums.values[node] + 1) for node in small if node in sums.values
    }
    suppressed = suppress(sums.table, least, secret=targets)
    return sums.with_steps({node for node in sums.values if node in suppressed} | set(small))


def money_to_suppress(
    sums: StoredSums, counts: Mapping[Node, float | None], least: int
) -> set[Node]:
    """The money of one family and year to suppress: what is paid to suppressed ``counts``.

    Divided by a standard it would give the count. Each count comes with its value, None where it is
    not known: the money of a small one must be possible as that of ``least``. Of a stock of people
    every later running total goes, as it contains the money of that month.
    """
    also, targets = set[Node](), dict[Hashable, float]()
    for counted, count in counts.items():
        for node in _of_money(sums, counted):
            also.add(node)
            if count and 0 < count < least:
                wished = sums.values[node] * least / count
                targets[node] = max(wished, targets.get(node, 0.0))
    suppressed = suppress(sums.table, 0, also, targets)
    return sums.with_steps(node for node in sums.values if node in suppressed)


def _of_money(sums: StoredSums, counted: Node) -> list[Node]:
    """The figures of money that contain what was paid for a count of the same area and month.

    Of a count over some months those of each of them, and the totals in which they end.
    """
    name, area, period = counted
    total, length = span_of(sums.catalogue.grid, name)
    meaning = sums.catalogue.indicators[total or name]
    last = 12 if meaning.accumulation is Accumulation.END_OF_PERIOD else period.month
    keys: list[Node] = []
    for money in sums.catalogue.payments.get(meaning.id, ()):
        months = [Period(period.year, month) for month in range(period.month, last + 1)]
        keys += [(money, area, month) for month in months]
        linked = sums.catalogue.indicators[money].linked
        within = range(max(period.month - length, 0), period.month) if length else ()
        keys += [(linked, area, period)] if linked else []
        keys += [(linked, area, Period(period.year, month + 1)) for month in within if linked]
        keys += _spans_with(sums, (money, area, period), length or 1)
    return [key for key in dict.fromkeys(keys) if key in sums.values]


def _spans_with(sums: StoredSums, node: Node, length: int) -> Iterator[Node]:
    """The figures over some months that contain all the months that end with this one's."""
    name, area, period = node
    for span in sums.ties().spans.get(name, ()):
        months = span_of(sums.catalogue.grid, span)[1]
        for end in range(period.month, 13):
            if end - months <= period.month - length:
                yield span, area, Period(period.year, end)
