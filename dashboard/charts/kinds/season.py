"""Months × years as a heat table: when in the year things happen."""

from __future__ import annotations

from dataclasses import replace

from dashboard.analysis.derivation import spanning
from dashboard.analysis.points import Point
from dashboard.analysis.transforms import flow
from dashboard.base.language import Scale
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.trend_marks import cadence
from dashboard.charts.kinds.trend_months import flow_change
from dashboard.charts.model.chart import MAIN, Series, Table
from dashboard.charts.model.frame import Cell, Draft, Frame, Rows, value_cell
from dashboard.charts.text import sentences, wording
from dashboard.charts.text.hover import hover_change, hover_head, hover_text
from dashboard.charts.text.levels import levels

MOST_YEARS = 6


def _row_name(frame: Frame, month: int, months: int) -> str:
    if months == 3:
        return frame.say("chart_quarter_row", quarter=month // 3)
    if months == 6:
        return frame.say("chart_half_row_1" if month == 6 else "chart_half_row_2")
    return periods.month_name(month, frame.language)


def season(frame: Frame) -> Draft | None:
    """The draft of months (or quarters) × years; None where figures only come by the year."""
    last = frame.end([frame.area])
    found = [p for p in frame.points.periods(frame.main.id, frame.area) if last and p <= last]
    months = cadence(found)
    if last is None or months == 12:
        return None
    years = sorted({period.year for period in found})[-MOST_YEARS:]
    ends = list(range(months, 13, months))
    grid: dict[Period, Point] = {}
    for year in years:
        for month in ends:
            period = Period(year, month)
            point = flow(frame.points, frame.main.id, frame.area, period, months)
            if period <= last and point is not None and point.value is not None:
                grid[period] = point
    if len(grid) < 2:
        return None
    values = {period: point.value for period, point in grid.items()}
    scale = wording.scale_of(frame.main, list(values.values()), frame.language)
    shades = levels(values)
    names = {p: wording.step_name(p, months, frame.main, frame.language) for p in grid}
    series = [_year_series(frame, grid, shades, names, year, ends, scale) for year in years]
    high = max(grid, key=lambda period: (values[period] or 0.0, period))
    low = min(grid, key=lambda period: (values[period] or 0.0, period))
    said = {p: wording.quantity(values[p], scale, frame.language) for p in (high, low)}
    in_month = frame.main.accumulation is not Accumulation.END_OF_PERIOD
    key = "chart_season" if months == 1 and in_month else "chart_within_year"
    return Draft(
        title=frame.say(key, name=frame.main.name[frame.language]),
        span=frame.span(names[min(grid)], names[max(grid)]),
        area=frame.area,
        scale=scale,
        key_kind="",
        categories=tuple(_row_name(frame, month, months) for month in ends),
        keys=("",) * len(ends),
        series=tuple(series),
        table=_table(frame, series, years, ends, last, scale),
        sentence=sentences.of_season(frame, (names[high], said[high]), (names[low], said[low])),
        used=tuple(grid.values()),
        partial=(False,) * len(ends),
        unfinished=(False,) * len(ends),
    )


def _year_series(
    frame: Frame,
    grid: dict[Period, Point],
    shades: dict[Period, int],
    names: dict[Period, str],
    year: int,
    ends: list[int],
    scale: Scale,
) -> Series:
    column = [grid.get(Period(year, month)) for month in ends]
    months = ends[0]
    hover = []
    for month, point in zip(ends, column, strict=True):
        period = Period(year, month)
        if point is None:
            due = names and period <= max(names)
            when = wording.step_name(period, months, frame.main, frame.language)
            head = hover_head(frame, when, frame.name(frame.area))
            hover.append(f"{head} {frame.say('status_no_figure')}" if due else "")
            continue
        change = flow_change(frame, frame.main, frame.area, period, months)
        short = hover_change(frame, change, frame.main)
        what = hover_head(frame, names[period], frame.name(frame.area))
        hover.append(hover_text(frame, what, point, scale, short))
    values = tuple(point.value if point else None for point in column)
    return Series(
        name=str(year),
        values=values,
        role=MAIN,
        hover=tuple(hover),
        statuses=tuple(wording.mark(point) for point in column),
        texts=tuple(wording.quantity(value, scale, frame.language) for value in values),
        labels=tuple(wording.plain(value, scale, frame.language) for value in values),
        levels=tuple(shades.get(Period(year, month), 0) for month in ends),
    )


def _table(
    frame: Frame,
    series: list[Series],
    years: list[int],
    ends: list[int],
    last: Period,
    scale: Scale,
) -> Table:
    rows = Rows(
        f"{frame.main.name[frame.language]} ({scale.label})",
        [frame.say("chart_month"), *(frame.say("chart_year", year=year) for year in years)],
        [0, *([scale.decimals] * len(years))],
    )
    for i, month in enumerate(ends):
        cells = []
        for year, one in zip(years, series, strict=True):
            period, absent = Period(year, month), frame.say("status_no_figure")
            key = spanning(frame.main, frame.area, period, ends[0])
            cell = value_cell(frame, one.values[i], scale, absent, key)
            cell = Cell("—") if period > last else cell
            cells.append(replace(cell, tone=f"level-{one.levels[i]}") if one.levels[i] else cell)
        rows.add("", _row_name(frame, month, ends[0]), cells)
    return rows.table()
