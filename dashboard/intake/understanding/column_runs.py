"""Puts above headings that columns repeat what the column before them says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dashboard.intake.understanding.column_parts import Path, without_measures
from dashboard.intake.understanding.part_runs import kinds_of
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.words import (
    BASIS,
    FILLER,
    MARK,
    MEASURE,
    PROGRAMME,
    SCOPE,
    SHORT,
    TOTAL,
    VALUE,
    WEAK,
    Fact,
)

_SAYS_WHOSE = (PROGRAMME, SCOPE, VALUE, MARK)
_SAYS_WHAT = (MEASURE, WEAK, FILLER, BASIS)
_ONLY_A_VALUE = (VALUE, SHORT, FILLER)
_MOVED = ("added_", "left_")
_OF_WHICH = "其中"
_PART_MARK = re.compile(r"^其中[::]?\s*")
_OF_ALL = re.compile("合计|总")
Texts = tuple[str, ...]


class _Repeated(NamedTuple):
    """A column that says one thing only, and the column before it that says the other."""

    at: int
    first: int


@dataclass
class _Runs:
    """Columns by their headings: those that say only what, and those that say only a value."""

    bare: dict[Texts, list[_Repeated]] = field(default_factory=lambda: defaultdict(list))
    valued: dict[Texts, list[_Repeated]] = field(default_factory=lambda: defaultdict(list))
    alone: set[Texts] = field(default_factory=set)  # headings that stand before any run too


def with_runs(
    table: Table, own: Mapping[int, Path]
) -> tuple[dict[int, Path], dict[int, tuple[int, ...]]]:
    """The headings over each column, those that repeat below the column to which they belong.

    城市低保户数 | 人数 | 农村低保户数 | 人数: two columns of one heading do not mean the same, so
    each belongs to what stands to its left; so do 公办 behind 机构数 and behind 床位数. A bare
    heading that stands once in such a table is given with the column that begins its run: it may
    be of that or of all.
    """
    paths: dict[int, Path] = dict(own)
    runs = _runs_of(table, own)
    for at, first in _distinguished(runs.bare, runs.alone, lambda one: _whose(own[one])):
        paths[at] = (*map(_no_part, without_measures(_apart(own[first], own[at]))), *own[at])
    single = [
        alike[0]
        for texts, alike in runs.bare.items()
        if len(alike) == 1 and not any(map(_OF_ALL.search, texts))
    ]
    unclear: dict[int, tuple[int, ...]] = {}
    if paths != own:
        unclear = {one.at: (one.first,) for one in single}
    for at, first in _distinguished(runs.valued, runs.alone, lambda one: _measured(own[one])):
        paths[at] = (*_apart(own[first], own[at]), *own[at])
    return paths, unclear


def _distinguished(
    found: Mapping[Texts, Sequence[_Repeated]],
    alone: set[Texts],
    meaning_of: Callable[[int], frozenset[object]],
) -> Iterator[_Repeated]:
    """The columns of headings that repeat, where the columns before them say different things."""
    for texts, alike in found.items():
        before = {meaning_of(one.first) for one in alike}
        if texts not in alone and len(alike) > 1 and len(before) == len(alike):
            yield from alike


def _runs_of(table: Table, own: Mapping[int, Path]) -> _Runs:
    """The columns that say one thing only, each with the nearest before it that says the other."""
    runs = _Runs()
    whose: int | None = None
    what: int | None = None
    group: Texts = ()
    for at in sorted(own):
        path, outer = own[at], table.region.path(at)[:-1]
        if outer != group:
            whose, what, group = None, None, outer
        texts = tuple(phrase.text for phrase in path)
        if _is_bare(path):
            goes_on = whose is not None and not _measured(own[whose]) & _measured(path)
            _add(runs.bare, runs.alone, texts, (at, whose if goes_on else None))
            what = at
        elif _is_only_a_value(path):
            _add(runs.valued, runs.alone, texts, (at, what))
            whose = None
        elif not _is_part(path) or _names_whose(path):
            whose = at if _begins(path) else None
            what = at if _measured(path) else what
    return runs


def _add(
    found: dict[Texts, list[_Repeated]],
    alone: set[Texts],
    texts: Texts,
    column: tuple[int, int | None],
) -> None:
    at, first = column
    if first is None:
        alone.add(texts)
    else:
        found[texts].append(_Repeated(at, first))


# -- what headings say ------------------------------------------------------------------------


def _is_bare(path: Path) -> bool:
    """Whether headings say what is measured, and not of what."""
    return _is_known(path) and all(
        fact.slot in _SAYS_WHAT and not fact.value.startswith(_MOVED)
        for phrase in path
        for fact in phrase.facts()
    )


def _is_only_a_value(path: Path) -> bool:
    """Whether headings only name a value: 公办; a part (其中) is understood by its whole."""
    facts = [fact for phrase in path for fact in phrase.facts()]
    is_plain = _is_known(path) and not any(phrase.unit for phrase in path) and not _is_part(path)
    named = any(fact.slot == VALUE for fact in facts)
    return is_plain and named and all(fact.slot in _ONLY_A_VALUE for fact in facts)


def _is_known(path: Path) -> bool:
    return bool(path) and all(token.senses for phrase in path for token in phrase.tokens)


def _is_part(path: Path) -> bool:
    """Whether a column is a part (其中) of one before it: the run goes on behind it."""
    return any(phrase.text.startswith(_OF_WHICH) for phrase in path)


def _begins(path: Path) -> bool:
    """Whether a column says of what it counts: a programme, a value, a total, who came or left."""
    kinds = kinds_of(path)
    marked = TOTAL in kinds.measures or any(
        measure.startswith(_MOVED) for measure in kinds.measures
    )
    return _names_whose(path) or marked or bool(kinds.dimensions and _measured(path))


def _names_whose(path: Path) -> bool:
    """Whether headings name a programme, or urban or rural."""
    facts = (fact for phrase in path for fact in phrase.facts())
    return any(fact.slot in (PROGRAMME, SCOPE) for fact in facts)


def _measured(path: Path) -> frozenset[str]:
    """What headings measure, by words or by the unit printed."""
    units = {phrase.unit for phrase in path} - {""}
    return frozenset((kinds_of(path).measures - {TOTAL}) or units)


def _whose(path: Path) -> frozenset[Fact]:
    """What headings say of whom or what they count."""
    facts = {fact for phrase in path for fact in phrase.facts()}
    return frozenset(
        fact
        for fact in facts
        if fact.slot in _SAYS_WHOSE or (fact.slot == MEASURE and fact.value.startswith(_MOVED))
    )


def _apart(path: Path, other: Path) -> list[Phrase]:
    return [phrase for phrase in path if phrase not in other]


def _no_part(phrase: Phrase) -> Phrase:
    """A heading without 其中: what stands below it is no part of the column before."""
    text = _PART_MARK.sub("", phrase.text)
    tokens = tuple(token for token in phrase.tokens if not token.text.startswith(_OF_WHICH))
    return replace(phrase, text=text, tokens=tokens) if text != phrase.text else phrase
