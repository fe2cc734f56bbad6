"""The page of an address that leads nowhere."""

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.not_found import not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk


def layout(**query: object) -> Component:
    """A friendly page with ways on."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    return screen(desk, "/unknown", selection, not_found(desk, selection, "page"), filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("unknown_status", language), language)


register_page(__name__, path="/404", title=title, layout=layout, order=99)
