"""Draws trends within the year: amounts of months, and running totals of several years."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.analysis.change import Change
from dashboard.analysis.comparisons import flow, flow_change, year_on_year
from dashboard.analysis.figure_key import FigureKey, spanning
from dashboard.analysis.point import Point, has_value
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.topics import Step
from dashboard.charts.kinds.trend_marks import Line, Stop, cadence, to_date
from dashboard.charts.kinds.trend_series import TrendLines, trend_draft
from dashboard.charts.model.chart import COMPARISON, MAIN
from dashboard.charts.model.frame import ChartParts, Frame
from dashboard.charts.model.selection import NO_COMPARISON
from dashboard.charts.text import wording

MONTHS_SHOWN, QUARTERS_SHOWN = 36, 60  # months back where figures come by the month, else
YEARS_BEFORE = 2


_SPACINGS = ((8, 1), (18, 3), (36, 6))  # up to so many labels: months from one to the next


def _tick(period: Period, place: int, count: int, months: int, language: str) -> str:
    """Short labels at regular months; a January, or the first of a year, carries the year."""
    spacing = next((gap for most, gap in _SPACINGS if count <= most), 12)
    if months > 1:
        spacing = months if count <= _SPACINGS[0][0] else 12
    if (period.month - months) % spacing:
        return ""
    quarter = f"Q{period.month // 3}"
    short = quarter if months == 3 else periods.month_name(period.month, language)
    return f"{short}<br>{period.year}" if period.month == months or place == 0 else short


def month_trend(frame: Frame) -> ChartParts | None:
    """Months (quarters where figures only come by the quarter) up to the selected period."""
    last = frame.end([frame.area])
    if last is None:
        return None
    known = [p for p in frame.points.periods(frame.main.id, frame.area) if p <= last]
    months = cadence(known)
    if not known or months == 12:
        return None
    stops = _stops(frame, _ends(known[0], last, months), months)
    lines = [_month_line(frame, indicator, stops, months) for indicator in frame.indicators]
    if all(sum(map(bool, line.points)) < 2 for line in lines):
        return None
    return trend_draft(frame, TrendLines(_title(frame, lines, months), stops, lines, Step.MONTH))


def _title(frame: Frame, lines: Sequence[Line], months: int) -> str:
    """The lines by name; of what happens within a step also by which."""
    names = [line.name for line in lines]
    title = wording.joined_names(names, frame.word("chart_and"), frame.language)
    if frame.main.accumulation is Accumulation.END_OF_PERIOD:
        return title
    return frame.word("chart_by_month" if months == 1 else "chart_by_quarter", name=title)


def _stops(frame: Frame, ends: Sequence[Period], months: int) -> list[Stop]:
    """One stop a step, named by its months."""
    stops = []
    for place, end in enumerate(ends):
        name = wording.step_name(end, months, frame.main, frame.language)
        tick = _tick(end, place, len(ends), months, frame.language)
        stops.append(Stop(end, name, tick))
    return stops


def _ends(first: Period, last: Period, months: int) -> list[Period]:
    """The last months of the steps that are drawn, oldest first."""
    shown = MONTHS_SHOWN if months == 1 else QUARTERS_SHOWN
    count = min(shown, months_between(first, last) + months)
    return [last.plus(-back) for back in range(count // months * months - months, -1, -months)]


def _month_line(frame: Frame, indicator: Indicator, stops: Sequence[Stop], months: int) -> Line:
    """What happened in each step, with its comparison."""
    area, ends = frame.area, [stop.period for stop in stops]
    points = [_with_value(flow(frame.points, indicator.id, area, end, months)) for end in ends]
    keys = [spanning(indicator, area, end, months) for end in ends]
    changes = [
        flow_change(frame.comparison, frame.points, key, months) if point else None
        for key, point in zip(keys, points, strict=True)
    ]
    names = [stop.name for stop in stops]
    return Line(indicator, indicator.name[frame.language], MAIN, points, changes, names, keys)


def cumulative_trend(frame: Frame) -> ChartParts | None:
    """This year's running total over that of the two years before."""
    last, indicator = frame.end([frame.area]), to_date(frame, frame.main)
    if last is None or indicator is None:
        return None
    names = [periods.month_name(month, frame.language) for month in range(1, 13)]
    stops = [
        Stop(Period(last.year, month), name, name if month % 2 else "")
        for month, name in enumerate(names, start=1)
    ]
    years = range(last.year, last.year - YEARS_BEFORE - 1, -1)
    every = [_running_line(frame, indicator, year, last) for year in years]
    if sum(map(bool, every[0].points)) < 2:
        return None
    lines = [line for line in every if any(line.points)]
    title = frame.word("chart_cumulative", name=indicator.name[frame.language])
    return trend_draft(frame, TrendLines(title, stops, lines, Step.CUMULATIVE))


def _changes(
    frame: Frame, indicator: Indicator, months: Sequence[Period], points: Sequence[Point | None]
) -> list[Change | None]:
    """The change of each month against the year before; None where there is no point."""
    return [
        year_on_year(frame.points, indicator.id, frame.area, month) if point else None
        for month, point in zip(months, points, strict=True)
    ]


def _running_line(frame: Frame, indicator: Indicator, year: int, last: Period) -> Line:
    """One year's running total up to ``last``; only the last year's is compared."""
    area, own = frame.area, year == last.year
    months = [Period(year, month) for month in range(1, 13)]
    every = [frame.points.point(indicator.id, area, month) for month in months if month <= last]
    points = [*map(_with_value, every), *(None for _ in months[len(every) :])]
    compared = own and frame.comparison != NO_COMPARISON
    changes = _changes(frame, indicator, months, points) if compared else [None] * len(months)
    spans = [periods.name(month, frame.language, "year_to_date") for month in months]
    keys = [FigureKey(indicator.id, area, month) for month in months]
    role, name = MAIN if own else COMPARISON, frame.word("chart_year", year=year)
    return Line(indicator, name, role, points, changes, spans, keys)


def _with_value(point: Point | None) -> Point | None:
    return point if has_value(point) else None
