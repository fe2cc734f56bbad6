"""Works out what other columns and rows name: programmes beside it, values of its dimension."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, product

from dashboard.catalogue.grid import Grid
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns
from dashboard.intake.understanding.table_rows import Labels, Row, Rows
from dashboard.intake.understanding.words import (
    DIMENSION,
    FILLER,
    MARK,
    MEASURE,
    PROGRAMME,
    SHORT,
    VALUE,
    WEAK,
    Fact,
)

_ONLY_A_VALUE = (VALUE, FILLER, SHORT, MARK)
_NONE: frozenset[str] = frozenset()
Mixed = tuple[frozenset[str], frozenset[str]]  # own programmes, those named beside them


@dataclass
class _Values:
    """How many phrases of a group name a value of each dimension, and of each text how many."""

    all: Counter[str] = field(default_factory=Counter)
    by_text: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, phrase: Phrase) -> None:
        dimensions = _dimensions(phrase)
        self.all.update(dimensions)
        self.by_text[phrase.text].update(dimensions)

    def dimension(self, without: str | None = None) -> set[str]:
        """The one dimension of which phrases (but those of a text) name values, if several do."""
        own = self.by_text.get(without, Counter()) if without is not None else Counter()
        counts = {name: count - own[name] for name, count in self.all.items()}
        named = {name for name, count in counts.items() if count > 0}
        return named if len(named) == 1 and max(map(counts.__getitem__, named)) > 1 else set()


@dataclass(frozen=True)
class _Panel:
    """What the rows name together, seen from columns with the same label columns."""

    programmes: frozenset[str]
    dimensions: frozenset[str]
    heads: frozenset[str]  # dimensions that the headings of the label columns name


class Neighbours:
    """What stands beside the figures of one table, by column and by row."""

    def __init__(self, table: Table, columns: Columns, rows: Rows) -> None:
        """Counts the words of all headings once; those of the rows when they are needed."""
        self._table, self._rows, self._grid = table, rows, table.known.grid
        phrases = [*(phrase for column in columns for phrase in column.phrases), *rows.names()]
        self.named = frozenset(_programmes(phrases))
        self.possible = frozenset(
            fact.value for one in phrases for fact in one.facts() if fact.slot == PROGRAMME
        )
        self.counted = frozenset(_counted([one.phrases for one in columns], rows))
        self.speaks_of_money = any(map(_is_money, phrases)) or any(map(_is_item, phrases))
        self.words = frozenset(
            fact for phrase in phrases for fact in phrase.facts() if fact.slot in (MARK, MEASURE)
        )
        self._titled = next((p for phrase in table.titles if (p := _programmes([phrase]))), set())
        self._below: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._levels: dict[tuple[object, ...], _Values] = defaultdict(_Values)
        self._in_columns: Counter[str] = Counter()
        for column in columns:
            self._count(column)
        self._panels: dict[Labels, _Panel] = {}
        self._siblings: dict[Mixed, frozenset[str]] = {}

    def mixed(self, column: Column, row: Row) -> Mixed:
        """Programmes of headings, label or title, and those that are named beside them."""
        of_columns, columns = self._mixed_columns(column)
        of_rows, rows = self._mixed_rows(column, row)
        return of_columns | of_rows, columns | rows

    def siblings(self, column: Column, row: Row) -> frozenset[str]:
        """The dimension of the values beside a column or row, where there is just one."""
        panel = self._panel(row.labels)
        found = self._column_dimensions(column) | (panel.dimensions if row.phrases else _NONE)
        return found or panel.heads

    def _column_dimensions(self, column: Column) -> frozenset[str]:
        found: set[str] = set()
        last = len(column.phrases) - 1
        for level, phrase in enumerate(column.phrases):
            if level == last or phrase.unknown:
                found |= self._levels[_level(column, level)].dimension(without=phrase.text)
        return frozenset(found)

    def values_of_other_columns(self, column: Column) -> frozenset[str]:
        """The dimensions of values that other columns name and can mean nothing else by."""
        own = _certain_dimensions(column)
        return frozenset(name for name, count in self._in_columns.items() if count > (name in own))

    def _count(self, column: Column) -> None:
        texts = column.texts
        for level, phrase in enumerate(column.phrases):
            self._levels[_level(column, level)].add(phrase)
        for level in range(len(texts) + 1):
            self._below[texts[:level]] |= _programmes(column.phrases[level:])
        self._in_columns.update(_certain_dimensions(column))

    def _mixed_columns(self, column: Column) -> Mixed:
        """Programmes that other columns below this column's own heading name beside it."""
        path = column.phrases
        level = next((at for at, phrase in enumerate(path) if _programmes([phrase])), -1) + 1
        if _programmes(path[level:]):
            return _NONE, _NONE
        own = frozenset(_programmes(path[:level]) if level else self._titled)
        return own, self._joined(own, frozenset(self._below[column.texts[:level]]))

    def _mixed_rows(self, column: Column, row: Row) -> Mixed:
        """Programmes that other rows name beside the title's, for a row that names none."""
        if not row.phrases or _programmes(row.phrases):
            return _NONE, _NONE
        own = frozenset(_programmes(column.phrases) or self._titled)
        return own, self._joined(own, self._panel(row.labels).programmes)

    def _joined(self, own: frozenset[str], below: frozenset[str]) -> frozenset[str]:
        """The programmes below that a union joins with one's own."""
        key = own, below
        if key not in self._siblings:
            self._siblings[key] = frozenset(_siblings(own, below, self._grid))
        return self._siblings[key]

    def _panel(self, labels: Labels) -> _Panel:
        if labels not in self._panels:
            self._panels[labels] = self._panel_of(labels)
        return self._panels[labels]

    def _panel_of(self, labels: Labels) -> _Panel:
        rows = [row.phrases for row in self._rows.of(labels) if row.phrases]
        leaves = _Values()
        for phrases in rows:
            leaves.add(phrases[0])
        heads = (
            fact.value
            for label in labels
            for text in self._table.region.path(label)
            for fact in self._table.known.label(text).facts()
            if fact.slot == DIMENSION
        )
        programmes = _programmes(phrase for phrases in rows for phrase in phrases)
        return _Panel(frozenset(programmes), frozenset(leaves.dimension()), frozenset(heads))


