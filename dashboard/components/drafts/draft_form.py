"""The form that takes a draft: drop a file, or paste the text."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.services.front_desk import FrontDesk

MIB = 1024 * 1024


def draft_form(desk: FrontDesk, language: str) -> Component:
    """Both ways in, and where a callback says what is missing."""
    most = desk.settings.upload_mb
    drop = dcc.Upload(
        id=ids.DRAFT_UPLOAD,
        children=html.Div(
            [
                html.Strong(word("drafts_choose", language)),
                html.Span(word("drafts_formats", language, most=most)),
            ],
            className="drop-text",
        ),
        multiple=True,  # as a list, like all uploads; the first file is checked
        className="drop-zone",
        className_active="drop-zone is-over",
    )
    sizes = {
        "label": word("drafts_choose", language),
        "most": str(most * MIB),
        "too-large": word("upload_too_large", language, most=most),
    }
    paste = html.Div(
        [
            html.Label(word("drafts_paste", language), htmlFor=ids.DRAFT_PASTE),
            dcc.Textarea(id=ids.DRAFT_PASTE, className="paste-box", spellCheck=False),
            dbc.Button(
                word("drafts_check", language),
                id=ids.DRAFT_CHECK,
                color="secondary",
                outline=True,
                size="sm",
            ),
        ],
        className="paste",
    )
    ways = html.Div(
        [html.Div(drop, className="upload-box", **data(**sizes)), paste], className="ways-in"
    )
    message = html.P(id=ids.DRAFT_MESSAGE, className="upload-message", role="status")
    return card(word("page_drafts", language), [ways, message, dcc.Store(id=ids.DRAFT_TOKEN)])
