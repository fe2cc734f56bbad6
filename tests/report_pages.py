"""A report of a district for tests of what is written from it: slides, documents."""

from dataclasses import replace
from datetime import date

from dashboard.charts.model.report import PageKind, Report, ReportPage


def report(*pages, language="zh", mark=""):
    return Report(
        "民政工作情况",
        "2024年1—9月",
        "示例区民政局",
        "990101",
        "2024-09",
        date(2024, 10, 8),
        language,
        pages,
        demo_mark=mark,
        receipt="K7Q2-M4XD",
    )


def chart_page(chart, **changes):
    page = ReportPage(PageKind.CHART, chart.title, chart=chart, source=chart.source)
    return replace(page, **changes)
