"""The page that gives any stored figure as a sentence to write with."""

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.figures.figure_sentences import (
    PAGE_PATH,
    sentence_list,
    sentence_search,
)
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk


def layout(**query: object) -> Component:
    """The search, and the sentences that the address asks for with ``q``."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    language, text = selection.language, asked.get("q", "")[:60]
    content = [
        *title_block(word("page_figures", language), text=word("figures_intro", language)),
        sentence_search(text, selection),
        sentence_list(desk, text, selection),
    ]
    return screen(desk, PAGE_PATH, selection, content)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_figures", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=6)
