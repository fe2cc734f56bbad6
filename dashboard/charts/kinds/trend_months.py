"""Trends within the year: amounts of months, and this year's running total over earlier ones."""

from __future__ import annotations

from dashboard.analysis.derivation import FigureKey, spanning
from dashboard.analysis.points import Point
from dashboard.analysis.transforms import (
    Change,
    breaks_between,
    compare,
    cumulative,
    flow,
    year_on_year,
)
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Step
from dashboard.charts.kinds.trend_marks import Line, Stop, cadence, to_date
from dashboard.charts.kinds.trend_series import trend_draft
from dashboard.charts.model.chart import COMPARISON, MAIN
from dashboard.charts.model.frame import Draft, Frame
from dashboard.charts.model.selection import NO_COMPARISON, PERIOD_ON_PERIOD
from dashboard.charts.text import wording

MONTHS_SHOWN, QUARTERS_SHOWN = 36, 60  # months back where figures come by the month, else
YEARS_BEFORE = 2


def flow_change(
    frame: Frame, indicator: Indicator, area: str, period: Period, months: int
) -> Change | None:
    """The chosen comparison of what happened in the ``months`` ending with ``period``."""
    if frame.comparison == NO_COMPARISON:
        return None
    base = period.plus(-months if frame.comparison == PERIOD_ON_PERIOD else -12)
    broken = breaks_between(frame.catalogue, frame.areas, indicator.id, area, base, period)
    if broken:
        kind = "points" if indicator.is_rate else "percent"
        reason = "break_between"
        return Change(None, kind=kind, base=base, reason=reason, break_name=broken[-1].name)
    now = flow(frame.points, indicator.id, area, period, months)
    then = flow(frame.points, indicator.id, area, base, months)
    return compare(indicator, now, then, base)


def _tick(period: Period, place: int, count: int, months: int, language: str) -> str:
    """Short labels at regular months; a January, or the first of a year, carries the year."""
    spacing = 1 if count <= 8 else 3 if count <= 18 else 6 if count <= 36 else 12
    if months > 1:
        spacing = months if count <= 8 else 12
    first = period.month == months if months > 1 else period.month == 1
    if spacing > 1 and (period.month - months) % spacing:
        return ""
    short = periods.month_name(period.month, language)
    if months == 3:
        short = f"Q{period.month // 3}"
    return f"{short}<br>{period.year}" if first or place == 0 else short


def month_trend(frame: Frame) -> Draft | None:
    """Months (quarters where figures only come by the quarter) up to the selected period."""
    main = frame.main
    last = frame.end([frame.area])
    found = [p for p in frame.points.periods(main.id, frame.area) if last and p <= last]
    months = cadence(found)
    if last is None or not found or months == 12:
        return None
    shown = MONTHS_SHOWN if months == 1 else QUARTERS_SHOWN
    count = min(shown, (last.year - found[0].year) * 12 + last.month - found[0].month + months)
    ends = [last.plus(-back) for back in range(count // months * months - months, -1, -months)]
    names = [wording.step_name(end, months, main, frame.language) for end in ends]
    stops = [
        Stop(end, name, _tick(end, i, len(ends), months, frame.language))
        for i, (end, name) in enumerate(zip(ends, names, strict=True))
    ]
    lines = []
    for indicator in frame.indicators:
        points = [
            _with_value(flow(frame.points, indicator.id, frame.area, e, months)) for e in ends
        ]
        changes = [
            flow_change(frame, indicator, frame.area, end, months) if point else None
            for end, point in zip(ends, points, strict=True)
        ]
        name = indicator.name[frame.language]
        keys = [spanning(indicator, frame.area, end, months) for end in ends]
        lines.append(Line(indicator, name, MAIN, points, changes, names, keys))
    if not any(sum(map(bool, line.points)) > 1 for line in lines):
        return None
    title = wording.joined_names(
        [line.name for line in lines], frame.say("chart_and"), frame.language
    )
    if main.accumulation is not Accumulation.END_OF_PERIOD:
        title = frame.say("chart_by_month" if months == 1 else "chart_by_quarter", name=title)
    return trend_draft(frame, title, stops, lines, Step.MONTH)


def cumulative_trend(frame: Frame) -> Draft | None:
    """This year's running total over that of the two years before."""
    last, indicator = frame.end([frame.area]), to_date(frame, frame.main)
    if last is None or indicator is None:
        return None
    language = frame.language
    stops = [
        Stop(
            Period(last.year, month),
            periods.month_name(month, language),
            periods.month_name(month, language) if month % 2 else "",
        )
        for month in range(1, 13)
    ]
    lines = []
    for year in range(last.year, last.year - YEARS_BEFORE - 1, -1):
        walked = [
            _with_value(point) if Period(year, month) <= last else None
            for month, point in cumulative(frame.points, indicator.id, frame.area, year)
        ]
        if not any(walked):
            continue
        changes: list[Change | None] = [
            year_on_year(frame.points, indicator.id, frame.area, Period(year, month))
            if point and year == last.year and frame.comparison != NO_COMPARISON
            else None
            for month, point in enumerate(walked, start=1)
        ]
        spans = [
            periods.name(Period(year, month), language, "year_to_date") for month in range(1, 13)
        ]
        role = MAIN if year == last.year else COMPARISON
        name = frame.say("chart_year", year=year)
        keys = [FigureKey(indicator.id, frame.area, Period(year, month)) for month in range(1, 13)]
        lines.append(Line(indicator, name, role, walked, changes, spans, keys))
    if not lines or lines[0].role != MAIN or sum(map(bool, lines[0].points)) < 2:
        return None
    title = frame.say("chart_cumulative", name=indicator.name[language])
    return trend_draft(frame, title, stops, lines, Step.CUMULATIVE)


def _with_value(point: Point | None) -> Point | None:
    return point if point is not None and point.value is not None else None
