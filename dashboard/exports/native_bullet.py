"""Writes a target's slide: its task as a native bullet, its path, the streets behind, and why."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.base.language import word
from dashboard.base.rounding import printable
from dashboard.charts.model.target_slide import Bullet, StreetAmount, TargetSlide
from dashboard.charts.plotly.theme import SCREEN, Theme
from dashboard.exports.formulas import harmless
from dashboard.exports.native_charts import Box, colour, fix_plot, number_format, write_type
from dashboard.exports.reference_lines import ChartSize, PlotPlace, ReferenceLine
from dashboard.exports.running_text import printed
from dashboard.exports.table_shape import half_width, lines_of

_Drawn = Any  # python-pptx carries no types
HIGH = Inches(1.0)  # of the bullet with its labels
_GAP = Inches(0.1)
_LABEL = 15  # points
_STRIP = Inches(0.62)  # of a reason without streets
_PATH = 0.64  # of the width, where streets or a reason stand beside it
_TICK = PlotPlace(0.0, 0.08, 1.0, 0.36)


def bullet_data(bullet: Bullet, language: str) -> CategoryChartData:
    """Done and what is left, as the workbook of the bullet holds them."""
    figures = CategoryChartData(number_format=number_format(bullet.decimals))
    figures.categories = [word("deck_total", language, value=bullet.total_text)]
    done = printable(bullet.done, bullet.decimals)
    total = printable(bullet.total, bullet.decimals)
    figures.add_series(word("deck_bullet_done", language), [done])
    figures.add_series(word("deck_bullet_rest", language), [max(total - done, 0.0)])
    return figures


def street_data(streets: tuple[StreetAmount, ...], head: str, decimals: int) -> CategoryChartData:
    """The streets with what each lacks."""
    figures = CategoryChartData(number_format=number_format(decimals))
    figures.categories = [harmless(street.name) for street in streets]
    figures.add_series(harmless(head), [printable(street.value, decimals) for street in streets])
    return figures


def draw_bullet(slide: _Drawn, bullet: Bullet, box: Box, language: str) -> _Drawn:
    """Adds the bullet without its labels; returns the graphic frame."""
    kind = XL_CHART_TYPE.BAR_STACKED
    place = Box(box.left, box.top, box.width, HIGH)
    data = bullet_data(bullet, language)
    frame = slide.shapes.add_chart(kind, *(Emu(side) for side in place), data)
    drawn = frame.chart
    drawn.has_legend = drawn.has_title = False
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 0, 100
    for series, tint in zip(plot.series, _tints(bullet, SCREEN), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour(tint)
    _hide_axes(drawn)
    drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = 0, bullet.reach
    write_type(drawn, _LABEL, SCREEN)
    mark_due(drawn, bullet, ChartSize(place.width / Pt(1), place.height / Pt(1), _LABEL))
    return frame


def refill_bullet(frame: _Drawn, bullet: Bullet, language: str) -> None:
    """Writes other figures into a bullet that stands on a slide, and moves its tick."""
    drawn = frame.chart
    drawn.replace_data(bullet_data(bullet, language))
    drawn.value_axis.maximum_scale = bullet.reach
    mark_due(drawn, bullet, ChartSize(frame.width / Pt(1), frame.height / Pt(1), _LABEL))


def refill_streets(frame: _Drawn, target: TargetSlide) -> None:
    """Writes other streets and amounts into the bars that stand on a slide."""
    frame.chart.replace_data(street_data(target.streets, target.head, target.decimals))
    frame.chart.value_axis.maximum_scale = _street_reach(target)


def _street_reach(target: TargetSlide) -> float:
    """The end of the axis of the streets, with room for the figure behind the longest bar."""
    return max(street.value for street in target.streets) * 1.5 or 1.0


def mark_due(drawn: _Drawn, bullet: Bullet, sheet: ChartSize) -> None:
    """The tick of what is due by now, as a line across the bar."""
    lines = []
    if bullet.due is not None and bullet.due_text:
        label = (bullet.due_text,) if bullet.is_labelled_at_the_tick else ()
        lines = [ReferenceLine(bullet.due_share, label, SCREEN.text, False, True)]
    fix_plot(drawn, lines, _TICK, sheet)


def _tints(bullet: Bullet, theme: Theme) -> tuple[str, str]:
    return (theme.worse if bullet.is_bad else theme.primary, theme.track)


def _hide_axes(drawn: _Drawn) -> None:
    for axis in (drawn.value_axis, drawn.category_axis):
        axis.visible = False
        axis.has_major_gridlines = False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def label_bullet(slide: _Drawn, bullet: Bullet, box: Box, comma: str) -> None:
    """What is done at the left under the bar, the target at its right end."""
    low, high = box.top + int(HIGH * 0.52), int(HIGH * 0.4)
    wide = int(box.width * (0.45 if bullet.is_labelled_at_the_tick else 0.7))
    tint = SCREEN.worse if bullet.is_bad else SCREEN.primary
    look = Type(_LABEL, tint, True, PP_ALIGN.LEFT)
    text(slide, Box(box.left, low, wide, high), bullet.done_line(comma), look)
    if bullet.end_text:
        wide = int(box.width * min(0.99 - bullet.due_share, 0.3))
        place = Box(box.left + box.width - wide, low, wide, high)
        text(slide, place, bullet.end_text, Type(_LABEL, align=PP_ALIGN.RIGHT))


class Type(NamedTuple):
    """How a text is set: its size in points, colour, weight and alignment."""

    points: float
    tint: str = SCREEN.text
    bold: bool = False
    align: PP_ALIGN | None = None


def text(slide: _Drawn, box: Box, content: str, look: Type) -> _Drawn:
    """Adds a text box of one paragraph."""
    shape = slide.shapes.add_textbox(*(Emu(side) for side in box))
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    # the language shows in the text itself: only Chinese has signs to be closed up
    paragraph.text, paragraph.alignment = printed(content, "zh"), look.align
    paragraph.font.size, paragraph.font.bold = Pt(look.points), look.bold
    paragraph.font.color.rgb = colour(look.tint)
    return shape


def draw_streets(
    slide: _Drawn, target: TargetSlide, box: Box, language: str, draws: bool
) -> _Drawn | None:
    """Adds the streets with what they lack, and the reason below; the frame of the streets.

    Without ``draws`` their texts alone.
    """
    top, frame = box.top, None
    if target.streets:
        head = word("deck_where", language, what=target.head)
        text(slide, Box(box.left, top, box.width, Inches(0.4)), head, Type(15, bold=True))
        top += Inches(0.42)
        high = int(Inches(0.5) * len(target.streets))
        place = Box(box.left, top, box.width, high)
        frame = _street_bars(slide, target, place) if draws else None
        top += high + _GAP
    if target.why:
        _reason(slide, target.why, Box(box.left, top, box.width, box.top + box.height - top))
    return frame


def _street_bars(slide: _Drawn, target: TargetSlide, box: Box) -> _Drawn:
    data = street_data(target.streets, target.head, target.decimals)
    kind = XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Emu(side) for side in box), data)
    drawn = frame.chart
    drawn.has_legend = drawn.has_title = False
    drawn.plots[0].gap_width = 50
    drawn.category_axis.reverse_order = True
    drawn.category_axis.has_major_gridlines = False
    drawn.category_axis.format.line.fill.background()
    drawn.value_axis.visible = drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.minimum_scale = 0
    drawn.value_axis.maximum_scale = _street_reach(target)
    bars = drawn.plots[0].series[0]
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = colour(SCREEN.worse)
    labels = bars.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format, labels.number_format_is_linked = number_format(target.decimals), False
    write_type(drawn, 14, SCREEN)
    # a label is one line, however narrow the chart
    body = labels._element.get_or_add_txPr().find(qn("a:bodyPr"))
    body.set("wrap", "none")
    return frame


def _reason(slide: _Drawn, reason: str, box: Box) -> None:
    """Why, on a tinted ground as high as its text needs."""
    points = 15.0
    lines = lines_of(reason, (box.width / Pt(1) - 24) / (points * half_width(reason)))
    high = min(int(Pt(points * 1.45) * lines) + int(Pt(20)), box.height)
    shape = text(slide, box._replace(height=high), reason, Type(points))
    frame = shape.text_frame
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Pt(12)
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(SCREEN.absent)
    shape.name = "reason"


def path_box(box: Box, target: TargetSlide) -> tuple[Box, Box]:
    """The places of the path and of what stands beside it, below the bullet.

    Cards take the whole width: a reason beside them is a strip above.
    """
    top = box.top + (HIGH + _GAP if target.bullet else 0)
    high = box.top + box.height - top
    if not target.streets and (target.facts is not None or not target.why):
        strip = _STRIP if target.why else 0
        side = Box(box.left, top, box.width if strip else 0, strip)
        return Box(box.left, top + strip, box.width, high - strip), side
    wide = int(box.width * _PATH)
    left = box.left + wide + Inches(0.3)
    return (
        Box(box.left, top, wide, high),
        Box(left, top, box.left + box.width - left, high),
    )


def describe(frame: _Drawn, alternative: str) -> None:
    """Sets the alternative text of a graphic frame."""
    frame._element.find(f".//{qn('p:cNvPr')}").set("descr", alternative)


def alternative_of(frame: _Drawn) -> str:
    """The alternative text of a shape; "" where it has none."""
    found: etree._Element | None = frame._element.find(f".//{qn('p:cNvPr')}")
    return "" if found is None else found.get("descr", "")
