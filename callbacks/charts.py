"""Panels are redrawn, each for itself and in parallel; charts follow the theme."""

from __future__ import annotations

from typing import NotRequired

from dash import MATCH, ClientsideFunction, Dash, Input, Output, State, ctx
from dash.development.base_component import Component
from flask import abort
from typing_extensions import TypedDict

from dashboard.components.panels import PANELS
from dashboard.components.shell import ids
from dashboard.components.shell.address import plain_query, reader_language, topic_of
from dashboard.services.front_desk import front_desk


class Chosen(TypedDict):
    """What the address of a page asks for: its query, and its path."""

    query: dict[str, str | list[str]]
    path: NotRequired[str]


def redraw(chosen: Chosen) -> list[Component]:
    """Draws one panel anew for what is chosen now: ``query`` and ``path`` of the address."""
    which = ctx.outputs_list["id"]
    if which["name"] not in PANELS:
        abort(400)
    desk, query = front_desk(), plain_query(chosen["query"])
    topic = topic_of(chosen.get("path", ""))
    selection = desk.selections.of(query, reader_language(query), topic)
    return PANELS[which["name"]](desk, which["ref"], selection)


def register(app: Dash) -> None:
    """Adds the callbacks to the app; the theme's stands in assets/30-charts/theme-figures.js."""
    app.callback(
        Output({"type": "panel", "name": MATCH, "ref": MATCH}, "children"),
        Input(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )(redraw)
    graph = {"type": "graph", "ref": MATCH}
    app.clientside_callback(
        ClientsideFunction("charts", "inTheme"),
        Output(graph, "figure"),
        Output(graph, "className"),
        Input(ids.THEME_SHOWN, "data"),
        State(graph, "figure"),
        State(graph, "className"),
    )
