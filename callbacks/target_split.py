"""A target is divided over the areas below in its dialog."""

from __future__ import annotations

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from callbacks.target_edit import asked_of, kept
from dashboard.analysis.division import Division
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.targets.target_choice import TargetChoice
from dashboard.components.targets.target_split import basis_options, divided_preview
from dashboard.services.context import NotFound
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import front_desk
from dashboard.services.targets.division import typed_division
from dashboard.store.opening import StoreError

SHARES = ids.split_share(ALL)


def _division(way: str | None, basis: str | None, states: list[dict[str, Any]]) -> Division:
    typed = {str(one["id"]["area"]): one.get("value") for one in states}
    return typed_division(way or "", basis or "", typed)


def open_dialog(opened: int | None, _closed: int | None) -> bool:
    """Whether the dialog is open after a click."""
    return bool(opened) and ctx.triggered_id == ids.SPLIT_OPEN


def offer_bases(way: str | None, basis: str | None, name: str, address: str | None) -> Any:  # noqa: ANN401
    """The indicators a target can be divided by, when that way is chosen first."""
    if way != "indicator" or basis:
        return no_update, no_update
    desk, (_, selection) = front_desk(), asked_of(address)
    options = basis_options(desk, desk.division.bases(name), selection.language)
    return options, options[0]["value"] if options else None


def preview_parts(
    is_open: bool,
    way: str | None,
    basis: str | None,
    _shares: list[Any],
    name: str,
    address: str | None,
) -> Any:  # noqa: ANN401
    """Shows the parts as they would be, or says what is wrong; shows the fields needed."""
    if not is_open:
        return no_update, "", no_update, no_update
    desk, (_, selection) = front_desk(), asked_of(address)
    hidden = way != "indicator", way != "shares"
    try:
        divided = desk.division.divide(name, _division(way, basis, ctx.inputs_list[3]))
    except (UnknownName, StoreError, NotFound) as error:
        return "", error.text[selection.language], *hidden
    return divided_preview(desk, divided, selection), "", *hidden


def keep_parts(
    clicks: int | None,
    by: str | None,
    reason: str | None,
    way: str | None,
    basis: str | None,
    _shares: list[Any],
    name: str,
    address: str | None,
) -> tuple[Any, Any]:
    """Keeps the parts as targets; returns what to say and where to go."""
    if not clicks:
        return no_update, no_update
    typed = ctx.states_list[4]

    def change(choice: TargetChoice, selection: Selection, who: str) -> str | None:
        desk = front_desk()
        divided = desk.division.divide(name, _division(way, basis, typed))
        changed = desk.division.keep(divided, who, reason or "")
        return choice.address(selection) if changed else None

    return kept(by, address, change)


def register(app: Dash) -> None:
    """Adds the callbacks to the app."""
    app.callback(
        Output(ids.SPLIT_DIALOG, "is_open"),
        Input(ids.SPLIT_OPEN, "n_clicks"),
        Input(ids.SPLIT_CLOSE, "n_clicks"),
        prevent_initial_call=True,
    )(open_dialog)
    app.callback(
        Output(ids.SPLIT_BASIS, "options"),
        Output(ids.SPLIT_BASIS, "value"),
        Input(ids.SPLIT_WAY, "value"),
        State(ids.SPLIT_BASIS, "value"),
        State(ids.SPLIT_OF, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(offer_bases)
    app.callback(
        Output(ids.SPLIT_PREVIEW, "children"),
        Output(ids.SPLIT_WRONG, "children"),
        Output(ids.SPLIT_BASIS_BOX, "hidden"),
        Output(ids.SPLIT_SHARES_BOX, "hidden"),
        Input(ids.SPLIT_DIALOG, "is_open"),
        Input(ids.SPLIT_WAY, "value"),
        Input(ids.SPLIT_BASIS, "value"),
        Input(SHARES, "value"),
        State(ids.SPLIT_OF, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(preview_parts)
    app.callback(
        Output(ids.SPLIT_SAID, "children"),
        Output(ids.TARGET_TURN, "data", allow_duplicate=True),
        Input(ids.SPLIT_SAVE, "n_clicks"),
        State(ids.SPLIT_BY, "value"),
        State(ids.SPLIT_REASON, "value"),
        State(ids.SPLIT_WAY, "value"),
        State(ids.SPLIT_BASIS, "value"),
        State(SHARES, "value"),
        State(ids.SPLIT_OF, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(keep_parts)
