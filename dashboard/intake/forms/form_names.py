"""Names a form in words."""

from __future__ import annotations

from dashboard.base.language import word


def form_name(form: str, language: str) -> str:
    """A layout in words; an official form's own number is its name."""
    text = word(f"form_{form}", language)
    return form if text == f"form_{form}" else text
