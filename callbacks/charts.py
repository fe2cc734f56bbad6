"""The one callback that redraws: every panel of every page, each for itself and in parallel."""

from __future__ import annotations

from typing import Any

from dash import MATCH, Dash, Input, Output, ctx
from dash.development.base_component import Component

from dashboard.components.panels import PANELS
from dashboard.components.shell import ids
from dashboard.components.shell.address import plain_query, reader_language, topic_of
from dashboard.services.front_desk import front_desk


def redraw(chosen: dict[str, Any]) -> list[Component]:
    """Draws one panel anew for what is chosen now: ``query`` and ``path`` of the address."""
    desk, query = front_desk(), plain_query(chosen["query"])
    which = ctx.outputs_list["id"]
    topic = topic_of(str(chosen.get("path", "")))
    selection = desk.selection(query, reader_language(query), topic)
    return PANELS[which["name"]](desk, which["ref"], selection)


def register(app: Dash) -> None:
    """Adds the callback to the app."""
    app.callback(
        Output({"type": "panel", "name": MATCH, "ref": MATCH}, "children"),
        Input(ids.SELECTION, "data"),
        prevent_initial_call=True,
    )(redraw)
