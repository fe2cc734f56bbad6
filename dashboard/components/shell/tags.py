"""Builds tags: the grade of figures, and a change with its arrow."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Grade
from dashboard.components.shell.attributes import aria

ARROWS = {"up": "▲", "down": "▼", "unchanged": "＝"}


def badge(grade: str, is_demo: bool, language: str) -> Component:
    """How far the figures may be trusted, in words."""
    shown = str(Grade.DEMO) if is_demo else grade
    text = word(f"grade_{shown}", language)
    return html.Span(text, className=f"badge-grade grade-{shown}", title=word("grade", language))


def change_tag(arrow: str, text: str, tone: str) -> Component | None:
    """A change in words, with an arrow; the colour says better or worse and is never alone."""
    if not text:
        return None
    sign = html.Span(ARROWS.get(arrow, arrow), className="arrow", **aria(hidden="true"))
    return html.Span([sign if arrow else None, text], className=f"change tone-{tone or 'none'}")
