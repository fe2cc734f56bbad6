"""Names the signs by which each renderer draws the marks of a figure: open, dashed, hatched."""

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

_FIRMNESS = (FigureMark.PROVISIONAL, FigureMark.DRAFT, FigureMark.APPROXIMATE)


def marks_at(chart: Chart, series: Series, place: int) -> tuple[FigureMark, ...]:
    """The marks that are drawn at the value of one category, of an unfinished year among them.

    What holds of every value alike, such as that a month is provisional, is said once in words.
    """
    common = _common(series)
    marks = tuple(mark for mark in series.marked(place) if mark not in common)
    return (*marks, FigureMark.UNFINISHED) if is_unfinished(chart, place) else marks


def _common(series: Series) -> frozenset[FigureMark]:
    """Of how firm figures are, what holds of all values of a series of several."""
    places = [place for place, value in enumerate(series.values) if value is not None]
    if len(places) < 2:
        return frozenset()
    return frozenset(
        mark for mark in _FIRMNESS if all(mark in series.marked(place) for place in places)
    )


def sign_of(marks: Collection[FigureMark]) -> str:
    """The sign of an open marker: diamond, square or circle; "" where nothing is marked."""
    return next((sign for mark, sign in SIGNS.items() if mark in marks), "")


def hatching_of(marks: Collection[FigureMark]) -> str:
    """How a column is hatched: crossed, hatched, or "" where nothing is marked."""
    if FigureMark.RESTATED in marks:
        return "crossed"
    return "hatched" if sign_of(marks) else ""
