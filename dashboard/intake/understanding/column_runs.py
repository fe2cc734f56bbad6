"""Puts above bare headings that columns repeat what the column before them says it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from dashboard.intake.understanding.column_parts import Path, without_measures
from dashboard.intake.understanding.part_runs import kinds_of
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.words import (
    BASIS,
    FILLER,
    MARK,
    MEASURE,
    PROGRAMME,
    SCOPE,
    TOTAL,
    VALUE,
    WEAK,
    Fact,
)

_SAYS_WHOSE = (PROGRAMME, SCOPE, VALUE, MARK)
_SAYS_WHAT = (MEASURE, WEAK, FILLER, BASIS)


class _Bare(NamedTuple):
    """A column that does not say what it counts of, and the column that begins its run."""

    at: int
    first: int | None


def with_runs(
    table: Table, own: Mapping[int, Path]
) -> tuple[dict[int, Path], dict[int, tuple[int, ...]]]:
    """The headings over each column, bare ones that repeat below those that begin their run.

    城市低保户数 | 人数 | 农村低保户数 | 人数: two columns of one heading do not mean the same, so
    each belongs to what stands to its left. A bare heading that stands once in such a table is
    given with the column that begins its run: it may be of that or of all.
    """
    paths: dict[int, Path] = dict(own)
    single: dict[int, tuple[int, ...]] = {}
    for alike in _bare_columns(table, own).values():
        firsts = [one.first for one in alike]
        known = {_whose(own[at]) for at in firsts if at is not None}
        if len(alike) == 1 and firsts[0] is not None:
            single[alike[0].at] = (firsts[0],)
        if len(alike) < 2 or len(known) < len(alike):
            continue
        for at, first in alike:
            if first is not None:
                wider = (phrase for phrase in own[first] if phrase not in own[at])
                paths[at] = (*without_measures(wider), *own[at])
    return paths, single if paths != own else {}


def _bare_columns(table: Table, own: Mapping[int, Path]) -> dict[tuple[str, ...], list[_Bare]]:
    """The bare columns by their headings, each with the column that begins its run."""
    found: dict[tuple[str, ...], list[_Bare]] = defaultdict(list)
    first: int | None = None
    group: tuple[str, ...] = ()
    for at in sorted(own):
        outer = table.region.path(at)[:-1]
        if outer != group:
            first, group = None, outer
        if _is_bare(own[at]):
            begins = first if first is not None and _may_go_on(own[first], own[at]) else None
            found[tuple(phrase.text for phrase in own[at])].append(_Bare(at, begins))
        elif not _is_part(own[at]):
            first = at if _begins(own[at]) else None
    return found


def _is_bare(path: Path) -> bool:
    """Whether headings say what is measured, and not of what."""
    tokens = [token for phrase in path for token in phrase.tokens]
    facts = [fact for phrase in path for fact in phrase.facts()]
    known = bool(path) and all(token.senses for token in tokens)
    return known and all(fact.slot in _SAYS_WHAT for fact in facts)


def _begins(path: Path) -> bool:
    """Whether a column says of what it counts."""
    kinds = kinds_of(path)
    is_measured = bool(kinds.measures - {TOTAL}) or any(phrase.unit for phrase in path)
    names = kinds.names or SCOPE in kinds.dimensions or TOTAL in kinds.measures
    return names or (bool(kinds.dimensions) and is_measured)


def _is_part(path: Path) -> bool:
    """Whether a column is a part (其中) of one before it: the run goes on behind it."""
    return any(token.text.startswith("其中") for phrase in path for token in phrase.tokens)


def _may_go_on(first: Path, bare: Path) -> bool:
    """Whether a bare column measures something else than the one that begins its run."""
    return not kinds_of(first).measures & kinds_of(bare).measures


def _whose(path: Path) -> frozenset[Fact]:
    """What headings say of whom or what they count."""
    return frozenset(fact for phrase in path for fact in phrase.facts() if fact.slot in _SAYS_WHOSE)
