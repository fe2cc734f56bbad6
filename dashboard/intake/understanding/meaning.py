"""Defines what a figure may mean, the words around it, and what keeps it from being understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import FigureKind, Unit
from dashboard.catalogue.grid import Grid, IndicatorCell
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.words import PROGRAMME, SHORT, Fact, is_chinese

Facts = list[Fact]
Levels = list[Facts]  # a phrase's facts each


class Gap(NamedTuple):
    """What keeps a figure from being understood. ``kind`` is that of the question to ask."""

    kind: str  # word, basis, programme, measure, unit, period, span, area
    text: Text
    word: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a figure: the headings over it, the labels beside it, what is above.

    ``column`` and ``row`` are innermost first, ``titles`` nearest first. ``named`` are the
    programmes that the table's headings and labels name, ``counted`` what is measured of each,
    ``mixed`` those that other columns (or
    rows) of the same group name beside ``mixed_of``. ``siblings`` are the
    dimensions of the values next to it.
    ``possible`` are all programmes that words of the table's headings and labels may name.
    """

    column: tuple[Phrase, ...]
    row: tuple[Phrase, ...]
    titles: tuple[Phrase, ...]
    unit: Unit | None = None
    sheet_unit: Unit | None = None
    named: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    counted: frozenset[tuple[str, str]] = frozenset()
    mixed: frozenset[str] = frozenset()
    mixed_of: frozenset[str] = frozenset()
    siblings: frozenset[str] = frozenset()
    table_values: frozenset[str] = frozenset()  # dimensions of the table's other columns
    table_has_money: bool = False  # whether another heading or label of the table speaks of money
    table_words: frozenset[Fact] = frozenset()  # marks and measures of all headings and labels
    counts_people: bool = False  # whether the sheet's unit note names persons or households

    @property
    def inner(self) -> tuple[Phrase, ...]:
        """Headings and labels together."""
        return (*self.column, *self.row)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A cell of the grid without its basis, and what the words say of the basis (or empty)."""

    cell: IndicatorCell | None
    kind: FigureKind = FigureKind.ACTUAL
    basis: str = ""
    left_out: tuple[str, ...] = ()  # words of titles that nothing needed
    from_title: bool = False
    indicator: str = ""  # where a whole name names it
    is_stock: bool = False  # whether only the time makes a number of payments of a stock
    is_estimate: bool = False  # as a remark says


class Subject(NamedTuple):
    """A programme as words name it; ``scope`` is urban, rural, both or empty."""

    programme: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Senses:
    """The words around a figure with one sense chosen for each, phrase by phrase."""

    column: Levels
    row: Levels
    titles: Levels

    @property
    def inner(self) -> Levels:
        """Those of headings and labels."""
        return [*self.column, *self.row]


@dataclass(frozen=True)
class SlotContext:
    """From what the slots of one figure are filled: the words, the grid, the table's own values.

    ``own`` are values that only this table names, by dimension.
    """

    around: Around
    grid: Grid
    senses: Senses
    own: dict[str, str]

    @cached_property
    def inner(self) -> Levels:
        """The facts of each heading and label."""
        return self.senses.inner

    @cached_property
    def from_title(self) -> bool:
        """Whether no heading or label names a programme."""
        return not values_in(self.inner, PROGRAMME)

    @cached_property
    def is_short(self) -> bool:
        """Whether a heading or label has a word that needs its context."""
        return any(has_slot(facts, SHORT) for facts in self.inner)


def values_in(levels: Iterable[Iterable[Fact]], slot: str) -> list[str]:
    """What fills a slot in any of the levels, in order."""
    return [fact.value for facts in levels for fact in facts if fact.slot == slot]


def has_slot(facts: Iterable[Fact], slot: str) -> bool:
    """Whether one of the facts fills the slot."""
    return any(fact.slot == slot for fact in facts)


def facts_of(phrases: Iterable[Phrase], slot: str) -> set[str]:
    """Everything that phrases may state of a slot, whichever sense of a word is meant."""
    return {fact.value for phrase in phrases for fact in phrase.facts() if fact.slot == slot}


def strange_words(phrase: Phrase) -> list[str]:
    """The Chinese stretches of a phrase that no word covers."""
    return [word for word in phrase.unknown if is_chinese(word)]
