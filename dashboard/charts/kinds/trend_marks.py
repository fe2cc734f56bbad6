"""Defines what a trend is made of: stops, lines, dated events, and the steps on offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from typing import NamedTuple

from dashboard.analysis.change import Change
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point
from dashboard.analysis.series_breaks import marks_between
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Kind, Step, Transform
from dashboard.charts.model.chart import MOST_SPELT, Mark
from dashboard.charts.model.frame import Frame


@dataclass(frozen=True, slots=True)
class Stop:
    """One category of a trend: its last month, its name, and whether it is part of a year."""

    period: Period
    name: str
    tick: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One series before it is worded: a point, its comparison, its span's name, its key a stop."""

    indicator: Indicator
    name: str
    role: str
    points: Sequence[Point | None]
    changes: Sequence[Change | None]
    spans: Sequence[str]
    keys: Sequence[FigureKey]


class Axis(NamedTuple):
    """What a chart says of its stops: names, short labels, and which are part of a year."""

    categories: tuple[str, ...]
    ticks: tuple[str, ...]
    unfinished: tuple[bool, ...]


def axis_of(stops: Sequence[Stop]) -> Axis:
    """The axis that the stops make."""
    return Axis(
        tuple(stop.name for stop in stops),
        tuple(stop.tick for stop in stops),
        tuple(stop.unfinished for stop in stops),
    )


def stop_keys(stops: Sequence[Stop], drawn: Sequence[object]) -> tuple[str, ...]:
    """The period of every stop at which something is drawn; "" for the others."""
    pairs = zip(stops, drawn, strict=True)
    return tuple(str(stop.period) if points else "" for stop, points in pairs)


def event_marks(frame: Frame, stops: Sequence[Stop]) -> tuple[Mark, ...]:
    """Events between the first and the last stop, each before the first stop it touches."""
    if not stops:
        return ()
    events: dict[tuple[Period, str], bool] = {}
    for indicator in frame.indicators:
        for mark in marks_between(
            frame.catalogue,
            frame.areas,
            indicator.id,
            frame.area,
            stops[0].period,
            stops[-1].period,
        ):
            key = (mark.period, mark.name[frame.language])
            events[key] = events.get(key, False) or mark.is_break
    marks = []
    for (period, name), is_break in sorted(events.items()):
        category = next(i for i, stop in enumerate(stops) if stop.period >= period)
        when = periods.name(period, frame.language)
        marks.append(Mark(f"{when} {name}", category=category, is_break=is_break))
    return tuple(marks)


def mark_notes(frame: Frame, marks: Sequence[Mark]) -> tuple[str, ...]:
    """Each event as a note; a break says that there is no comparison across it.

    Where the picture has no room to name them all, it numbers them, and so do the notes.
    """
    notes = [
        frame.word("chart_break_note" if mark.is_break else "chart_event_note", label=mark.label)
        for mark in marks
    ]
    if len(notes) <= MOST_SPELT:
        return tuple(notes)
    return tuple(f"({number}) {text}" for number, text in enumerate(notes, start=1))


def cadence(known: Sequence[Period]) -> int:
    """How many months lie between reports: 1, 3, 6 or 12, from the months that occur."""
    step = gcd(*(period.month for period in known)) if known else 12
    return next(months for months in (12, 6, 3, 1) if step % months == 0)


def steps_on_offer(frame: Frame, indicator: Indicator) -> tuple[str, ...]:
    """The steps a reader may switch this trend to; none for one that walks in one way only."""
    if frame.spec.kind not in (Kind.LINE, Kind.COLUMN):
        return ()
    within_year = cadence(frame.points.periods(indicator.id, frame.area)) < 12
    monthly = indicator.accumulation in (Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH)
    offered = [Step.YEAR]
    if within_year and frame.spec.transform is Transform.VALUE:
        offered.append(Step.MONTH)
        if monthly and to_date(frame, indicator) and frame.spec.kind is Kind.LINE:
            offered.append(Step.CUMULATIVE)
    return tuple(str(step) for step in offered) if len(offered) > 1 else ()


def to_date(frame: Frame, indicator: Indicator) -> Indicator | None:
    """The year-to-date series of the quantity: itself or its twin, None where there is none."""
    if indicator.accumulation is Accumulation.YEAR_TO_DATE:
        return indicator
    twin = frame.catalogue.indicators.get(indicator.linked)
    return twin if twin and twin.accumulation is Accumulation.YEAR_TO_DATE else None
