"""The page on which a street is chosen: the streets of an area by their targets, and by name."""

from dataclasses import replace

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Level
from dashboard.components.screen import panel, screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.not_found import area_is_unknown, not_found
from dashboard.components.shell.shell import tab_title
from dashboard.components.targets.street_choice import PAGE_PATH
from dashboard.services.front_desk import front_desk


def layout(**query: object) -> Component:
    """The streets of the selected area; of a street those of the area above it."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    if area_is_unknown(desk, asked):
        missing = not_found(desk, selection, "area", asked["area"])
        return screen(desk, PAGE_PATH, selection, missing, filters=False)
    area = desk.areas().get(selection.area)
    if area is not None and area.level is Level.STREET and area.parent:
        selection = replace(selection, area=area.parent)
    content = [panel(desk, "streets", "", selection), panel(desk, "board", "", selection)]
    return screen(desk, PAGE_PATH, selection, content)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_streets", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=2)
