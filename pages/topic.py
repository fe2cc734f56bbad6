"""The page of a topic: tiles, its charts in order, its indicators."""

from collections.abc import Sequence

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.topics import ChartSpec, Kind
from dashboard.components.figures.cards import chart_card
from dashboard.components.meetings.presenting import stage_screen
from dashboard.components.meetings.stage_content import StagedPage, stage_of_page
from dashboard.components.screen import panel, screen
from dashboard.components.shell import ids
from dashboard.components.shell.address import Door, plain_query, reader_language
from dashboard.components.shell.agenda_button import agenda_button
from dashboard.components.shell.not_found import area_is_unknown, not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk


def wide_charts(charts: Sequence[ChartSpec]) -> set[str]:
    """Ids of the charts that take the whole width: the first, every table, a lone last one."""
    if not charts:
        return set()
    narrow = [chart.id for chart in charts[1:] if chart.kind is not Kind.TABLE]
    lone = {narrow[-1]} if len(narrow) % 2 else set()
    return {chart.id for chart in charts if chart.id not in narrow} | lone


def layout(topic: str = "", **query: object) -> Component:
    """The page of the topic with this id; a friendly page where there is none."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked), topic)
    path = f"/topic/{topic}"
    declared = desk.catalogue.topics.get(topic)
    if declared is None:
        return screen(
            desk, path, selection, not_found(desk, selection, "topic", topic), filters=False
        )
    if area_is_unknown(desk, asked):
        return screen(
            desk, path, selection, not_found(desk, selection, "area", asked["area"]), filters=False
        )
    shown = desk.topics.of(topic, selection)
    if selection.present:
        refs = [chart.id for chart in (*shown.declared, *shown.made)]
        return stage_screen(*stage_of_page(desk, StagedPage(path, refs, asked), selection))
    drawn = {chart.id: chart for chart in shown.declared}
    specs = [chart for chart in declared.charts if f"{topic}/{chart.id}" in drawn]
    wide, door = wide_charts(specs), Door(selection, path, desk.areas())
    charts = [
        html.Div(
            chart_card(drawn[ref], ref, door, selection) if ref in drawn else [],
            id=ids.panel("chart", ref),
            className="panel panel-chart" + (" is-wide" if chart.id in wide else ""),
        )
        for chart in declared.charts
        for ref in (f"{topic}/{chart.id}",)
    ]
    content = [
        panel(desk, "heading", path, selection),
        html.Div(agenda_button(selection.language, "topic", topic), className="agenda-tools"),
        html.H2(word("topic_headline", selection.language), className="visually-hidden"),
        panel(desk, "tiles", topic, selection),
        html.H2(word("topic_charts", selection.language), className="visually-hidden"),
        html.Div(charts, className="chart-grid"),
        panel(desk, "topic_charts", topic, selection),
        panel(desk, "figures", topic, selection),
        panel(desk, "topic_links", topic, selection),
    ]
    return screen(desk, path, selection, content)


def title(topic: str = "") -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    declared = desk.catalogue.topics.get(topic)
    text = declared.title[language] if declared else word("unknown_status", language)
    return tab_title(desk, text, language)


register_page(__name__, path_template="/topic/<topic>", title=title, layout=layout, order=1)
