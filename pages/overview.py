"""The overview: the headline figures of all topics, all streets, how recent the figures are."""

from collections.abc import Sequence

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.topics import Kind, Topic
from dashboard.components.meetings.presenting import stage_screen
from dashboard.components.meetings.stage_content import stage_of_overview
from dashboard.components.screen import panel, screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.not_found import area_is_unknown, not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk

PAGE_PATH = "/"


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
    if selection.present:
        return stage_screen(*stage_of_overview(desk, PAGE_PATH, selection.area, selection, asked))
    if not desk.selections.area_choices(selection.language):  # nothing is stored yet
        title = html.Div(title_block(word("welcome_title", selection.language)))
        start = [title, panel(desk, "welcome", "", selection)]
        return screen(desk, PAGE_PATH, selection, start, filters=False)
    of_map = first_map(desk.catalogue.topic_order())
    content = [
        panel(desk, "target_lead", "", selection),
        panel(desk, "topic_rows", "", selection),
        panel(desk, "board", "", selection),
        panel(desk, "chart", of_map, selection) if of_map else None,
        panel(desk, "foot", "", selection),
    ]
    return screen(desk, PAGE_PATH, selection, content)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_overview", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=0)
