"""Judges what follows a row or column of 其中: whether it is one more part of the same whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.words import (
    ADDED,
    LEFT,
    MARK,
    MEASURE,
    PROGRAMME,
    SCOPE,
    SHORT,
    TOTAL,
    VALUE,
    Fact,
    Token,
)

_BEGIN = (ADDED, LEFT, TOTAL)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Of what kind the words of a label are.

    ``names`` says whether it names a programme by itself, ``is_short`` whether by a word that
    needs its context (涉外); ``dimensions`` are those of its values, ``measures`` what it measures.
    """

    names: bool
    is_short: bool
    dimensions: frozenset[str]
    measures: frozenset[str]


def kinds_of(phrases: Iterable[Phrase]) -> Kinds:
    """The kinds of the words of a label, or of all headings over a column."""
    tokens = [token for phrase in phrases for token in phrase.tokens]
    facts = {fact for token in tokens for sense in token.senses for fact in sense}
    return Kinds(
        any(map(_names_programme, tokens)),
        any(fact.slot == SHORT for fact in facts),
        _dimensions(facts),
        _measures(tokens) | _marks(facts),
    )


def _dimensions(facts: Collection[Fact]) -> frozenset[str]:
    """The dimensions of the values that a label names, and whether it names a scope."""
    values = {fact.value.partition(":")[0] for fact in facts if fact.slot == VALUE}
    return frozenset(values | {SCOPE for fact in facts if fact.slot == SCOPE})


def _measures(tokens: Iterable[Token]) -> frozenset[str]:
    """The measures of the words that have one sense only."""
    certain = (token.senses[0] for token in tokens if len(token.senses) == 1)
    return frozenset(fact.value for sense in certain for fact in sense if fact.slot == MEASURE)


def _marks(facts: Iterable[Fact]) -> frozenset[str]:
    """The marks with which a new whole begins."""
    return frozenset(fact.value for fact in facts if fact.slot == MARK and fact.value in _BEGIN)


def _names_programme(token: Token) -> bool:
    """Whether a word can only mean a programme, whatever stands around it."""
    slots = [{fact.slot for fact in sense} for sense in token.senses]
    return bool(slots) and all(PROGRAMME in one and SHORT not in one for one in slots)


def continues(whole: Kinds, part: Kinds, row: Kinds) -> bool:
    """Whether a row or column may be one more part of the whole of which the row of 其中 is one.

    What names a programme or measures something else begins anew; so does what stands beside the
    whole: B类 after A类 and 其中:女性.
    """
    if row.names or row.measures - part.measures or (row.is_short and not part.is_short):
        return False
    return not (row.dimensions & whole.dimensions) - part.dimensions
