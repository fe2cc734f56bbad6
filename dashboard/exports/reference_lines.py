"""Draws lines across a native chart: target and average on bars, events and breaks on a trend.

No office program has such lines of its own; they are shapes of the chart itself, which move with
it and can be edited. Their places are shares of the chart, so its plot has a fixed place, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import MOST_SPELT, Chart, Mark
from dashboard.charts.plotly.marks import EventLabel, arranged
from dashboard.charts.plotly.text import LINE, folded, text_width
from dashboard.charts.plotly.theme import Theme
from dashboard.exports.office_fonts import CHINESE_FONT, LATIN_FONT

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
HORIZONTAL_BARS = (Kind.BAR, Kind.COMPOSITION, Kind.MAP)
_STANDING = (Kind.LINE, Kind.COLUMN, Kind.STACKED)
_EM = 12700  # English Metric Units of a point
_ROW = 1.45  # height of a line of text, in its own size


@dataclass(frozen=True, slots=True)
class ChartSize:
    """The place of a chart: its sides and the size of its type, all in points.

    ``head`` is what its title takes from its height.
    """

    width: float
    height: float
    type: float
    head: float = 0.0


class PlotPlace(NamedTuple):
    """Where the plot lies in its chart, as shares of its width and height from the top left."""

    left: float
    top: float
    width: float
    height: float


class ReferenceLine(NamedTuple):
    """A line across the plot at a share of its length, with its label's lines."""

    at: float
    label: tuple[str, ...]
    colour: str
    is_dashed: bool
    is_below: bool = False


def reference_lines(chart: Chart, theme: Theme, width: float, size: float) -> list[ReferenceLine]:
    """The lines of a chart, labels folded to ``width`` at type ``size``, both in points."""
    if chart.kind in HORIZONTAL_BARS:
        return [
            _across(chart, place, mark, theme, width, size)
            for place, mark in enumerate(chart.targets)
            if mark.value is not None
        ]
    if chart.kind not in _STANDING:
        return []
    spelt = len(chart.breaks) <= MOST_SPELT
    return [
        _before(chart, mark, theme, _folded(mark.label, width, size) if spelt else (f"({n})",))
        for n, mark in enumerate(chart.breaks, start=1)
        if mark.category is not None
    ]


def _folded(text: str, width: float, size: float) -> tuple[str, ...]:
    return tuple(folded(text, width * 0.45, size, 2))


def _across(
    chart: Chart, place: int, mark: Mark, theme: Theme, width: float, size: float
) -> ReferenceLine:
    axis = chart.axis
    share = ((chart.shown(mark.value) or 0.0) - axis.low) / (axis.high - axis.low)
    colour = theme.muted if place == 0 else theme.warning
    label = _folded(mark.label, width, size)
    return ReferenceLine(share, label, colour, place == 0, place % 2 == 1)


def _before(chart: Chart, mark: Mark, theme: Theme, label: tuple[str, ...]) -> ReferenceLine:
    """The line of an event stands between its category and the one before."""
    share = (mark.category or 0) / len(chart.categories)
    colour = theme.worse if mark.is_break else theme.muted
    return ReferenceLine(share, label, colour, not mark.is_break)


def plot_place(chart: Chart, lines: list[ReferenceLine], sheet: ChartSize) -> PlotPlace:
    """Where the plot lies so that names, numbers, legend and labels of lines have their room."""
    size, row = sheet.type, sheet.type * _ROW
    names = [text_width(name, size) for name in chart.categories]
    if chart.kind in HORIZONTAL_BARS:
        figures = [text_width(text, size) for series in chart.series for text in series.labels]
        right = max(text_width("0,000,000", size), max(figures, default=0) + 12)
        left = min(max(names) + 8, sheet.width * 0.4)
        bottom = 6.0
    else:
        left = max(text_width(text, size) for text in chart.axis.texts) + 10
        right = max(3 * size, max(names) / 2)  # the last name stands below the last point
        bottom = 2.2 * row
    legend = 1.5 * row if len(chart.series) > 1 else 0.0
    wide = (sheet.width - left - right) / sheet.width
    high = max(_heights(lines, left / sheet.width, wide, sheet)[1], 0.0)
    bottom += sum(len(line.label) for line in lines if line.is_below) * row
    top = sheet.head + legend + high + 6
    return PlotPlace(
        left / sheet.width,
        top / sheet.height,
        max(wide, 0.2),
        max((sheet.height - top - bottom) / sheet.height, 0.2),
    )


