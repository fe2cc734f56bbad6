"""The board of submissions: which form has come for which period, and which are locked."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.completeness.completeness import board_card
from dashboard.components.completeness.completeness_cell import cell_card
from dashboard.components.completeness.completeness_choice import PAGE_PATH, choice_of, controls
from dashboard.components.screen import panel, screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.not_found import not_found, unknown_part
from dashboard.components.shell.shell import tab_title
from dashboard.components.submissions.locks import locks_card
from dashboard.services.front_desk import front_desk
from dashboard.services.submissions.reporting import this_month


def layout(**query: object) -> Component:
    """The board; ``form``, ``span`` and ``cell`` of the address say what of it is shown."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    if unknown := unknown_part(desk, asked):
        missing = not_found(desk, selection, *unknown)
        return screen(desk, PAGE_PATH, selection, missing, filters=False)
    choice = choice_of(desk.areas(), asked, selection)
    board = desk.reporting.completeness(choice.area)
    content = [
        panel(desk, "heading", PAGE_PATH, selection),
        cell_card(desk, choice, board, selection),
        html.Div(board_card(desk, choice, board, selection, this_month())),
        locks_card(desk, selection),
    ]
    band = controls(desk, choice, board, selection)
    return screen(desk, PAGE_PATH, selection, content, filters=False, band=band)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_completeness", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=6)
