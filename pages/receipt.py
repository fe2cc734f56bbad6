"""The page on which the code of a receipt is typed."""

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.reports.receipt_page import entry_card
from dashboard.components.reports.revisions_card import revisions_card
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk


def layout(**query: object) -> Component:
    """The page with its one field."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    language = selection.language
    content = [
        *title_block(word("page_receipt", language), "", word("code_text", language)),
        entry_card(language),
        revisions_card(desk, selection),
    ]
    return screen(desk, "/receipt", selection, content, filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_receipt", language), language)


register_page(__name__, path="/receipt", title=title, layout=layout, order=8)
