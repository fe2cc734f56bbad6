"""Writes a waterfall as a native chart: stacked columns, of which the lowest cannot be seen."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.oxml.ns import qn

from dashboard.charts.kinds.waterfall import BASE, UP, unnamed_again
from dashboard.charts.model.chart import Chart
from dashboard.charts.plotly.theme import Theme, waterfall_colours

_THIN = 0.08  # a column lower than this share of the plot cannot hold its label
_Drawn = Any  # python-pptx carries no types


def _rgb(text: str) -> RGBColor:
    return RGBColor.from_string(text.lstrip("#").upper())


def draw_waterfall(drawn: _Drawn, chart: Chart, theme: Theme) -> None:
    """Steps on an invisible base, each with its signed change above it."""
    colours = waterfall_colours(theme)
    drawn.plots[0].gap_width, drawn.plots[0].overlap = 40, 100
    for place, (column, series) in enumerate(zip(drawn.plots[0].series, chart.series, strict=True)):
        column.invert_if_negative = False
        if series.role == BASE or unnamed_again([one.role for one in chart.series], place):
            drop_from_legend(drawn, place)
        if series.role == BASE:
            column.format.fill.background()
            continue
        column.format.fill.solid()
        column.format.fill.fore_color.rgb = _rgb(colours[series.role])
        _label_steps(drawn, chart, place, theme)


def _label_steps(drawn: _Drawn, chart: Chart, place: int, theme: Theme) -> None:
    """The signed changes of one series: within its column, beside it where that is too thin."""
    series, base = chart.series[place], chart.series[0]
    thinnest = _THIN * _height(chart)
    light = theme.background if series.role != UP else theme.text
    for at, label in enumerate(series.labels):
        if not label or series.values[at] is None:  # what is hidden is named on the axis
            continue
        thin = abs(series.values[at] or 0.0) < thinnest and base.values[at]
        drawn_in = drawn.plots[0].series[0 if thin else place]
        told = drawn_in.points[at].data_label
        told.text_frame.text = label
        told.position = XL_LABEL_POSITION.INSIDE_END if thin else XL_LABEL_POSITION.CENTER
        run = told.text_frame.paragraphs[0].runs[0]
        run.font.color.rgb = _rgb(theme.text if thin else light)


def _height(chart: Chart) -> float:
    """From the lowest to the highest end of a column, in base units."""
    columns = list(zip(*(series.values for series in chart.series), strict=True))
    high = max(sum(value for value in column if value and value > 0) for column in columns)
    low = min(sum(value for value in column if value and value < 0) for column in columns)
    return high - low


def drop_from_legend(drawn: _Drawn, place: int) -> None:
    """The legend without the series at this place."""
    entry = etree.Element(qn("c:legendEntry"))
    etree.SubElement(entry, qn("c:idx")).set("val", str(place))
    etree.SubElement(entry, qn("c:delete")).set("val", "1")
    legend = drawn.legend._element
    before = legend.findall(qn("c:legendEntry")) or [legend.find(qn("c:legendPos"))]
    before[-1].addnext(entry)  # in the order of the series, as the schema wants it
