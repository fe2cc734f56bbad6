"""The indicator list follows the search box."""

from __future__ import annotations

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.addresses import selection_of
from dashboard.components.figures.indicator_choice import list_choice
from dashboard.components.figures.indicators import result_list
from dashboard.components.shell import ids
from dashboard.components.shell.address import query_of
from dashboard.services.front_desk import front_desk


def search(
    text: str | None, topic: str | None, address: str | None, _chosen: object = None
) -> list[Component]:
    """The list of the indicators that match a text and a topic."""
    desk, selection = front_desk(), selection_of(address)
    asked = query_of(address) | {"q": text or "", "topic": topic or ""}
    return result_list(desk, selection, list_choice(asked))


def register(app: Dash) -> None:
    """Adds the callback to the app."""
    app.callback(
        Output(ids.INDICATOR_LIST, "children"),
        Input(ids.INDICATOR_SEARCH, "value"),
        Input(ids.INDICATOR_TOPIC, "value"),
        State(ids.URL, "search"),
        Input(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )(search)
