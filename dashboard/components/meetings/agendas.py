"""The agenda of a meeting as it is prepared: list of meetings, pages in order, questions."""

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
    here = link(f"/meeting/{meeting.id}", selection)
    kept = {"meeting": meeting.id}
    fields = [
        Field("title", word("meeting_title", say), value=meeting.title, needed=True),
        Field("held", word("meeting_held", say), "date", meeting.held, needed=True),
    ]
    ways = [
        html.A(word("meeting_present", say), href=f"{here}&present=1", className="btn btn-primary"),
        html.A(
            word("meeting_deck", say),
            href=f"/api/meetings/{meeting.id}.pptx?lang={say}",
            download="",
            className="tool",
        ),
    ]
    frozen = word("meeting_frozen", say, moment=known_name(meeting.known, say))
    anew = posted_form("/api/meetings/freeze", [], word("meeting_freeze", say), hidden=kept)
    return html.Section(
        [
            html.Div(ways, className="agenda-tools"),
            html.P([frozen, " ", word("meeting_newer", say) if outdated else ""]),
            anew if outdated else None,
            posted_form("/api/meetings/change", fields, word("meeting_keep", say), hidden=kept),
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
    said = " · ".join(part for part in (word(f"meeting_kind_{page.kind}", say), place) if part)
    kind = html.Span(said, className="muted")
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
    open_ones = [one for one in questions if one.done is None]
    answered = [one for one in questions if one.done is not None]
    found: list[Component] = []
    for key, ones in (("meeting_open", open_ones), ("meeting_answered", answered)):
        inside = [_question(one, address_of(one), say) for one in ones]
        heading = html.H2(word(key, say, count=len(ones)))
        none = html.P(word("meeting_none", say))
        found.append(html.Section([heading, *(inside or [none])], className="panel-card"))
    return found


def _question(one: Question, address: str, say: str) -> Component:
    by = word("meeting_by", say, owner=one.owner) if one.owner else ""
    due = word("meeting_until", say, day=one.due) if one.due else ""
    raised = word("meeting_raised", say, day=f"{one.raised.astimezone():%Y-%m-%d}")
    told = html.P(" · ".join(text for text in (by, due, raised) if text), className="muted")
    shown = html.A(word("meeting_shown", say), href=address) if address else None
    hidden = {"question": one.id}
    if one.done is None:
        fields = [
            Field("answer", word("meeting_answer", say), "area", needed=True),
            Field("by", word("meeting_done_by", say), value=one.owner, needed=True),
        ]
        label = word("meeting_done", say)
        more: list[Component] = [posted_form("/api/questions/close", fields, label, hidden=hidden)]
    else:
        when = f"{one.done.astimezone():%Y-%m-%d}"
        more = [
            html.P(word("meeting_done_line", say, by=one.done_by, day=when, answer=one.answer)),
            posted_form("/api/questions/reopen", [], word("meeting_reopen", say), hidden=hidden),
        ]
    kind = "question is-done" if one.done else "question"
    return html.Article([html.H3(one.asked), told, shown, *more], className=kind)


def agenda_button(language: str, kind: str = "chart", ref: str = "") -> Component:
    """ "Add to the agenda": of a card its own chart, else what ``kind`` and ``ref`` name."""
    carried = {"action": "agenda", "kind": kind} | ({"ref": ref} if ref else {})
    label = word("meeting_add" if kind == "chart" else f"meeting_add_{kind}", language)
    return html.Button(label, type="button", className="tool", **data(**carried))
