"""What all trends share: lines over the same stops become series, table, hover and notes."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.analysis.points import Point
from dashboard.base.language import Scale
from dashboard.catalogue.topics import Step
from dashboard.charts.kinds.trend_marks import Line, Stop, event_marks, mark_notes, steps_on_offer
from dashboard.charts.model.chart import Series, Table
from dashboard.charts.model.frame import Draft, Frame, Rows, change_cell, drawn_cell
from dashboard.charts.model.selection import NO_COMPARISON
from dashboard.charts.text import sentences, wording
from dashboard.charts.text.hover import hover_change, hover_head, hover_text


def _series(frame: Frame, line: Line, scale: Scale, several: bool) -> Series:
    """A line's points as a series; ``several`` puts its name into the hover."""
    hover = []
    for span, point, change in zip(line.spans, line.points, line.changes, strict=True):
        if point is None or point.value is None:
            hover.append("")
            continue
        what = hover_head(frame, span, frame.name(frame.area), line.name if several else "")
        short = hover_change(frame, change, line.indicator)
        hover.append(hover_text(frame, what, point, scale, short))
    values = tuple(point.value if point else None for point in line.points)
    return Series(
        name=line.name,
        values=values,
        role=line.role,
        hover=tuple(hover),
        statuses=tuple(wording.mark(point) for point in line.points),
        texts=tuple(wording.quantity(value, scale, frame.language) for value in values),
        labels=tuple(wording.plain(value, scale, frame.language) for value in values),
    )


def _table(
    frame: Frame,
    caption: str,
    stops: Sequence[Stop],
    lines: Sequence[Line],
    scale: Scale,
    latest: int,
) -> Table:
    """One row a stop; what lies after the ``latest`` figure is not yet due, so not missing."""
    rows = Rows(caption, [frame.say("chart_period")], [0])
    compared = frame.comparison != NO_COMPARISON
    for line in lines:
        rows.columns.append(f"{line.name} ({scale.label})")
        rows.decimals.append(scale.decimals)
        if compared and any(line.changes):
            rows.columns.append(wording.comparison_name(frame.comparison, frame.language))
            rows.decimals.append(1)
    for i, stop in enumerate(stops):
        cells = []
        for line in lines:
            point = line.points[i]
            there = point is not None and point.value is not None
            remark = _remark(frame, point, stop, scale, due=i <= latest)
            key = line.keys[i] if i <= latest or there else None
            cells.append(drawn_cell(frame, point, scale, key, remark))
            if compared and any(line.changes):
                cells.append(change_cell(frame, line.changes[i], line.indicator, key))
        rows.add(str(stop.period), stop.name, cells)
    return rows.table()


def _remark(frame: Frame, point: Point | None, stop: Stop, scale: Scale, *, due: bool) -> str:
    """What must be known of the value, or why there is none where one is ``due``."""
    if point is None or point.value is None:
        return frame.absent(point, frame.area, stop.period) if due else ""
    partial = wording.partial_words(point, frame.areas, frame.area, frame.language)
    status = wording.status_words(point, scale, frame.language)
    return frame.say("chart_comma").join(part for part in (partial, status) if part)


def trend_draft(
    frame: Frame, title: str, stops: Sequence[Stop], lines: Sequence[Line], step: Step
) -> Draft:
    """The draft of any trend: series, table, events and notes of lines over the same stops."""
    known = [line for line in lines if frame.points.periods(line.indicator.id, frame.area)]
    absent = [line.name for line in lines if line not in known]
    lines = known or lines
    drawn = [point for line in lines for point in line.points if point is not None]
    scale = frame.scale([point.value for point in drawn])
    marks = event_marks(frame, stops) if step is not Step.CUMULATIVE else ()
    notes = list(mark_notes(frame, marks))
    if any(stop.unfinished for stop in stops):
        notes.append(frame.say("chart_unfinished_note"))
    if absent and step is not Step.CUMULATIVE:
        names = frame.say("chart_list_comma").join(absent)
        notes.append(frame.say("chart_lines_absent", names=names))
    present = [any(line.points[i] for line in lines) for i in range(len(stops))]
    partial = [any(p.partial for line in lines if (p := line.points[i])) for i in range(len(stops))]
    first, last = stops[0].name, stops[-1].name
    named = len(lines) > 1 and step is not Step.CUMULATIVE  # those are named by their years
    spoken = lines[:1] if step is Step.CUMULATIVE else lines
    latest = max((i for i, point in enumerate(lines[0].points) if point), default=len(stops) - 1)
    return Draft(
        title=title,
        span=lines[0].spans[latest] if step is Step.CUMULATIVE else frame.span(first, last),
        area=frame.area,
        scale=scale,
        categories=tuple(stop.name for stop in stops),
        ticks=tuple(stop.tick for stop in stops),
        keys=tuple(
            str(stop.period) if here else "" for stop, here in zip(stops, present, strict=True)
        ),
        key_kind="period",
        series=tuple(_series(frame, line, scale, named) for line in lines),
        table=_table(frame, title, stops, lines, scale, latest),
        sentence=sentences.of_trend(frame, spoken, scale),
        used=tuple(drawn),
        breaks=marks,
        partial=tuple(partial),
        unfinished=tuple(stop.unfinished for stop in stops),
        chosen=str(stops[latest].period),
        notes=tuple(notes),
        step=str(step),
        alternatives=steps_on_offer(frame, lines[0].indicator),
    )
