"""Makes small trends of a table of streets: one a street, its start, its end and its change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dashboard.analysis.change import Difference
from dashboard.analysis.course import Course, course_of
from dashboard.analysis.point import Point, value_of, with_values
from dashboard.base.language import Scale
from dashboard.catalogue.concepts import Accumulation
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.course_rows import (
    course_row,
    difference_text,
    relative_text,
    scale_of_courses,
)
from dashboard.charts.kinds.point_series import point_series
from dashboard.charts.model.chart import CellFact, CellRole, Series, Table
from dashboard.charts.model.course_row import SmallTrends
from dashboard.charts.model.frame import ChartParts, Frame, Rows, TableCell, value_cell
from dashboard.charts.model.selection import OWN_AXIS, SHARED_AXIS
from dashboard.charts.text import wording
from dashboard.charts.text.levels import levels

YEARS = 7  # before the last one


def with_small_trends(frame: Frame, draft: ChartParts, last: Period) -> ChartParts:
    """The draft of a table that offers small trends; with them and their table where chosen."""
    if not frame.shows_values or frame.main.accumulation is Accumulation.OVER_SPAN:
        return draft
    if frame.selection.shape not in (OWN_AXIS, SHARED_AXIS):
        return replace(draft, small=SmallTrends())
    courses = {
        code: course_of(frame.points, frame.main.id, code, last, YEARS)
        for code, _ in draft.table.rows  # the last one may be the whole
    }
    if not _known(courses):
        return replace(draft, small=SmallTrends())
    return _with_courses(frame, draft, courses, last)


def _known(courses: Mapping[str, Course | None]) -> dict[str, Course]:
    """The courses of the streets that have one."""
    return {code: course for code, course in courses.items() if course is not None}


def _with_courses(
    frame: Frame, draft: ChartParts, courses: Mapping[str, Course | None], last: Period
) -> ChartParts:
    """The draft with the small trends of its streets and their table."""
    known = _known(courses)
    scale = scale_of_courses(known.values(), frame.main, frame.language)
    rows = tuple(
        course_row(known[code], frame.main, scale, frame.language)
        for code in draft.keys
        if code in known
    )
    starts = {course.start.period for course in known.values()}
    ends = _ends(frame, draft, courses)
    return replace(
        draft,
        scale=scale,
        series=tuple(
            _series(frame, name, points, scale)
            for name, points in zip(_headings(frame, courses), ends, strict=True)
        ),
        used=tuple(with_values(point for points in ends for point in points.values())),
        table=_table(frame, draft, courses, scale),
        periods=(str(min(starts)), str(last)) if len(starts) == 1 else (),
        small=SmallTrends(frame.selection.shape, rows),
    )


Ends = dict[str, Point | None]  # by street


def _ends(
    frame: Frame, draft: ChartParts, courses: Mapping[str, Course | None]
) -> tuple[Ends, Ends]:
    """The streets' first and last points."""
    first: Ends = {}
    last: Ends = {}
    for code in draft.keys:
        course = courses[code]
        first[code] = frame.points.point(*course.start[:3]) if course else None
        last[code] = frame.points.point(*course.end[:3]) if course else None
    return first, last


def _series(frame: Frame, name: str, points: Ends, scale: Scale) -> Series:
    """The streets' values at one end, as the table states them."""
    series = point_series(frame, name, points, scale, [""] * len(points))
    values = {code: value_of(point) for code, point in points.items()}
    return replace(series, levels=tuple(levels(values).values()))


def _table(
    frame: Frame, draft: ChartParts, courses: Mapping[str, Course | None], scale: Scale
) -> Table:
    """One row a street: start, end, absolute and relative change."""
    name = frame.main.name[frame.language]
    rows = Rows(f"{name} ({scale.label})", [draft.table.columns[0]], [0])
    for heading in _headings(frame, courses):
        rows.add_column(heading, scale.decimals)
    rows.add_column(frame.word("course_difference"), scale.decimals)
    rows.add_column(frame.word("course_change"), 1)
    for code, texts in draft.table.rows:
        rows.add(code, texts[0], _cells(frame, courses[code], scale))
    return rows.table()


def _headings(frame: Frame, courses: Mapping[str, Course | None]) -> tuple[str, str]:
    """The two periods; 起 where the streets start in several."""
    known = [*_known(courses).values()]
    starts = {course.start.period for course in known}
    end = wording.period_name(known[0].end.period, frame.main, frame.language)
    if len(starts) > 1:
        return frame.word("course_start"), end
    return wording.period_name(starts.pop(), frame.main, frame.language), end


def _cells(frame: Frame, course: Course | None, scale: Scale) -> list[TableCell]:
    if course is None:
        return [TableCell("—", word=frame.word("course_none"))] * 4
    then, now = course.ends
    change, language = course.change, frame.language
    relative = TableCell(
        relative_text(change, frame.main, language),
        change.value,
        change.tone,
        frame.word(f"chart_{change.word}") if change.word else _reason(frame, change),
        course.end,
        _fact(course, change.value),
    )
    shown = None if change.absolute is None else change.absolute / scale.factor
    difference = TableCell(
        difference_text(change, scale, language),
        shown,
        figure=course.end,
        fact=_fact(course, change.absolute),
    )
    start = value_cell(frame, then, scale, figure=course.start)
    return [start, value_cell(frame, now, scale, figure=course.end), difference, relative]


def _fact(course: Course, value: float | None) -> CellFact:
    """A change between the two ends, as what a cell states."""
    return CellFact(CellRole.CHANGE, value, course.end, course.start.period, course.ends[0])


def _reason(frame: Frame, change: Difference) -> str:
    return frame.word(f"course_{change.reason}") if change.reason else ""
