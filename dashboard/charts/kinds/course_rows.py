"""Builds rows of a course: its start, its end, and the absolute and the relative change."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.analysis.change import Difference
from dashboard.analysis.course import Course, course_of
from dashboard.analysis.points import Points
from dashboard.base.language import Scale, number, word
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.periods import Period
from dashboard.charts.model.course_row import CourseRow
from dashboard.charts.text import wording

SPANS = (1, 4, 9)  # years back, of the courses that are shown of one figure


def course_row(course: Course, meaning: Indicator, scale: Scale, language: str) -> CourseRow:
    """One course in words."""
    then, now = course.ends
    names = (wording.period_name(key.period, meaning, language) for key in course[2:4])
    since, until = names
    return CourseRow(
        indicator=meaning.id,
        area=course.end.area,
        values=course.values,
        since=since,
        until=until,
        start=wording.plain(then, scale, language),
        end=wording.plain(now, scale, language),
        difference=difference_text(course.change, scale, language),
        change=relative_text(course.change, meaning, language),
        tone=course.change.tone,
        why=_why(course.change, language),
        figures=(course.start, course.end),
    )


def difference_text(change: Difference, scale: Scale, language: str) -> str:
    """The absolute change with its sign in the scale, without a unit; "—" where none is made."""
    if change.absolute is None:
        return "—"
    return number(change.absolute / scale.factor, scale.decimals, language, sign=True)


def relative_text(change: Difference, meaning: Indicator, language: str) -> str:
    """The relative change with its sign: +5.6%, of a rate +1.2个百分点; "—" where none is made."""
    if change.value is None:
        return "—"
    text = number(change.value, 1, language, sign=True)
    if change.kind != "points":
        text += "%"
    else:
        key = "chart_permille_points" if meaning.unit.dimension == "permille" else "chart_points"
        text += word(key, language)
    return word("change_about", language, amount=text) if change.is_approximate else text


def _why(change: Difference, language: str) -> str:
    if change.word:
        return word(f"chart_{change.word}", language)
    return word(f"course_{change.reason}", language) if change.reason else ""


def courses_of_one(
    points: Points, meaning: Indicator, area: str, last: Period, language: str
) -> tuple[list[CourseRow], Scale]:
    """The courses of one figure over SPANS, each start once, and their scale."""
    found = {
        course.start: course
        for course in (course_of(points, meaning.id, area, last, years) for years in SPANS)
        if course is not None
    }
    scale = scale_of_courses(found.values(), meaning, language)
    return [course_row(course, meaning, scale, language) for course in found.values()], scale


def scale_of_courses(courses: Iterable[Course], meaning: Indicator, language: str) -> Scale:
    """The scale in which all values of the courses are shown."""
    values = [value for course in courses for value in course.values]
    return wording.scale_of(meaning, values, language)