def _level(column: Column, level: int) -> tuple[object, ...]:
    """What columns have in common whose headings at one level are alternatives."""
    return len(column.phrases), level, column.texts[:level]


def _siblings(own: Iterable[str], below: Iterable[str], grid: Grid) -> Iterator[str]:
    mine = list(own)
    for other in below:
        for one in mine:
            if one != other and grid.union_of({*(grid.programmes[one].union or (one,)), other}):
                yield other


def _counted(columns: Sequence[Sequence[Phrase]], rows: Rows) -> Iterator[tuple[str, str]]:
    """The programmes that headings or labels name, each with the measures that go with it."""
    labels = list(rows.names())
    lines = [*columns, *([phrase] for phrase in labels)]
    for line in lines:
        yield from product(_programmes(line), _measures(line))
    headings = list(chain.from_iterable(columns))
    yield from product(_programmes(headings), _measures(labels))
    yield from product(_programmes(labels), _measures(headings))


def _measures(phrases: Iterable[Phrase]) -> set[str]:
    facts = chain.from_iterable(phrase.facts() for phrase in phrases)
    return {fact.value for fact in facts if fact.slot in (MEASURE, WEAK)}


def _certain_facts(phrases: Iterable[Phrase]) -> Iterator[Fact]:
    """What words state that can mean nothing else."""
    for phrase in phrases:
        for token in phrase.tokens:
            if len(token.senses) == 1:
                yield from token.senses[0]


def _programmes(phrases: Iterable[Phrase]) -> set[str]:
    """The programmes that phrases name and can mean nothing else by."""
    return {fact.value for fact in _certain_facts(phrases) if fact.slot == PROGRAMME}


def _certain_dimensions(column: Column) -> set[str]:
    """The dimensions of a column's values; an item of spending counts where it may be one."""
    facts = _certain_facts(column.phrases)
    items = {"item"} if any(map(_is_item, column.phrases)) else set()
    return items | {fact.value.partition(":")[0] for fact in facts if fact.slot == VALUE}


def _is_money(phrase: Phrase) -> bool:
    """Whether a heading or label names money by another word than 低保金."""
    tokens = phrase.tokens
    return any(len(token.senses) == 1 and token.has(MEASURE, "money") for token in tokens)


def _is_item(phrase: Phrase) -> bool:
    """Whether a heading or label may name an item of spending besides the allowance: 物价补贴."""
    items = (fact.value for fact in phrase.facts() if fact.slot == VALUE)
    return any(value.startswith("item:") and value != "item:allowance" for value in items)


def _dimensions(phrase: Phrase) -> set[str]:
    """The dimensions of a phrase's values; none where it says more than values (集中供养人数)."""
    facts: Sequence[Fact] = list(phrase.facts())
    if any(fact.slot not in _ONLY_A_VALUE for fact in facts):
        return set()
    return {fact.value.partition(":")[0] for fact in facts if fact.slot == VALUE}
