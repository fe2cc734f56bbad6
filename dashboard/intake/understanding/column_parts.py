"""Puts above a column that is a part (其中) the headings of the column of which it is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.intake.understanding.comparisons import says_derived
from dashboard.intake.understanding.numbers import adds_up, number_at
from dashboard.intake.understanding.part_runs import continues, kinds_of
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.words import (
    ADDED,
    FILLER,
    LEFT,
    MARK,
    MEASURE,
    STATED,
    TOTAL,
    WEAK,
    Fact,
    Sense,
    Token,
    normal,
)

Path = tuple[Phrase, ...]  # headings, outermost first


@dataclass(frozen=True, slots=True)
class Wholes:
    """The headings over each column and, of each part, the column of which it is one.

    ``known`` are the wholes of parts that name no measure of their own; ``unclear`` are those of
    which a part may be one: the last of several components, or all of them together.
    """

    paths: dict[int, Path]
    known: dict[int, int]
    unclear: dict[int, tuple[int, ...]]


_NOTHING: Sense = (Fact(FILLER, ""),)


def with_wholes(table: Table, own: Mapping[int, Path]) -> Wholes:
    """The headings over each column, those of the whole above the headings of its parts.

    What follows a column of
    其中 under the same group heading and names neither programme nor another measure is a part too.
    """
    walk = _Walk(table, own)
    for at in sorted(own):
        walk.pass_column(at)
    return Wholes({at: walk.found[at] for at in own}, walk.wholes, walk.unclear)


class _Walk:
    """Walks over the columns from left to right."""

    def __init__(self, table: Table, own: Mapping[int, Path]) -> None:
        self._table, self._own = table, own
        self.found: dict[int, Path] = {}
        self.wholes: dict[int, int] = {}
        self.unclear: dict[int, tuple[int, ...]] = {}
        self._passed: list[int] = []  # columns that are no part
        self._whole: int | None = None  # of what the last part is one
        self._part = 0  # the first part of that whole

    def pass_column(self, at: int) -> None:
        """Finds the headings of the next column."""
        path = self._own[at]
        if self._passed and (_is_part(path) or self._goes_on(at)):
            self.found[at] = self._of_part(at)
            return
        if not says_derived(self._table.region.path(at), self._table.known.catalogue):
            self._passed.append(at)
        self._whole = None
        self.found[at] = path

    def _of_part(self, at: int) -> Path:
        """The headings of a part below those of its whole."""
        path = self._own[at]
        if self._whole is None:
            self._whole, self._part = _whole_of_part(self._table, self._passed, at), at
        above, components = self._own[self._whole], self._components()
        names = kinds_of(_apart_from(path, above)).names
        if names and any(fact.slot == STATED for phrase in path for fact in phrase.facts()):
            return path  # a person says of what it is a part
        if len(components) > 1 and not names:
            self.unclear[at] = components
        if not _is_measured(path, above):
            self.wholes[at] = self._whole
            return (*above, *_apart_from(path, above))
        if names:
            return path
        return _below_unmeasured(path, above)

    def _components(self) -> tuple[int, ...]:
        """The whole with the components of the same kind right before it, from left to right."""
        whole = self._whole if self._whole is not None else self._part
        found = [whole]
        for at in range(whole - 1, -1, -1):
            if at not in self._passed or not self._are_components(at, whole):
                break
            found.insert(0, at)
        return tuple(found)

    def _are_components(self, left: int, right: int) -> bool:
        """Whether two columns are values of one dimension in one measure: 公办床位, 民办床位."""
        paths = self._table.region.path
        one, other = kinds_of(self._own[left]), kinds_of(self._own[right])
        alike = (one.dimensions, one.measures) == (other.dimensions, other.measures)
        is_total = TOTAL in one.measures
        grouped = paths(left)[:-1] == paths(right)[:-1]
        return alike and grouped and bool(one.dimensions) and not (one.names or is_total)

    def _goes_on(self, at: int) -> bool:
        """Whether a column without 其中 is one more part of the same whole."""
        if self._whole is None or not self._own[at]:
            return False
        paths = self._table.region.path
        if paths(at)[:-1] not in (paths(self._part)[:-1], paths(self._whole)[:-1]):
            return False
        return continues(*(kinds_of(self._own[one]) for one in (self._whole, self._part, at)))


def _apart_from(path: Path, other: Path) -> Path:
    """The headings of a path that another has not."""
    return tuple(heading for heading in path if heading not in other)


def _below_unmeasured(path: Path, above: Path) -> Path:
    """The headings of a part with a measure of its own, below the whole without its measure."""
    groups = (heading for heading in path if heading in above)
    wider = without_measures(_apart_from(above, path))
    return (*groups, *wider, *_apart_from(path, above))


def without_measures(path: Iterable[Phrase]) -> Path:
    """The headings of a column without what it measures, for one that is measured otherwise."""
    return tuple(map(_without_measure, path))


def _without_measure(phrase: Phrase) -> Phrase:
    """A heading without what it measures and the unit of that."""
    tokens = tuple(_says_no_measure(token) for token in phrase.tokens)
    return replace(phrase, tokens=tokens, unit="")


def _says_no_measure(token: Token) -> Token:
    senses = tuple(_unmeasured(sense) or _NOTHING for sense in token.senses)
    return replace(token, senses=tuple(dict.fromkeys(senses)))


def _unmeasured(sense: Sense) -> Sense:
    """A sense without its measure; of those added or left that they are."""
    kept = tuple(fact for fact in sense if fact.slot not in (MEASURE, WEAK))
    measures = (fact.value.partition("_")[0] for fact in sense if fact.slot == MEASURE)
    return (*kept, *(Fact(MARK, measure) for measure in measures if measure in (ADDED, LEFT)))


def _whole_of_part(table: Table, passed: Sequence[int], part: int) -> int:
    """The column of which one of 其中 is a part: the last, or the total of the components before.

    Columns passed one after another, with no 其中 between them, are components where they add up.
    """
    last = passed[-1]
    siblings: list[int] = []
    for at in reversed(passed):
        is_next = not siblings or at == siblings[-1] - 1
        if not is_next or table.region.figures[at] != table.region.figures[part]:
            break
        if len(siblings) > 1 and adds_up(_values(table, at), [_values(table, o) for o in siblings]):
            return at
        siblings.append(at)
    return last


def _values(table: Table, at: int) -> list[float | None]:
    return [number_at(table.sheet, row, at) for row in table.region.body]


def _is_part(path: Path) -> bool:
    """Whether headings say that a column is a part of one before it: 其中：女."""
    return any(normal(phrase.text).startswith("其中") for phrase in path)


def _is_measured(path: Path, whole: Path) -> bool:
    """Whether headings of a part say what is measured, by a word or by a unit not of the whole."""
    own = {phrase.unit for phrase in path if phrase not in whole} - {""}
    words = (fact for phrase in path if phrase not in whole for fact in phrase.facts())
    return any(fact.slot in (MEASURE, WEAK) for fact in words) or bool(
        own - {phrase.unit for phrase in whole}
    )
