"""The page of a meeting: its agenda before, its slides during it; and the list of questions."""

from dataclasses import replace

from dash import register_page
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.meetings.agenda_page import agenda_section, question_section
from dashboard.components.meetings.presenting import stage_screen
from dashboard.components.meetings.stage_content import stage_of_agenda
from dashboard.components.screen import screen
from dashboard.components.shell.address import plain_query, reader_language
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.not_found import not_found
from dashboard.components.shell.shell import tab_title
from dashboard.services.context import NotFound
from dashboard.services.front_desk import front_desk

QUESTIONS = "questions"  # in the place of a meeting's id: the questions of all of them


def layout(meeting: str = "", **query: object) -> Component:
    """The agenda of this id, or the follow-up list; ``present=1`` shows the slides."""
    desk, asked = front_desk(), plain_query(query)
    selection = desk.selections.of(asked, reader_language(asked))
    language, path = selection.language, f"/meeting/{meeting}"
    shell = replace(selection, as_known=None, present=False)
    if meeting == QUESTIONS:
        heading = title_block(
            word("meeting_questions", language), "", word("meeting_followed", language)
        )
        content = [*heading, *question_section(desk, shell)]
        return screen(desk, path, shell, content, filters=False)
    try:
        opened = desk.meetings.get(meeting, language)
    except NotFound:
        return screen(desk, path, shell, not_found(desk, shell, "meeting"), filters=False)
    if selection.present:
        return stage_screen(*stage_of_agenda(desk, opened, asked))
    return screen(desk, path, shell, agenda_section(desk, opened, shell), filters=False)


def title(meeting: str = "") -> str:
    """The browser tab's title."""
    desk, language = front_desk(), reader_language()
    key = "meeting_questions" if meeting == QUESTIONS else "page_meeting"
    return tab_title(desk, word(key, language), language)


register_page(__name__, path_template="/meeting/<meeting>", title=title, layout=layout, order=7)
