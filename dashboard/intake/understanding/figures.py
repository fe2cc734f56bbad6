"""Reads the figures of one table: meaning, area, period, basis and unit of each, or a question."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeGuard

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Accumulation, Aggregation, Area, FigureKind, Unit
from dashboard.catalogue.grid import IndicatorCell
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.parts_of_year import span_of_part
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.asked_labels import asked_label
from dashboard.intake.understanding.filled_parts import FilledParts, note_of
from dashboard.intake.understanding.flow_basis import FlowBasis
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.meanings import Meanings
from dashboard.intake.understanding.named_lines import Line, NamedLines
from dashboard.intake.understanding.neighbours import Neighbours
from dashboard.intake.understanding.open_questions import OpenQuestions
from dashboard.intake.understanding.paid_persons import paid_over_span
from dashboard.intake.understanding.printed_periods import agree, words_of
from dashboard.intake.understanding.printed_units import PrintedUnits
from dashboard.intake.understanding.remark_checks import RemarkChecks
from dashboard.intake.understanding.row_areas import Place
from dashboard.intake.understanding.row_kinds import is_figure, is_mark
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, columns_of_table, is_whole
from dashboard.intake.understanding.table_rows import Row, Rows
from dashboard.intake.understanding.title_words import TitleWords
from dashboard.intake.understanding.unclear_parts import UnclearParts
from dashboard.intake.understanding.understood import Note, Reading, Understood
from dashboard.intake.understanding.whole_names import WholeNames
from dashboard.intake.understanding.words import (
    IN_MONTH,
    IN_QUARTER,
    MARK,
    TO_DATE,
    TOTAL,
    Fact,
    normal,
)

_QUARTER, _YEAR = 3, 12  # months
_TOTAL = Fact(MARK, TOTAL)
_WHOLE_YEAR = "全年"
_THIS_MONTH = re.compile("[本当]月")
_ADDED_STOCK = Text(
    "各月的期末数不能相加，“合计”未读入",
    "what there is at the end of each month does not add up: the total was left out",
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a figure counts: the indicator's id, its period, the unit as printed, and its kind."""

    indicator: str
    span: Span
    unit: str
    kind: FigureKind = FigureKind.ACTUAL
    is_stock: bool = False  # whether only the time makes a number of payments of a stock
    is_estimate: bool = False  # as a remark says


@dataclass(frozen=True, slots=True)
class Unread:
    """What keeps the figures of a column and a wording from being read, and their line."""

    gap: Gap
    line: Line


