"""A plan by month is kept as a target's milestones."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update

from callbacks.target_edit import asked_of
from dashboard.components import ids
from dashboard.components.target_choice import open_row
from dashboard.filters import UnknownName
from dashboard.language import word
from dashboard.places import NotFound
from dashboard.service import front_desk
from dashboard.store.opening import StoreError


def register(app: Dash) -> None:
    """Adds the callback to the app."""

    @app.callback(
        Output(ids.PLAN_SAID, "children"),
        Output(ids.TARGET_TURN, "data", allow_duplicate=True),
        Input(ids.PLAN_SAVE, "n_clicks"),
        State(ids.PLAN_BY, "value"),
        State(ids.PLAN_REASON, "value"),
        State(ids.PLAN_PACES, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def keep(
        clicks: int | None,
        by: str | None,
        reason: str | None,
        paces: dict[str, float] | None,
        address: str | None,
    ) -> tuple[Any, Any]:
        if not clicks:
            return no_update, no_update
        desk, (choice, selection) = front_desk(), asked_of(address)
        say, who = selection.language, (by or "").strip()
        if not who:
            return word("commentary_needs_name", say), no_update
        try:
            row = open_row(desk, choice, selection)
            if not desk.keep_pace(row, paces or {}, who, reason or ""):
                return word("target_unchanged", say), no_update
        except (UnknownName, StoreError, NotFound) as error:
            return error.text[say], no_update
        return "", f"{choice.address(selection)}&saved={desk.version()}"
