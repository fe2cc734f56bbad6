"""The signs by which every renderer draws the marks of a figure: open markers, hatched columns."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.catalogue.figure_marks import FigureMark
from dashboard.charts.model.chart import Chart, Series
from dashboard.charts.model.course import is_unfinished

# What is drawn open, the sign of each; of several the first.
SIGNS: dict[FigureMark, str] = {
    FigureMark.DISPUTED: "diamond",
    FigureMark.FINDING: "diamond",
    FigureMark.RESTATED: "square",
    FigureMark.PARTIAL: "circle",
    FigureMark.APPROXIMATE: "circle",
    FigureMark.PROVISIONAL: "circle",
    FigureMark.DRAFT: "circle",
    FigureMark.UNFINISHED: "circle",
}


def marks_at(chart: Chart, series: Series, place: int) -> tuple[FigureMark, ...]:
    """The marks of the value of one category, that of an unfinished year among them."""
    marks = series.marked(place)
    return (*marks, FigureMark.UNFINISHED) if is_unfinished(chart, place) else marks


def sign_of(marks: Collection[FigureMark]) -> str:
    """The sign of an open marker: diamond, square or circle; "" where nothing is marked."""
    return next((sign for mark, sign in SIGNS.items() if mark in marks), "")


def hatching_of(marks: Collection[FigureMark]) -> str:
    """How a column is hatched: crossed, hatched, or "" where nothing is marked."""
    if FigureMark.RESTATED in marks:
        return "crossed"
    return "hatched" if sign_of(marks) else ""
