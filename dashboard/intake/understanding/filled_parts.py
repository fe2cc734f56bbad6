"""Finds up to when a total counts of whose months or quarters the last ones are still empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from dashboard.base.language import LANGUAGES, Text
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Span, months_counted
from dashboard.intake.forms.files.cells import text_of
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.numbers import adds_up, number_at
from dashboard.intake.understanding.places import names_period
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns, is_whole
from dashboard.intake.understanding.table_rows import Row, Rows

SpanOf = Callable[[Column, Row], Span | None]
_QUARTER = 3  # months
_HALF, _NEAR = 0.5, 1e-6  # of the last decimal that is printed


class _Part(NamedTuple):
    """A month or quarter of a total: its time, and the row and column of its figure."""

    span: Span
    row: int
    column: int


class FilledParts:
    """Shortens the span of a total to the months or quarters that have figures."""

    def __init__(self, table: Table, columns: Columns, rows: Rows, span_of: SpanOf) -> None:
        """``span_of`` gives the period of a column's figure in a row."""
        self._sheet, self._columns, self._rows = table.sheet, columns, rows
        self._region = table.region
        self._span_of = span_of

    def span(self, span: Span, column: Column, row: Row) -> Span | Gap:
        """The span of a total: to the last month with a figure, where those after it are empty.

        What is asked where the total is not the sum of the figures that are there.
        """
        parts = sorted(self._parts(span, column, row), key=lambda part: part.span.end)
        filled = [part for part in parts if text_of(self._sheet.cell(part.row, part.column))]
        total = number_at(self._sheet, row.at, column.at)
        if not filled or total is None:
            return span
        if filled[-1].span.end == parts[-1].span.end:
            return self._of_all(span, filled, column, row)
        if not total:
            return span
        if not self._is_sum(filled, column, row):
            return gaps.not_the_sum(text_of(self._sheet.cell(row.at, column.at)))
        return _until(filled[-1], span)

    def _of_all(self, span: Span, filled: Sequence[_Part], column: Column, row: Row) -> Span | Gap:
        """The span of a total all of whose parts are filled, or have no column.

        What is asked where quarters or halves that make it up do not add up to it: they may count
        since January, or it is another figure, such as a plan.
        """
        following = _following(span, filled)
        if not following:
            return span
        if self._is_sum(following, column, row):
            return _until(following[-1], span) if self._has_empty_column else span
        is_whole = following[-1].span.end == span.end
        if not is_whole or any(one.span.length < _QUARTER for one in following):
            return span
        return gaps.not_the_sum(text_of(self._sheet.cell(row.at, column.at)))

    @cached_property
    def _has_empty_column(self) -> bool:
        """Whether a month or quarter has a heading and no figure; 上半年 and 全年 may be all."""
        region = self._region
        empty = (at for at in range(self._sheet.width) if at not in region.figures)
        return any(any(map(names_period, region.path(at))) for at in empty)

    def _is_sum(self, parts: Sequence[_Part], column: Column, row: Row) -> bool:
        """Whether a total is the sum of these parts, as far as it is printed."""
        total = number_at(self._sheet, row.at, column.at)
        numbers = [number_at(self._sheet, one.row, one.column) for one in parts]
        if total is None or adds_up([total], [[one] for one in numbers]):
            return True
        decimals = len(text_of(self._sheet.cell(row.at, column.at)).partition(".")[2])
        difference = abs(total - sum(one for one in numbers if one is not None))
        return difference <= _HALF / 10**decimals + _NEAR

    def _parts(self, span: Span, column: Column, row: Row) -> Iterator[_Part]:
        """The months and quarters of a total, in its row or its column."""
        if column.is_whole or not row.is_whole:
            same = tuple(text for text in column.texts if not is_whole(text))
            places = [(one, row) for one in self._columns if one.texts == same]
        else:
            rows = [one for one in self._rows.of(column.labels) if _is_alike(one, row)]
            places = [(column, one) for one in rows]
        months = months_counted(span.first, span.end)
        for one, other in places:
            part = self._span_of(one, other)
            if part is None or part.length >= months:
                continue
            if span.first <= part.first and part.end <= span.end:
                yield _Part(part, other.at, one.at)


def note_of(span: Span) -> Text:
    """That a total counts up to the last month with a figure."""
    times = {one: periods.name_of_all(span.first, span.end, one) for one in LANGUAGES}
    return Text(
        f"之后各期没有数，合计等于已有各期之和，按{times['zh']}读入",
        f"later periods are empty and the total is the sum of the others: read as {times['en']}",
    )


def _following(span: Span, parts: Iterable[_Part]) -> list[_Part]:
    """The parts that follow each other from the beginning of a span, the longest first."""
    found: list[_Part] = []
    for one in sorted(parts, key=lambda part: (part.span.first, -part.span.length)):
        if one.span.first == (found[-1].span.end.plus(1) if found else span.first):
            found.append(one)
    return found


def _until(part: _Part, span: Span) -> Span:
    """A span up to the end of one of its parts."""
    end = part.span.end
    return span if end == span.end else Span(end, span.first, months_counted(span.first, end))


def _is_alike(one: Row, total: Row) -> bool:
    """Whether a row is of the same area and kind as a total, and no total itself."""
    return not one.is_whole and one.texts == total.texts and one.place.area == total.place.area
