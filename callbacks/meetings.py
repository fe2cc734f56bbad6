"""Agendas are prepared, questions noted and answered: each act of a page a callback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, html, no_update
from flask import abort

from callbacks.addresses import language_of, selection_of
from dashboard.base.language import word
from dashboard.components.meetings.agenda_page import agenda_parts, question_parts
from dashboard.components.shell import ids
from dashboard.components.shell.address import query_of
from dashboard.components.shell.agenda_button import NEW, which_agenda
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk, front_desk
from dashboard.store.opening import StoreError
from dashboard.store.questions import Question

Ids = list[dict[str, str | int]]
Clicks = list[int | None]
Values = list[str | None]


def _is_click() -> bool:
    """Whether somebody clicked or sent a form: new parts of a page call their callbacks too."""
    return bool(ctx.triggered and ctx.triggered[0]["value"])


def make_meeting(
    _sent: int | None, title: str | None, held: str | None, address: str | None
) -> tuple[object, object]:
    """Makes an agenda; returns what is wrong, and where the agenda is prepared."""
    selection = selection_of(address)
    try:
        name = front_desk().meetings.make(selection, title or "", held or "")
    except StoreError as error:
        return error.text[selection.language], no_update
    return "", f"/meeting/{name}?lang={selection.language}"


def change_agenda(
    _sent: Clicks,
    _clicks: Clicks,
    values: Values,
    fields: Ids,
    path: str,
    address: str | None,
) -> tuple[object, object]:
    """Changes the agenda of the page; returns its parts anew, or what is wrong."""
    if not _is_click():
        return no_update, no_update
    desk, selection = front_desk(), selection_of(address)
    name, acted = path.rpartition("/")[2], ctx.triggered_id
    texts = {
        str(field["name"]): value or ""
        for field, value in zip(fields, values, strict=True)
        if field["page"] == acted["page"]
    }
    try:
        _act(desk, name, acted, texts)
        return agenda_parts(desk, desk.meetings.get(name, selection.language), selection), ""
    except (StoreError, NotFound) as error:
        return no_update, error.text[selection.language]


def _act(desk: FrontDesk, name: str, acted: dict[str, Any], texts: dict[str, str]) -> None:
    title, held, note = (texts.get(field, "") for field in ("title", "held", "note"))
    acts: dict[str, Callable[[], None]] = {
        "change": lambda: desk.meetings.change(name, title, held),
        "freeze": lambda: desk.meetings.freeze(name),
        "note": lambda: desk.meetings.note(acted["page"], note),
        "earlier": lambda: desk.meetings.move(acted["page"], -1),
        "later": lambda: desk.meetings.move(acted["page"], 1),
        "remove": lambda: desk.meetings.remove(acted["page"]),
    }
    if acted["act"] not in acts:
        abort(400)
    acts[acted["act"]]()


def ask_which(_clicks: int | None, address: str | None) -> object:
    """Asks on which agenda a chart, topic or target is to be put."""
    if not _is_click():
        return no_update
    acted = ctx.triggered_id
    offered = front_desk().meetings.offered()
    return which_agenda(acted["kind"], acted["ref"], offered, language_of(address))


def add_page(_clicks: Clicks, query: str | None, address: str | None) -> object:
    """Puts a chart, topic or target on the chosen agenda; says on which, or what is wrong."""
    if not _is_click():
        return no_update
    language, acted = language_of(address), ctx.triggered_id
    desk, asked = front_desk(), query_of(query or address)
    selection = desk.selections.of(asked, language)
    try:
        desk.meetings.refuse_unknown(acted["kind"], acted["ref"])  # before a meeting is made
        name = str(acted["meeting"])
        name = desk.meetings.make_today(selection) if name == NEW else name
        meeting, count = desk.meetings.add(acted["kind"], acted["ref"], selection, name)
    except (StoreError, NotFound) as error:
        return error.text[language]
    text = word("meeting_added", language, title=meeting.title, count=count)
    return html.A(text, href=f"/meeting/{meeting.id}?lang={language}")


def ask(
    _sent: int | None,
    asked: str | None,
    owner: str | None,
    due: str | None,
    about: tuple[str, str, str] | None,  # kind, ref, query
    meeting: str | None,
    address: str | None,
) -> tuple[object, object, object, object]:
    """Notes a question about what is shown; returns what to say, and empty fields."""
    language = language_of(address)
    kind, ref, query = about or ("", "", "")
    question = Question(
        id=0,
        meeting=meeting or "",
        kind=kind,
        ref=ref,
        query=query,
        asked=asked or "",
        owner=owner or "",
        due=due or "",
        raised=datetime.now(UTC),
        raised_by="",
        done=None,
        done_by="",
        answer="",
    )
    try:
        front_desk().questions.ask(question)
    except StoreError as error:
        return error.text[language], no_update, no_update, no_update
    return word("meeting_question_kept", language), "", "", ""


def follow_up(
    _sent: Clicks, _clicks: Clicks, values: Values, fields: Ids, address: str | None
) -> tuple[object, object]:
    """Answers a question or opens it again; returns the list anew, or what is wrong."""
    if not _is_click():
        return no_update, no_update
    desk, selection, acted = front_desk(), selection_of(address), ctx.triggered_id
    number = acted["question"]
    texts = {
        str(field["name"]): value or ""
        for field, value in zip(fields, values, strict=True)
        if field["question"] == number
    }
    try:
        if acted["type"] == "question-form":
            desk.questions.close(number, texts.get("by", ""), texts.get("answer", ""))
        else:
            desk.questions.reopen(number)
    except StoreError as error:
        return no_update, error.text[selection.language]
    return question_parts(desk, selection), ""


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.callback(
        Output(ids.MEETING_MESSAGE, "children"),
        Output(ids.MEETING_TURN, "href"),
        Input(ids.MEETING_NEW, "n_submit"),
        State(ids.MEETING_TITLE, "value"),
        State(ids.MEETING_HELD, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(make_meeting)
    app.callback(
        Output(ids.AGENDA, "children"),
        Output(ids.AGENDA_MESSAGE, "children"),
        Input({"type": "agenda-form", "act": ALL, "page": ALL}, "n_submit"),
        Input({"type": "agenda-act", "act": ALL, "page": ALL}, "n_clicks"),
        State({"type": "agenda-field", "name": ALL, "page": ALL}, "value"),
        State({"type": "agenda-field", "name": ALL, "page": ALL}, "id"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(change_agenda)
    app.callback(
        Output({"type": "agenda-added", "kind": MATCH, "ref": MATCH}, "children"),
        Input({"type": "agenda-add", "kind": MATCH, "ref": MATCH}, "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(ask_which)
    app.callback(
        Output({"type": "agenda-added", "kind": MATCH, "ref": MATCH}, "children", True),
        Input({"type": "agenda-to", "kind": MATCH, "ref": MATCH, "meeting": ALL}, "n_clicks"),
        State({"type": "agenda-add", "kind": MATCH, "ref": MATCH}, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(add_page)
    app.callback(
        Output(ids.ASK_MESSAGE, "children"),
        Output(ids.ASK_TEXT, "value"),
        Output(ids.ASK_OWNER, "value"),
        Output(ids.ASK_DUE, "value"),
        Input(ids.ASK, "n_submit"),
        State(ids.ASK_TEXT, "value"),
        State(ids.ASK_OWNER, "value"),
        State(ids.ASK_DUE, "value"),
        State(ids.ASK_ABOUT, "data"),
        State(ids.ASK_MEETING, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(ask)
    app.clientside_callback(
        ClientsideFunction("meetings", "asked"),
        Output(ids.DRILL_LINK, "data", allow_duplicate=True),
        Input(ids.ASK_MESSAGE, "children"),
        State(ids.ASK_TEXT, "value"),
        prevent_initial_call=True,
    )
    app.callback(
        Output(ids.QUESTION_LIST, "children"),
        Output(ids.QUESTION_MESSAGE, "children"),
        Input({"type": "question-form", "question": ALL}, "n_submit"),
        Input({"type": "question-reopen", "question": ALL}, "n_clicks"),
        State({"type": "question-field", "name": ALL, "question": ALL}, "value"),
        State({"type": "question-field", "name": ALL, "question": ALL}, "id"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(follow_up)
