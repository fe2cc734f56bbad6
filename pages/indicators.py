"""The list of all indicators, with a search."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.figures.declaring import declaring_form
from dashboard.components.figures.indicator_choice import list_choice
from dashboard.components.figures.indicators import result_list, search_bar
from dashboard.components.screen import panel, screen
from dashboard.components.shell import ids
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.not_found import not_found, unknown_part
from dashboard.components.shell.role_parts import for_role
from dashboard.components.shell.shell import tab_title
from dashboard.services.access.person import Role
from dashboard.services.front_desk import front_desk

PAGE_PATH = "/indicators"


def layout(**query: object) -> Component:
    """The list; ``q``, ``topic`` and ``show`` of the address narrow it."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    choice = list_choice(asked)
    if unknown := unknown_part(desk, asked | {"topic": choice.topic}):
        missing = not_found(desk, selection, *unknown)
        return screen(desk, PAGE_PATH, selection, missing, filters=False)
    content = [
        panel(desk, "heading", PAGE_PATH, selection),
        search_bar(desk, selection, choice.text, choice.topic),
        html.Div(result_list(desk, selection, choice), id=ids.INDICATOR_LIST),
        for_role(Role.EDITOR, declaring_form(desk, selection)),
    ]
    return screen(desk, PAGE_PATH, selection, content)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_indicators", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=3)
