"""The help page, in both languages."""

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.help.help import PAGE_PATH, help_page
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk


def layout(**query: object) -> Component:
    """The help page; area and period of the address stay in its links."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    return screen(desk, PAGE_PATH, selection, help_page(desk, selection), filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_help", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=20)
