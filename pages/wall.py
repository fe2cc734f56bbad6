"""The wall screen at /screen: for a large display, without controls."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.shell import tab_title
from dashboard.components.wall import wall_page
from dashboard.services.front_desk import front_desk

PAGE_PATH = "/screen"


def layout(**query: object) -> Component:
    """The declared pages of the selected area and period."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    # A style sheet of its own: no other page needs it.
    sheet = html.Link(rel="stylesheet", href="/assets/plain/wall.css")
    return html.Div([sheet, wall_page(desk, selection, asked)])


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_wall", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=12)
