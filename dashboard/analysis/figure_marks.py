"""Works out which marks a point has, by its status, its origin and what was set on the figure."""

from __future__ import annotations

from dashboard.analysis.point import Point
from dashboard.catalogue.concepts import FigureStatus, Grade
from dashboard.catalogue.figure_marks import FigureMark


def marks_of(point: Point) -> tuple[FigureMark, ...]:
    """The marks of a point that it has wherever it stands, in the order of FigureMark.

    What depends on its neighbours (after a break, an unfinished year) is the chart's to say.
    """
    has = set(point.marks)
    tests = {
        FigureMark.PARTIAL: bool(point.partial),
        FigureMark.DISPUTED: point.status == FigureStatus.DISPUTED,
        FigureMark.APPROXIMATE: bool(point.qualifier),
        FigureMark.PROVISIONAL: point.status == FigureStatus.PROVISIONAL,
        FigureMark.DRAFT: point.status == FigureStatus.DRAFT,
        FigureMark.SECONDARY: Grade.SECONDARY in point.grades,
        FigureMark.RESTATED: bool(point.restated),
        FigureMark.HIDDEN: point.status == FigureStatus.SUPPRESSED,
        FigureMark.FINDING: point.differs is not None,
        FigureMark.DEMO: Grade.DEMO in point.grades,
    }
    has |= {mark for mark, holds in tests.items() if holds}
    return tuple(mark for mark in FigureMark if mark in has)


def listed_marks(point: Point) -> str:
    """The marks of a point as a list prints them: words with a space between, "" for none."""
    return " ".join(marks_of(point))
