"""Works out which stored indicators sums tie together beyond what is declared of each.

The grid has more indicators than are declared: by sex, by quarter, of a programme within another.
A table of a bureau may hold any of them, and what it leaves of its whole can be worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from dashboard.catalogue.concepts import Part
from dashboard.catalogue.grid import Grid, IndicatorCell
from dashboard.catalogue.lookup import Catalogue

K = TypeVar("K")
_SCOPE, _PROGRAMME = "scope", "programme"


class Tie(NamedTuple):
    """What an indicator is a part of; the parts of one dimension make up the whole together."""

    whole: str
    dimension: str
    part: Part


@dataclass(frozen=True, slots=True)
class Ties:
    """Parts and spans of months among the indicators of a store.

    ``parts`` are those that are stored or follow from stored ones, by whole and dimension;
    ``others`` those (其中) that each leave a rest of their own; ``spans`` the indicators over some
    months by that of the running total.
    """

    parts: Mapping[tuple[str, str], tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]]
    spans: Mapping[str, tuple[str, ...]]
    near: Mapping[str, tuple[str, ...]]  # all that one sum with an indicator contains


def wholes_of(catalogue: Catalogue, indicator: str) -> Iterator[Tie]:
    """What a cell of the grid is a part of: without one of its words, of a wider programme."""
    grid = catalogue.grid
    cell = grid.cell_at(indicator)
    if cell is None or catalogue.indicators[indicator].is_rate:
        return
    programme, measure = grid.programmes[cell.programme], grid.measures[cell.measure]
    for pair in cell.values:
        value = grid.value(*pair, programme, measure)
        fewer = tuple(other for other in cell.values if other != pair)
        part = value.part if value is not None and pair[0] != "age" else Part.OF_WHICH
        yield from _tie(catalogue, cell._replace(values=fewer), pair[0], part)
    if cell.scope:
        yield from _tie(catalogue, cell._replace(scope=""), _SCOPE, Part.COMPONENT)
    for name in programme.parents:
        yield from _tie(catalogue, cell._replace(programme=name), _PROGRAMME, Part.OF_WHICH)


def _tie(catalogue: Catalogue, cell: IndicatorCell, dimension: str, part: Part) -> Iterator[Tie]:
    if catalogue.grid.is_meaningful(cell):
        whole = catalogue.grid.id_of(cell)
        if whole in catalogue.indicators:
            yield Tie(whole, dimension, part)


def components_in(catalogue: Catalogue, whole: str, dimension: str) -> tuple[str, ...]:
    """All the parts that make up a whole in one dimension; empty where it is not known."""
    grid = catalogue.grid
    if dimension != _SCOPE:
        return grid.components_of(whole).get(dimension, ())
    cell = grid.cell_at(whole)
    scopes = grid.scopes_of(grid.programmes[cell.programme]) if cell is not None else ()
    return tuple(grid.id_of(cell._replace(scope=scope)) for scope in scopes if cell is not None)


def span_of(grid: Grid, indicator: str) -> tuple[str, int]:
    """The running total of a figure over some months, and of how many; ("", 0) of any other."""
    cell = grid.cell_at(indicator) if "months_" in indicator else None
    if cell is None or not cell.months:
        return "", 0
    return grid.id_of(cell._replace(months=0)), cell.months


def ties_of(catalogue: Catalogue, stored: Collection[str]) -> Ties:
    """The ties among these indicators, and those of the wholes that they are parts of."""
    return _ties_of(catalogue, frozenset(stored))


@lru_cache(maxsize=256)
def _ties_of(catalogue: Catalogue, stored: frozenset[str]) -> Ties:
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    spans: dict[str, list[str]] = defaultdict(list)
    near: dict[str, set[str]] = defaultdict(set)
    waiting, seen = sorted(stored), set(stored)
    for name in waiting:  # grows by the wholes
        if name not in catalogue.indicators:
            continue
        total, _ = span_of(catalogue.grid, name)
        if total in catalogue.indicators:
            spans[total].append(name)
            near[total].add(name)
            near[name].add(total)
        for tie in wholes_of(catalogue, name):
            if tie.dimension == _PROGRAMME and tie.whole not in stored:
                continue  # it would tie all programmes of a topic together for nothing
            is_part = tie.part is Part.COMPONENT
            (parts[tie.whole, tie.dimension] if is_part else others[tie.whole]).append(name)
            near[tie.whole].add(name)
            near[name].add(tie.whole)
            if tie.whole not in seen:
                seen.add(tie.whole)
                waiting.append(tie.whole)
    return Ties(_frozen(parts), _frozen(others), _frozen(spans), _frozen(near))


def _frozen(lists: Mapping[K, Collection[str]]) -> dict[K, tuple[str, ...]]:
    return {key: tuple(sorted(names)) for key, names in lists.items()}
