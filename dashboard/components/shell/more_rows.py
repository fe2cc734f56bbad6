"""Shows the first rows of a long list of streets, and all of them once asked."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word

SHOWN = 12  # rows; the style sheet hides those after them (assets/40-tables/tables.css)
SPARE = 3  # that are not worth folding


def more_rows(count: int, language: str) -> Component | None:
    """The line that unfolds the rest; None where nearly all fit."""
    if count <= SHOWN + SPARE:
        return None
    text = word("more_rows", language, count=count)
    return html.Details(html.Summary(text, className="tool"), className="more-rows")
