"""Texts that a spreadsheet would take for a formula are made harmless before they leave."""

from __future__ import annotations

# The full-width signs too: a spreadsheet with Chinese input takes them for the narrow ones.
_BEGINNINGS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could be gets a leading quote."""
    return "'" + text if text.lstrip(" \u3000").startswith(_BEGINNINGS) else text


def harmless_name(text: str) -> str:
    """The same for an official code or a name that may be a negative number: those stay."""
    try:
        float(text)
    except ValueError:
        return harmless(text)
    return text
