"""Draws months × years as a heat table: when in the year things happen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.comparisons import flow, flow_change, point_at
from dashboard.analysis.figure_key import FigureKey, spanning
from dashboard.analysis.point import Point, has_value
from dashboard.base.language import Scale
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.point_series import Where, point_hover, point_series
from dashboard.charts.kinds.trend_marks import cadence
from dashboard.charts.model.chart import Series, Table
from dashboard.charts.model.frame import ChartParts, Frame, Rows, TableCell, value_cell
from dashboard.charts.text import sentences, wording
from dashboard.charts.text.hover import hover_head
from dashboard.charts.text.levels import levels

MOST_YEARS = 6


def _row_name(frame: Frame, month: int, months: int) -> str:
    if months == 3:
        return frame.word("chart_quarter_row", quarter=month // 3)
    if months == 6:
        return frame.word("chart_half_row_1" if month == 6 else "chart_half_row_2")
    return periods.month_name(month, frame.language)


@dataclass(frozen=True, slots=True)
class _Grid:
    """What happened in each step of the years: the points by the step's last month.

    ``ends`` are the last months of a year's steps, each of ``months``; ``last`` is the latest
    month that is shown.
    """

    points: dict[Period, Point]
    years: Sequence[int]
    ends: Sequence[int]
    months: int
    last: Period
    scale: Scale

    def column(self, year: int) -> list[Period]:
        """The last months of a year's steps."""
        return [Period(year, month) for month in self.ends]

    def name(self, frame: Frame, period: Period) -> str:
        """A step in words."""
        return wording.step_name(period, self.months, frame.main, frame.language)


def _steps(years: Sequence[int], ends: Sequence[int], last: Period) -> list[Period]:
    """The last months of the steps of the years, up to the latest shown."""
    return [step for year in years for month in ends if (step := Period(year, month)) <= last]


def _flows(frame: Frame, steps: Sequence[Period], months: int) -> dict[Period, Point]:
    """What happened in each step of so many months, where that is known."""
    flows = {step: flow(frame.points, frame.main.id, frame.area, step, months) for step in steps}
    return {step: point for step, point in flows.items() if has_value(point)}


def _months(frame: Frame, known: Sequence[Period]) -> int:
    """How long the steps are: those of a year that came by the quarter beside one by the month.

    What happened in a month of the former is not known, that of a quarter is known of both.
    """
    if frame.main.accumulation is Accumulation.END_OF_PERIOD:
        return cadence(known)
    by_year = [[period for period in known if period.year == year] for year in _years(known)]
    steps = [cadence(own) for own in by_year if len(own) > 1]
    return max([cadence(known), *(step for step in steps if step < 12)])


def _years(known: Sequence[Period]) -> list[int]:
    return sorted({period.year for period in known})


def _grid(frame: Frame) -> _Grid | None:
    """The steps of the last years; None where figures only come by the year, or only one."""
    last = frame.end([frame.area])
    if last is None:
        return None
    known = [p for p in frame.points.periods(frame.main.id, frame.area) if p <= last]
    months = _months(frame, known)
    if months == 12:
        return None
    years = _years(known)[-MOST_YEARS:]
    ends = range(months, 13, months)
    points = _flows(frame, _steps(years, ends, last), months)
    values = [point.value for point in points.values()]
    scale = wording.scale_of(frame.main, values, frame.language)
    return _Grid(points, years, ends, months, last, scale) if len(points) > 1 else None


