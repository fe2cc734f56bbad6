"""Builds the block that shows the further charts of a page when it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.phrases import dotted

MOST_NAMED = 6  # charts


def folded_charts(
    blocks: Sequence[Component], names: Sequence[str], count: int, language: str
) -> Component:
    """The further charts in a block that opens; their names stand on it."""
    listed = html.Span(dotted(*names[:MOST_NAMED]), className="muted")
    summary = html.Summary([html.Strong(word("topic_more", language, count=count)), " ", listed])
    return html.Details(
        [summary, html.Div(blocks, className="chart-grid")],
        className="more-charts panel-card" + ("" if count else " is-empty"),
        id="more-charts",
    )
