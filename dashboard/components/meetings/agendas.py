"""The agenda of a meeting as it is prepared: list of meetings, pages in order, questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import known_name, word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import aria
from dashboard.components.shell.small_form import Field, outcome, small_form
from dashboard.store.meetings import Meeting, MeetingPage
from dashboard.store.questions import Question

Namer = Callable[[MeetingPage], str]  # what a page is called in the reader's language


def new_meeting(selection: Selection, day: str) -> Component:
    """A form for a new agenda."""
    say = selection.language
    fields = [
        Field(ids.MEETING_TITLE, "title", word("meeting_title", say), needed=True),
        Field(ids.MEETING_HELD, "held", word("meeting_held", say), "date", day, needed=True),
    ]
    said = outcome(ids.MEETING_SAID)
    form = small_form(ids.MEETING_NEW, fields, word("meeting_make", say), said)
    turn = dcc.Location(id=ids.MEETING_TURN, refresh=True)
    return html.Section([html.H2(word("meeting_new", say)), form, turn], className="panel-card")


def meeting_list(meetings: Sequence[Meeting], selection: Selection) -> Component:
    """All agendas, the latest first."""
    say = selection.language
    listed = [
        html.Li([html.A(one.title, href=link(f"/meeting/{one.id}", selection)), f" · {one.held}"])
        for one in meetings
    ]
    inside = html.Ul(listed) if listed else html.P(word("meeting_no_meetings", say))
    questions = html.A(word("meeting_questions", say), href=link("/meeting/questions", selection))
    heading = html.H2(word("meeting_list", say))
    return html.Section([heading, inside, html.P(questions)], className="panel-card")


def meeting_head(meeting: Meeting, selection: Selection, outdated: bool) -> Component:
    """Title and day to be changed, the ways on, and as of when the figures are frozen."""
    say = selection.language
    address = link(f"/meeting/{meeting.id}", selection)
    title, held = ids.agenda_field("title"), ids.agenda_field("held")
    fields = [
        Field(title, "title", word("meeting_title", say), value=meeting.title, needed=True),
        Field(held, "held", word("meeting_held", say), "date", meeting.held, needed=True),
    ]
    anchors = [
        html.A(
            word("meeting_present", say), href=f"{address}&present=1", className="btn btn-primary"
        ),
        html.A(
            word("meeting_deck", say),
            href=f"/api/meetings/{meeting.id}.pptx?lang={say}",
            download="",
            className="tool",
        ),
    ]
    frozen = word("meeting_frozen", say, moment=known_name(meeting.known, say))
    anew = _tool(ids.agenda_act("freeze"), word("meeting_freeze", say))
    return html.Section(
        [
            html.Div(anchors, className="agenda-tools"),
            html.P([frozen, " ", word("meeting_newer", say) if outdated else ""]),
            anew if outdated else None,
            small_form(ids.agenda_form("change"), fields, word("meeting_keep", say)),
        ],
        className="panel-card",
    )


def _tool(own: dict[str, str | int], text: str, label: str = "") -> Component:
    named = aria(label=label) if label else {}
    return html.Button(text, id=own, type="button", className="tool", **named)


def _page(page: MeetingPage, name: str, place: str, say: str) -> Component:
    noting = ids.agenda_field("note", page.id)
    note = [Field(noting, "note", word("meeting_note", say), value=page.note)]
    tools = []
    for act in ("earlier", "later", "remove"):
        text = word(f"meeting_{act}", say)
        tools.append(_tool(ids.agenda_act(act, page.id), text, f"{text}: {name}"))
    noted = small_form(ids.agenda_form("note", page.id), note, word("meeting_keep", say))
    text = " · ".join(part for part in (word(f"meeting_kind_{page.kind}", say), place) if part)
    kind = html.Span(text, className="muted")
    return html.Li(
        [
            html.Div([html.Strong(name), " ", kind]),
            noted,
            html.Div(tools, className="agenda-tools"),
        ],
        className="agenda-page",
    )


def page_list(
    pages: Sequence[MeetingPage], name_of: Namer, places: Mapping[int, str], say: str
) -> Component:
    """The pages in order, each to be moved, noted on and removed; ``places`` are their slides."""
    listed = [_page(page, name_of(page), places.get(page.id, ""), say) for page in pages]
    inside = html.Ol(listed) if listed else html.P(word("meeting_no_pages", say))
    return html.Section([html.H2(word("meeting_pages", say)), inside], className="panel-card")


def since_card(title: str, parts: Sequence[tuple[str, Sequence[str]]]) -> Component:
    """What came of the last meeting: headings with their lines."""
    columns = [
        html.Div([html.H3(head), html.Ul([html.Li(one) for one in said])]) for head, said in parts
    ]
    inside = [html.H2(title), html.Div(columns, className="since-parts")]
    return html.Section(inside, className="panel-card since-last")


def question_list(
    questions: Sequence[Question], address_of: Callable[[Question], str], say: str
) -> list[Component]:
    """Questions still open, each with a form to answer it; then those answered."""
    unanswered = [question for question in questions if question.done is None]
    answered = [question for question in questions if question.done is not None]
    result: list[Component] = []
    for key, listed in (("meeting_open", unanswered), ("meeting_answered", answered)):
        inside = [_question(question, address_of(question), say) for question in listed]
        heading = html.H2(word(key, say, count=len(listed)))
        none = html.P(word("meeting_none", say))
        result.append(html.Section([heading, *(inside or [none])], className="panel-card"))
    return result


def _question(question: Question, address: str, say: str) -> Component:
    by = word("meeting_by", say, owner=question.owner) if question.owner else ""
    due = word("meeting_until", say, day=question.due) if question.due else ""
    raised = word("meeting_raised", say, day=f"{question.raised.astimezone():%Y-%m-%d}")
    about = html.P(" · ".join(text for text in (by, due, raised) if text), className="muted")
    shown = html.A(word("meeting_shown", say), href=address) if address else None
    if question.done is None:
        answer, who = (
            ids.question_field("answer", question.id),
            ids.question_field("by", question.id),
        )
        fields = [
            Field(answer, "answer", word("meeting_answer", say), "area", needed=True),
            Field(who, "by", word("meeting_done_by", say), value=question.owner, needed=True),
        ]
        form = small_form(ids.question_form(question.id), fields, word("meeting_done", say))
        more: list[Component] = [form]
    else:
        when = f"{question.done.astimezone():%Y-%m-%d}"
        more = [
            html.P(
                word(
                    "meeting_done_line", say, by=question.done_by, day=when, answer=question.answer
                )
            ),
            _tool(ids.question_reopen(question.id), word("meeting_reopen", say)),
        ]
    kind = "question is-done" if question.done else "question"
    return html.Article([html.H3(question.asked), about, shown, *more], className=kind)
