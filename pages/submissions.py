"""Handing in files, and what has come so far."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.components import ids
from dashboard.components.address import plain_query, reader_language
from dashboard.components.locks import locks_notice
from dashboard.components.screen import panel, screen
from dashboard.components.shell import tab_title
from dashboard.components.submissions import (
    samples_card,
    submission_detail,
    submission_list,
    upload_form,
)
from dashboard.components.withdrawing import withdrawing_card
from dashboard.language import word
from dashboard.service import front_desk

HERE = "/submissions"


def layout(**query: object) -> Component:
    """The page; ``submission`` of the address opens one submission's findings."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selection(asked, reader_language(asked))
    content = [
        panel(desk, "heading", HERE, selection),
        submission_detail(desk, asked.get("submission", ""), selection),
        locks_notice(desk, selection),
        withdrawing_card(desk, asked.get("submission", ""), selection),
        upload_form(desk, selection),
        html.Div(submission_list(desk, selection), id=ids.SUBMISSION_LIST),
        samples_card(desk, selection),
    ]
    return screen(desk, HERE, selection, content, filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_submissions", language), language)


register_page(__name__, path=HERE, title=title, layout=layout, order=5)