class TableReader:
    """Reads the figures of one table into what is understood of its sheet."""

    def __init__(self, table: Table, understood: Understood) -> None:
        """Works out what columns and rows say; reads no figure yet."""
        self.table, self.understood = table, understood
        self.columns, self.rows = columns_of_table(table), Rows(table)
        self.questions = OpenQuestions(table.sheet.name)
        self.readings: dict[int, list[Reading]] = defaultdict(list)  # by row
        neighbours = Neighbours(table, self.columns, self.rows)
        names = WholeNames(table, neighbours.speaks_of_money)
        self._remarks = RemarkChecks(table)
        self.units = PrintedUnits(table, self._remarks, self.columns, self.rows)
        titles = TitleWords(table, neighbours, self.rows)
        self.meanings = Meanings(table, neighbours, names, self.units, self._remarks, titles)
        self._lines = NamedLines(table, names, self.units, titles)
        self._parts = UnclearParts(table, self.columns, self.meanings)
        self.basis = FlowBasis(table, self.columns, self.rows, understood)
        self._filled = FilledParts(table, self.columns, self.rows, self.span)
        self._headed = {at: self.rows.areas.of_column(at) for at in table.headed.areas}
        self._senses: dict[tuple[int, int], Sense | Unread | Gap] = {}

    def row(self, at: int, column: Column) -> Row:
        """A row as the figures of a column see it."""
        return self.rows.row(at, column.labels)

    def read(self, column: Column, row: Row) -> None:
        """Reads one figure; adds what is to be asked."""
        if column.is_change:
            return
        self.understood.figures += is_figure(self.table.sheet.cell(row.at, column.at))
        area = self.area(column, row)
        if area is None:
            return
        key = column.at, row.wording
        if key not in self._senses:
            self._senses[key] = self._worked_out(column, row)
        sense = self._senses[key]
        if isinstance(sense, Sense) and self._adds_months_of_stock(sense, column, row):
            self.understood.note_once(Note("column_left_out", _ADDED_STOCK, row.at, column.at))
        elif isinstance(sense, Sense):
            self._read_counted(sense, column, row, area)
        elif isinstance(sense, Unread):
            self._read_named(sense, column, row, area)
        elif not is_mark(self.table.sheet.cell(row.at, column.at)):
            label = self._asked_label(sense, column, row)
            self.questions.add(sense, (row.at, column.at), label)

    def _read_counted(self, sense: Sense, column: Column, row: Row, area: Area) -> None:
        """Reads a figure whose meaning is known; asks where its period is not."""
        cell, span = (row.at, column.at), sense.span
        if sense.kind is FigureKind.ACTUAL and self._is_total(sense, column, row):
            filled = self._filled.span(span, column, row)
            if isinstance(filled, Gap):
                self.questions.add(filled, cell)
                return
            if filled != span:
                self.understood.note_once(Note("total_to_date", note_of(filled), *cell))
            span = filled
        counted = sense.indicator, area.code, span, sense.unit, sense.kind
        kind = column.is_year_before, sense.is_stock, sense.is_estimate
        self._keep(Reading(row.at, column.at, *counted, *kind))

    def _is_total(self, sense: Sense, column: Column, row: Row) -> bool:
        """Whether a figure is a total of months or quarters: 合计, or 全年 beside some of them."""
        if column.is_whole or row.is_whole:
            return True
        is_year = _is_year(column.named_span) and any(map(is_whole, column.headings))
        return is_year and not self._is_stock(sense)

    def _is_stock(self, sense: Sense) -> bool:
        indicator = self.table.known.catalogue.indicators[sense.indicator]
        return indicator.accumulation is Accumulation.END_OF_PERIOD

    def _adds_months_of_stock(self, sense: Sense, column: Column, row: Row) -> bool:
        """Whether a figure is the total of months of which each counts what there is at its end."""
        return self._is_stock(sense) and (column.is_whole or row.is_whole)

    def read_blank(self, column: Column, row: Row) -> None:
        """Reads a cell that was printed empty, where its meaning is beyond doubt."""
        if column.named_span is not None or not row.is_named or column.is_change:
            return  # a blank below a year or a month says nothing of that period
        before = len(self.questions.cells), len(self.understood.notes)
        meaning, span = self.meanings.of(column, row), self.span(column, row)
        if isinstance(meaning, Gap) or span is None or self._conflict(column, row) is not None:
            return
        cell = self.basis.with_basis(meaning, span, column, row)
        if isinstance(cell, Gap):
            return
        if not isinstance(cell, str) and self._is_of_total(cell, row):
            return
        area = self.area(column, row)
        if area is not None and before == (len(self.questions.cells), len(self.understood.notes)):
            indicator = cell if isinstance(cell, str) else self.table.known.grid.id_of(cell)
            counted = indicator, area.code, span, "", meaning.kind
            self._keep(Reading(row.at, column.at, *counted, is_stock=meaning.is_stock))

    def _is_of_total(self, cell: IndicatorCell, row: Row) -> bool:
        """Whether a blank is a total of what does not add up: the standard in the row 合计."""
        adds_up = self.table.known.grid.measures[cell.measure].aggregation is Aggregation.SUM
        return not adds_up and any(fact == _TOTAL for one in row.phrases for fact in one.facts())

    def read_in_unit(self, column: Column, row: Row, unit: Unit) -> None:
        """Reads a figure as printed in this unit."""
        meaning = self.meanings.in_unit(column, row, unit)
        span, area = self.span(column, row), self.area(column, row)
        if isinstance(meaning, Gap) or span is None or area is None:
            return
        cell = self.basis.with_basis(meaning, span, column, row)
        if isinstance(cell, Gap):
            self.questions.add(cell, (row.at, column.at))
        elif not isinstance(cell, str):
            indicator = self.table.known.grid.id_of(cell)
            self._keep(Reading(row.at, column.at, indicator, area.code, span, unit.name.zh))

    def area(self, column: Column, row: Row) -> Area | None:
        """The area of a figure; adds what is to be asked or noted where it has none."""
        place: Place = self._headed[column.at] if self._headed else row.place
        cell = place.cell or (row.at, column.at)
        if place.gap is not None:
            self.questions.add(place.gap, cell)
        if place.note is not None:
            self.understood.note_once(Note("row_left_out", place.note, *cell))
        return place.area

    def span(self, column: Column, row: Row) -> Span | None:
        """The period of a figure: its column's where that has one, else its row's.

        In a table of years by months, quarters or halves one gives the year, the other the part.
        """
        span = self._narrower(column, row)
        if column.part and row.is_dated and _is_year(row.span):
            span = span_of_part(column.part, row.span.end.year)
        elif row.part and _is_year(column.named_span):
            span = span_of_part(row.part, column.named_span.end.year)
        if span is not None and column.is_year_before:
            since = span.since.plus(-12) if span.since else None
            return Span(span.end.plus(-12), since, span.length)
        return span

    def _narrower(self, column: Column, row: Row) -> Span | None:
        """The period of a column, or of a row that narrows it: 3月 below 上半年."""
        if not column.is_dated:
            return row.span
        if not row.is_dated or row.span is None or column.span is None:
            return column.span
        is_within = column.span.first <= row.span.first and row.span.end < column.span.end
        return row.span if is_within else column.span

    def _conflict(self, column: Column, row: Row) -> Gap | None:
        """What is asked where the times that headings and labels name are unclear or disagree."""
        if column.conflict or row.conflict:
            return column.conflict or row.conflict
        own, other = column.span, row.span
        if not (column.is_dated and row.is_dated and own and other):
            return None
        if _gives_year(column, row) or agree(own, other) or agree(other, own):
            return None
        return gaps.periods_contradict(words_of(other), words_of(own).zh)

    def _worked_out(self, column: Column, row: Row) -> Sense | Unread | Gap:
        """What the figures of a column count in all rows of one wording."""
        conflict = self._conflict(column, row)
        if conflict is not None:
            return conflict
        meaning, span = self.meanings.of(column, row), self.span(column, row)
        if isinstance(meaning, Gap):
            return Unread(meaning, self._lines.line(meaning, column, row))
        if span is None:
            return self._period_gap(column, row)
        if meaning.basis == IN_MONTH and span.length > 1 and span.from_january:
            meaning, span = self._of_month(meaning, span, column, row)
        if meaning.basis == IN_QUARTER:
            meaning, span = _of_quarter(meaning, span)
        own = gaps.part_of_row(row.unclear) if row.unclear else None
        inner = (*column.inner, *row.phrases)
        unclear = (
            own
            or _of_part_of_year(column, row, meaning, span)
            or self._parts.gap(column, row, meaning)
            or paid_over_span(self.table.known, inner, meaning, span)
            or self._remarks.time(meaning, span, column, row)
        )
        if unclear is not None:
            return Unread(unclear, self._lines.line(unclear, column, row))
        return self._counted(meaning, span, column, row)

    def _period_gap(self, column: Column, row: Row) -> Gap:
        """What is asked where the period of figures is not known: it, or only its year."""
        lacks_year = self.table.span is None and bool(column.part or row.part)
        return gaps.no_year() if lacks_year else gaps.no_period()

    def _of_month(
        self, meaning: Meaning, span: Span, column: Column, row: Row
    ) -> tuple[Meaning, Span]:
        """What 本月 means over a time since January: its last month, where only the title says it.

        In the last of the rows of months, 1-7月累计, the months are added up.
        """
        if row.is_dated and not column.is_dated:
            others = self.rows.of(column.labels)
            months = [one for one in others if one.span is not None and one.span.length < 2]
            added = len(months) > 1 and not self._has_to_date
            return (replace(meaning, basis=TO_DATE) if added else meaning), span
        texts = map(normal, (*column.headings, *row.texts))
        is_this = not column.is_dated and any(map(_THIS_MONTH.search, texts))
        return meaning, Span(span.end) if is_this else span

    @cached_property
    def _lacks_period(self) -> bool:
        """Whether neither titles nor headings name a period or a part of one."""
        return self.table.span is None and not any(
            column.is_dated or column.part for column in self.columns
        )

    @cached_property
    def _has_to_date(self) -> bool:
        """Whether a heading of the table speaks of figures since January."""
        return any("累计" in text for column in self.columns for text in column.headings)

    def _counted(self, meaning: Meaning, span: Span, column: Column, row: Row) -> Sense | Gap:
        cell = self.basis.with_basis(meaning, span, column, row)
        if isinstance(cell, Gap):
            return cell
        if isinstance(cell, str):
            indicator = self.table.known.catalogue.indicators[cell]
            unit = self.units.declared(column, row, indicator)
            return Sense(cell, span, unit, meaning.kind, is_estimate=meaning.is_estimate)
        spelt = self.units.spelling(column, row, cell)
        if isinstance(spelt, Gap):
            return spelt
        counted = self.table.known.grid.id_of(cell)
        return Sense(counted, span, spelt, meaning.kind, meaning.is_stock, meaning.is_estimate)

    def _read_named(self, unread: Unread, column: Column, row: Row, area: Area) -> None:
        """Reads a figure as its line was named or mapped; asks where it was not."""
        line, cell = unread.line, (row.at, column.at)
        if line.mapped is not None:
            self.understood.mapped.setdefault(line.name, line.mapped)
            self.understood.mapped_at.setdefault(line.name, cell)
        if line.mapped == "":
            return
        if not line.indicator:
            if not is_mark(self.table.sheet.cell(*cell)):
                self._ask_for_line(unread.gap, line.name, column, row)
            return
        span = self.span(column, row)
        named = line.indicator if line.mapped is not None else self._named(line, span, column, row)
        if span is None or isinstance(named, Gap):
            gap = named if isinstance(named, Gap) else self._period_gap(column, row)
            self.questions.add(gap, cell)
            return
        doubt = self._remarks.doubt(column, row, span)
        if doubt is not None:
            self.questions.add(doubt, cell)
            return
        indicator = self.table.known.catalogue.indicators[named]
        unit = self.units.declared(column, row, indicator)
        self._keep(Reading(*cell, named, area.code, span, unit))

    def _named(self, line: Line, span: Span | None, column: Column, row: Row) -> str | Gap:
        """The indicator of a line named whole, or its twin of the month, by what the sheet says."""
        if span is None:
            return self._period_gap(column, row)
        meaning = Meaning(None, basis=line.basis, indicator=line.indicator)
        counted = self.basis.with_basis(meaning, span, column, row)
        return line.indicator if isinstance(counted, IndicatorCell) else counted

    def _ask_for_line(self, gap: Gap, name: str, column: Column, row: Row) -> None:
        header = self.table.region.header
        at = row.at if row.phrases or not header else header[-1]
        self.understood.line_names[row.at, column.at] = name
        self.understood.line_places.setdefault(name, (at, column.at))
        label = self._asked_label(gap, column, row)
        self.questions.add(gap, (row.at, column.at), label)
        if self._lacks_period and not (row.is_dated or row.part):
            self.questions.add(self._period_gap(column, row), (row.at, column.at))

    def _asked_label(self, gap: Gap, column: Column, row: Row) -> str:
        """The heading or label about which a question is put; empty where it is about a word."""
        if self.table.remarks.says(gap.word):
            return ""
        return asked_label(gap, column.inner, row.phrases, self.table.titles)

    def cell_without_remarks(self, column: Column, row: Row) -> IndicatorCell | None:
        """What a figure would count if no remark spoke of it; None where that is not known."""
        meaning, span = self.meanings.without_remarks(column, row), self.span(column, row)
        if isinstance(meaning, Gap) or span is None:
            return None
        cell = self.basis.with_basis(meaning, span, column, row)
        return cell if isinstance(cell, IndicatorCell) else None

    def all_readings(self) -> list[Reading]:
        """The figures that were read."""
        return [reading for readings in self.readings.values() for reading in readings]

    def replace(self, reading: Reading, *others: Reading) -> None:
        """Puts others, or nothing, in the place of a figure that was read."""
        for readings in (self.understood.readings, self.readings[reading.row]):
            at = readings.index(reading)
            readings[at : at + 1] = others

    def _keep(self, reading: Reading) -> None:
        self.understood.readings.append(reading)
        self.readings[reading.row].append(reading)


