"""Writes a Chart as a native, editable chart with its workbook, the same for slide and document.

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
from pptx.enum.dml import MSO_LINE
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.base.language import word
from dashboard.base.rounding import printable
from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import COMPARISON, SHARE_MARK, Chart
from dashboard.charts.model.course import Run, in_both_years, runs
from dashboard.charts.model.target_chart import PATH
from dashboard.charts.plotly.bars import bar_colours
from dashboard.charts.plotly.text import text_width
from dashboard.charts.plotly.theme import SCREEN, Theme
from dashboard.exports.formulas import harmless
from dashboard.exports.native_gap import draw_gap
from dashboard.exports.native_marks import mark_columns, mark_markers
from dashboard.exports.native_waterfall import draw_waterfall, drop_from_legend
from dashboard.exports.office_fonts import CHINESE_FONT, LATIN_FONT
from dashboard.exports.reference_lines import (
    CONTENT_TYPE,
    HORIZONTAL_BARS,
    RELATION,
    ChartSize,
    PlotPlace,
    ReferenceLine,
    plot_place,
    reference_lines,
    user_shapes,
)

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
_TICKS_OF_PATH = 6  # its months are named with their year
_MANY_BARS = 9
# A hundredth of a degree: LibreOffice leaves names out where it may not fold them; in a document
# it takes less for 0.
_HARDLY = "600"
_HIDDEN = "*"  # as the table and the screen print it
_TITLE = 1.9  # height of a chart's own title in its type size
_FEW = 4  # fewer bars than this would be as thick as walls
_Drawn = Any  # python-pptx carries no types
_LAYOUT = (
    '<c:layout xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:manualLayout>'
    '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{0:.5f}"/>'
    '<c:y val="{1:.5f}"/><c:w val="{2:.5f}"/><c:h val="{3:.5f}"/></c:manualLayout></c:layout>'
)


class Box(NamedTuple):
    """A place on a page, in English Metric Units (914,400 an inch)."""

    left: int
    top: int
    width: int
    height: int


class ChartXml(NamedTuple):
    """The XML of a chart part, the workbook its figures are edited in, the shapes drawn on it.

    ``shapes`` is empty where no line lies across the chart.
    """

    xml: bytes
    workbook: bytes
    shapes: bytes = b""


class Stroke(NamedTuple):
    """A native series: of a line one of its strokes, else the whole of a Chart's series.

    ``place`` is the series' place in the Chart; only the first stroke of each is named in legends.
    """

    place: int
    values: tuple[float | None, ...]
    dashed: bool = False
    is_first: bool = True


LINES = (Kind.LINE, Kind.SEASON)


def strokes(chart: Chart) -> list[Stroke]:
    """The native series of a chart, values in base units."""
    if chart.kind not in LINES:
        return [Stroke(place, series.values) for place, series in enumerate(chart.series)]
    drawn = []
    for place, series in enumerate(chart.series):
        of_series = runs(chart, series) or (Run(series.values, False),)
        drawn += [
            Stroke(place, run.values, run.dashed, number == 0)
            for number, run in enumerate(of_series)
        ]
    return drawn


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
    figures.categories = [harmless(name) for name in native_categories(chart)]
    for stroke in strokes(chart):
        values = [as_printed(chart, value) for value in stroke.values]
        figures.add_series(harmless(chart.series[stroke.place].name), values)
    return figures


def native_categories(chart: Chart) -> list[str]:
    """The names of the categories, "*" behind one of which a value is hidden.

    The axis is where an office program prints what has no bar or point.
    """
    hidden = {
        place
        for series in chart.series
        for place, label in enumerate(series.labels)
        if label == _HIDDEN
    }
    return [
        f"{name} {_HIDDEN}" if place in hidden else name
        for place, name in enumerate(chart.categories)
    ]


def as_printed(chart: Chart, value: float | None) -> float | None:
    """A value in the unit shown, such that every program prints it as the screen does."""
    shown = chart.shown(value)
    return None if shown is None else printable(shown, chart.decimals)


def _is_last(every: list[Stroke], number: int) -> bool:
    """Whether a stroke is the last one of its series."""
    return number + 1 == len(every) or every[number + 1].is_first


def _is_quiet(chart: Chart, place: int) -> bool:
    """Whether a line is context: of a season's many years only the latest stands out."""
    return chart.kind is Kind.SEASON and place < len(chart.series) - 1


