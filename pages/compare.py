"""Up to five areas side by side at /compare, against a named benchmark."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.figures.side_by_side import (
    PAGE_PATH,
    choice_of,
    compare_content,
    controls,
)
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.not_found import not_found, unknown_part
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk


def layout(**query: object) -> Component:
    """The page; ``areas`` (codes with commas), ``with`` and ``indicator`` say what is compared."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    if unknown := unknown_part(desk, asked):
        missing = not_found(desk, selection, *unknown)
        return screen(desk, PAGE_PATH, selection, missing, filters=False)
    choice = choice_of(desk, asked, selection)
    content = [
        html.Div(title_block(word("page_compare", selection.language))),
        controls(desk, choice, selection),
        *compare_content(desk, choice, selection),
    ]
    return screen(desk, choice.address(selection), selection, content, filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_compare", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=13)
