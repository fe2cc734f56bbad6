"""The page of submissions: handing files in, and the list of what has come."""

from dash import html, register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.figures.declaring import declaring_form
from dashboard.components.screen import panel, screen
from dashboard.components.shell import ids
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.role_parts import for_role
from dashboard.components.shell.shell import tab_title
from dashboard.components.submissions.boundaries import changes_card
from dashboard.components.submissions.locks import locks_notice
from dashboard.components.submissions.submissions import (
    samples_card,
    submission_detail,
    submission_list,
)
from dashboard.components.submissions.upload_form import upload_form, work_area
from dashboard.components.submissions.waiting_card import waiting_card
from dashboard.components.submissions.withdrawing import withdrawing_card
from dashboard.services.access.person import Role
from dashboard.services.front_desk import front_desk

PAGE_PATH = "/submissions"


def layout(**query: object) -> Component:
    """The page; ``submission`` of the address opens one submission, ``report`` reads a report."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    content = [
        panel(desk, "heading", PAGE_PATH, selection),
        submission_detail(desk, asked.get("submission", ""), selection),
        locks_notice(desk, selection),
        for_role(
            Role.EDITOR,
            html.Div(
                withdrawing_card(desk, asked.get("submission", ""), selection), id=ids.WITHDRAWING
            ),
        ),
        waiting_card(desk, selection.language),
        for_role(Role.CONTRIBUTOR, upload_form(desk, selection)),
        work_area(selection, asked.get("report", "")),
        for_role(Role.EDITOR, declaring_form(desk, selection)),
        html.Div(submission_list(desk, selection), id=ids.SUBMISSION_LIST),
        changes_card(desk, selection),
        for_role(Role.ADMIN, samples_card(desk, selection)),
    ]
    return screen(desk, PAGE_PATH, selection, content, filters=False)


def title() -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    return tab_title(desk, word("page_submissions", language), language)


register_page(__name__, path=PAGE_PATH, title=title, layout=layout, order=5)