def _tint(chart: Chart, place: int, theme: Theme) -> str:
    if _is_quiet(chart, place):
        return theme.line
    return theme.categorical[place % len(theme.categorical)]


def _lines(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    every = strokes(chart)
    for number, (line, stroke) in enumerate(zip(drawn.plots[0].series, every, strict=True)):
        series, place = chart.series[stroke.place], stroke.place
        earlier = series.role == COMPARISON or _is_quiet(chart, place)
        _write_line(line, colour(_tint(chart, place, theme)), earlier, stroke.dashed)
        if chart.step == PATH and earlier:
            _write_pace(line, theme, is_goal=place == len(chart.series) - 1)
        else:
            mark_markers(line, chart, series, _places(stroke.values))
        is_labelled = _is_last(every, number) and not earlier
        if is_labelled and len(chart.series) <= _LABELLED:
            _label_last(line, stroke, chart, theme)
        if drawn.has_legend and not stroke.is_first:
            drop_from_legend(drawn, number)
    # only what is one stroke is joined, over a month without a figure too
    drawn._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "span")


def _places(values: tuple[float | None, ...]) -> list[int]:
    return [place for place, value in enumerate(values) if value is not None]


def _write_line(line: _Drawn, tint: RGBColor, earlier: bool, dashed: bool) -> None:
    line.smooth = False
    line.format.line.color.rgb = tint
    line.format.line.width = Pt(1.5 if earlier else 2.75)
    if dashed:
        line.format.line.dash_style = MSO_LINE.ROUND_DOT
    line.marker.style = XL_MARKER_STYLE.CIRCLE
    line.marker.size = 4 if earlier else 7
    line.marker.format.fill.solid()
    line.marker.format.fill.fore_color.rgb = tint
    line.marker.format.line.color.rgb = tint


def _write_pace(line: _Drawn, theme: Theme, *, is_goal: bool) -> None:
    """What a target asks for: dashed lines without markers, quieter than what was done."""
    line.format.line.color.rgb = colour(theme.text if is_goal else theme.muted)
    line.format.line.dash_style = MSO_LINE.SQUARE_DOT if is_goal else MSO_LINE.DASH
    line.marker.style = XL_MARKER_STYLE.NONE


def _label_last(line: _Drawn, stroke: Stroke, chart: Chart, theme: Theme) -> None:
    """Prints the latest value above or below its point, on a ground that no line shows through."""
    there = [place for place, value in enumerate(stroke.values) if value is not None]
    if there:
        point = line.points[there[-1]].data_label
        point.position = _free_side(chart, stroke.place, there[-1])
        label = point._get_or_add_dLbl()
        for name in ("c:numFmt", "c:spPr"):
            for old in label.findall(qn(name)):
                label.remove(old)
        shown = etree.Element(qn("c:numFmt"))
        shown.set("formatCode", number_format(chart.decimals) + _gap_words(chart, stroke.place))
        shown.set("sourceLinked", "0")
        label.find(qn("c:idx")).addnext(shown)
        shown.addnext(_ground(theme))
        _keep_on_one_line(label)


def _gap_words(chart: Chart, place: int) -> str:
    """How far this year is from last year, as a text behind its latest value."""
    if place or not chart.gap or not in_both_years(chart):
        return ""
    return f'"{word("chart_gap_label", chart.language, gap=chart.gap)}"'


