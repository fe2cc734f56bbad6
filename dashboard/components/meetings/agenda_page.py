"""Builds the changing part of a meeting's page: its agenda, or the questions of all meetings."""

from __future__ import annotations

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.meetings.agendas import (
    AgendaLine,
    Namer,
    meeting_head,
    page_list,
    question_list,
    since_card,
)
from dashboard.components.meetings.stage_content import slide_places
from dashboard.components.meetings.thumbnails import thumbnail
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.headings import title_block
from dashboard.components.shell.small_form import outcome
from dashboard.services.front_desk import FrontDesk
from dashboard.services.meetings.meetings import Agenda
from dashboard.store.meetings import MeetingPage
from dashboard.store.questions import Question


def agenda_section(desk: FrontDesk, of: Agenda, selection: Selection) -> list[Component]:
    """The agenda, and where its callback says what is wrong."""
    parts = agenda_parts(desk, of, selection)
    return [html.Div(parts, id=ids.AGENDA, className="agenda-parts"), outcome(ids.AGENDA_MESSAGE)]


def agenda_parts(desk: FrontDesk, of: Agenda, selection: Selection) -> list[Component]:
    """Title, head, what came of the last meeting, and the pages in order."""
    language, meeting = selection.language, of.meeting
    shell = _around(selection)

    def name(page: MeetingPage) -> str:
        return desk.meeting_slides.title_of_page(page, language)

    return [
        *title_block(meeting.title, meeting.held, word("meeting_text", language)),
        meeting_head(meeting, shell, of.outdated),
        *_since(desk, of, language),
        page_list(_lines(desk, of, name, link(f"/meeting/{meeting.id}", shell)), language),
    ]


def _lines(desk: FrontDesk, of: Agenda, name: Namer, address: str) -> list[AgendaLine]:
    """The pages as they are listed, each with its slide drawn small and the way to it."""
    places = slide_places(desk, of)
    lines = []
    for page in of.pages:
        place, title = places.get(page.id), name(page)
        if place is None:
            lines.append(AgendaLine(page, title))
            continue
        href = f"{address}&present=1&page={place.number}"
        lines.append(AgendaLine(page, title, place.words, href, thumbnail(place.slide, "")))
    return lines


def _since(desk: FrontDesk, of: Agenda, language: str) -> list[Component]:
    last = desk.meetings.since_last(of)
    if last is None:
        return []
    title = word("meeting_since_of", language, title=last.meeting.title, day=last.meeting.held)
    return [since_card(title, list(desk.meeting_slides.since_lines(last, language)))]


def question_section(desk: FrontDesk, selection: Selection) -> list[Component]:
    """The questions, and where their callback says what is wrong."""
    parts = html.Div(
        question_parts(desk, selection), id=ids.QUESTION_LIST, className="agenda-parts"
    )
    return [parts, outcome(ids.QUESTION_MESSAGE)]


def question_parts(desk: FrontDesk, selection: Selection) -> list[Component]:
    """The open questions of all meetings, then those answered."""
    shell = _around(selection)

    def address(question: Question) -> str:
        return link(f"/meeting/{question.meeting}", shell) if question.meeting else ""

    return question_list(desk.questions.all(), address, selection.language)


def _around(selection: Selection) -> Selection:
    """What links of the page lead to: the latest figures, not presented."""
    return replace(selection, as_known=None, present=False)
