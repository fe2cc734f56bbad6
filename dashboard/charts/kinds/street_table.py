"""Streets × years: every figure in words and numbers, shaded by its place among the streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.points import Point
from dashboard.analysis.transforms import Change
from dashboard.base.language import Scale
from dashboard.catalogue import periods
from dashboard.catalogue.area_changes import ChangeRule
from dashboard.catalogue.concepts import Accumulation, Area
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.street_rows import Scope, scope_of
from dashboard.charts.model.chart import MAIN, Series, Table
from dashboard.charts.model.frame import Cell, Draft, Frame, Rows, change_cell, drawn_cell
from dashboard.charts.model.selection import NO_COMPARISON
from dashboard.charts.text import sentences, wording
from dashboard.charts.text.hover import hover_change, hover_head, hover_text
from dashboard.charts.text.levels import levels
from dashboard.charts.text.sentences import Ranking

MOST_YEARS = 8
Grid = dict[Period, dict[str, Point | None]]


def _columns(frame: Frame, scope: Scope, last: Period) -> list[Period]:
    """The latest month of each year in which any street has a figure; the last MOST_YEARS years."""
    latest: dict[int, Period] = {}
    for child in scope.children:
        for period in frame.points.periods(frame.main.id, child.code):
            if period <= last:
                latest[period.year] = max(period, latest.get(period.year, period))
    return [latest[year] for year in sorted(latest)][-MOST_YEARS:]


def _is_told_elsewhere(frame: Frame, child: Area, last: Period) -> bool:
    """Whether a closed street's figures stand, by rule, in the rows of those that followed."""
    left = frame.areas.changes.left(child.code)
    return (
        child.ended_before(last)
        and bool(left)
        and all(pair.rule is not ChangeRule.NOT_COMPARABLE for pair in left)
    )


def _told_elsewhere_note(frame: Frame, scope: Scope, columns: Sequence[Period]) -> tuple[str, ...]:
    """Names the closed streets that have no row of their own."""
    names = [
        child.name[frame.language]
        for child in scope.children
        if not child.ended_before(columns[0]) and _is_told_elsewhere(frame, child, columns[-1])
    ]
    joined = frame.say("chart_list_comma").join(names)
    return (frame.say("restated_closed_note", names=joined),) if names else ()


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
    words = {high: frame.say("chart_highest"), low: frame.say("chart_lowest")}
    return {code: words[value] for code, value in values.items() if value in words}


def _cell(
    frame: Frame,
    code: str,
    period: Period,
    point: Point | None,
    scale: Scale,
    level: int,
    word: str,
    due: bool = False,
) -> Cell:
    key = FigureKey(frame.main.id, code, period)
    if point is None or point.value is None:
        why = frame.absent(point, code, period, due=due)
        return drawn_cell(frame, None, scale, key, why)
    status = wording.status_words(point, scale, frame.language)
    remark = frame.say("chart_comma").join(part for part in (word, status) if part)
    cell = drawn_cell(frame, point, scale, key, remark)
    return replace(cell, tone=f"level-{level}") if level else cell


def _series(
    frame: Frame, scope: Scope, period: Period, column: dict[str, Point | None], scale: Scale
) -> Series:
    values = {code: point.value if point else None for code, point in column.items()}
    shades = levels(values)
    name = _heading(frame, period)
    hovers = []
    for code, point in column.items():
        what = hover_head(frame, name, frame.name(code))
        if point is None or point.value is None:
            place = frame.place(code)
            why = wording.absent_word(point, place, period, frame.language, due=scope.due)
            hovers.append(f"{what} {why}")
            continue
        change = frame.change(frame.main.id, code, period)
        short = hover_change(frame, change, frame.main)
        hovers.append(hover_text(frame, what, point, scale, short, code))
    return Series(
        name=name,
        values=tuple(values.values()),
        role=MAIN,
        hover=tuple(hovers),
        statuses=tuple(wording.mark(point) for point in column.values()),
        texts=tuple(wording.quantity(value, scale, frame.language) for value in values.values()),
        labels=tuple(wording.plain(value, scale, frame.language) for value in values.values()),
        levels=tuple(shades.values()),
    )


