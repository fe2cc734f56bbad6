"""The comment of a target is edited in its place."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update
from typing_extensions import TypedDict

from callbacks.addresses import language_of
from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.components.targets.commentary import TEXTS, commentary_text
from dashboard.services.access.person import signature
from dashboard.services.context import NotFound
from dashboard.services.front_desk import front_desk
from dashboard.store.opening import StoreError


def show_form(_edit: int | None, _cancel: int | None) -> tuple[bool, bool]:
    """Shows the form or the text: (form hidden, text hidden)."""
    edits = ctx.triggered_id == ids.COMMENT_EDIT
    return not edits, edits


class About(TypedDict):
    """The target a comment is of, and the month."""

    target: str
    month: str


def keep_comment(
    _clicks: int | None,
    about: About,
    by: str | None,
    address: str | None,
    *texts: str | None,
) -> tuple[Any, Any, Any, Any]:
    """Keeps a new version of the comment; says which, or why not."""
    desk, language = front_desk(), language_of(address)
    who, (why, how, what) = signature(by), (text or "" for text in texts)
    if not who:
        return no_update, word("commentary_needs_name", language), no_update, no_update
    try:
        version = desk.targets.comment(about["target"], about["month"], (why, how, what), who)
    except (NotFound, StoreError) as error:
        return no_update, error.text[language], no_update, no_update
    shown = commentary_text(desk.targets.commentary(about["target"]), about["month"], language)
    return shown, word("commentary_saved", language, version=version), True, False


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.callback(
        Output(ids.COMMENT_FORM, "hidden"),
        Output(ids.COMMENT_TEXT, "hidden"),
        Input(ids.COMMENT_EDIT, "n_clicks"),
        Input(ids.COMMENT_CANCEL, "n_clicks"),
        prevent_initial_call=True,
    )(show_form)
    app.callback(
        Output(ids.COMMENT_TEXT, "children"),
        Output(ids.COMMENT_MESSAGE, "children"),
        Output(ids.COMMENT_FORM, "hidden", allow_duplicate=True),
        Output(ids.COMMENT_TEXT, "hidden", allow_duplicate=True),
        Input(ids.COMMENT_SAVE, "n_clicks"),
        State(ids.COMMENT_OF, "data"),
        State(ids.COMMENT_BY, "value"),
        State(ids.URL, "search"),
        *(State(ids.comment_field(name), "value") for name in TEXTS),
        prevent_initial_call=True,
    )(keep_comment)
