"""Finds 累计 over a quarter or some months, which may be their own total or one since January."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.catalogue.periods import Span
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns
from dashboard.intake.understanding.table_rows import Row
from dashboard.intake.understanding.words import (
    BASIS,
    IN_MONTH,
    IN_QUARTER,
    MEASURE,
    PROGRAMME,
    TO_DATE,
    WEAK,
    Fact,
)

_YEAR = 12  # months
_NAMES_YEAR = ("年", "月")  # 本年累计, 1-9月累计: what begins with January is said
_SHORTER = {Fact(BASIS, IN_MONTH), Fact(BASIS, IN_QUARTER)}


def is_since_january(span: Span) -> bool:
    """Whether a span begins with the year."""
    first_quarter = span.end.month == 3 and span.length == 3
    is_year = span.length == _YEAR and span.end.month == _YEAR
    return span.from_january or first_quarter or is_year


class SpanTotals:
    """The totals of one table of which nothing says when they begin."""

    def __init__(self, table: Table, columns: Columns) -> None:
        """累计 beside 本季 or 本月 can only be the longer one: since January."""
        self._titles, self._explained = table.titles, table.known.answers.words
        facts = [_facts(column) for column in columns]
        self._shorter = [each for each in facts if not each.isdisjoint(_SHORTER)]

    def open_word(self, span: Span, column: Column, row: Row) -> str:
        """The word that calls a figure of this span a total; empty where it is clear from when."""
        if span.length < 2 or is_since_january(span):
            return ""
        own = _facts(column)
        is_beside_shorter = any(_is_of_same(own, each) for each in self._shorter)
        if is_beside_shorter and column.named_span is None:
            return ""
        word = _word((*column.inner, *row.phrases)) or _word(self._titles)
        is_said = word in self._explained or any(sign in word for sign in _NAMES_YEAR)
        return "" if is_said else word


def _facts(column: Column) -> set[Fact]:
    return {fact for phrase in column.phrases for fact in phrase.facts()}


def _is_of_same(one: set[Fact], other: set[Fact]) -> bool:
    """Whether two columns name the same programmes, and the same measure or both none."""
    programmes = [{fact for fact in each if fact.slot == PROGRAMME} for each in (one, other)]
    measures = [{fact for fact in each if fact.slot in (MEASURE, WEAK)} for each in (one, other)]
    is_alike = bool(measures[0] & measures[1]) or not any(measures)
    return programmes[0] == programmes[1] and is_alike


def _word(phrases: Iterable[Phrase]) -> str:
    """The nearest word that says since January."""
    words = (
        token.text for phrase in phrases for token in phrase.tokens if token.has(BASIS, TO_DATE)
    )
    return next(words, "")
