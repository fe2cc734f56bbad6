"""Builds the box to drop files into and the box to paste into."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.attributes import data

MIB = 1024 * 1024


def upload_box(name: str, title: str, formats: str, most: int, language: str) -> Component:
    """A box to drop files into, at most ``most`` MB each; ``title`` and ``formats`` are words."""
    drop = dcc.Upload(
        id=name,
        children=html.Div(
            [html.Strong(word(title, language)), html.Span(word(formats, language, most=most))],
            className="drop-text",
        ),
        multiple=True,
        className="drop-zone",
        className_active="drop-zone is-over",
    )
    sizes = {
        "label": word(title, language),
        "most": str(most * MIB),
        "too-large": word("upload_too_large", language, most=most),
    }
    return html.Div(drop, className="upload-box", **data(**sizes))


def paste_box(
    name: str, label: str, button: Component, hint: str | None = None, page: str | None = None
) -> Component:
    """A box to paste into above its button; ``hint`` is shown while it is empty.

    ``page`` is the store that takes a pasted table with its merged cells.
    """
    box = dcc.Textarea(id=name, className="paste-box", placeholder=hint, spellCheck=False)
    attributes = data(page=page) if page else {}
    return html.Div([html.Label(label, htmlFor=name), box, button], className="paste", **attributes)


def small_button(name: str, label: str, language: str) -> Component:
    """A small outlined button; ``label`` is a word."""
    return dbc.Button(word(label, language), id=name, color="secondary", outline=True, size="sm")
