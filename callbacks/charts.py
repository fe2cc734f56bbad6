"""The panels of a page are redrawn by one request, which brings those that look otherwise now."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from hashlib import blake2b
from typing import NotRequired

from dash import (
    ALL,
    MATCH,
    ClientsideFunction,
    Dash,
    Input,
    Output,
    State,
    ctx,
    no_update,
    set_props,
)
from dash.development.base_component import Component
from flask import abort, current_app, g
from plotly.io.json import to_json_plotly
from typing_extensions import TypedDict

from dashboard.charts.model.selection import Selection
from dashboard.components.panels import PANELS
from dashboard.components.shell import ids
from dashboard.components.shell.address import plain_query, reader_language, topic_of
from dashboard.components.shell.error_pages import failed_part
from dashboard.services.front_desk import FrontDesk, front_desk

MOST_PANELS = 200  # far more than any page has


class Chosen(TypedDict):
    """What the address of a page asks for: its query, and its path.

    ``visit`` counts the pages that the reader has turned to.
    """

    query: dict[str, str | list[str]]
    path: NotRequired[str]
    visit: NotRequired[int]


class Drawn(TypedDict):
    """How the panels of a visit were drawn last: a digest of each by its name and ref."""

    visit: int
    panels: dict[str, str]


def redraw(chosen: Chosen, drawn: Drawn | None) -> tuple[list[object], Drawn]:
    """Draws the panels anew for what is chosen now: ``query`` and ``path`` of the address.

    Those that look as they did are left out. One that fails stays as it is, and a sentence says so.
    """
    which = [output["id"] for output in ctx.outputs_list[0]]
    if len(which) > MOST_PANELS or any(one["name"] not in PANELS for one in which):
        abort(400)
    desk, query = front_desk(), plain_query(chosen["query"])
    topic, visit = topic_of(chosen.get("path", "")), chosen.get("visit", 0)
    selection = desk.selections.of(query, reader_language(query), topic)
    if topic in desk.catalogue.topics:
        desk.topics.of(topic, selection)  # reads the figures of all its charts together
    before = drawn["panels"] if drawn is not None and drawn["visit"] == visit else {}
    panels: list[object] = []
    digests = dict(before)
    for one in which:
        panel = _drawn(desk, one, selection)
        key, digest = f"{one['name']} {one['ref']}", _digest(panel)
        # The controls hold what was chosen, which need not be what is shown: they always come.
        same = panel is None or (before.get(key) == digest and one["name"] != "filters")
        panels.append(no_update if same else panel)
        if panel is not None:
            digests[key] = digest
    return panels, {"visit": visit, "panels": digests}


def _drawn(
    desk: FrontDesk, which: Mapping[str, str], selection: Selection
) -> list[Component] | None:
    """One panel, or None where it cannot be drawn."""
    try:
        return PANELS[which["name"]](desk, which["ref"], selection)
    except Exception:  # whatever fails in one panel: the others are drawn, the log has the fault
        current_app.log_exception(sys.exc_info())
        set_props(ids.FAILURE, {"children": failed_part(selection.language, g.fault)})
        return None


def _digest(panel: list[Component] | None) -> str:
    return blake2b(to_json_plotly(panel).encode(), digest_size=8).hexdigest()


def register(app: Dash) -> None:
    """Adds the callbacks to the app; the theme's stands in assets/30-charts/theme-figures.js."""
    app.callback(
        Output({"type": "panel", "name": ALL, "ref": ALL}, "children"),
        Output(ids.PANELS_DRAWN, "data"),
        Input(ids.SELECTION, "data"),
        State(ids.PANELS_DRAWN, "data"),
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
