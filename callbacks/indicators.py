"""The indicator list follows the search box."""

from __future__ import annotations

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from dashboard.components.figures.indicators import result_list
from dashboard.components.shell import ids
from dashboard.components.shell.address import query_of, reader_language
from dashboard.services.front_desk import front_desk


def register(app: Dash) -> None:
    """Adds the callback to the app."""

    @app.callback(
        Output(ids.INDICATOR_LIST, "children"),
        Input(ids.INDICATOR_SEARCH, "value"),
        Input(ids.INDICATOR_TOPIC, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def search(text: str | None, topic: str | None, address: str | None) -> list[Component]:
        desk, query = front_desk(), query_of(address)
        selection = desk.selections.of(query, reader_language(query))
        return result_list(desk, selection, text or "", topic or "")