def _draw_gap(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    """The space between this year's running total and last year's, in every stroke of the line."""
    if chart.kind not in LINES or not in_both_years(chart):
        return
    for line, stroke in zip(drawn.plots[0].series, strokes(chart), strict=True):
        if not stroke.place:
            draw_gap(line, _places(stroke.values), chart, theme)


def _ground(theme: Theme) -> etree._Element:
    """The properties of a label filled with the colour of the page."""
    shape = etree.Element(qn("c:spPr"))
    fill = etree.SubElement(shape, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", theme.background.lstrip("#").upper())
    return shape


def _free_side(chart: Chart, own: int, at: int) -> XL_LABEL_POSITION:
    """Above the point, or below it where another line is nearer above than below.

    Beside it, the edge of the chart would cut the label off.
    """
    value = chart.shown(chart.series[own].values[at]) or 0.0
    of_others = [series.values[at] for place, series in enumerate(chart.series) if place != own]
    others = [other for other in map(chart.shown, of_others) if other is not None]
    above = [other - value for other in others if other >= value]
    below = [value - other for other in others if other < value]
    room = min(below, default=value - chart.axis.low)
    nearer_above = above and min(above) < room
    return XL_LABEL_POSITION.BELOW if nearer_above else XL_LABEL_POSITION.ABOVE


def _columns(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    drawn.plots[0].gap_width = 60 if len(chart.categories) > _FEW else 160
    if chart.kind is Kind.STACKED:
        drawn.plots[0].overlap = 100
    for place, column in enumerate(drawn.plots[0].series):
        column.invert_if_negative = False
        tint = theme.categorical[place] if place < len(theme.categorical) else theme.other
        column.format.fill.solid()
        column.format.fill.fore_color.rgb = colour(tint)
        tints = [colour(tint)] * len(chart.categories)
        mark_columns(column, chart, chart.series[place], tints)


def _bars(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    drawn.plots[0].gap_width = 40 if len(chart.categories) > _FEW else 120
    drawn.category_axis.reverse_order = True  # the first category stands on top, as on screen
    drawn.value_axis.visible = False
    drawn.value_axis.has_major_gridlines = False
    for bars, series in zip(drawn.plots[0].series, chart.series, strict=True):
        bars.invert_if_negative = False
        bars.format.fill.solid()
        bars.format.fill.fore_color.rgb = colour(theme.primary)
        _label_bars(bars, chart)
        tints = bar_colours(chart, theme)
        _tint_bars(bars, chart, theme)
        mark_columns(bars, chart, series, [colour(tint) for tint in tints])


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


def write_type(drawn: _Drawn, points: float, theme: Theme) -> None:
    """One size and the fonts for Latin and Chinese, for every text of the chart."""
    drawn.font.size, drawn.font.name = Pt(points), LATIN_FONT
    drawn.font.color.rgb = colour(theme.text)
    run = drawn._chartSpace.find(qn("c:txPr")).find(f".//{qn('a:defRPr')}")
    chinese = etree.SubElement(run, qn("a:ea"))
    chinese.set("typeface", CHINESE_FONT)
    run.find(qn("a:latin")).addnext(chinese)  # the schema wants it right after the Latin one


def add_run(paragraph: Any, text: str, points: float, tint: str, bold: bool) -> None:  # noqa: ANN401
    """Adds a run to a paragraph of a slide, with the fonts for Latin and Chinese."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(points), bold, LATIN_FONT
    run.font.color.rgb = colour(tint)
    chinese = run.font._element.makeelement(qn("a:ea"), {"typeface": CHINESE_FONT})
    run.font._element.find(qn("a:latin")).addnext(chinese)


def _axes(drawn: _Drawn, chart: Chart, theme: Theme, room: float) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = colour(theme.grid)
    values.format.line.fill.background()
    values.minimum_scale, values.maximum_scale = chart.axis.low, chart.axis.high
    values.major_unit = chart.axis.step
    values.tick_labels.number_format = number_format(chart.axis.decimals)
    values.tick_labels.number_format_is_linked = False
    names.format.line.color.rgb = colour(theme.line)
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # not in the midst of falling bars
    spacing = _tick_spacing(chart, room)
    skip = etree.SubElement(names._element, qn("c:tickLblSkip"))
    skip.set("val", str(spacing))
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    names.tick_labels.font.bold = False  # makes the element that says how they stand
    turned = "0" if spacing == 1 else _HARDLY  # never slanted
    names._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", turned)


def _tick_spacing(chart: Chart, room: float) -> int:
    """Every how many categories one is named, in a chart so many letters wide.

    A bar and a street's column are never nameless; a month of many is named with its year.
    """
    if chart.kind in (Kind.BAR, Kind.COMPOSITION, Kind.MAP) or chart.key_kind == "area":
        return 1
    most = _TICKS_OF_PATH if chart.step == PATH else _MOST_TICKS
    if len(chart.categories) > most:
        wide = max(text_width(name, 1) for name in chart.categories) + 1
        most = min(most, max(int(room * 0.9 / wide), 1))
    return -(-len(chart.categories) // most)


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
    _axes(drawn, chart, theme, box.width / Pt(1) / points)
    _LOOKS[chart.kind](drawn, chart, theme)
    write_type(drawn, points, theme)
    head = _TITLE * points if chart.kind is Kind.MAP else 0.0
    sheet = ChartSize(box.width / Pt(1), box.height / Pt(1), points, head)
    _write_lines_across(drawn, chart, sheet, theme)
    _draw_gap(drawn, chart, theme)
    if chart.kind in (Kind.BAR, Kind.MAP) and len(chart.categories) > _MANY_BARS:
        drawn.category_axis.tick_labels.font.size = Pt(points * 0.75)  # each name on its own line
    return frame


def refill(frame: _Drawn, chart: Chart, theme: Theme = SCREEN) -> None:
    """Writes a chart's figures of another period into a native chart that a person may have
    changed: workbook, caches, axis, marks and lines across it; its look and place stay.
    """
    drawn = frame.chart
    drawn.replace_data(series_of(chart))
    points = drawn.font.size.pt if drawn.font.size is not None else 14
    values = drawn.value_axis
    values.minimum_scale, values.maximum_scale = chart.axis.low, chart.axis.high
    values.major_unit = chart.axis.step
    for series in drawn.plots[0].series:
        for old in (*series._element.findall(qn("c:dPt")), *series._element.findall(qn("c:dLbls"))):
            series._element.remove(old)
    _remark(drawn, chart, theme)
    head = _TITLE * points if chart.kind is Kind.MAP else 0.0
    sheet = ChartSize(frame.width / Pt(1), frame.height / Pt(1), points, head)
    _draw_gap(drawn, chart, theme)
    lines = reference_lines(chart, theme, sheet.width, sheet.type)
    if lines or drawn._chartSpace.findall(qn("c:userShapes")):
        fix_plot(drawn, lines, plot_place(chart, lines, sheet), sheet)


def values_of(drawn: _Drawn) -> list[tuple[Any, ...]]:
    """The categories of a native chart, then each series' name and values."""
    plot = drawn.plots[0]
    return [tuple(plot.categories), *((one.name, *one.values) for one in plot.series)]


def _remark(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    """Marks points anew, in the colours that the series have now."""
    if chart.kind is Kind.WATERFALL:
        draw_waterfall(drawn, chart, theme)
        return
    every = strokes(chart)
    for number, (series, stroke) in enumerate(zip(drawn.plots[0].series, every, strict=True)):
        of_chart = chart.series[stroke.place]
        if chart.kind in LINES:
            mark_markers(series, chart, of_chart, _places(stroke.values))
            is_last = number + 1 == len(every) or every[number + 1].is_first
            is_main = of_chart.role != COMPARISON and chart.kind is not Kind.SEASON
            if is_last and is_main and len(chart.series) <= _LABELLED:
                _label_last(series, stroke, chart, theme)
        else:
            own = series.format.fill.fore_color.rgb
            if chart.kind in HORIZONTAL_BARS:
                _label_bars(series, chart)
                _tint_bars(series, chart, theme)
            mark_columns(series, chart, of_chart, [own] * len(of_chart.values))


def _tint_bars(bars: _Drawn, chart: Chart, theme: Theme) -> None:
    """Colours the bars that are not in the colour of the rest."""
    for place, tint in enumerate(bar_colours(chart, theme)):
        if tint != theme.primary:
            bars.points[place].format.fill.solid()
            bars.points[place].format.fill.fore_color.rgb = colour(tint)


def _label_bars(bars: _Drawn, chart: Chart) -> None:
    labels = bars.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format(chart.decimals), False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    _keep_on_one_line(labels._element)
    for place, text in enumerate(chart.series[0].labels):
        _, mark, share = text.partition(SHARE_MARK)
        if mark:
            text = f"{mark}{share}".replace(" ", "\u00a0")  # on one line
            _add_share(bars.points[place].data_label, text, chart.decimals)


def _add_share(label: _Drawn, share: str, decimals: int) -> None:
    """Prints a share behind the amount, which stays that of the workbook."""
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    element = label._get_or_add_dLbl()
    shown = etree.Element(qn("c:numFmt"))
    shown.set("formatCode", f'{number_format(decimals)}"{share}"')
    shown.set("sourceLinked", "0")
    element.find(qn("c:idx")).addnext(shown)
    _keep_on_one_line(element)


def _keep_on_one_line(labels: _Drawn) -> None:
    """A label is one line, however narrow the chart."""
    labels.get_or_add_txPr().find(qn("a:bodyPr")).set("wrap", "none")


def _write_lines_across(drawn: _Drawn, chart: Chart, sheet: ChartSize, theme: Theme) -> None:
    """Target, average, events and breaks, as shapes of the chart over a plot of fixed place."""
    lines = reference_lines(chart, theme, sheet.width, sheet.type)
    if lines or chart.kind in HORIZONTAL_BARS:  # else the figure of the longest bar is cut off
        fix_plot(drawn, lines, plot_place(chart, lines, sheet), sheet)


def fix_plot(drawn: _Drawn, lines: list[ReferenceLine], plot: PlotPlace, sheet: ChartSize) -> None:
    """Fixes the place of the plot, and draws lines across it in the place of earlier ones."""
    area = drawn._chartSpace.chart.plotArea
    for layout in area.findall(qn("c:layout")):
        area.remove(layout)
    area.insert(0, parse_xml(_LAYOUT.format(*plot)))
    for earlier in drawn._chartSpace.findall(qn("c:userShapes")):
        drawn.part.drop_rel(earlier.get(qn("r:id")))
        drawn._chartSpace.remove(earlier)
    if not lines:
        return
    content, package = user_shapes(lines, plot, sheet), drawn.part.package
    name = package.next_partname("/ppt/drawings/drawing%d.xml")
    shapes = Part(name, CONTENT_TYPE, package, content)
    element = etree.SubElement(drawn._chartSpace, qn("c:userShapes"))
    element.set(qn("r:id"), drawn.part.relate_to(shapes, RELATION))


def parts(
    chart: Chart,
    points: float = 10.5,
    theme: Theme = SCREEN,
    size: tuple[int, int] = (Inches(6), Inches(4)),
) -> ChartXml:
    """The chart part alone, for a document; ``size`` is its width and height there in EMU."""
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    frame = draw(chart, slide.shapes, Box(0, 0, *size), points, theme)
    part = frame.chart.part
    drawn = [rel.target_part.blob for rel in part.rels.values() if rel.reltype == RELATION]
    return ChartXml(part.blob, part.chart_workbook.xlsx_part.blob, *drawn)
