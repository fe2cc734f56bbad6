"""Builds small multiples: one small trend a street, with its start, its end and its change."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.course_row import CourseRow, SmallTrends
from dashboard.charts.model.selection import SHARED_AXIS
from dashboard.components.shell.address import ChartLinks
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.sparks import street_trend


def small_trends(chart: Chart, door: ChartLinks) -> Component | None:
    """The small trends of a chart; None where it shows its table alone."""
    small = chart.small
    if small is None or not small.rows:
        return None
    names = {key: texts[0] for key, texts in chart.table.rows}
    items = [_item(row, names[row.area], chart, door) for row in small.rows]
    return html.Ul(items, className="small-trends", **aria(label=chart.title))


def _item(row: CourseRow, name: str, chart: Chart, door: ChartLinks) -> Component:
    language, small = chart.language, chart.small or SmallTrends()
    text = word(
        "small_trend_alt",
        language,
        area=name,
        since=row.since,
        start=row.start,
        until=row.until,
        end=row.end,
    )
    top = small.highest if small.axis == SHARED_AXIS else None
    drawn = street_trend(row.values, top, text)
    href = door.of_key(chart, row.area)
    change = row.change if row.change != "—" else row.difference
    return html.Li(
        [
            html.P(html.A(name, href=href) if href else name),
            drawn.component() if drawn else None,
            html.P(
                [
                    html.Span(f"{row.start} → "),
                    html.Strong(row.end),
                    html.Span(change, className=f"small-change tone-{row.tone}"),
                ]
            ),
        ]
    )
