"""Builds the table of streets × years, each figure shaded by its rank among the streets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value, value_of, with_values
from dashboard.base.language import Scale
from dashboard.catalogue import periods
from dashboard.catalogue.area_changes import ChangeRule
from dashboard.catalogue.concepts import Accumulation, Area, Level
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.point_series import Where, point_hover, point_series
from dashboard.charts.kinds.small_trends import with_small_trends
from dashboard.charts.kinds.street_rows import Scope, scope_of
from dashboard.charts.model.chart import Series, Table
from dashboard.charts.model.frame import ChartParts, Frame, Rows, TableCell, change_cell, drawn_cell
from dashboard.charts.model.selection import NO_COMPARISON
from dashboard.charts.text import change_words, sentences, wording
from dashboard.charts.text.hover import hover_head
from dashboard.charts.text.levels import levels
from dashboard.charts.text.sentences import Ranking

MOST_YEARS = 8


def _columns(frame: Frame, scope: Scope, last: Period) -> list[Period]:
    """The latest month of each year in which any street has a figure; the last MOST_YEARS years."""
    latest: dict[int, Period] = {}
    for child in scope.children:
        for period in frame.points.periods(frame.main.id, child.code):
            if period <= last:
                latest[period.year] = max(period, latest.get(period.year, period))
    return [latest[year] for year in sorted(latest)][-MOST_YEARS:]


def _is_restated_in_others(frame: Frame, child: Area, last: Period) -> bool:
    """Whether a closed street's figures stand, by rule, in the rows of those that followed."""
    followers = frame.areas.changes.from_old(child.code)
    return (
        child.ended_before(last)
        and bool(followers)
        and all(pair.rule is not ChangeRule.NOT_COMPARABLE for pair in followers)
    )


def _restated_note(frame: Frame, scope: Scope, columns: Sequence[Period]) -> tuple[str, ...]:
    """Names the closed streets that have no row of their own."""
    names = [
        child.name[frame.language]
        for child in scope.children
        if not child.ended_before(columns[0]) and _is_restated_in_others(frame, child, columns[-1])
    ]
    joined = frame.word("chart_list_comma").join(names)
    return (frame.word("restated_closed_note", names=joined),) if names else ()


def _heading(frame: Frame, period: Period) -> str:
    if frame.main.accumulation is Accumulation.IN_MONTH:
        return wording.period_name(period, frame.main, frame.language)
    if period.month == 12:
        return periods.name(period, frame.language, "year_to_date")
    return wording.period_name(period, frame.main, frame.language)


def _extreme_words(frame: Frame, values: dict[str, float | None]) -> dict[str, str]:
    """最高 and 最低 of one column, only where they differ."""
    present = [value for value in values.values() if value is not None]
    if len(set(present)) < 2:
        return {}
    high, low = max(present), min(present)
    words = {high: frame.word("chart_highest"), low: frame.word("chart_lowest")}
    return {code: words[value] for code, value in values.items() if value in words}


@dataclass(frozen=True, slots=True)
class _Grid:
    """The points of every street in every column, with their levels and extremes, in one scale."""

    scope: Scope
    columns: dict[Period, dict[str, Point | None]]
    whole: dict[Period, Point | None]
    scale: Scale

    @property
    def codes(self) -> list[str]:
        """The streets, in the order of the rows."""
        return list(self.columns[self.last])

    @property
    def last(self) -> Period:
        """The newest column."""
        return max(self.columns)

    @property
    def points(self) -> list[Point]:
        """Every point of a street."""
        every = (point for column in self.columns.values() for point in column.values())
        return [point for point in every if point is not None]


def _cell(frame: Frame, grid: _Grid, key: FigureKey, point: Point | None, word: str) -> TableCell:
    """A figure with a word on it and its status, or the reason why there is none."""
    if not has_value(point):
        due = grid.scope.due and key.area != grid.scope.code
        why = frame.why_absent(key, due=due)
        return drawn_cell(frame, None, grid.scale, key, why)
    status = wording.status_words(point, grid.scale, frame.language)
    remark = frame.word("chart_comma").join(part for part in (word, status) if part)
    return drawn_cell(frame, point, grid.scale, key, remark)


def _values(column: Mapping[str, Point | None]) -> dict[str, float | None]:
    return {code: value_of(point) for code, point in column.items()}


def _series(frame: Frame, grid: _Grid, period: Period) -> Series:
    column, name = grid.columns[period], _heading(frame, period)
    hovers = []
    for code, point in column.items():
        if not has_value(point):
            head = hover_head(frame, name, frame.name(code))
            why = frame.why_absent(FigureKey(frame.main.id, code, period), due=grid.scope.due)
            hovers.append(f"{head} {why}")
            continue
        change = frame.change(frame.main.id, code, period)
        where = Where(name, code)
        hovers.append(point_hover(frame, where, point, grid.scale, (change, frame.main)))
    series = point_series(frame, name, column, grid.scale, hovers)
    return replace(series, levels=tuple(levels(_values(column)).values()))