def _of_part_of_year(column: Column, row: Row, meaning: Meaning, span: Span) -> Gap | None:
    """What is asked where 全年 stands over figures to another month; 全年累计 is up to now."""
    texts = (*column.texts, *row.texts)
    is_whole = any(_WHOLE_YEAR in text and f"{_WHOLE_YEAR}累计" not in text for text in texts)
    if not is_whole or meaning.kind is not FigureKind.ACTUAL or span.end.month == _YEAR:
        return None
    return gaps.periods_contradict(words_of(span), _WHOLE_YEAR)


def _of_quarter(meaning: Meaning, span: Span) -> tuple[Meaning, Span]:
    """What 本季度 means: the quarter that ends with the period; as it is where none does."""
    if span.length == _QUARTER:
        return replace(meaning, basis=""), span
    ends = span.end.month % _QUARTER == 0 and (span.length < 2 or span.from_january)
    if not ends or span.length == _YEAR:
        return meaning, span
    return replace(meaning, basis=""), Span(span.end, span.end.plus(1 - _QUARTER), _QUARTER)


def _gives_year(column: Column, row: Row) -> bool:
    """Whether one of column and row names the year, the other a part of it."""
    of_row = bool(column.part) and _is_year(row.span)
    return of_row or (bool(row.part) and _is_year(column.named_span))


def _is_year(span: Span | None) -> TypeGuard[Span]:
    return span is not None and span.is_year
