"""The page of one figure: its source, all its versions, and its cell."""

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.figures.counted_rows import counted_card
from dashboard.components.figures.figure import (
    absent_card,
    cell_card,
    compared_card,
    figure_heading,
    figure_of,
    made_of_card,
    own_path,
    value_card,
    versions_card,
    view_of,
)
from dashboard.components.figures.figure_uses import carried_card
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.not_found import not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.context import NotFound
from dashboard.services.front_desk import front_desk


def layout(**query: object) -> Component:
    """The page of the figure the address names; a friendly page where it names none."""
    desk, asked = front_desk(), plain_query(query)
    view, figure = view_of(desk, asked, reader_language(asked)), figure_of(asked)
    try:
        page = desk.figures.page(figure, view.selection) if figure else None
    except NotFound:
        page = None
    if figure is None or page is None:
        unknown = not_found(desk, view.selection, "figure")
        return screen(desk, "/figure", view.selection, unknown, filters=False)
    content = [
        *figure_heading(page, view),
        value_card(page, view),
        absent_card(page, view),
        made_of_card(page, view),
        counted_card(desk, page, view, asked.get("sort", "")),
        versions_card(page, view),
        cell_card(desk, page, view, asked.get("version", "")),
        compared_card(page, view),
        carried_card(desk, figure, view.selection),
    ]
    return screen(desk, own_path(figure, view), view.selection, content, filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_figure", language), language)


register_page(__name__, path="/figure", title=title, layout=layout, order=6)
