"""A draft is chosen or pasted and checked; a finding is accepted with a note, or taken back."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from callbacks.addresses import language_of, selection_of, triggered_part
from callbacks.submissions import content_of
from dashboard.base.language import word
from dashboard.components.drafts.draft_form import FROM_DRAFT
from dashboard.components.drafts.draft_reading import reading_card
from dashboard.components.drafts.draft_result import draft_result
from dashboard.components.drafts.draft_store import store_card
from dashboard.components.drafts.draft_succession import succession_card
from dashboard.components.shell import ids
from dashboard.intake.drafts.check import PASTED
from dashboard.intake.drafts.draft import UnreadableDraft
from dashboard.intake.upload_tray import TrayFull, TrayGone
from dashboard.services.access.person import Role, acting_person
from dashboard.services.access.rights import may
from dashboard.services.front_desk import front_desk

Shown = tuple[object, object, object, object]  # result, token, message, contents of the drop zone


def check(
    contents: list[str] | None,
    _clicks: int | None,
    names: list[str] | None,
    text: str | None,
    area: str | None,
    address: str | None,
) -> Shown:
    """Checks the file that was dropped, or the text that was pasted."""
    language = language_of(address)
    if ctx.triggered_id == ids.DRAFT_CHECK:
        if not (text or "").strip():
            return no_update, no_update, word("drafts_nothing", language), no_update
        file = (word("drafts_pasted_name", language) + PASTED, (text or "").encode("utf-8"))
    elif contents and names:
        file = (names[0], content_of(contents[0]))
    else:
        return no_update, no_update, no_update, no_update
    try:
        token = front_desk().tray.put([file])
    except TrayFull:
        return no_update, no_update, word("work_tray_full", language), None
    return _shown(token, area, address)


def compare_with(area: str | None, token: str | None, address: str | None) -> Shown:
    """Compares the draft that was checked with the figures of another area."""
    if not token:
        return no_update, no_update, no_update, no_update
    return _shown(token, area, address)


def _shown(token: str, chosen: str | None, address: str | None) -> Shown:
    """The result of checking what waits under a token, or why there is none."""
    desk, selection = front_desk(), selection_of(address)
    language = selection.language
    area = chosen if chosen and chosen != FROM_DRAFT else ""
    try:
        files = desk.tray.take(token)
        judged = desk.drafts.check(files, area, whole=may(acting_person(), Role.EDITOR))
    except TrayGone:
        return [], None, word("drafts_gone", language), None
    except UnreadableDraft as unreadable:
        desk.tray.drop(token)
        return [], None, unreadable.text[language], None
    store = store_card(judged.store, desk.draft_figures, selection)
    verdict, *text = draft_result(judged, token, language, area)
    compared = [succession_card(judged, language)] if judged.previous else []
    report = desk.report_figures.of(judged.checked.read, area)
    reading = reading_card(report, token, desk.catalogue, selection)
    return [verdict, store, *compared, reading, *text], token, "", None


def compare(
    contents: list[str] | None,
    names: list[str] | None,
    token: str | None,
    area: str | None,
    address: str | None,
) -> Shown:
    """Compares the draft that was checked with the previous report that was dropped."""
    language, desk = language_of(address), front_desk()
    if not contents or not names:
        return no_update, no_update, no_update, no_update
    if not token:
        return no_update, no_update, word("drafts_previous_first", language), None
    try:
        draft = desk.tray.take(token)[0]
        both = desk.tray.put([draft, (names[0], content_of(contents[0]))])
    except TrayGone:
        return [], None, word("drafts_gone", language), None
    except TrayFull:
        return no_update, no_update, word("work_tray_full", language), None
    return _shown(both, area, address)


def accept(
    clicks: list[int | None],
    notes: tuple[list[dict[str, Any]], list[str | None]],
    token: str | None,
    area: str | None,
    address: str | None,
) -> tuple[object, object]:
    """Accepts a finding with its note, or takes an acceptance back; draws the result again."""
    if not any(clicks) or not token:  # the buttons were only drawn
        return no_update, no_update
    language, desk = language_of(address), front_desk()
    mark = str(triggered_part("mark"))
    given = {str(own["mark"]): note or "" for own, note in zip(*notes, strict=True)}
    try:
        is_accepted = mark in desk.drafts.notes()
        note = given.get(mark, "").strip()
        if not is_accepted and not note:
            return no_update, word("drafts_accept_needs_note", language)
        desk.drafts.accept(mark, "" if is_accepted else note)
    except TrayGone:
        return [], word("drafts_gone", language)
    except OSError as error:
        return no_update, word("drafts_unkept", language, reason=error.strerror or "")
    result, _, message, _ = _shown(token, area, address)
    return result, message


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.callback(
        Output(ids.DRAFT_RESULT, "children"),
        Output(ids.DRAFT_TOKEN, "data"),
        Output(ids.DRAFT_MESSAGE, "children"),
        Output(ids.DRAFT_UPLOAD, "contents"),
        Input(ids.DRAFT_UPLOAD, "contents"),
        Input(ids.DRAFT_CHECK, "n_clicks"),
        State(ids.DRAFT_UPLOAD, "filename"),
        State(ids.DRAFT_PASTE, "value"),
        State(ids.DRAFT_AREA, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(check)
    app.callback(
        Output(ids.DRAFT_RESULT, "children", allow_duplicate=True),
        Output(ids.DRAFT_TOKEN, "data", allow_duplicate=True),
        Output(ids.DRAFT_MESSAGE, "children", allow_duplicate=True),
        Output(ids.DRAFT_PREVIOUS, "contents"),
        Input(ids.DRAFT_PREVIOUS, "contents"),
        State(ids.DRAFT_PREVIOUS, "filename"),
        State(ids.DRAFT_TOKEN, "data"),
        State(ids.DRAFT_AREA, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(compare)
    app.callback(
        Output(ids.DRAFT_RESULT, "children", allow_duplicate=True),
        Output(ids.DRAFT_TOKEN, "data", allow_duplicate=True),
        Output(ids.DRAFT_MESSAGE, "children", allow_duplicate=True),
        Output(ids.DRAFT_UPLOAD, "contents", allow_duplicate=True),
        Input(ids.DRAFT_AREA, "value"),
        State(ids.DRAFT_TOKEN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(compare_with)
    app.callback(
        Output(ids.DRAFT_RESULT, "children", allow_duplicate=True),
        Output(ids.DRAFT_MESSAGE, "children", allow_duplicate=True),
        inputs={
            "clicks": Input({"type": "draft-accept", "mark": ALL}, "n_clicks"),
            "notes": (
                State({"type": "draft-note", "mark": ALL}, "id"),
                State({"type": "draft-note", "mark": ALL}, "value"),
            ),
            "token": State(ids.DRAFT_TOKEN, "data"),
            "area": State(ids.DRAFT_AREA, "value"),
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(accept)
