"""Builds the agenda of a meeting as it is prepared: list of meetings, pages in order, questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import known_name, word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.role_parts import for_role
from dashboard.components.shell.small_form import Field, outcome, small_form
from dashboard.components.shell.sparks import Drawing
from dashboard.services.access.person import Role, acting_person
from dashboard.store.meetings import Meeting, MeetingPage
from dashboard.store.questions import Question

Namer = Callable[[MeetingPage], str]  # what a page is called in the reader's language


def new_meeting(selection: Selection, day: str) -> Component:
    """A form for a new agenda."""
    language = selection.language
    fields = [
        Field(ids.MEETING_TITLE, "title", word("meeting_title", language), needed=True),
        Field(ids.MEETING_HELD, "held", word("meeting_held", language), "date", day, needed=True),
    ]
    component = outcome(ids.MEETING_MESSAGE)
    form = small_form(ids.MEETING_NEW, fields, word("meeting_make", language), component)
    turn = dcc.Location(id=ids.MEETING_TURN, refresh=True)
    return html.Section(
        [html.H2(word("meeting_new", language)), form, turn], className="panel-card"
    )


def meeting_list(meetings: Sequence[Meeting], selection: Selection) -> Component:
    """All agendas, the latest first."""
    language = selection.language
    listed = [
        html.Li(
            [
                html.A(meeting.title, href=link(f"/meeting/{meeting.id}", selection)),
                f" · {meeting.held}",
            ]
        )
        for meeting in meetings
    ]
    inside = html.Ul(listed) if listed else html.P(word("meeting_no_meetings", language))
    questions = html.A(
        word("meeting_questions", language), href=link("/meeting/questions", selection)
    )
    heading = html.H2(word("meeting_list", language))
    return html.Section([heading, inside, html.P(questions)], className="panel-card")


_FILES = (
    ("deck", ".pptx"),
    ("pdf", ".pdf"),
    ("offline", ".html"),
    ("minutes", "/minutes.docx"),
)


def meeting_head(meeting: Meeting, selection: Selection, outdated: bool) -> Component:
    """Title and day to be changed, the ways on, and as of when the figures are frozen."""
    language = selection.language
    address = link(f"/meeting/{meeting.id}", selection)
    title, held = ids.agenda_field("title"), ids.agenda_field("held")
    fields = [
        Field(title, "title", word("meeting_title", language), value=meeting.title, needed=True),
        Field(held, "held", word("meeting_held", language), "date", meeting.held, needed=True),
    ]
    anchors = [
        html.A(
            word("meeting_present", language),
            href=f"{address}&present=1",
            className="btn btn-primary",
        ),
        *(
            html.A(
                word(f"meeting_{key}", language),
                href=f"/api/meetings/{meeting.id}{file}?lang={language}",
                download="",
                className="tool",
            )
            for key, file in _FILES
        ),
    ]
    frozen = word("meeting_frozen", language, moment=known_name(meeting.known, language))
    anew = _tool(ids.agenda_act("freeze"), word("meeting_freeze", language))
    return html.Section(
        [
            html.Div(anchors, className="agenda-tools"),
            html.P([frozen, " ", word("meeting_newer", language) if outdated else ""]),
            anew if outdated else None,
            for_role(
                Role.EDITOR,
                small_form(ids.agenda_form("change"), fields, word("meeting_keep", language)),
            ),
        ],
        className="panel-card",
    )


def _tool(own: dict[str, str | int], text: str, label: str = "") -> Component:
    named = aria(label=label) if label else {}
    button = html.Button(text, id=own, type="button", className="tool", **named)
    return for_role(Role.EDITOR, button)


class AgendaLine(NamedTuple):
    """A page of an agenda as it is listed: its name, its slides in words, the way to the first.

    ``drawing`` shows that slide small, None where it has no figures.
    """

    page: MeetingPage
    name: str
    place: str = ""
    href: str = ""
    drawing: Drawing | None = None


def _page(line: AgendaLine, language: str) -> Component:
    page, name = line.page, line.name
    noting = ids.agenda_field("note", page.id)
    note = [Field(noting, "note", word("meeting_note", language), value=page.note)]
    tools = []
    for act in ("earlier", "later", "remove"):
        text = word(f"meeting_{act}", language)
        tools.append(_tool(ids.agenda_act(act, page.id), text, f"{text}: {name}"))
    noted = small_form(ids.agenda_form("note", page.id), note, word("meeting_keep", language))
    words = (word(f"meeting_kind_{page.kind}", language), line.place)
    kind = html.Span(" · ".join(filter(None, words)), className="muted")
    named = html.A(html.Strong(name), href=line.href) if line.href else html.Strong(name)
    drawn = html.Span(line.drawing.component() if line.drawing else None, className="agenda-thumb")
    return html.Li(
        [
            drawn,
            html.Div([named, " ", kind], className="agenda-name"),
            for_role(Role.EDITOR, noted),
            html.Span(page.note) if acting_person().role < Role.EDITOR else None,
            html.Div(tools, className="agenda-tools"),
        ],
        className="agenda-page",
    )


def page_list(lines: Sequence[AgendaLine], language: str) -> Component:
    """The pages in order, each to be opened, moved, noted on and removed."""
    listed = [_page(line, language) for line in lines]
    inside = html.Ol(listed) if listed else html.P(word("meeting_no_pages", language))
    return html.Section([html.H2(word("meeting_pages", language)), inside], className="panel-card")


def since_card(title: str, parts: Sequence[tuple[str, Sequence[str]]]) -> Component:
    """What came of the last meeting: headings with their lines."""
    columns = [
        html.Div([html.H3(head), html.Ul([html.Li(line) for line in lines])])
        for head, lines in parts
    ]
    inside = [html.H2(title), html.Div(columns, className="since-parts")]
    return html.Section(inside, className="panel-card since-last")


def question_list(
    questions: Sequence[Question], address_of: Callable[[Question], str], language: str
) -> list[Component]:
    """Questions still open, each with a form to answer it; then those answered."""
    unanswered = [question for question in questions if question.done is None]
    answered = [question for question in questions if question.done is not None]
    result: list[Component] = []
    for key, listed in (("meeting_open", unanswered), ("meeting_answered", answered)):
        inside = [_question(question, address_of(question), language) for question in listed]
        heading = html.H2(word(key, language, count=len(listed)))
        none = html.P(word("meeting_none", language))
        result.append(html.Section([heading, *(inside or [none])], className="panel-card"))
    return result


def _question(question: Question, address: str, language: str) -> Component:
    by = word("meeting_by", language, owner=question.owner) if question.owner else ""
    due = word("meeting_until", language, day=question.due) if question.due else ""
    raised = word("meeting_raised", language, day=f"{question.raised.astimezone():%Y-%m-%d}")
    about = html.P(" · ".join(text for text in (by, due, raised) if text), className="muted")
    shown = html.A(word("meeting_shown", language), href=address) if address else None
    if question.done is None:
        answer, who = (
            ids.question_field("answer", question.id),
            ids.question_field("by", question.id),
        )
        fields = [
            Field(answer, "answer", word("meeting_answer", language), "area", needed=True),
            Field(
                who,
                "by",
                word("meeting_done_by", language),
                value=acting_person().name or question.owner,
                needed=True,
            ),
        ]
        form = small_form(ids.question_form(question.id), fields, word("meeting_done", language))
        more: list[Component] = [for_role(Role.EDITOR, form)]
    else:
        when = f"{question.done.astimezone():%Y-%m-%d}"
        more = [
            html.P(
                word(
                    "meeting_done_line",
                    language,
                    by=question.done_by,
                    day=when,
                    answer=question.answer,
                )
            ),
            _tool(ids.question_reopen(question.id), word("meeting_reopen", language)),
        ]
    kind = "question is-done" if question.done else "question"
    return html.Article([html.H3(question.asked), about, shown, *more], className=kind)
