"""A target is divided over the areas below in its dialog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from callbacks.target_edit import Signed, asked_of, keep_change
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
Chosen = Mapping[str, Any]  # method and basis; shares, where they are read with them


def _division(chosen: Chosen, shares: list[dict[str, Any]]) -> Division:
    """The division as chosen; ``shares`` are the fields of the areas with their ids."""
    typed = {str(field["id"]["area"]): field.get("value") for field in shares}
    return typed_division(chosen["method"] or "", chosen["basis"] or "", typed)


def open_dialog(opened: int | None, _closed: int | None) -> bool:
    """Whether the dialog is open after a click."""
    return bool(opened) and ctx.triggered_id == ids.SPLIT_OPEN


def offer_bases(method: str | None, basis: str | None, name: str, address: str | None) -> Any:  # noqa: ANN401
    """The indicators a target can be divided by, when that way is chosen first."""
    if method != "indicator" or basis:
        return no_update, no_update
    desk, (_, selection) = front_desk(), asked_of(address)
    options = basis_options(desk, desk.division.bases(name), selection.language)
    return options, options[0]["value"] if options else None


def preview_parts(
    is_open: bool, chosen: Chosen, _shares: list[Any], name: str, address: str | None
) -> Any:  # noqa: ANN401
    """Shows the parts as they would be, or says what is wrong; shows the fields needed."""
    if not is_open:
        return no_update, "", no_update, no_update
    desk, (_, selection) = front_desk(), asked_of(address)
    hidden = chosen["method"] != "indicator", chosen["method"] != "shares"
    try:
        divided = desk.division.divide(name, _division(chosen, ctx.inputs_list[3]))
    except (UnknownName, StoreError, NotFound) as error:
        return "", error.text[selection.language], *hidden
    return divided_preview(desk, divided, selection), "", *hidden


def keep_parts(
    clicks: int | None, signed: Signed, chosen: Chosen, name: str, address: str | None
) -> tuple[Any, Any]:
    """Keeps the parts as targets; returns what to say and where to go."""
    if not clicks:
        return no_update, no_update
    typed = ctx.states_list[4]

    def change(choice: TargetChoice, selection: Selection, who: str) -> str | None:
        desk = front_desk()
        divided = desk.division.divide(name, _division(chosen, typed))
        changed = desk.division.keep(divided, who, signed["reason"] or "")
        return choice.address(selection) if changed else None

    return keep_change(signed["by"], address, change)


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
        Input(ids.SPLIT_METHOD, "value"),
        State(ids.SPLIT_BASIS, "value"),
        State(ids.SPLIT_OF, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(offer_bases)
    app.callback(
        Output(ids.SPLIT_PREVIEW, "children"),
        Output(ids.SPLIT_INPUT_MESSAGE, "children"),
        Output(ids.SPLIT_BASIS_BOX, "hidden"),
        Output(ids.SPLIT_SHARES_BOX, "hidden"),
        inputs={
            "is_open": Input(ids.SPLIT_DIALOG, "is_open"),
            "chosen": {
                "method": Input(ids.SPLIT_METHOD, "value"),
                "basis": Input(ids.SPLIT_BASIS, "value"),
            },
            "_shares": Input(SHARES, "value"),
            "name": State(ids.SPLIT_OF, "data"),
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(preview_parts)
    app.callback(
        Output(ids.SPLIT_SAVE_MESSAGE, "children"),
        Output(ids.TARGET_TURN, "data", allow_duplicate=True),
        inputs={
            "clicks": Input(ids.SPLIT_SAVE, "n_clicks"),
            "signed": {
                "by": State(ids.SPLIT_BY, "value"),
                "reason": State(ids.SPLIT_REASON, "value"),
            },
            "chosen": {
                "method": State(ids.SPLIT_METHOD, "value"),
                "basis": State(ids.SPLIT_BASIS, "value"),
                "shares": State(SHARES, "value"),
            },
            "name": State(ids.SPLIT_OF, "data"),
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(keep_parts)
