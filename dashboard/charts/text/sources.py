"""Names the sources of a chart's figures in one line, and as metadata of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.analysis.point import Point
from dashboard.base.language import word
from dashboard.catalogue.concepts import Grade
from dashboard.charts.model.chart import SourceNote
from dashboard.charts.model.selection import Selection

_FROM_BEST = (Grade.OFFICIAL, Grade.SECONDARY, Grade.REPORT, Grade.MANAGEMENT, Grade.DEMO)
MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Origin:
    """The source line, the lowest grade present, whether demo figures are in, and the last date."""

    line: str
    grade: str
    is_demo: bool
    received: str
    names: str


def known_words(selection: Selection) -> str:
    """Of which day the state of knowledge is, and that later submissions do not count; else ""."""
    day = selection.as_known
    if day is None:
        return ""
    moment = f"{day.astimezone():%Y-%m-%d %H:%M}" if isinstance(day, datetime) else day.isoformat()
    return word("chart_known", selection.language, date=moment)


def known_line(line: str, selection: Selection) -> str:
    """A source line that says so too."""
    return " · ".join(part for part in (line, known_words(selection)) if part)


def lowest_grade(grades: Iterable[str]) -> str:
    """The least trustworthy of these grades; "" of none."""
    present = set(grades)
    return next((str(grade) for grade in reversed(_FROM_BEST) if grade in present), "")


def origin(points: Iterable[Point], sources: Mapping[int, SourceNote], language: str) -> Origin:
    """What is said of the submissions behind these points; at most two sources are named."""
    points = list(points)
    numbers = frozenset().union(*(point.submissions for point in points))
    notes = [sources[number] for number in sorted(numbers) if number in sources]
    grades = {note.grade for note in notes}.union(*(point.grades for point in points))
    names = _names(notes, language)
    received = max((str(note.received) for note in notes if note.received), default="")
    grade, is_demo = lowest_grade(grades), Grade.DEMO in grades
    line = " · ".join(_origin_texts(names, grade, received, is_demo, language))
    return Origin(line, grade, is_demo, received, names)


def _origin_texts(
    names: str, grade: str, received: str, is_demo: bool, language: str
) -> Iterator[str]:
    """The parts of a source line that have something to say."""
    if names:
        yield word("chart_source", language, names=names)
    if grade:
        yield word(f"grade_{grade}", language)
    if received:
        yield word("chart_updated", language, date=received)
    if is_demo and grade != Grade.DEMO:
        yield word("chart_demo", language)


def _names(notes: Sequence[SourceNote], language: str) -> str:
    """The newest sources by name, and how many there are where not all are named."""
    newest_first = sorted(
        notes, key=lambda note: note.received.toordinal() if note.received else 0, reverse=True
    )
    names = list(dict.fromkeys(note.title or note.file for note in newest_first))
    joined = word("chart_list_comma", language).join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return joined
    return word("chart_and_others", language, names=joined, count=len(names))
