"""Builds the charts of a topic's page that nobody declared, and names those without figures."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.components.figures.cards import chart_card
from dashboard.components.figures.tiles import tile_grid
from dashboard.components.shell.address import ChartLinks, link
from dashboard.services.front_desk import FrontDesk

OPEN = 4  # charts of a page that stand open; the rest is folded


def topic_charts_panel(desk: FrontDesk, topic: str, selection: Selection) -> list[Component]:
    """Charts made from what the area has, single figures, and one line of what has no figures."""
    shown, language = desk.topics.of(topic, selection), selection.language
    path = f"/topic/{topic}"
    door = ChartLinks(selection, path, desk.areas())
    opened = max(OPEN - len(shown.declared), 0)
    parts: list[Component] = []
    if shown.made[:opened]:
        parts.append(_grid(shown.made[:opened], door, selection))
    if shown.single:
        parts += tile_grid(shown.single, selection, path)
    if folded := shown.made[opened:]:
        summary = html.Summary(html.Strong(word("topic_more_made", language, count=len(folded))))
        parts.append(
            html.Details(
                [summary, _grid(folded, door, selection)], className="more-charts panel-card"
            )
        )
    if shown.further:
        parts.append(_links(desk, shown.further, selection))
    if shown.absent:
        summary = html.Summary(word("topic_absent", language, count=len(shown.absent)))
        names = html.P(word("list_comma", language).join(shown.absent))
        parts.append(html.Details([summary, names], className="muted charts-absent"))
    return parts


def _grid(charts: tuple[Chart, ...], door: ChartLinks, selection: Selection) -> Component:
    cards = [
        html.Div(chart_card(chart, chart.id, door, selection), className="panel-chart")
        for chart in charts
    ]
    return html.Div(cards, className="chart-grid")


def _links(desk: FrontDesk, names: tuple[str, ...], selection: Selection) -> Component:
    """The indicators for which there was no room, each with the way to its own charts."""
    language = selection.language
    parts: list[Component | str] = [word("topic_without_room", language)]
    for place, name in enumerate(names):
        text = desk.catalogue.indicators[name].name[language]
        parts += [word("list_comma", language)] if place else []
        parts.append(html.A(text, href=link(f"/indicators/{name}", selection)))
    return html.P(parts, className="muted")
