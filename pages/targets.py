"""Targets: which are off pace, where, why, and what it would take."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.components.address import plain_query, reader_language
from dashboard.components.screen import panel, screen
from dashboard.components.shell import tab_title
from dashboard.components.target_choice import HERE, controls, narrowed, rows_of, target_choice
from dashboard.components.target_list import list_card, status_chips
from dashboard.components.unknown import area_is_unknown, not_found
from dashboard.language import word
from dashboard.service import front_desk


def layout(**query: object) -> Component:
    """The list, or the open target; the address says what of it is shown."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selection(asked, reader_language(asked))
    if area_is_unknown(desk, asked):
        unknown = not_found(desk, selection, "area", asked["area"])
        return screen(desk, HERE, selection, unknown, filters=False)
    choice = target_choice(asked, selection)
    every = rows_of(desk, choice)
    rows = narrowed(every, choice, desk.catalogue)
    content = [
        panel(desk, "heading", HERE, selection),
        controls(desk, choice, every, selection),
        status_chips(rows, choice, selection),
        html.Div(list_card(desk, rows, choice, selection)),
    ]
    return screen(desk, HERE, selection, content, filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_targets", language), language)


register_page(__name__, path=HERE, title=title, layout=layout, order=1)
