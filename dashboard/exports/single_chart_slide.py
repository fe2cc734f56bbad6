"""Writes one chart as a slide of its own: the same native chart that stands in a report."""

from __future__ import annotations

from datetime import date

from dashboard.charts.model.chart import Chart
from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.exports.slides import slides_bytes


def one_page(chart: Chart) -> Report:
    """A report that is this chart and nothing else, with its receipt."""
    page = ReportPage(
        PageKind.CHART, chart.headline, chart=chart, source=chart.source, notes=chart.notes
    )
    period = chart.periods[-1] if chart.periods else ""
    return Report(
        title=chart.title,
        subtitle=chart.subtitle,
        bureau="",
        area=chart.area,
        period=period,
        made=date.today(),
        language=chart.language,
        pages=(page,),
        demo_mark=chart.demo_mark,
        receipt=chart.receipt,
    )


def slide_bytes(chart: Chart) -> bytes:
    """The chart as a .pptx of one slide in the shipped template."""
    return slides_bytes(one_page(chart))
