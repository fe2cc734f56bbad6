"""Lists the words of the export dialog, for the script that builds it (30-charts/export.js)."""

from __future__ import annotations

import json

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import LANGUAGES, word
from dashboard.components.shell.attributes import data

_KEYS = (
    "title",
    "size",
    "size_slide",
    "size_half",
    "size_full",
    "ground",
    "ground_white",
    "ground_clear",
    "scale",
    "language",
    "preview",
    "copy",
    "copied",
    "not_copied",
    "close",
    "failed",
    "table",
    "png",
    "svg",
    "csv",
    "xlsx",
    "pptx",
)


def export_words(language: str) -> Component:
    """An element that carries the dialog's words; nothing of it is seen."""
    words = {key: word(f"export_{key}", language) for key in _KEYS}
    words |= {f"language_{name}": word(f"language_{name}", name) for name in LANGUAGES}
    text = json.dumps(words, ensure_ascii=False)
    return html.Div(id="export-words", hidden=True, **data(words=text, language=language))
