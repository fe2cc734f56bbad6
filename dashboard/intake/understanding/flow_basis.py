"""Works out on which basis the flows of a table are kept: the month, since January, or asked."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Accumulation, FigureKind
from dashboard.catalogue.grid import Cell
from dashboard.catalogue.periods import Span
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.numbers import number_at
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns
from dashboard.intake.understanding.table_rows import Labels, Row, Rows
from dashboard.intake.understanding.understood import Note, Understood
from dashboard.intake.understanding.words import IN_MONTH, TO_DATE, normal

_PAYMENT = re.compile(r"发放|支付")
_MONTHLY = re.compile(r"月份.*(?:汇总|名单|明细|花名)")
_NOT_PAYMENT = re.compile(r"累计|截[至止]|进展|完成|月报|快报|主要指标|统计公报")
_SPAN = "span"  # a quarter or another span that no flow is kept of
_OF_A_YEAR = (FigureKind.TARGET, FigureKind.PLAN)  # amounts for a whole year
_FLOWS = (Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH)
Texts = tuple[str, ...]


class FlowBasis:
    """Gives the figures of one table their basis."""

    def __init__(self, table: Table, columns: Columns, rows: Rows, understood: Understood) -> None:
        """``understood`` takes the notes."""
        self._table, self._columns, self._rows = table, columns, rows
        self._grid, self._catalogue = table.known.grid, table.known.catalogue
        self._understood = understood
        answer = table.known.answers.basis
        self._answer = answer if answer in (IN_MONTH, TO_DATE) else ""
        self._is_titled_payment = _is_titled_payment(table)
        self._falls: dict[tuple[Texts, Labels, Texts], bool] = {}
        self._alike: dict[Labels, dict[Texts, list[int]]] = {}

    def with_basis(
        self, meaning: Meaning, span: Span, column: Column, row: Row
    ) -> Cell | str | Gap:
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
        basis = meaning.basis or self._basis(span, column, row)
        if basis == IN_MONTH and span.length in (0, 1):
            return cell._replace(in_month=True)
        if basis == TO_DATE:
            return cell
        return gaps.odd_span() if basis else gaps.no_basis()

    def _declared(self, meaning: Meaning, span: Span, column: Column, row: Row) -> str | Gap:
        """An indicator outside the grid, or its twin of the month, by what the sheet says."""
        own = self._catalogue.indicators[meaning.indicator]
        if own.accumulation not in _FLOWS:
            return own.id
        basis = meaning.basis or self._basis(span, column, row)
        if basis in ("", _SPAN):
            return gaps.odd_span() if basis else gaps.no_basis()
        if own.accumulation == basis:
            return own.id
        twin = self._catalogue.indicators.get(own.linked)
        is_twin = twin is not None and twin.accumulation == basis
        return twin.id if twin is not None and is_twin else gaps.other_basis(own)

    def _basis(self, span: Span, column: Column, row: Row) -> str:
        """What period and title say of a flow's basis, else what the person says, else nothing."""
        if span.length > 1:
            first_quarter = span.end.month == 3 and span.length == 3
            since_january = span.from_january or first_quarter or span.length == 12
            return TO_DATE if since_january else _SPAN
        if self._columns.are_months and self._are_falling(column, row):
            return IN_MONTH
        if span.end.month == 1:
            return TO_DATE
        if not self._columns.are_months and self._is_titled_payment:
            return IN_MONTH
        return self._answer

    def _are_falling(self, column: Column, row: Row) -> bool:
        """Whether figures fall from month to month within the year: never a count since January."""
        key = column.texts, row.labels, row.texts
        if key not in self._falls:
            self._falls[key] = self._fall(*key)
        if self._falls[key]:
            name = "/".join([*column.texts, *row.texts]) or self._table.frame.title
            self._understood.note_once(Note("months_read_as", _read_as_months(name)))
        return self._falls[key]

    def _fall(self, column: Texts, labels: Labels, row: Texts) -> bool:
        months = self._columns.months.get(column, ())
        if len({end.year for end, _ in months}) != 1:
            return False
        return any(
            self._falls_in(at, [place for _, place in months])
            for at in self._rows_alike(labels)[row]
        )

    def _falls_in(self, row: int, places: list[int]) -> bool:
        values = [number_at(self._table.sheet, row, place) for place in places]
        known = [value for value in values if value is not None]
        return any(later < earlier for earlier, later in pairwise(known))

    def _rows_alike(self, labels: Labels) -> dict[Texts, list[int]]:
        """The rows by what their labels say."""
        if labels not in self._alike:
            alike: dict[Texts, list[int]] = defaultdict(list)
            for row in self._rows.of(labels):
                alike[row.texts].append(row.at)
            self._alike[labels] = alike
        return self._alike[labels]


def _read_as_months(name: str) -> Text:
    return Text(
        f"“{name}”各月的数有减少，不是累计数，按当月数读入",
        f"{name} falls from month to month: it was read as the figures of single months",
    )


def _is_titled_payment(table: Table) -> bool:
    """Whether a title is of what was paid out in a month: 资金发放表, 3月份花名册."""
    titles = [normal(text) for text in (*table.captions, *table.outer)]
    return any(
        (_PAYMENT.search(text) or _MONTHLY.search(text)) and not _NOT_PAYMENT.search(text)
        for text in titles or [normal(table.frame.title)]
    )