def _heights(
    lines: list[ReferenceLine], left: float, wide: float, sheet: ChartSize
) -> tuple[list[float], float]:
    """How far above the plot each label above it ends, and how high all reach, in points.

    They stand as on screen: as low as they can, none over another, few stems through words.
    ``left`` and ``wide`` are the plot's place in shares of the chart's width.
    """
    above = [line for line in lines if not line.is_below]
    if not above:
        return [], 0.0
    pixels = LINE / (sheet.type * _ROW)  # of the screen for a point here
    labels = []
    for line in above:
        share = left + line.at * wide
        width = max(text_width(text, sheet.type) for text in line.label) + 8
        at = share * sheet.width
        labels.append(EventLabel(at * pixels, share < 0.5, list(line.label), width * pixels))
    reach, bottoms = arranged(labels)
    return [-bottom / pixels for bottom in bottoms], reach / pixels


def user_shapes(lines: list[ReferenceLine], plot: PlotPlace, sheet: ChartSize) -> bytes:
    """The drawing part of a chart: each line, and its label above or below the plot."""
    row = sheet.type * 0.9 * _ROW / sheet.height
    heights = iter(_heights(lines, plot.left, plot.width, sheet)[0])
    below, drawn = 0.0, []
    for number, line in enumerate(lines, start=1):
        x, high = plot.left + line.at * plot.width, len(line.label) * row
        top, bottom = plot.top, plot.top + plot.height
        if line.is_below:
            box_top = bottom + below
            below += high
            bottom = box_top
        else:
            top -= next(heights) / sheet.height
            box_top = top - high
        drawn.append(_line(2 * number, x, (top, bottom), line))
        drawn.append(_label(2 * number + 1, x, (box_top, box_top + high), line, sheet.type))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:userShapes xmlns:c="{_CHART}" '
        f'xmlns:a="{_MAIN}">{"".join(drawn)}</c:userShapes>'
    ).encode()


def _anchor(left: float, top: float, right: float, bottom: float, shape: str) -> str:
    def corner(name: str, x: float, y: float) -> str:
        return f"<cdr:{name}><cdr:x>{x:.5f}</cdr:x><cdr:y>{y:.5f}</cdr:y></cdr:{name}>"

    ends = corner("from", left, top) + corner("to", right, bottom)
    return f'<cdr:relSizeAnchor xmlns:cdr="{_DRAWING}">{ends}{shape}</cdr:relSizeAnchor>'


_PLACE = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'


def _line(number: int, x: float, ends: tuple[float, float], line: ReferenceLine) -> str:
    dash = '<a:prstDash val="dash"/>' if line.is_dashed else ""
    name = escape(" ".join(line.label))
    return _anchor(
        x,
        ends[0],
        x,
        ends[1],
        f'<cdr:cxnSp macro=""><cdr:nvCxnSpPr><cdr:cNvPr id="{number}" name="{name}"/>'
        f"<cdr:cNvCxnSpPr/></cdr:nvCxnSpPr><cdr:spPr>{_PLACE}"
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{int(1.5 * _EM)}"><a:solidFill><a:srgbClr val="{line.colour.lstrip("#")}"/>'
        f"</a:solidFill>{dash}</a:ln></cdr:spPr></cdr:cxnSp>",
    )


def _label(
    number: int, x: float, ends: tuple[float, float], line: ReferenceLine, size: float
) -> str:
    rightwards = x < 0.5
    left, right = (x, 1.0) if rightwards else (0.0, x)
    run = (
        f'<a:rPr lang="zh-CN" sz="{int(size * 90)}"><a:solidFill><a:srgbClr '
        f'val="{line.colour.lstrip("#")}"/></a:solidFill>'
        f'<a:latin typeface="{LATIN_FONT}"/><a:ea typeface="{CHINESE_FONT}"/></a:rPr>'
    )
    side = "l" if rightwards else "r"
    texts = "".join(
        f'<a:p><a:pPr algn="{side}"/><a:r>{run}<a:t>{escape(text)}</a:t></a:r></a:p>'
        for text in line.label
    )
    return _anchor(
        left,
        ends[0],
        right,
        ends[1],
        f'<cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="{number}" '
        f'name="{escape(" ".join(line.label))}"/><cdr:cNvSpPr txBox="1"/></cdr:nvSpPr>'
        f'<cdr:spPr>{_PLACE}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></cdr:spPr>'
        '<cdr:txBody><a:bodyPr wrap="none" lIns="25400" tIns="0" rIns="25400" bIns="0"/>'
        f"<a:lstStyle/>{texts}</cdr:txBody></cdr:sp>",
    )
