"""What callbacks receive: selection and language of a page's address, and what was clicked."""

from __future__ import annotations

from typing import Any

from dash import ctx
from dash.exceptions import PreventUpdate

from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import query_of, reader_language
from dashboard.services.front_desk import front_desk


def language_of(address: str | None) -> str:
    """The language of the page at this address."""
    return reader_language(query_of(address))


def selection_of(address: str | None) -> Selection:
    """The area, period and comparison of the page at this address."""
    query = query_of(address)
    return front_desk().selections.of(query, reader_language(query))


def triggered_part(name: str) -> Any:  # noqa: ANN401 - a text or a number, as the id has it
    """A part of the id that was clicked or typed in; nothing happens in a call that names none."""
    if not isinstance(ctx.triggered_id, dict):
        raise PreventUpdate
    return ctx.triggered_id[name]
