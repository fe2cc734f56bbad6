"""The scorecards of all areas below an area, an A4 page each."""

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.reports.scorecards import sheets
from dashboard.components.screen import screen
from dashboard.components.shell.address import link, plain_query, reader_language
from dashboard.components.shell.not_found import area_is_unknown, not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk

PAGE_PATH = "/scorecards"


def layout(**query: object) -> Component:
    """All sheets, one after the other, ready to print."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    if area_is_unknown(desk, asked):
        unknown = not_found(desk, selection, "area", asked["area"])
        return screen(desk, PAGE_PATH, selection, unknown, filters=False)
    return sheets(desk, selection, link("/", selection), below=True)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("card_every", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=8)
