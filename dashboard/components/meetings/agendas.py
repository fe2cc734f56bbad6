"""The pages of meetings before they are held: the list, an agenda in order, its questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import known_name, word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import data
from dashboard.components.shell.posting import Field, posted_form
from dashboard.store.meetings import Meeting, MeetingPage
from dashboard.store.questions import Question

Namer = Callable[[MeetingPage], str]  # what a page is called in the reader's language


def new_meeting(selection: Selection, day: str, query: str) -> Component:
    """A form for a new agenda."""
    say = selection.language
    fields = [
        Field("title", word("meeting_title", say), needed=True),
        Field("held", word("meeting_held", say), "date", day, needed=True),
    ]
    form = posted_form("/api/meetings", fields, word("meeting_make", say), hidden={"query": query})
    return html.Section([html.H2(word("meeting_new", say)), form], className="panel-card")


def meeting_list(meetings: Sequence[Meeting], selection: Selection) -> Component:
    """All agendas, the latest first."""
    say = selection.language
    listed = [
        html.Li(
            [
                html.A(meeting.title, href=link(f"/meeting/{meeting.id}", selection)),
                f" · {meeting.held}",
            ]
        )
        for meeting in meetings
    ]
    inside = html.Ul(listed) if listed else html.P(word("meeting_no_meetings", say))
    questions = html.A(word("meeting_questions", say), href=link("/meeting/questions", selection))
    heading = html.H2(word("meeting_list", say))
    return html.Section([heading, inside, html.P(questions)], className="panel-card")


def meeting_head(meeting: Meeting, selection: Selection, outdated: bool) -> Component:
    """Title and day to be changed, the ways on, and as of when the figures are frozen."""
    say = selection.language
    address = link(f"/meeting/{meeting.id}", selection)
    hidden = {"meeting": meeting.id}
    fields = [
        Field("title", word("meeting_title", say), value=meeting.title, needed=True),
        Field("held", word("meeting_held", say), "date", meeting.held, needed=True),
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
    anew = posted_form("/api/meetings/freeze", [], word("meeting_freeze", say), hidden=hidden)
    return html.Section(
        [
            html.Div(anchors, className="agenda-tools"),
            html.P([frozen, " ", word("meeting_newer", say) if outdated else ""]),
            anew if outdated else None,
            posted_form("/api/meetings/change", fields, word("meeting_keep", say), hidden=hidden),
        ],
        className="panel-card",
    )


def _page(page: MeetingPage, name: str, place: str, say: str) -> Component:
    def button(key: str, address: str, **hidden: object) -> Component:
        label = f"{word(key, say)}: {name}"
        return posted_form(
            address, [], word(key, say), hidden={"page": page.id, "label": label} | hidden
        )

    note = [Field("note", word("meeting_note", say), value=page.note)]
    tools = [
        button("meeting_earlier", "/api/meetings/pages/move", by=-1),
        button("meeting_later", "/api/meetings/pages/move", by=1),
        button("meeting_remove", "/api/meetings/pages/remove"),
    ]
    noted = posted_form(
        "/api/meetings/pages/note", note, word("meeting_keep", say), hidden={"page": page.id}
    )
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
        html.Div([html.H3(head), html.Ul([html.Li(text) for text in lines])])
        for head, lines in parts
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
    hidden = {"question": question.id}
    if question.done is None:
        fields = [
            Field("answer", word("meeting_answer", say), "area", needed=True),
            Field("by", word("meeting_done_by", say), value=question.owner, needed=True),
        ]
        label = word("meeting_done", say)
        more: list[Component] = [posted_form("/api/questions/close", fields, label, hidden=hidden)]
    else:
        when = f"{question.done.astimezone():%Y-%m-%d}"
        more = [
            html.P(
                word(
                    "meeting_done_line", say, by=question.done_by, day=when, answer=question.answer
                )
            ),
            posted_form("/api/questions/reopen", [], word("meeting_reopen", say), hidden=hidden),
        ]
    kind = "question is-done" if question.done else "question"
    return html.Article([html.H3(question.asked), about, shown, *more], className=kind)


def agenda_button(language: str, kind: str = "chart", ref: str = "") -> Component:
    """ "Add to the agenda": of a card its own chart, else what ``kind`` and ``ref`` name."""
    carried = {"action": "agenda", "kind": kind} | ({"ref": ref} if ref else {})
    label = word("meeting_add" if kind == "chart" else f"meeting_add_{kind}", language)
    return html.Button(label, type="button", className="tool", **data(**carried))
