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

from dashboard.charts.model.chart import Chart, Series
from dashboard.charts.model.signs import hatching_of, marks_at, sign_of

_Drawn = Any  # python-pptx carries no types
_MARKERS = {
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "square": XL_MARKER_STYLE.SQUARE,
    "circle": XL_MARKER_STYLE.CIRCLE,
}
_CROSSED, _HATCHED = MSO_PATTERN_TYPE.DIAGONAL_CROSS, MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL


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
            fill.fore_color.rgb, fill.back_color.rgb = RGBColor(255, 255, 255), tints[place]
