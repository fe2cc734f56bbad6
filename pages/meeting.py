"""The page of a meeting: its agenda before, its slides during it; and the list of questions."""

from dataclasses import replace

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.meetings.agendas import (
    meeting_head,
    page_list,
    question_list,
    since_card,
)
from dashboard.components.meetings.presenting import stage_screen
from dashboard.components.meetings.stage_content import slide_numbers, stage_of_agenda
from dashboard.components.screen import screen
from dashboard.components.shell.address import link, plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.not_found import not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.context import NotFound
from dashboard.services.front_desk import front_desk
from dashboard.store.questions import Question

QUESTIONS = "questions"  # in the place of a meeting's id: the questions of all of them


def layout(meeting: str = "", **query: object) -> Component:
    """The agenda of this id, or the follow-up list; ``present=1`` shows the slides."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    say, path = selection.language, f"/meeting/{meeting}"
    shell = replace(selection, as_known=None, present=False)

    def address(question: Question) -> str:
        return link(f"/meeting/{question.meeting}", shell) if question.meeting else ""

    if meeting == QUESTIONS:
        heading = title_block(word("meeting_questions", say), "", word("meeting_followed", say))
        listed = question_list(desk.questions.all(), address, say)
        return screen(desk, path, shell, [*heading, *listed], filters=False)
    try:
        opened = desk.meetings.get(meeting, say)
    except NotFound:
        return screen(desk, path, shell, not_found(desk, shell, "meeting"), filters=False)
    if selection.present:
        return stage_screen(*stage_of_agenda(desk, opened, asked))
    last = desk.meetings.since_last(opened)
    since = (
        since_card(
            word("meeting_since_of", say, title=last.meeting.title, day=last.meeting.held),
            list(desk.meeting_slides.since_lines(last, say)),
        )
        if last
        else None
    )
    content = [
        *title_block(opened.meeting.title, opened.meeting.held, word("meeting_text", say)),
        meeting_head(opened.meeting, shell, opened.outdated),
        since,
        page_list(
            opened.pages,
            lambda page: desk.meeting_slides.page_name(page, say),
            slide_numbers(desk, opened),
            say,
        ),
    ]
    return screen(desk, path, shell, content, filters=False)


def title(meeting: str = "") -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    key = "meeting_questions" if meeting == QUESTIONS else "page_meeting"
    return tab_title(desk, word(key, language), language)


register_page(__name__, path_template="/meeting/<meeting>", title=title, layout=layout, order=7)
