"""Draws a trend by years: one point a year, an unfinished year at its latest month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.change import Change
from dashboard.analysis.comparisons import flow, flow_change
from dashboard.analysis.figure_key import FigureKey, spanning
from dashboard.analysis.point import Point, has_value
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Step
from dashboard.charts.kinds.trend_marks import Line, Stop, to_date
from dashboard.charts.kinds.trend_series import TrendLines, trend_draft
from dashboard.charts.model.chart import MAIN
from dashboard.charts.model.frame import ChartParts, Frame
from dashboard.charts.text import wording

MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Walk:
    """One indicator along the years up to ``last``: its latest month with a value of each year."""

    frame: Frame
    indicator: Indicator
    last: Period
    latest: dict[int, Period]

    def point(self, period: Period) -> Point | None:
        """The point of exactly this period, None where it has no value; later ones are not shown.

        Months without a year-to-date twin are added up, whole years only.
        """
        name, area, points = self.indicator.id, self.frame.area, self.frame.points
        if period > self.last or not points.has(name, area, period):
            return None
        if self.indicator.accumulation is Accumulation.IN_MONTH:
            point = flow(points, name, area, period, 12) if period.month == 12 else None
        else:
            point = self.frame.point(name, area, period)
        return point if has_value(point) else None


def walk_years(frame: Frame, declared: Indicator, last: Period) -> Walk:
    """The indicator's years up to ``last``, of which only the latest months are worked out."""
    walk = Walk(frame, to_date(frame, declared) or declared, last, {})
    for period in reversed(frame.points.candidates(walk.indicator.id, frame.area)):
        if period.year not in walk.latest and walk.point(period) is not None:
            walk.latest[period.year] = period
    return walk


def _stop(frame: Frame, period: Period, indicator: Indicator, tick: bool) -> Stop:
    to_year_end = indicator.accumulation in (Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH)
    unfinished = to_year_end and period.month != 12
    name = (
        periods.name(period, frame.language, "year_to_date")
        if to_year_end or period.month == 12
        else wording.period_name(period, indicator, frame.language)
    )
    short = str(period.year)
    if unfinished:
        short = frame.word(
            "chart_tick_part",
            year=period.year,
            month=period.month,
            name=periods.month_name(period.month, frame.language),
        )
    return Stop(period, name, short if tick else "", unfinished)


def year_stops(frame: Frame, walks: list[Walk]) -> list[Stop]:
    """One stop a year without gaps, at the month of the first indicator that has the year."""
    years = sorted({year for walk in walks for year in walk.latest})
    if not years:
        return []
    every = range(years[0], years[-1] + 1)
    thin = -(-len(every) // MOST_TICKS)
    stops = []
    for year in every:
        period = next((walk.latest[year] for walk in walks if year in walk.latest), None)
        tick = (years[-1] - year) % thin == 0
        stops.append(_stop(frame, period or Period(year, 12), walks[0].indicator, tick))
    return stops


def _point_at(walk: Walk, period: Period) -> Point | None:
    """The point of exactly this period; a stock may be of another month of the year."""
    exact = walk.point(period)
    if exact is not None or walk.indicator.accumulation is not Accumulation.END_OF_PERIOD:
        return exact
    own = walk.latest.get(period.year)
    return walk.point(own) if own else None


def _key_at(frame: Frame, walk: Walk, period: Period) -> FigureKey:
    """Which figure stands at this stop: a stock's of another month where that is drawn."""
    own = walk.latest.get(period.year)
    stock = walk.indicator.accumulation is Accumulation.END_OF_PERIOD
    shown = own if own and stock and walk.point(period) is None else period
    if walk.indicator.accumulation is Accumulation.IN_MONTH:
        return spanning(walk.indicator, frame.area, shown, 12)
    return FigureKey(walk.indicator.id, frame.area, shown)


def _left_out(frame: Frame, walks: list[Walk], stops: list[Stop]) -> list[str]:
    """Notes on figures that cover other months than the point they would stand at."""
    notes = []
    for walk in walks[1:]:
        for stop in stops:
            own = walk.latest.get(stop.period.year)
            if own and own != stop.period and _point_at(walk, stop.period) is None:
                span = wording.period_name(own, walk.indicator, frame.language)
                name = walk.indicator.name[frame.language]
                notes.append(frame.word("chart_other_months", name=name, period=span))
    return notes


def year_trend(frame: Frame) -> ChartParts | None:
    """The draft of a trend by years; None where no year has a value."""
    last = frame.selection.period or Period(9999, 12)
    walks = [walk_years(frame, indicator, last) for indicator in frame.indicators]
    stops = year_stops(frame, walks)
    if not stops:
        return None
    lines = [_line(frame, walk, stops) for walk in walks]
    names = [line.name for line in lines]
    title = wording.joined_names(names, frame.word("chart_and"), frame.language)
    draft = trend_draft(frame, TrendLines(title, stops, lines, Step.YEAR))
    return replace(draft, notes=(*_left_out(frame, walks, stops), *draft.notes))


def _change(frame: Frame, key: FigureKey) -> Change | None:
    """The comparison of the figure that stands at a stop; a year made of months with a year."""
    if key.months:
        return flow_change(frame.comparison, frame.points, key, key.months)
    return frame.change(key.indicator, key.area, key.period)


def _line(frame: Frame, walk: Walk, stops: Sequence[Stop]) -> Line:
    points = [_point_at(walk, stop.period) for stop in stops]
    name = walk.indicator.name[frame.language]
    keys = [_key_at(frame, walk, stop.period) for stop in stops]
    changes = [
        _change(frame, key) if point else None for key, point in zip(keys, points, strict=True)
    ]
    return Line(walk.indicator, name, MAIN, points, changes, [stop.name for stop in stops], keys)
