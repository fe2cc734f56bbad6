"""Works out on which basis the flows of a table are kept: the month, since January, or asked."""

from __future__ import annotations

import re

from dashboard.catalogue.concepts import Accumulation, FigureKind
from dashboard.catalogue.grid import IndicatorCell
from dashboard.catalogue.periods import Span
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.month_parts import MonthParts
from dashboard.intake.understanding.single_months import SingleMonths
from dashboard.intake.understanding.span_totals import SpanTotals, is_since_january
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns
from dashboard.intake.understanding.table_rows import Row, Rows
from dashboard.intake.understanding.understood import Note, Understood
from dashboard.intake.understanding.words import BASIS, IN_MONTH, IN_QUARTER, TO_DATE, Fact, normal

_PAYMENT = re.compile(r"发放|支付")
_MONTHLY = re.compile(r"月份.*(?:汇总|名单|明细|花名)")
_NOT_PAYMENT = re.compile(r"累计|截[至止]|进展|完成|月报|快报|主要指标|统计公报")
_PROGRESS = re.compile(r"截[至止]|进展|进度|年度|全年")
_TARGETS = re.compile(r"目标|任务|计划")
_DONE_SO_FAR = re.compile(r"已完成|已建成|累计完成|已实施")
_SPAN = "span"  # a quarter or another span that no flow is kept of
_OF_A_YEAR = (FigureKind.TARGET, FigureKind.PLAN)  # amounts for a whole year
_FLOWS = (Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH)


class FlowBasis:
    """Gives the figures of one table their basis."""

    def __init__(self, table: Table, columns: Columns, rows: Rows, understood: Understood) -> None:
        """``understood`` takes the notes."""
        self._columns = columns
        self._grid, self._catalogue = table.known.grid, table.known.catalogue
        self._understood = understood
        answer = table.known.answers.basis
        self._answer = answer if answer in (IN_MONTH, TO_DATE) else ""
        self._is_titled_payment = _is_titled_payment(table)
        self._has_targets = _is_progress(table, columns)
        self._totals = SpanTotals(table, columns)
        self._months = SingleMonths(table, columns, rows)
        self._parts = MonthParts(table, columns, rows)

    def with_basis(
        self, meaning: Meaning, span: Span, column: Column, row: Row
    ) -> IndicatorCell | str | Gap:
        """The cell with its basis, or the id of an indicator outside the grid."""
        cell = meaning.cell
        if cell is None:
            return self._declared(meaning, span, column, row)
        programme, measure = (
            self._grid.programmes[cell.programme],
            self._grid.measures[cell.measure],
        )
        if not self._grid.is_flow(programme, measure) or meaning.kind in _OF_A_YEAR:
            return cell
        basis = self._basis_of(meaning, span, column, row)
        if basis == IN_MONTH and span.length in (0, 1):
            return cell._replace(in_month=True)
        if basis == TO_DATE:
            return self._open_total(span, column, row) or cell
        if basis == _SPAN and span.length > 1:
            return cell._replace(months=span.length)
        return _basis_gap(basis)

    def _declared(self, meaning: Meaning, span: Span, column: Column, row: Row) -> str | Gap:
        """An indicator outside the grid, or its twin of the month, by what the sheet says."""
        own = self._catalogue.indicators[meaning.indicator]
        if own.accumulation not in _FLOWS:
            return own.id
        basis = self._basis_of(meaning, span, column, row)
        if basis in ("", _SPAN):
            return _basis_gap(basis)
        unclear = self._open_total(span, column, row) if basis == TO_DATE else None
        if unclear is not None:
            return unclear
        if own.accumulation == basis:
            return own.id
        twin = self._catalogue.indicators.get(own.linked)
        is_twin = twin is not None and twin.accumulation == basis
        return twin.id if twin is not None and is_twin else gaps.other_basis(own)

    def _basis_of(self, meaning: Meaning, span: Span, column: Column, row: Row) -> str:
        """What headings and titles say of the basis; 本季度 of several months is their own."""
        if meaning.basis in (IN_MONTH, IN_QUARTER) and _is_total_of_months(span, column, row):
            return TO_DATE
        if meaning.basis == IN_QUARTER and span.length > 1:
            return _SPAN
        return meaning.basis or self._basis(span, column, row)

    def _open_total(self, span: Span, column: Column, row: Row) -> Gap | None:
        """What is asked of a total over months of which nothing says when they begin."""
        word = self._totals.open_word(span, column, row)
        return gaps.span_or_to_date(word) if word else None

    def _basis(self, span: Span, column: Column, row: Row) -> str:
        """What period and title say of a flow's basis, else what the person says, else nothing."""
        if span.length > 1:
            return TO_DATE if is_since_january(span) else _SPAN
        if self._is_proved(column, row) or self._has_total_to_date(column):
            return IN_MONTH
        if span.end.month == 1:
            return TO_DATE
        if not self._columns.are_months and self._is_titled_payment:
            return IN_MONTH
        if self._has_targets and any(map(_DONE_SO_FAR.search, column.texts)):
            return TO_DATE
        return self._answer

    def _has_total_to_date(self, column: Column) -> bool:
        """Whether its month stands beside what counts since January: 10月 | 1-10月累计."""
        own = column.named_span
        if own is None or own.length > 1 or self._columns.are_months:
            return False
        return any(_is_to_date_of(one, column) for one in self._columns)

    def _is_proved(self, column: Column, row: Row) -> bool:
        """Whether the table's own figures prove that a column counts in single months."""
        proof = self._months.proof(column, row) or self._parts.proof(column)
        if proof is not None:
            self._understood.note_once(Note("months_read_as", proof))
        return proof is not None


def _is_total_of_months(span: Span, column: Column, row: Row) -> bool:
    """Whether it is the total of a table of months: 1-6月合计 below a title with 分月."""
    is_total = column.is_whole or row.is_whole or column.named_span == span
    is_own = is_total and span.length > 1 and is_since_january(span)
    return is_own and not any(Fact(BASIS, IN_MONTH) in one.facts() for one in column.phrases)


def _basis_gap(basis: str) -> Gap:
    """What is asked of a flow on a basis that no indicator is kept on, or on none."""
    return gaps.odd_span() if basis else gaps.no_basis()


def _is_to_date_of(other: Column, column: Column) -> bool:
    """Whether a column counts since January what another one counts in a month."""
    added = [phrase for phrase in other.phrases if phrase.text not in column.texts]
    if len(added) + len(column.texts) != len(other.phrases):
        return False
    span, own = other.named_span, column.named_span
    if own is not None and span is not None and span.length > 1:
        return span.from_january and span.end == own.end
    return any(Fact(BASIS, TO_DATE) in phrase.facts() for phrase in added)


def _is_titled_payment(table: Table) -> bool:
    """Whether a title is of what was paid out in a month: 资金发放表, 3月份花名册."""
    titles = [normal(text) for text in (*table.captions, *table.outer)]
    return any(
        (_PAYMENT.search(text) or _MONTHLY.search(text)) and not _NOT_PAYMENT.search(text)
        for text in titles or [normal(table.frame.title)]
    )


def _is_progress(table: Table, columns: Columns) -> bool:
    """Whether a table compares what was done so far with the targets of the year."""
    titles = (*table.captions, *table.outer, table.frame.title)
    targets = any(_TARGETS.search(text) for column in columns for text in column.texts)
    return targets and any(_PROGRESS.search(normal(text)) for text in titles)
