"""A target is added, changed or retired in its dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard.base.language import Text, in_both, word
from dashboard.catalogue.targets import Target
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.address import query_of, reader_language
from dashboard.components.targets.target_choice import ALL, TargetChoice, target_choice
from dashboard.components.targets.target_edit import ROLES, tried
from dashboard.services.access.person import signature
from dashboard.services.context import NotFound
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import front_desk
from dashboard.store.opening import StoreError

Signed = Mapping[str, str | None]  # who changes something (by), why (reason), what was said (seen)


def asked_of(address: str | None) -> tuple[TargetChoice, Selection]:
    """What the address of the page asks for."""
    query = query_of(address)
    selection = front_desk().selections.of(query, reader_language(query))
    return target_choice(query, selection), selection


def keep_change(
    by: str | None,
    address: str | None,
    keep: Callable[[TargetChoice, Selection, str], str | Text | None],
) -> tuple[Any, Any]:
    """What the dialog says, and where to turn once ``keep`` has kept the change for a person.

    ``keep`` returns an address, a question where it asks before it keeps anything, or None where
    nothing was changed.
    """
    choice, selection = asked_of(address)
    language, who = selection.language, signature(by)
    if not who:
        return word("commentary_needs_name", language), no_update
    try:
        where = keep(choice, selection, who)
    except (UnknownName, StoreError, NotFound) as error:
        return error.text[language], no_update
    if where is None:
        return word("target_unchanged", language), no_update
    if isinstance(where, Text):
        return where[language], no_update
    return "", f"{where}&saved={front_desk().version()}"


def open_dialog(opened: int | None, _closed: int | None) -> bool:
    """Whether the dialog is open after a click."""
    return bool(opened) and ctx.triggered_id == ids.TARGET_OPEN


def try_typed(_clicks: int | None, name: str, address: str | None, *cells: Any) -> tuple[Any, str]:  # noqa: ANN401
    """Shows how the target as typed would stand, or says what is wrong with it."""
    desk, (choice, selection) = front_desk(), asked_of(address)
    month = "" if choice.period == ALL else choice.period
    try:
        target = desk.editing.typed(dict(zip(ROLES, cells, strict=True)), name)
        before = desk.targets.standing(name, "", month) if name else None
        row = desk.targets.try_out(target, "", month)
    except (UnknownName, StoreError, NotFound) as error:
        return "", error.text[selection.language]
    question = _question(target, name)
    message = question[selection.language] if question else ""
    return tried(desk, row, before, selection), message


def _question(target: Target, name: str) -> Text | None:
    """What is to be looked at before the target is kept, edited as ``name``; None for nothing."""
    doubts = front_desk().targets.doubts(target, name)
    if not doubts:
        return None
    return in_both(
        "target_confirm",
        doubts=lambda language: word("list_semicolon", language).join(
            doubt[language] for doubt in doubts
        ),
    )


def keep_typed(
    _clicks: object, signed: Signed, name: str, address: str | None, cells: Sequence[Any]
) -> tuple[Any, Any]:
    """Keeps or retires the target; returns what to say and where to go.

    What is to be looked at is said first, and kept with where the person has ``seen`` it.
    """
    if not ctx.triggered or not ctx.triggered[0]["value"]:
        return no_update, no_update
    act = ctx.triggered_id

    def change(choice: TargetChoice, selection: Selection, who: str) -> str | Text | None:
        desk, shown = front_desk(), name
        if act == ids.TARGET_RETIRE:
            desk.targets.retire(name, who, signed["reason"] or "")
        else:
            target = desk.editing.typed(dict(zip(ROLES, cells, strict=True)), name)
            question = _question(target, name)
            if question and signed.get("seen") != question[selection.language]:
                return question
            if not desk.editing.keep(target, who, signed["reason"] or "", name):
                return None
            shown = target.id
        return choice.address(selection, target=shown, at="", status="", topic="", owner="")

    return keep_change(signed["by"], address, change)


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    typed = [State(ids.target_field(role), "value") for role in ROLES]
    app.callback(
        Output(ids.TARGET_DIALOG, "is_open"),
        Input(ids.TARGET_OPEN, "n_clicks"),
        Input(ids.TARGET_CLOSE, "n_clicks"),
        prevent_initial_call=True,
    )(open_dialog)
    app.callback(
        Output(ids.TARGET_TRIED, "children"),
        Output(ids.TARGET_MESSAGE, "children"),
        Input(ids.TARGET_TRY, "n_clicks"),
        State(ids.TARGET_OF, "data"),
        State(ids.URL, "search"),
        *typed,
        prevent_initial_call=True,
    )(try_typed)
    app.callback(
        Output(ids.TARGET_MESSAGE, "children", allow_duplicate=True),
        Output(ids.TARGET_TURN, "data"),
        inputs={
            "_clicks": (
                Input(ids.TARGET_SAVE, "n_clicks"),
                Input(ids.TARGET_RETIRE, "n_clicks"),
            ),
            "signed": {
                "by": State(ids.TARGET_BY, "value"),
                "reason": State(ids.TARGET_REASON, "value"),
                "seen": State(ids.TARGET_MESSAGE, "children"),
            },
            "name": State(ids.TARGET_OF, "data"),
            "address": State(ids.URL, "search"),
            "cells": tuple(typed),
        },
        prevent_initial_call=True,
    )(keep_typed)
    app.clientside_callback(
        ClientsideFunction("targets", "turnTo"),
        Output(ids.DRILL_LINK, "data", allow_duplicate=True),
        Input(ids.TARGET_TURN, "data"),
        prevent_initial_call=True,
    )
