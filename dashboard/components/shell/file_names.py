"""Makes names out of received files fit to be shown."""

from __future__ import annotations

from dashboard.base.language import word
from dashboard.intake.forms.files.cells import text_of

LONGEST = 80  # characters of a text out of a file


def safe(text: object, most: int = LONGEST) -> str:
    """A text out of a file on one line, without unseen marks, cut at ``most`` characters."""
    clean = text_of(text)
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def form_name(form: str, language: str) -> str:
    """A layout in words; an official form's own number is its name."""
    text = word(f"form_{form}", language)
    return safe(form) if text == f"form_{form}" else text
