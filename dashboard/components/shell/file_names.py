"""Makes names out of received files fit to be shown."""

from __future__ import annotations

from dashboard.intake.forms import form_names
from dashboard.intake.forms.files.cells import text_of

LONGEST = 80  # characters of a text out of a file


def safe(text: object, most: int = LONGEST) -> str:
    """A text out of a file on one line, without unseen marks, cut at ``most`` characters."""
    clean = text_of(text)
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def form_name(form: str, language: str) -> str:
    """A form in words, fit for a page: its number comes out of a file."""
    return safe(form_names.form_name(form, language))
