"""The page on which the draft of a work report is checked before it is signed."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.drafts.draft_form import draft_form
from dashboard.components.drafts.draft_result import waiting
from dashboard.components.screen import screen
from dashboard.components.shell import ids
from dashboard.components.shell.address import link, plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.shell import tab_title
from dashboard.services.front_desk import front_desk

PAGE_PATH = "/drafts"


def layout(**query: object) -> Component:
    """The form, and room for what is found."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    language = selection.language
    content = [
        *title_block(word("page_drafts", language), text=word("drafts_intro", language)),
        draft_form(desk, asked.get("area", ""), language),
        html.P(
            html.A(word("drafts_to_figures", language), href=link("/figures", selection)),
            className="below-card",
        ),
        waiting(html.Div(id=ids.DRAFT_RESULT, className="card-stack")),
    ]
    return screen(desk, PAGE_PATH, selection, content, filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_drafts", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=6)
