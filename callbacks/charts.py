"""The panels of a page are redrawn by one request, which brings those that look otherwise now."""

from __future__ import annotations

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
from flask import abort, g
from typing_extensions import TypedDict

from dashboard.components.drawn_panels import drawn_panels
from dashboard.components.panels import PANELS
from dashboard.components.shell import ids
from dashboard.components.shell.address import plain_query, reader_language, topic_of
from dashboard.components.shell.error_pages import failed_part
from dashboard.services.front_desk import front_desk

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
    path, visit = chosen.get("path", ""), chosen.get("visit", 0)
    selection = desk.selections.of(query, reader_language(query), topic_of(path))
    before = drawn["panels"] if drawn is not None and drawn["visit"] == visit else {}
    panels: list[object] = []
    digests = dict(before)
    for one, panel in zip(which, drawn_panels(desk, which, path, selection), strict=True):
        if panel is None:
            panels.append(no_update)
            set_props(ids.FAILURE, {"children": failed_part(selection.language, g.fault)})
            continue
        key = f"{one['name']} {one['ref']}"
        # The controls hold what was chosen, which need not be what is shown: they always come.
        same = before.get(key) == panel.digest and one["name"] != "filters"
        panels.append(no_update if same else panel)
        digests[key] = panel.digest
    return panels, {"visit": visit, "panels": digests}


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
