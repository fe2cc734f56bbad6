"""Turns lines over the same stops into the series, table, texts and notes of a trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, has_value
from dashboard.base.language import Scale
from dashboard.catalogue.topics import Step
from dashboard.charts.kinds.point_series import Where, point_hover, point_series
from dashboard.charts.kinds.trend_marks import (
    Line,
    Stop,
    axis_of,
    event_marks,
    mark_notes,
    steps_on_offer,
    stop_keys,
)
from dashboard.charts.model.chart import CellFact, Mark, Series, Table
from dashboard.charts.model.frame import (
    ChartParts,
    Frame,
    Rows,
    change_cell,
    compared_fact,
    drawn_cell,
)
from dashboard.charts.model.selection import NO_COMPARISON
from dashboard.charts.text import change_words, findings, sentences


@dataclass(frozen=True, slots=True)
class TrendLines:
    """Lines over the same stops, as they are drawn, in steps of years or months."""

    title: str
    stops: Sequence[Stop]
    lines: Sequence[Line]
    step: Step

    @property
    def runs(self) -> bool:
        """Whether running totals are drawn, one line a year."""
        return self.step is Step.CUMULATIVE

    @property
    def points(self) -> list[Point]:
        """Every point that is drawn, line by line."""
        return [point for line in self.lines for point in line.points if point is not None]

    def at(self, place: int) -> list[Point]:
        """The points of all lines at one stop."""
        return [point for line in self.lines if (point := line.points[place]) is not None]

    @property
    def latest(self) -> int:
        """The place of the first line's newest point; the last stop where it has none."""
        places = [place for place, point in enumerate(self.lines[0].points) if point]
        return max(places, default=len(self.stops) - 1)


def _series(frame: Frame, line: Line, scale: Scale, several: bool) -> Series:
    """A line's points as a series; ``several`` puts its name into the hover."""
    hover = []
    for span, point, change in zip(line.spans, line.points, line.changes, strict=True):
        where = Where(span, frame.area, line.name if several else "")
        compared = (change, line.indicator)
        hover.append(point_hover(frame, where, point, scale, compared) if has_value(point) else "")
    return replace(point_series(frame, line.name, line.points, scale, hover), role=line.role)


def _table(frame: Frame, trend: TrendLines, scale: Scale) -> Table:
    """One row a stop; what lies after the latest figure is not yet due, so not missing."""
    rows = Rows(trend.title, [frame.word("chart_period")], [0])
    for line in trend.lines:
        rows.add_column(f"{line.name} ({scale.label})", scale.decimals)
        if _is_compared(frame, line):
            rows.add_column(change_words.column_name(line.changes, frame.language), 1)
    for i, stop in enumerate(trend.stops):
        cells = []
        for line in trend.lines:
            point, due = line.points[i], i <= trend.latest
            key = line.keys[i] if due or has_value(point) else None
            remark = _remark(frame, point, line.keys[i], scale) if key else ""
            cells.append(drawn_cell(frame, point, scale, key, remark))
            if _is_compared(frame, line):
                cells.append(change_cell(frame, line.changes[i], line.indicator))
        rows.add(str(stop.period), stop.name, cells)
    return rows.table()


def _is_compared(frame: Frame, line: Line) -> bool:
    """Whether the line has a column of comparisons."""
    return frame.comparison != NO_COMPARISON and any(line.changes)


def _remark(frame: Frame, point: Point | None, key: FigureKey, scale: Scale) -> str:
    """What must be known of the value, or why there is none."""
    if has_value(point):
        return frame.remark(point, frame.area, scale)
    return (
        frame.absent(point, frame.area, key.period) if frame.shows_values else frame.why_absent(key)
    )


def _stated(frame: Frame, lines: Sequence[Line]) -> tuple[CellFact, ...]:
    """What the sentence states of the last step, which is no cell of the table."""
    facts = []
    for step in sentences.steps_of(frame, lines):
        role = frame.role(step.now.figure)
        facts += [CellFact(role, step.now.value, step.now.figure), compared_fact(step)]
    return tuple(facts)


def _without_empty(frame: Frame, trend: TrendLines) -> tuple[TrendLines, list[str]]:
    """The trend without lines that never have a figure, and their names; whole where all lack."""
    known = [line for line in trend.lines if frame.points.has_any(line.indicator.id, frame.area)]
    absent = [line.name for line in trend.lines if line not in known]
    return replace(trend, lines=known or trend.lines), absent


def _notes(
    frame: Frame, trend: TrendLines, marks: Sequence[Mark], absent: Sequence[str]
) -> list[str]:
    """The events, an unfinished year, and which lines have no figures at all."""
    notes = list(mark_notes(frame, marks))
    if any(stop.unfinished for stop in trend.stops):
        notes.append(frame.word("chart_unfinished_note"))
    if absent and not trend.runs:
        names = frame.word("chart_list_comma").join(absent)
        notes.append(frame.word("chart_lines_absent", names=names))
    return notes


def _finding(frame: Frame, line: Line, place: int, scale: Scale) -> str:
    """The latest value of the first line against the year before; "" of another indicator's."""
    if line.indicator.id != frame.main.id:
        return ""
    return findings.of_change(frame, line.points[place], line.changes[place], scale)


def _gap(frame: Frame, trend: TrendLines, scale: Scale) -> str:
    """How far this year's running total is from last year's; "" of every other trend."""
    line, place = trend.lines[0], trend.latest
    if not trend.runs or not findings.of_change(
        frame, line.points[place], line.changes[place], scale
    ):
        return ""
    return findings.gap_words(frame, line.changes[place], scale)


def trend_draft(frame: Frame, trend: TrendLines) -> ChartParts:
    """The draft of any trend: series, table, events and notes of lines over the same stops."""
    trend, absent = _without_empty(frame, trend)
    stops, lines, latest, axis = trend.stops, trend.lines, trend.latest, axis_of(trend.stops)
    scale = frame.scale([point.value for point in trend.points])
    marks = () if trend.runs else event_marks(frame, stops)
    each = [trend.at(place) for place in range(len(stops))]
    named = len(lines) > 1 and not trend.runs  # running totals are named by their years
    span = frame.span(stops[0].name, stops[-1].name)
    spoken = lines[:1] if trend.runs else lines
    return ChartParts(
        title=trend.title,
        span=lines[0].spans[latest] if trend.runs else span,
        area=frame.area,
        scale=scale,
        categories=axis.categories,
        ticks=axis.ticks,
        keys=stop_keys(stops, each),
        key_kind="period",
        series=tuple(_series(frame, line, scale, named) for line in lines),
        table=_table(frame, trend, scale),
        sentence=sentences.of_trend(frame, spoken, scale),
        stated=_stated(frame, spoken),
        finding=_finding(frame, lines[0], latest, scale),
        gap=_gap(frame, trend, scale),
        used=tuple(trend.points),
        breaks=marks,
        partial=tuple(any(point.partial for point in points) for points in each),
        unfinished=axis.unfinished,
        chosen=str(stops[latest].period),
        notes=tuple(_notes(frame, trend, marks, absent)),
        step=str(trend.step),
        alternatives=steps_on_offer(frame, lines[0].indicator),
    )
