"""Applies the remarks of a table to its figures: their unit, their basis, or what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.catalogue import periods
from dashboard.catalogue.concepts import FigureKind, Unit
from dashboard.catalogue.grid import IndicatorCell
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.parts_of_year import PART, span_of_part
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.phrases import Phrase, find_unit
from dashboard.intake.understanding.remarks import AND, EXCEPT, IS, ONLY, WITH, Clause, says_basis
from dashboard.intake.understanding.stated_day import DAY
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column
from dashboard.intake.understanding.table_rows import Row
from dashboard.intake.understanding.words import (
    ADDED,
    BASIS,
    IN_MONTH,
    IN_QUARTER,
    LEFT,
    MARK,
    MEASURE,
    PLAN,
    PROGRAMME,
    SCOPE,
    TARGET,
    TO_DATE,
    VALUE,
    WEAK,
    Fact,
    Token,
    is_chinese,
    normal,
)

_BASES = frozenset((TO_DATE, IN_MONTH, IN_QUARTER))
_OF_FIGURES = re.compile(r"数|表[中内格]?|以上|上述|统计|资金|金额|截[至止]|情况|为|是")
_COMPARED = re.compile(r"同期|同比|环比|比|较|上年|去年|起|以来|修订|普查|标准")
_LAST_TIME = re.compile(r"上个?月|上个?季|次月|下个?月|上一[月季]")
_AREA = re.compile(r"(?:街道|[镇乡村]|社区|[区县市省]级|[区县市]直)(?:单位|机关|数据?)?$|本级$")
_LEVEL_OF_MONEY = re.compile(r"(?:中央|地方|各级|[省市区县]级?)(?:财政|补助|配套)*(?:资金|经费)?")
_AND_SO_ON = re.compile("等?[)]?$")


class RemarkChecks:
    """What the remarks of one table say of its figures."""

    def __init__(self, table: Table) -> None:
        """Sorts out what a person has said of the remarks."""
        self._table, self._grid = table, table.known.grid
        answers = table.known.answers.words
        self._open = [one for one in table.remarks.clauses if one.text not in answers]
        self._answered = [one for one in table.remarks.clauses if one.text in answers]
        paths = (table.region.path(at) for at in table.region.figures)
        self._headings = {normal(text) for path in paths for text in path}

    # -- what a person explained ------------------------------------------------------------

    def titles(self, column: Column, row: Row) -> tuple[Phrase, ...]:
        """What a person says that the remarks say of a figure, as a title says it."""
        answers, found = self._table.known.answers.words, []
        for clause in self._answered:
            sense = asked.sense_of(clause.text, answers[clause.text], self._grid)
            if sense is not None and self._is_at(clause, column, row):
                token = Token(clause.text, (sense,))
                found.append(Phrase(clause.text, (token,), is_title=True))
        return tuple(found)

    # -- what they say of a meaning -----------------------------------------------------------

    def checked(self, meaning: Meaning, column: Column, row: Row) -> Meaning | Gap:
        """The meaning with the basis that remarks say, or what is asked of one of them."""
        if meaning.cell is None:
            return meaning
        for clause in self._about(meaning.cell, column, row):
            if clause.unit:
                continue
            if self._narrows(clause, meaning.cell, row) or self._is_planned(clause, meaning):
                return gaps.unclear_remark(clause.text)
            meaning_or_gap = self._with_basis(clause, meaning, meaning.cell)
            if isinstance(meaning_or_gap, Gap):
                return meaning_or_gap
            meaning = meaning_or_gap
        return meaning

    def _with_basis(self, clause: Clause, meaning: Meaning, cell: IndicatorCell) -> Meaning | Gap:
        words = _values(clause.facts, BASIS) & _BASES
        if not words:
            return meaning
        programme, measure = (
            self._grid.programmes[cell.programme],
            self._grid.measures[cell.measure],
        )
        if not self._grid.is_flow(programme, measure):
            is_open = _names_measure(clause) and TO_DATE in words and measure.group != "money"
            return gaps.unclear_remark(clause.text) if is_open else meaning
        is_said = says_basis(clause, self._table.known.lexicon)
        if not is_said and not clause.is_negated and clause.verb is not IS:
            return meaning  # 本月新增人员次月发放 says nothing of what the figures are
        if not is_said or len(words) > 1 or meaning.basis not in ("", *words):
            return gaps.unclear_remark(clause.text)
        return replace(meaning, basis=words.pop())

    def _is_planned(self, clause: Clause, meaning: Meaning) -> bool:
        """Whether a remark calls actual figures planned or expected: 均为预计数."""
        words = self._table.known.lexicon.cut(clause.predicate)
        is_plan = any(token.has(MARK, one) for token in words for one in (TARGET, PLAN))
        return is_plan and clause.predicate != clause.text and meaning.kind is FigureKind.ACTUAL

    def _narrows(self, clause: Clause, cell: IndicatorCell, row: Row) -> bool:
        """Whether a remark leaves out, or adds, what may change what the figures count."""
        checks = {ONLY: self._is_other, EXCEPT: self._is_part, WITH: self._is_added}
        is_meant = checks.get(clause.verb) if clause.verb else None
        if is_meant is None:
            return False
        parts = [one for one in AND.split(_AND_SO_ON.sub("", clause.predicate)) if one]
        others = [one for one in parts if not self._is_area(one)]
        if clause.verb is EXCEPT and len(others) < len(parts) and self._is_of_all(row):
            return True
        if clause.verb is WITH:
            others = [one for one in others if not _LEVEL_OF_MONEY.fullmatch(one)]
        cut = self._table.known.lexicon.cut
        return any(is_meant(token, cell) for one in others for token in cut(one))

    def _is_of_all(self, row: Row) -> bool:
        """Whether a row is of the whole area of the table, from which a part is left out."""
        area = row.place.area
        return area is not None and area.code == self._table.finder.within

    def _is_area(self, text: str) -> bool:
        return bool(_AREA.search(text) or self._table.finder.find(text))

    def _is_other(self, token: Token, cell: IndicatorCell) -> bool:
        """Whether a word to which the figures are confined does not name all that they count."""
        programmes = _values_of(token, PROGRAMME)
        if not programmes:
            return self._is_part(token, cell)
        return not any(self._grid.is_within(cell.programme, one) for one in programmes)

    def _is_added(self, token: Token, cell: IndicatorCell) -> bool:
        """Whether a word may name what is no part of what the figure counts."""
        if not token.senses:
            return is_chinese(token.text)
        if any(token.has(MARK, one) for one in (LEFT, ADDED, PLAN)):
            return True
        programmes = _values_of(token, PROGRAMME)
        return bool(programmes) and not any(
            self._grid.is_within(one, cell.programme) for one in programmes
        )

    def _is_part(self, token: Token, cell: IndicatorCell) -> bool:
        """Whether a word may name some of what the figure counts, and not all of it."""
        if not token.senses:
            return is_chinese(token.text)
        facts = [fact for sense in token.senses for fact in sense]
        own = {Fact(VALUE, f"{name}:{value}") for name, value in cell.values}
        own.add(Fact(SCOPE, cell.scope))
        named = _values_of(token, PROGRAMME)
        if named:
            return any(
                one != cell.programme and self._grid.is_within(one, cell.programme) for one in named
            )
        return any(fact.slot in (VALUE, SCOPE) and fact not in own for fact in facts)

    # -- what they say of unit and time -------------------------------------------------------

    def unit(
        self, cell: IndicatorCell, column: Column, row: Row, printed: Unit | None
    ) -> Unit | Gap | None:
        """The unit that a remark gives to a figure; a gap where another one is printed."""
        dimension = self._dimension(cell)
        for clause in self._about(cell, column, row):
            unit = find_unit(clause.unit, self._table.known.catalogue) if clause.unit else None
            if unit is not None and _are_alike(unit.dimension, dimension):
                is_other = printed is not None and printed.factor != unit.factor
                is_open = is_other or clause.is_of_area
                return gaps.unclear_remark(clause.text) if is_open else unit
            if clause.unit and _names_measure(clause):
                return gaps.unclear_remark(clause.text)
        return None

    def time(self, meaning: Meaning, span: Span, column: Column, row: Row) -> Gap | None:
        """What is asked where a remark dates the figures otherwise than all around them."""
        if meaning.cell is None or column.is_year_before:
            return None
        for clause in self._about(meaning.cell, column, row):
            if _COMPARED.search(clause.text) or not _OF_FIGURES.search(clause.text):
                continue
            is_day = bool(DAY.search(clause.text))  # an earlier one is asked as the period itself
            if _LAST_TIME.search(clause.text) or any(
                one is None or one.end > span.end or (one.end != span.end and not is_day)
                for one in _times(clause.text, span)
            ):
                return gaps.unclear_remark(clause.text)
        return None

    # -- of which figures they are ------------------------------------------------------------

    def _about(self, cell: IndicatorCell, column: Column, row: Row) -> Iterator[Clause]:
        for clause in self._open:
            if self._is_at(clause, column, row) and self._is_of(clause.subject, cell):
                yield clause

    def _is_at(self, clause: Clause, column: Column, row: Row) -> bool:
        """Whether a remark is about a figure by its sign, such as ①, or by a heading's own words.

        下达资金 in a remark is the column of that heading where there is one, and no other money.
        """
        own = tuple(map(normal, (*column.headings, *row.texts)))
        for sign in filter(None, (clause.sign, clause.named)):
            if any(sign in text for text in own):
                continue
            if any(sign in text for text in self._headings):
                return False
        return True

    def _is_of(self, subject: Iterable[Fact], cell: IndicatorCell) -> bool:
        """Whether nothing that a remark is about is of other figures than this one."""
        facts, grid = tuple(subject), self._grid
        measures = _values(facts, MEASURE, WEAK) & grid.measures.keys()
        dimensions = {grid.units[grid.measures[one].unit].dimension for one in measures}
        if dimensions and self._dimension(cell) not in dimensions:
            return False
        programmes, within = _values(facts, PROGRAMME), grid.is_within
        if programmes and not any(
            within(one, cell.programme) or within(cell.programme, one) for one in programmes
        ):
            return False
        scopes = _values(facts, SCOPE)
        return not scopes or bool(scopes & {cell.scope, "both"}) or not cell.scope

    def _dimension(self, cell: IndicatorCell) -> str:
        """What the unit of a figure measures: money, persons."""
        grid = self._grid
        unit = grid.unit_of(grid.programmes[cell.programme], grid.measures[cell.measure])
        return grid.units[unit].dimension


_MONEY = {"money", "money_rate", "money_per_person"}


def _are_alike(one: str, other: str) -> bool:
    """Whether figures of two dimensions may share a unit, as all money does."""
    return one == other or {one, other} <= _MONEY


def _names_measure(clause: Clause) -> bool:
    """Whether a remark says what is measured of which it speaks."""
    return bool(_values(clause.subject, MEASURE, WEAK))


def _values(facts: Iterable[Fact], *slots: str) -> set[str]:
    """What facts fill some slots with."""
    return {fact.value for fact in facts if fact.slot in slots}


def _values_of(token: Token, slot: str) -> list[str]:
    """What a word may fill a slot with."""
    return [fact.value for sense in token.senses for fact in sense if fact.slot == slot]


def _times(text: str, span: Span) -> Iterator[Span | None]:
    """The periods that a remark names, parts of a year in that of the figure."""
    named = periods.phrases(text)
    if named:
        yield from (phrase.span for phrase in named)
        return
    for match in PART.finditer(text):
        yield span_of_part(match[0], span.end.year)
