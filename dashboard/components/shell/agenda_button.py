"""Builds the button that puts what is shown on the agenda of the coming meeting."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection, to_query
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import aria, data


def agenda_button(
    language: str, kind: str, ref: str, drawn: Selection | None = None, described: str = ""
) -> list[Component]:
    """The button for a chart, a topic or a target, and where it says what became of it.

    ``drawn`` is what it is drawn with, where that is not what the address says; ``described`` is
    the id of what tells one chart's button from another's.
    """
    key = "meeting_add" if kind == "chart" else f"meeting_add_{kind}"
    named = aria(describedby=described) if described else {}
    button = html.Button(
        word(key, language),
        id=ids.agenda_add(kind, ref),
        value=to_query(drawn) if drawn else "",
        type="button",
        className="tool",
        **(named | data(action="agenda", kind=kind)),
    )
    return [button, html.Span(id=ids.agenda_added(kind, ref), role="status", className="told")]