def season(frame: Frame) -> ChartParts | None:
    """The draft of months (or quarters) × years; None where figures only come by the year."""
    grid = _grid(frame)
    if grid is None:
        return None
    points, ends = grid.points, grid.ends
    shades = levels({period: point.value for period, point in points.items()})
    series = [_year_series(frame, grid, shades, year) for year in grid.years]
    in_month = frame.main.accumulation is not Accumulation.END_OF_PERIOD
    key = "chart_season" if grid.months == 1 and in_month else "chart_within_year"
    return ChartParts(
        title=frame.word(key, name=frame.main.name[frame.language]),
        span=frame.span(grid.name(frame, min(points)), grid.name(frame, max(points))),
        area=frame.area,
        scale=grid.scale,
        key_kind="",
        categories=tuple(_row_name(frame, month, grid.months) for month in ends),
        keys=("",) * len(ends),
        series=tuple(series),
        table=_table(frame, grid, series),
        sentence=_sentence(frame, grid),
        used=tuple(points.values()),
        partial=(False,) * len(ends),
        unfinished=(False,) * len(ends),
    )


def _of_same_areas(points: Mapping[Period, Point]) -> dict[Period, Point]:
    """The steps that may be compared with each other: those that count the same areas below.

    The complete ones where there are two, else the most that lack the same areas.
    """
    groups: dict[frozenset[str], dict[Period, Point]] = {}
    for period, point in points.items():
        groups.setdefault(frozenset(point.missing), {})[period] = point
    complete = groups.get(frozenset(), {})
    if len(complete) > 1:
        return complete
    return max(groups.values(), key=lambda group: (len(group), max(group)))


def _sentence(frame: Frame, grid: _Grid) -> str:
    """The highest and the lowest of the steps of the same areas, and how many are of others."""
    compared = _of_same_areas(grid.points)
    high = max(compared, key=lambda period: (compared[period].amount, period))
    low = min(compared, key=lambda period: (compared[period].amount, period))

    def name_and_value(period: Period) -> tuple[str, str]:
        point = compared[period]
        value = wording.quantity(point.value, grid.scale, frame.language)
        partial = wording.partial_words(point, frame.areas, frame.area, frame.language)
        remark = frame.word("chart_bracket", text=partial) if partial else ""
        return grid.name(frame, period), value + remark

    left = len(grid.points) - len(compared)
    return sentences.of_season(frame, name_and_value(high), name_and_value(low), left)


def _year_series(frame: Frame, grid: _Grid, shades: dict[Period, int], year: int) -> Series:
    column, newest = grid.column(year), max(grid.points)
    points = [grid.points.get(period) for period in column]
    hover = []
    for period, point in zip(column, points, strict=True):
        where = Where(grid.name(frame, period), frame.area)
        key = FigureKey(frame.main.id, frame.area, period)
        if point is None:
            head = hover_head(frame, where.period, frame.name(where.area))
            absent = f"{head} {frame.word('status_no_figure')}"
            hover.append(absent if period <= newest else "")
            continue
        change = flow_change(frame.comparison, frame.points, key, grid.months)
        hover.append(point_hover(frame, where, point, grid.scale, (change, frame.main)))
    series = point_series(frame, str(year), points, grid.scale, hover)
    return replace(series, levels=tuple(shades.get(period, 0) for period in column))


def _table(frame: Frame, grid: _Grid, series: Sequence[Series]) -> Table:
    rows = Rows(
        f"{frame.main.name[frame.language]} ({grid.scale.label})",
        [frame.word("chart_month"), *(frame.word("chart_year", year=year) for year in grid.years)],
        [0, *([grid.scale.decimals] * len(grid.years))],
    )
    for month in grid.ends:
        pairs = zip(grid.years, series, strict=True)
        cells = [_cell(frame, grid, column, Period(year, month)) for year, column in pairs]
        rows.add("", _row_name(frame, month, grid.months), cells)
    return rows.table()


def _cell(frame: Frame, grid: _Grid, column: Series, period: Period) -> TableCell:
    """The step's cell, shaded by its level; what is after the latest month is not yet due."""
    place = grid.ends.index(period.month)
    key = spanning(frame.main, frame.area, period, grid.months)
    absent = frame.absent(point_at(frame.points, key), frame.area, period)
    cell = value_cell(frame, column.values[place], grid.scale, absent, key)
    cell = TableCell("—") if period > grid.last else cell
    level = column.levels[place]
    return replace(cell, tone=f"level-{level}") if level else cell
