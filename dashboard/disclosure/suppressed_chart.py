"""Makes a chart without its suppressed cells: table, series, order, notes and sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dashboard.analysis.small_counts import HIDDEN
from dashboard.base.language import word
from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.topics import Kind
from dashboard.charts.kinds.waterfall import without_steps
from dashboard.charts.model.chart import CellFact, CellRole, Chart, Remark, Series, Table
from dashboard.charts.model.map_classes import classed_anew
from dashboard.disclosure.table_relations import Place, facts_of

T = TypeVar("T")
_RANKED = (Kind.BAR, Kind.MAP)
_SORTED = (*_RANKED, Kind.COMPOSITION)  # their order says between which others a value lies
_RELATIVE = (CellRole.CHANGE, CellRole.SHARE)
_UNDRAWN = (CellRole.WORDS, CellRole.RANK)


def suppression_note(smallest: int, language: str) -> str:
    """What an export says about suppressed counts."""
    return word("suppression_note", language, smallest=smallest)


def with_suppression_note(chart: Chart, smallest: int) -> Chart:
    """The chart with a sentence that states no value, and with suppression in notes and facts."""
    note = suppression_note(smallest, chart.language)
    if note in chart.notes:
        return chart
    marks = tuple(_without_values(mark, chart.language) for mark in chart.marks)
    said = {old.words: new.words for old, new in zip(chart.marks, marks, strict=True)}
    return replace(
        chart,
        sentence=word("suppression_sentence", chart.language, title=chart.title),
        finding="",
        gap="",
        notes=(*dict.fromkeys(said.get(text, text) for text in chart.notes), note),
        marks=(*dict.fromkeys(marks), Remark(FigureMark.HIDDEN, note)),
        facts=(*chart.facts, (word("chart_fact_suppressed", chart.language), note)),
    )


def _without_values(mark: Remark, language: str) -> Remark:
    """The mark of a chart without the further values that it names."""
    if mark.mark is not FigureMark.DISPUTED:
        return mark
    words = word("mark_some", language, words=word("mark_disputed", language))
    return mark._replace(words=words)


def has_suppressed_cell(chart: Chart) -> bool:
    """Whether the table has a suppressed cell."""
    return any(fact.suppressed for _, fact in facts_of(chart))


@dataclass(frozen=True, slots=True)
class _Suppression:
    """The cells to suppress, and the order in which rows and categories are left."""

    chart: Chart
    places: set[Place]
    rows: tuple[int, ...]
    categories: tuple[int, ...]

    def is_rank(self, place: Place) -> bool:
        """Whether a cell says a rank: who is third says between which others a value lies."""
        row, column = place
        ranked = self.chart.kind in _RANKED
        return ranked and self.chart.table.facts[row][column].role is CellRole.RANK

    def cells(
        self, source: Sequence[Sequence[T]], cell: Callable[[Place, T], T]
    ) -> tuple[tuple[T, ...], ...]:
        """The rows in their order, each cell of the source changed."""
        return tuple(
            tuple(cell((row, column), value) for column, value in enumerate(source[row]))
            for row in self.rows
        )


def without_cells(chart: Chart, counts: set[Place], following: set[Place], smallest: int) -> Chart:
    """The chart without these counts and what follows from them.

    Where values are sorted, rows with a suppressed one come last, in the order of their names.
    """
    rows, categories = list(range(len(chart.table.rows))), list(range(len(chart.categories)))
    if chart.kind in _SORTED:
        drawn = set(_drawn_columns(chart))
        away = {row for row, column in counts | following if column in drawn}
        rows.sort(key=lambda row: _row_order(chart, row, row in away))
        last = {place for place in categories if _row_of(chart, place) in away}
        categories.sort(key=lambda at: (at in last, chart.keys[at] if at in last else ""))
    if chart.kind is Kind.WATERFALL:
        gone = _gone_steps(chart, counts | following)
        total = len(categories) - 1
        categories.sort(key=lambda at: (at == total, at in gone))
    made = _Suppression(chart, counts | following, tuple(rows), tuple(categories))
    order = made.categories
    guarded = replace(
        chart,
        table=_table(made),
        series=_series(made),
        categories=_taken(chart.categories, order),
        keys=_taken(chart.keys, order),
        partial=_taken(chart.partial, order),
        unfinished=_taken(chart.unfinished, order),
        ticks=_taken(chart.ticks, order),
        targets=() if chart.kind in _RANKED else chart.targets,
        map=chart.map and replace(chart.map, shapes=_taken(chart.map.shapes, order)),
    )
    return classed_anew(with_suppression_note(guarded, smallest))


def _taken(values: Sequence[T], order: Sequence[int]) -> tuple[T, ...]:
    """The values in this order; none where there are none."""
    return tuple(values[place] for place in order) if values else ()


def _row_order(chart: Chart, row: int, is_away: bool) -> tuple[bool, bool, str, str]:
    key, cells = chart.table.rows[row]
    is_whole = key == chart.area != ""
    return (is_whole, is_away, key if is_away else "", cells[0] if is_away else "")


def _table(made: _Suppression) -> Table:
    """The table with "*" in suppressed cells and without ranks, its rows in their order."""
    table, rows = made.chart.table, made.rows
    said = word("status_small_count", made.chart.language)

    def cells(source: Sequence[Sequence[T]], star: T, rank: T) -> tuple[tuple[T, ...], ...]:
        def cell(place: Place, value: T) -> T:
            if place in made.places:
                return star
            return rank if made.is_rank(place) else value

        return made.cells(source, cell)

    texts = cells([line for _, line in table.rows], HIDDEN, "—")
    return replace(
        table,
        rows=tuple((table.rows[row][0], line) for row, line in zip(rows, texts, strict=True)),
        numbers=cells(table.numbers, None, None),
        tones=cells(table.tones, "", ""),
        words=made.cells(table.words, lambda place, value: said if place in made.places else value),
        figures=_taken(table.figures, rows),
        facts=made.cells(table.facts, lambda place, fact: _left_of(made, place, fact)),
    )


def _left_of(made: _Suppression, place: Place, fact: CellFact) -> CellFact:
    """What is left of the fact of a cell; a rank has no value, it need not be suppressed."""
    if place in made.places:
        return _suppressed(fact)
    return fact._replace(value=None) if made.is_rank(place) else fact


def _suppressed(fact: CellFact) -> CellFact:
    return CellFact(fact.role, figure=fact.figure, suppressed=True)


def _drawn_columns(chart: Chart) -> list[int]:
    """The columns of the table in which the series stand, in their order.

    Changes and shares are drawn where the first of the columns is one of them.
    """
    roles: dict[int, CellRole] = {}
    for (_, column), fact in facts_of(chart):
        if fact.role not in _UNDRAWN:
            roles.setdefault(column, fact.role)
    columns = sorted(roles)
    relative = bool(columns) and roles[columns[0]] in _RELATIVE
    found = [column for column in columns if (roles[column] in _RELATIVE) == relative]
    return found[: len(chart.series)]


def _row_of(chart: Chart, category: int) -> int:
    """The row of the table of a category; -1 where it has none."""
    key = chart.keys[category] if chart.keys else ""
    for row, (name, cells) in enumerate(chart.table.rows):
        if (key and name == key) or (not key and cells[0] == chart.categories[category]):
            return row
    return -1


def _gone_steps(chart: Chart, places: set[Place]) -> set[int]:
    """The columns of a waterfall that are not drawn, by their place.

    A column without a row adds up several and would tell what is left; the last one is the total.
    """
    rows = [_row_of(chart, category) for category in range(len(chart.categories))]
    rows[-1] = len(chart.table.rows) - 1
    changes = {
        row
        for (row, column), fact in facts_of(chart)
        if fact.role is CellRole.CHANGE and (row, column) in places
    }
    return {at for at, row in enumerate(rows) if row < 0 or row in changes}


def _series(made: _Suppression) -> tuple[Series, ...]:
    chart, columns = made.chart, _drawn_columns(made.chart)
    if chart.kind is Kind.WATERFALL:
        gone = _gone_steps(chart, made.places)
        return without_steps(chart.series, made.categories, gone)
    rows = [_row_of(chart, category) for category in range(len(chart.categories))]

    def is_gone(place: int, category: int) -> bool:
        if rows[category] < 0:
            return True  # no cell says whether it may be drawn
        return place < len(columns) and (rows[category], columns[place]) in made.places

    return tuple(
        _without(
            series,
            made.categories,
            {at for at in made.categories if is_gone(place, at)},
            word("status_small_count", chart.language),
        )
        for place, series in enumerate(chart.series)
    )


def _without(series: Series, order: Sequence[int], places: set[int], said: str) -> Series:
    """The series in this order without these values, each marked with the words ``said``.

    A value that was missing stays missing.
    """
    gone = {at for at in places if series.values[at] is not None}

    def taken(values: Sequence[T], instead: T) -> tuple[T, ...]:
        return tuple(instead if at in gone else values[at] for at in order) if values else ()

    return replace(
        series,
        values=taken(series.values, None),
        statuses=taken(series.statuses, str(FigureStatus.SUPPRESSED)),
        texts=taken(series.texts, HIDDEN),
        labels=taken(series.labels, HIDDEN),
        hover=tuple("" for _ in order) if series.hover else (),
        levels=taken(series.levels, 0),
        remarks=taken(series.remarks, (Remark(FigureMark.HIDDEN, said),)),
    )
