"""The overview: the headline figures of all topics, all streets, how recent the figures are."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind, Topic
from dashboard.components.meetings.presenting import stage_screen
from dashboard.components.meetings.stage_content import stage_of_overview
from dashboard.components.screen import panel, screen
from dashboard.components.shell.address import link, plain_query, reader_language
from dashboard.components.shell.not_found import area_is_unknown, not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk

PAGE_PATH = "/"
TILES = 4  # of each topic


def first_map(topics: Sequence[Topic]) -> str:
    """The first declared map of all topics; "" where there is none."""
    maps = (
        f"{topic.id}/{chart.id}"
        for topic in topics
        for chart in topic.charts
        if chart.kind is Kind.MAP
    )
    return next(maps, "")


def layout(**query: object) -> Component:
    """The whole page with its figures; ``query`` is the address's."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    if area_is_unknown(desk, asked):
        return screen(
            desk,
            PAGE_PATH,
            selection,
            not_found(desk, selection, "area", asked["area"]),
            filters=False,
        )
    language = selection.language
    if selection.present:
        return stage_screen(*stage_of_overview(desk, PAGE_PATH, selection.area, selection, asked))
    topics = [
        html.Section(
            [
                html.H2(html.A(topic.title[language], href=link(f"/topic/{topic.id}", selection))),
                panel(desk, "tiles", f"{topic.id}:{TILES}", selection),
            ],
            className="panel-card topic-card",
        )
        for topic in desk.catalogue.topic_order()
    ]
    of_map = first_map(desk.catalogue.topic_order())
    cards = ("freshness", "not_reported", "real_areas")
    content = [
        panel(desk, "welcome", "", selection),
        panel(desk, "heading", PAGE_PATH, selection),
        panel(desk, "target_lead", "", selection),
        html.Div(topics, className="topic-grid" + (" by-three" if len(topics) % 3 == 0 else "")),
        panel(desk, "board", "", selection),
        html.Div(
            [
                panel(desk, "chart", of_map, selection) if of_map else None,
                dbc.Row(
                    [dbc.Col(panel(desk, kind, "", selection), lg=4) for kind in cards],
                    class_name="g-4",
                ),
            ],
            className="map-and-cards" if of_map else None,
        ),
    ]
    return screen(desk, PAGE_PATH, selection, content)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_overview", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=0)
