"""A plan by month is stored as a target's milestones."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update

from callbacks.target_edit import keep_change
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.targets.target_choice import TargetChoice, open_row
from dashboard.services.front_desk import front_desk


def keep_plan(
    clicks: int | None,
    by: str | None,
    reason: str | None,
    paces: dict[str, float] | None,
    address: str | None,
) -> tuple[Any, Any]:
    """Keeps the paces as milestones; returns what to say and where to go."""
    if not clicks:
        return no_update, no_update

    def change(choice: TargetChoice, selection: Selection, who: str) -> str | None:
        desk = front_desk()
        row = open_row(desk, choice, selection)
        changed = desk.editing.keep_pace(row, paces or {}, who, reason or "")
        return choice.address(selection) if changed else None

    return keep_change(by, address, change)


def register(app: Dash) -> None:
    """Adds the callback to the app."""
    app.callback(
        Output(ids.PLAN_MESSAGE, "children"),
        Output(ids.TARGET_TURN, "data", allow_duplicate=True),
        Input(ids.PLAN_SAVE, "n_clicks"),
        State(ids.PLAN_BY, "value"),
        State(ids.PLAN_REASON, "value"),
        State(ids.PLAN_PACES, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(keep_plan)
