"""Reads numbers of addresses: ASCII digits alone, no more than a database takes for a number."""

from __future__ import annotations

LONGEST = 18  # digits that a database takes for a number


def whole_number(text: str, longest: int = LONGEST) -> int | None:
    """The number that at most ``longest`` ASCII digits write; None for anything else."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= longest
    return int(text) if is_number else None