def street_table(frame: Frame) -> Draft | None:
    """The draft of streets × years; the last row is the whole."""
    scope = scope_of(frame)
    columns = _columns(frame, scope, frame.selection.period or Period(9999, 12))
    if not columns:
        return None
    frame = replace(frame, points=frame.points.told(columns[-1]))
    shown = [
        child
        for child in scope.children
        if any(child.exists_in(period) for period in columns)
        and not _is_told_elsewhere(frame, child, columns[-1])
    ]
    codes = [child.code for child in shown]
    grid: Grid = {
        period: {code: frame.point(frame.main.id, code, period) for code in codes}
        for period in columns
    }
    present = [point for column in grid.values() for point in column.values() if point is not None]
    scale = frame.scale([point.value for point in present])
    last = columns[-1]
    compared = [frame.change(frame.main.id, code, last) for code in codes]
    whole = {period: frame.point(frame.main.id, scope.code, period) for period in columns}
    below = wording.below_name(frame.areas, scope.code, frame.language)
    name = frame.main.name[frame.language]
    names = [_heading(frame, period) for period in columns]
    found = {c: p for c, p in grid[last].items() if p is not None and p.value is not None}
    ranking = Ranking(scope.code, last, found, len(codes), whole[last], None)
    parts = [sentences.of_ranking(frame, ranking, scale)] if found else []
    directions = sentences.of_directions(frame, compared)
    return Draft(
        title=frame.say("chart_of_each_over_years", below=below, name=name),
        span=frame.span(names[0], names[-1]),
        area=scope.code,
        scale=scale,
        key_kind="area",
        periods=tuple(map(str, columns)),
        categories=tuple(frame.name(code) for code in codes),
        keys=tuple(codes),
        series=tuple(_series(frame, scope, period, grid[period], scale) for period in columns),
        table=_table(frame, scope, grid, whole, compared, scale),
        sentence="".join([*parts, directions])
        if frame.language == "zh"
        else " ".join(part for part in (*parts, directions) if part),
        used=tuple(p for p in present if p.value is not None),
        notes=_told_elsewhere_note(frame, scope, columns),
        chosen=scope.chosen,
        partial=(False,) * len(codes),
        unfinished=(False,) * len(codes),
    )


def _table(
    frame: Frame,
    scope: Scope,
    grid: Grid,
    whole: dict[Period, Point | None],
    compared: Sequence[Change | None],
    scale: Scale,
) -> Table:
    below = wording.below_name(frame.areas, scope.code, frame.language)
    names = [_heading(frame, period) for period in grid]
    caption = f"{frame.main.name[frame.language]} ({scale.label})"
    rows = Rows(caption, [below, *names], [0, *([scale.decimals] * len(names))])
    with_change = frame.comparison != NO_COMPARISON
    if with_change:
        rows.columns.append(wording.comparison_name(frame.comparison, frame.language))
        rows.decimals.append(1)
    last = list(grid)[-1]
    codes = list(grid[last])
    shades, words = {}, {}
    for period, column in grid.items():
        values = {code: point.value if point else None for code, point in column.items()}
        shades[period], words[period] = levels(values), _extreme_words(frame, values)
    for code, change in zip(codes, compared, strict=True):
        cells = [
            _cell(
                frame,
                code,
                period,
                column[code],
                scale,
                shades[period][code],
                words[period].get(code, ""),
                scope.due,
            )
            for period, column in grid.items()
        ]
        if with_change:
            key = FigureKey(frame.main.id, code, last)
            cells.append(change_cell(frame, change, frame.main, key))
        rows.add(code, frame.name(code), cells)
    if any(point is not None and point.value is not None for point in whole.values()):
        cells = []
        for period, point in whole.items():
            remark = (
                wording.partial_words(point, frame.areas, scope.code, frame.language)
                if point
                else ""
            )
            cells.append(_cell(frame, scope.code, period, point, scale, 0, remark))
        if with_change:
            change = frame.change(frame.main.id, scope.code, last)
            key = FigureKey(frame.main.id, scope.code, last)
            cells.append(change_cell(frame, change, frame.main, key))
        heading = wording.whole_name(frame.place(scope.code), scope.code, frame.language)
        rows.add(scope.code, heading, cells)
    return rows.table()