def _listed(frame: Frame, scope: Scope, columns: Sequence[Period]) -> list[str]:
    """The streets of any column but those whose figures stand in the rows of others.

    Of areas above streets that nobody awaits figures of, those without any have no row.
    """
    codes = [
        child.code
        for child in scope.children
        if any(child.exists_in(period) for period in columns)
        and not _is_restated_in_others(frame, child, columns[-1])
    ]
    if scope.due or any(child.level is Level.STREET for child in scope.children):
        return codes
    main = frame.main.id
    known = [
        code
        for code in codes
        if any(has_value(frame.point(main, code, period)) for period in columns)
    ]
    return known or codes


def _grid(frame: Frame, scope: Scope, columns: Sequence[Period]) -> _Grid:
    """The points of each street that has a row, and of the whole, by column."""

    def at(code: str, period: Period) -> Point | None:
        return frame.point(frame.main.id, code, period)

    codes = _listed(frame, scope, columns)
    every = {period: {code: at(code, period) for code in codes} for period in columns}
    whole = {period: at(scope.code, period) for period in columns}
    points = [point for column in every.values() for point in column.values()]
    return _Grid(scope, every, whole, frame.scale([value_of(point) for point in points]))


def street_table(frame: Frame) -> ChartParts | None:
    """The draft of streets × years; the last row is the whole."""
    scope = scope_of(frame)
    columns = _columns(frame, scope, frame.selection.period or Period(9999, 12))
    if not columns:
        return None
    frame = replace(frame, points=frame.points.in_boundaries_of(columns[-1]))
    grid = _grid(frame, scope, columns)
    codes = grid.codes
    below = wording.below_name(frame.areas, scope.code, frame.language)
    name = frame.main.name[frame.language]
    draft = ChartParts(
        title=frame.word("chart_of_each_over_years", below=below, name=name),
        span=frame.span(_heading(frame, columns[0]), _heading(frame, columns[-1])),
        area=scope.code,
        scale=grid.scale,
        key_kind="area",
        periods=tuple(map(str, columns)),
        categories=tuple(frame.name(code) for code in codes),
        keys=tuple(codes),
        series=tuple(_series(frame, grid, period) for period in columns),
        table=_table(frame, grid),
        sentence=_sentence(frame, grid),
        used=tuple(with_values(grid.points)),
        notes=_restated_note(frame, scope, columns),
        chosen=scope.chosen,
        partial=(False,) * len(codes),
        unfinished=(False,) * len(codes),
    )
    return with_small_trends(frame, draft, columns[-1]) if len(columns) > 1 else draft


def _sentence(frame: Frame, grid: _Grid) -> str:
    """Who leads in the newest column, and how many rose and fell."""
    last = grid.last
    known = {code: point for code, point in grid.columns[last].items() if has_value(point)}
    ranking = Ranking(grid.scope.code, last, known, len(grid.codes), grid.whole[last], None)
    compared = [frame.change(frame.main.id, code, last) for code in grid.codes]
    parts = [sentences.of_ranking(frame, ranking, grid.scale) if known else ""]
    parts.append(sentences.of_directions(frame, ranking.scope, compared))
    return ("" if frame.language == "zh" else " ").join(part for part in parts if part)


def _table(frame: Frame, grid: _Grid) -> Table:
    """One row a street and a last one of the whole; a column a year, and the comparison."""
    scope, scale, name = grid.scope, grid.scale, frame.main.name[frame.language]
    below = wording.below_name(frame.areas, scope.code, frame.language)
    rows = Rows(f"{name} ({scale.label})", [below], [0])
    for period in grid.columns:
        rows.add_column(_heading(frame, period), scale.decimals)
    if frame.comparison != NO_COMPARISON:
        changes = [frame.change(frame.main.id, code, grid.last) for code in grid.codes]
        rows.add_column(change_words.column_name(changes, frame.language), 1)
    cells = {period: _column_cells(frame, grid, period) for period in grid.columns}
    for code in grid.codes:
        rows.add(
            code,
            frame.name(code),
            [*(c[code] for c in cells.values()), *_compared(frame, grid, code)],
        )
    if with_values(grid.whole.values()):
        heading = wording.whole_name(frame.place(scope.code), scope.code, frame.language)
        rows.add(
            scope.code, heading, [*_whole_cells(frame, grid), *_compared(frame, grid, scope.code)]
        )
    return rows.table()


def _column_cells(frame: Frame, grid: _Grid, period: Period) -> dict[str, TableCell]:
    """The cells of one column by street, shaded by level, the highest and lowest said."""
    column = grid.columns[period]
    shades, words = levels(_values(column)), _extreme_words(frame, _values(column))
    cells = {}
    for code, point in column.items():
        key = FigureKey(frame.main.id, code, period)
        cell = _cell(frame, grid, key, point, words.get(code, ""))
        cells[code] = replace(cell, tone=f"level-{shades[code]}") if shades[code] else cell
    return cells


def _whole_cells(frame: Frame, grid: _Grid) -> list[TableCell]:
    """The cells of the whole; no level is given to it."""
    code, cells = grid.scope.code, []
    for period, point in grid.whole.items():
        remark = wording.partial_words(point, frame.areas, code, frame.language) if point else ""
        cells.append(_cell(frame, grid, FigureKey(frame.main.id, code, period), point, remark))
    return cells


def _compared(frame: Frame, grid: _Grid, code: str) -> list[TableCell]:
    """The comparison of the newest column, where one is chosen."""
    if frame.comparison == NO_COMPARISON:
        return []
    change = frame.change(frame.main.id, code, grid.last)
    return [change_cell(frame, change, frame.main)]
