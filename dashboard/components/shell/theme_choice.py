"""Reads the reader's theme, and builds the control that chooses it."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component
from flask import has_request_context, request

from dashboard.base.language import word
from dashboard.charts.plotly.tokens import THEMES
from dashboard.components.shell import ids
from dashboard.components.shell.attributes import aria

THEME_COOKIE = "theme"  # written by assets/10-base/theme.js
AUTO = "auto"  # as the reader's machine is set
CHOICES = (AUTO, *THEMES)


def reader_theme() -> str:
    """What this request's reader chose, one of CHOICES."""
    chosen = request.cookies.get(THEME_COOKIE, "") if has_request_context() else ""
    return chosen if chosen in CHOICES else AUTO


def theme_choice(language: str) -> Component:
    """The control in the header; the browser acts on it without asking the server."""
    return html.Div(
        [
            html.Label(word("theme", language), htmlFor=ids.THEME, className="visually-hidden"),
            html.Span("◐", className="theme-sign", **aria(hidden="true")),
            dbc.Select(
                id=ids.THEME,
                options=[
                    {"label": word(f"theme_{choice}", language), "value": choice}
                    for choice in CHOICES
                ],
                value=reader_theme(),
                size="sm",
            ),
        ],
        className="theme-choice",
    )
