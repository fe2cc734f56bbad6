"""Works out the amounts between months that figures over spans, months and running totals give.

4-6月 less 5-6月 is April, as it is 4-6月 less what totals say of May and June. A running
total less one of its months is what the others had together.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from dashboard.analysis.complementary import Relation

_STEP, _REST = "step", "rest"


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


@dataclass(slots=True)
class MonthLine:
    """The figures of one flow, area and year; ``name`` tells them from those of another one.

    ``derived`` are the amounts that follow from them, ``relations`` the sums they stand in.
    """

    name: Hashable
    derived: dict[Hashable, float] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def read(self, figures: Sequence[SpanFigure]) -> MonthLine:
        """Put all of them in."""
        chains = [self._add_chain(levels, figures) for levels in linked_levels(figures)]
        for gap in [gap for chain in chains for gap in chain]:
            inner = [chain for chain in chains if chain and _is_within(chain, gap)]
            self._add_rests(gap, inner)
        return self

    def _add_chain(self, levels: Mapping[int, float], figures: Sequence[SpanFigure]) -> list[_Gap]:
        """The amounts between the ends that one chain of figures ties together."""
        gaps = [
            _Gap(first, last, (_STEP, self.name, first, last), levels[last] - levels[first])
            for first, last in pairwise(sorted(levels))
        ]
        self.derived.update({gap.cell: gap.value for gap in gaps})
        for one in figures:
            if one.first in levels:
                parts = [
                    gap.cell for gap in gaps if one.first <= gap.first and gap.last <= one.last
                ]
                self.relations.append({one.cell: -1.0, **dict.fromkeys(parts, 1.0)})
        return gaps

    def _add_rests(self, gap: _Gap, inner: Sequence[Sequence[_Gap]]) -> None:
        """What chains of figures within an amount leave of it: each alone, and all together."""
        together: list[_Gap] = []
        for chain in sorted(inner, key=lambda chain: chain[0].first):
            self._add_rest(gap, chain)
            if not together or chain[0].first >= together[-1].last:
                together += chain
        if len(inner) > 1:
            self._add_rest(gap, together)

    def _add_rest(self, gap: _Gap, parts: Sequence[_Gap]) -> None:
        rest = (_REST, gap.cell, tuple(part.cell for part in parts))
        self.derived[rest] = gap.value - sum(part.value for part in parts)
        cells = dict.fromkeys((part.cell for part in parts), 1.0)
        self.relations.append({gap.cell: -1.0, **cells, rest: 1.0})


def _is_within(chain: Sequence[_Gap], gap: _Gap) -> bool:
    """Whether the chain begins and ends within the amount, and is another one."""
    inside = gap.first <= chain[0].first and chain[-1].last <= gap.last
    return inside and gap not in chain


def linked_levels(figures: Sequence[SpanFigure]) -> Iterator[dict[int, float]]:
    """Levels of a running total at the ends of these figures, as far as they are tied together.

    The levels of one dictionary differ by what is known; those of two differ by nobody knows what.
    """
    waiting = list(figures)
    while waiting:
        levels = {waiting[0].first: 0.0}
        for _ in range(len(waiting)):
            for one in waiting:
                if one.first in levels:
                    levels.setdefault(one.last, levels[one.first] + one.value)
                elif one.last in levels:
                    levels[one.first] = levels[one.last] - one.value
        yield levels
        waiting = [one for one in waiting if one.first not in levels]
