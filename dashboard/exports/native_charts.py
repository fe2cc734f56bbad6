"""A Chart as a native, editable chart with its workbook: the same part in a slide and a document.

Categories and series are those of the Chart, in the unit that is shown; a missing value is a gap.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import COMPARISON, Chart
from dashboard.charts.plotly.theme import SCREEN, Theme
from dashboard.exports.formulas import harmless
from dashboard.exports.native_waterfall import draw_waterfall

LATIN_FONT, CHINESE_FONT = "Microsoft YaHei", "Microsoft YaHei"
TYPES: dict[Kind, XL_CHART_TYPE] = {
    Kind.LINE: XL_CHART_TYPE.LINE_MARKERS,
    Kind.COLUMN: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Kind.BAR: XL_CHART_TYPE.BAR_CLUSTERED,
    Kind.STACKED: XL_CHART_TYPE.COLUMN_STACKED,
    Kind.COMPOSITION: XL_CHART_TYPE.BAR_CLUSTERED,
    Kind.SEASON: XL_CHART_TYPE.LINE_MARKERS,
    Kind.TABLE: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Kind.WATERFALL: XL_CHART_TYPE.COLUMN_STACKED,
    Kind.MAP: XL_CHART_TYPE.BAR_CLUSTERED,
}
_LABELLED = 4  # with more lines the printed values would lie over each other
_MOST_TICKS = 13
_MANY_BARS = 9
_SMALL = 5  # below it an axis needs the decimals of its figures
_FEW = 4  # fewer bars than this would be as thick as walls
_Drawn = Any  # python-pptx carries no types


class Box(NamedTuple):
    """A place on a page, in English Metric Units (914,400 an inch)."""

    left: int
    top: int
    width: int
    height: int


class ChartParts(NamedTuple):
    """The XML of a chart part and the workbook its figures are edited in."""

    xml: bytes
    workbook: bytes


def number_format(decimals: int) -> str:
    """The format of a number with thousands separators and so many places."""
    return "#,##0" + ("." + "0" * decimals if decimals > 0 else "")


def colour(text: str) -> RGBColor:
    """The colour "#rrggbb" as python-pptx wants it."""
    return RGBColor.from_string(text.lstrip("#").upper())


def series_of(chart: Chart) -> CategoryChartData:
    """Categories and series, in the unit shown; a missing value stays missing.

    Their names are made harmless: the workbook inside a slide takes a text for a formula, too.
    """
    figures = CategoryChartData(number_format=number_format(chart.decimals))
    figures.categories = [harmless(name) for name in chart.categories]
    for series in chart.series:
        figures.add_series(harmless(series.name), [chart.shown(value) for value in series.values])
    return figures


def _lines(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    for place, (line, series) in enumerate(zip(drawn.plots[0].series, chart.series, strict=True)):
        # Of a season's many years the latest stands out; earlier years are context.
        quiet = chart.kind is Kind.SEASON and place < len(chart.series) - 1
        earlier = series.role == COMPARISON or quiet
        tint = theme.line if quiet else theme.categorical[place % len(theme.categorical)]
        line.smooth = False
        line.format.line.color.rgb = colour(tint)
        line.format.line.width = Pt(1.5 if earlier else 2.75)
        line.marker.style = XL_MARKER_STYLE.CIRCLE
        line.marker.size = 4 if earlier else 7
        line.marker.format.fill.solid()
        line.marker.format.fill.fore_color.rgb = colour(tint)
        line.marker.format.line.color.rgb = colour(tint)
        if not earlier and len(chart.series) <= _LABELLED:
            _label_last(line, series.values, chart)


def _label_last(line: _Drawn, values: tuple[float | None, ...], chart: Chart) -> None:
    """Prints the latest value beside its point, as on screen."""
    there = [place for place, value in enumerate(values) if value is not None]
    if there:
        point = line.points[there[-1]].data_label
        point.position = XL_LABEL_POSITION.ABOVE  # beside it, the edge of the chart cuts it off
        label = point._get_or_add_dLbl()
        shown = etree.SubElement(label, qn("c:numFmt"))
        shown.set("formatCode", number_format(chart.decimals))
        shown.set("sourceLinked", "0")
        label.find(qn("c:idx")).addnext(shown)


def _columns(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    drawn.plots[0].gap_width = 60 if len(chart.categories) > _FEW else 160
    if chart.kind is Kind.STACKED:
        drawn.plots[0].overlap = 100
    for place, column in enumerate(drawn.plots[0].series):
        column.invert_if_negative = False
        column.format.fill.solid()
        column.format.fill.fore_color.rgb = colour(
            theme.categorical[place] if place < len(theme.categorical) else theme.other
        )


def _bars(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    drawn.plots[0].gap_width = 40 if len(chart.categories) > _FEW else 120
    drawn.category_axis.reverse_order = True  # the first category stands on top, as on screen
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    for bars in drawn.plots[0].series:
        bars.invert_if_negative = False
        bars.format.fill.solid()
        bars.format.fill.fore_color.rgb = colour(theme.primary)
        labels = bars.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = number_format(chart.decimals), False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        for place, key in enumerate(chart.keys):
            if key and key == chart.chosen:
                bars.points[place].format.fill.solid()
                bars.points[place].format.fill.fore_color.rgb = colour(theme.accent)


def _ranked(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    """No office program edits a map: its figures as ranked bars, and a title that says so."""
    _bars(drawn, chart, theme)
    drawn.has_title = True
    drawn.chart_title.include_in_layout = False
    drawn.chart_title.text_frame.text = word("map_ranked", chart.language)


_LOOKS: dict[Kind, Callable[[_Drawn, Chart, Theme], None]] = {
    Kind.LINE: _lines,
    Kind.COLUMN: _columns,
    Kind.BAR: _bars,
    Kind.STACKED: _columns,
    Kind.COMPOSITION: _bars,
    Kind.SEASON: _lines,
    Kind.TABLE: _columns,
    Kind.WATERFALL: draw_waterfall,
    Kind.MAP: _ranked,
}


def _write_type(drawn: _Drawn, points: float, theme: Theme) -> None:
    """One size and the fonts for Latin and Chinese, for every text of the chart."""
    drawn.font.size, drawn.font.name = Pt(points), LATIN_FONT
    drawn.font.color.rgb = colour(theme.text)
    run = drawn._chartSpace.find(qn("c:txPr")).find(f".//{qn('a:defRPr')}")
    chinese = etree.SubElement(run, qn("a:ea"))
    chinese.set("typeface", CHINESE_FONT)
    run.find(qn("a:latin")).addnext(chinese)  # the schema wants it right after the Latin one


def _axes(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour(theme.grid)
    values.format.line.fill.background()
    top = max((abs(v) for s in chart.series for v in map(chart.shown, s.values) if v), default=0.0)
    values.tick_labels.number_format = number_format(chart.decimals if top < _SMALL else 0)
    values.tick_labels.number_format_is_linked = False
    names.format.line.color.rgb = colour(theme.line)
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # not in the midst of falling bars
    skip = etree.SubElement(names._element, qn("c:tickLblSkip"))
    skip.set("val", str(_tick_spacing(chart)))
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    if chart.kind not in (Kind.LINE, Kind.SEASON):
        low = min((v for s in chart.series for v in s.values if v is not None), default=0.0)
        if low >= 0:
            values.minimum_scale = 0  # a bar that does not start at zero lies about its length


def _tick_spacing(chart: Chart) -> int:
    """Every how many categories one is named; a bar is never nameless."""
    upright = chart.kind not in (Kind.BAR, Kind.COMPOSITION, Kind.MAP)
    return -(-len(chart.categories) // _MOST_TICKS) if upright else 1


def draw(
    chart: Chart, shapes: _Drawn, box: Box, points: float = 14, theme: Theme = SCREEN
) -> _Drawn:
    """Adds the native chart to a slide's shapes; returns its graphic frame. ``points``: type size.

    The chart must not be empty.
    """
    frame = shapes.add_chart(TYPES[chart.kind], *(Emu(side) for side in box), series_of(chart))
    drawn = frame.chart
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _axes(drawn, chart, theme)
    _LOOKS[chart.kind](drawn, chart, theme)
    _write_type(drawn, points, theme)
    if chart.kind in (Kind.BAR, Kind.MAP) and len(chart.categories) > _MANY_BARS:
        drawn.category_axis.tick_labels.font.size = Pt(points * 0.75)  # each name on its own line
    return frame


def parts(chart: Chart, points: float = 10.5, theme: Theme = SCREEN) -> ChartParts:
    """The chart part alone, for a document: its XML and its workbook."""
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    frame = draw(chart, slide.shapes, Box(0, 0, Inches(6), Inches(4)), points, theme)
    part = frame.chart.part
    return ChartParts(part.blob, part.chart_workbook.xlsx_part.blob)
