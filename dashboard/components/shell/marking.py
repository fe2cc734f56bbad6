"""Shows the words by which a bureau marks its figures (内部资料), at the head of each screen."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def marking(words: str) -> list[Component]:
    """The words as part of a page's head; empty where the setting names none."""
    return [html.Strong(words, className="marking")] if words else []
