"""The list of targets follows its controls."""

from __future__ import annotations

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.components.shell import ids


def register(app: Dash) -> None:
    """Adds the callbacks to the app; the function stands in assets/50-targets/targets.js."""
    app.clientside_callback(
        ClientsideFunction("targets", "turnToTargets"),
        Output(ids.DRILL_LINK, "data", allow_duplicate=True),
        Input(ids.TARGETS_AREA, "value"),
        Input(ids.TARGETS_PERIOD, "value"),
        Input(ids.TARGETS_TOPIC, "value"),
        Input(ids.TARGETS_OWNER, "value"),
        Input(ids.TARGETS_BELOW, "value"),
        State(ids.TARGETS_DRAWN, "data"),
        prevent_initial_call=True,
    )
