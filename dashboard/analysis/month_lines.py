"""Works out the amounts between months that figures over spans, months and running totals give.

4-6月 less 5-6月 is April, as it is 4-6月 less what totals say of May and June. A running
total less one of its months is what the others had together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import NamedTuple

from dashboard.analysis.complementary import Relation

_STEP, _REST, _EMPTY = "step", "rest", "empty"


class SpanFigure(NamedTuple):
    """A figure of one year: the month after which it begins, that with which it ends, its value."""

    cell: Hashable
    first: int
    last: int
    value: float


class _Gap(NamedTuple):
    """What lies between two neighbouring ends that figures tie together."""

    first: int
    last: int
    cell: Hashable
    value: float

    @property
    def months(self) -> range:
        """The places of its months, January is 0."""
        return range(self.first, self.last)


class _Amount(NamedTuple):
    """What some months of the year had together; ``of`` are their places, January is 0."""

    of: Sequence[int]
    value: float


@dataclass(slots=True)
class MonthLine:
    """The figures of one flow, area and year; ``name`` tells them from those of another one.

    ``derived`` are the amounts that follow from them, ``relations`` the sums they stand in.
    """

    name: Hashable
    derived: dict[Hashable, float] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    _amounts: list[_Amount] = field(default_factory=list)

    def read(self, figures: Sequence[SpanFigure]) -> MonthLine:
        """Put all of them in, with what follows from months that had none."""
        empty: set[int] = set()
        while True:
            self._read([*figures, *self._empty_figures(empty)])
            months = {
                month
                for amount in self._amounts
                if not round(amount.value, 9)
                for month in amount.of
            }
            if months <= empty:
                return self
            empty |= months

    def _read(self, figures: Sequence[SpanFigure]) -> None:
        self.derived.clear()
        self.relations.clear()
        self._amounts.clear()
        self.derived.update({figure.cell: 0.0 for figure in figures if _is_empty(figure)})
        chains = [self._add_chain(levels, figures) for levels in linked_levels(figures)]
        for chain in chains:
            others = [other for other in chains if other is not chain]
            for first, last in combinations(range(len(chain) + 1), 2):
                self._add_rests(chain[first:last], others)

    def _empty_figures(self, months: Iterable[int]) -> list[SpanFigure]:
        """The months of an amount of none: each of them had none."""
        return [
            SpanFigure((_EMPTY, self.name, month), month, month + 1, 0.0)
            for month in sorted(months)
        ]

    def _add_chain(self, levels: Mapping[int, float], figures: Sequence[SpanFigure]) -> list[_Gap]:
        """The amounts between the ends that one chain of figures ties together."""
        gaps = [
            _Gap(first, last, (_STEP, self.name, first, last), levels[last] - levels[first])
            for first, last in pairwise(sorted(levels))
        ]
        self.derived.update({gap.cell: gap.value for gap in gaps})
        self._amounts += [_Amount(gap.months, gap.value) for gap in gaps]
        for figure in figures:
            if figure.first in levels:
                parts = [
                    gap.cell
                    for gap in gaps
                    if figure.first <= gap.first and gap.last <= figure.last
                ]
                self.relations.append({figure.cell: -1.0, **dict.fromkeys(parts, 1.0)})
        return gaps

    def _add_rests(self, gaps: Sequence[_Gap], others: Sequence[Sequence[_Gap]]) -> None:
        """What other chains leave of the amounts beside each other: each alone, and all together.

        A chain within less than all of these amounts was taken there.
        """
        inner = [part for chain in others if (part := _within(gaps, chain))]
        together: list[_Gap] = []
        for chain in sorted(inner, key=lambda chain: chain[0].first):
            if not any(_within(less, chain) == chain for less in (gaps[1:], gaps[:-1])):
                self._add_rest(gaps, chain)
            if not together or chain[0].first >= together[-1].last:
                together += chain
        if len(inner) > 1:
            self._add_rest(gaps, together)

    def _add_rest(self, gaps: Sequence[_Gap], parts: Sequence[_Gap]) -> None:
        rest = (_REST, tuple(gap.cell for gap in gaps), tuple(part.cell for part in parts))
        wholes, within = dict.fromkeys(rest[1], -1.0), dict.fromkeys(rest[2], 1.0)
        self.relations.append(wholes | within | {rest: 1.0})
        self.derived[rest] = _sum(gaps) - _sum(parts)
        inside = set(_months(parts))
        months = [month for month in _months(gaps) if month not in inside]
        self._amounts.append(_Amount(months, self.derived[rest]))
        empty = [cell for month in months if (cell := (_EMPTY, self.name, month)) in self.derived]
        if months and len(empty) == len(months):
            self.relations.append({rest: -1.0, **dict.fromkeys(empty, 1.0)})


def _sum(gaps: Iterable[_Gap]) -> float:
    return sum(gap.value for gap in gaps)


def _months(gaps: Iterable[_Gap]) -> list[int]:
    return [month for gap in gaps for month in gap.months]


def _is_empty(figure: SpanFigure) -> bool:
    """Whether it is not a figure but a month that is known to have had none."""
    return isinstance(figure.cell, tuple) and figure.cell[0] == _EMPTY


def _within(gaps: Sequence[_Gap], chain: Sequence[_Gap]) -> list[_Gap]:
    """The amounts of a chain that lie within amounts beside each other."""
    if not gaps:
        return []
    return [gap for gap in chain if gaps[0].first <= gap.first and gap.last <= gaps[-1].last]


def linked_levels(figures: Sequence[SpanFigure]) -> Iterator[dict[int, float]]:
    """Levels of a running total at the ends of these figures, as far as they are tied together.

    The levels of one dictionary differ by what is known; those of two differ by nobody knows what.
    """
    waiting = list(figures)
    while waiting:
        levels = {waiting[0].first: 0.0}
        for _ in range(len(waiting)):
            for span_figure in waiting:
                if span_figure.first in levels:
                    levels.setdefault(
                        span_figure.last, levels[span_figure.first] + span_figure.value
                    )
                elif span_figure.last in levels:
                    levels[span_figure.first] = levels[span_figure.last] - span_figure.value
        yield levels
        waiting = [span_figure for span_figure in waiting if span_figure.first not in levels]
