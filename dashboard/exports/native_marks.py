"""Marks points of a native chart: the sign of a marker, the hatching of a column.

The signs are those of the screen: an open circle, square or diamond for a figure of which
something must be known, hatching for part of a year and for a total with areas missing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.dml import MSO_PATTERN_TYPE

from dashboard.catalogue.figure_marks import FigureMark
from dashboard.charts.model.chart import Chart, Series
from dashboard.charts.model.course import is_unfinished

_Drawn = Any  # python-pptx carries no types
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
_MARKERS = {
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "square": XL_MARKER_STYLE.SQUARE,
    "circle": XL_MARKER_STYLE.CIRCLE,
}
_CROSSED, _HATCHED = MSO_PATTERN_TYPE.DIAGONAL_CROSS, MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL


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


def mark_markers(line: _Drawn, chart: Chart, series: Series, places: Collection[int]) -> None:
    """Opens the markers of the marked values among these places of a native line."""
    for place in places:
        sign = sign_of(marks_at(chart, series, place))
        if sign:
            marker = line.points[place].marker
            marker.style, marker.size = _MARKERS[sign], 8
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = RGBColor(255, 255, 255)
            marker.format.line.color.rgb = line.format.line.color.rgb


def mark_columns(column: _Drawn, chart: Chart, series: Series, tints: Sequence[RGBColor]) -> None:
    """Hatches the columns or bars of the marked values; ``tints`` has a colour for each value."""
    for place, value in enumerate(series.values):
        hatching = hatching_of(marks_at(chart, series, place)) if value is not None else ""
        if hatching:
            fill = column.points[place].format.fill
            fill.patterned()
            fill.pattern = _CROSSED if hatching == "crossed" else _HATCHED
            fill.fore_color.rgb, fill.back_color.rgb = tints[place], RGBColor(255, 255, 255)
