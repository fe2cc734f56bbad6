"""The address follows the controls, and the selection the address; both in the browser."""

from __future__ import annotations

from dash import ALL, ClientsideFunction, Dash, Input, Output, State

from dashboard.components.shell import ids


def register(app: Dash) -> None:
    """Adds the callbacks to the app; their functions stand in assets/20-shell/address.js."""
    app.clientside_callback(
        ClientsideFunction("dashboard", "addressOfControls"),
        Output(ids.URL, "search"),
        Input(ids.AREA, "value"),
        Input(ids.PERIOD, "value"),
        Input(ids.COMPARISON, "value"),
        State(ids.DRAWN, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("dashboard", "selectionOfAddress"),
        Output(ids.SELECTION, "data"),
        Input(ids.URL, "search"),
        Input(ids.URL, "pathname"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("dashboard", "followDrillLink"),
        Output(ids.DRILL_LINK, "data"),
        Input({"type": "graph", "ref": ALL}, "clickData"),
        prevent_initial_call=True,
    )
