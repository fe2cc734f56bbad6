"""Judges JSON values before anything is done with them.

A text that cannot be encoded, or a number no machine word holds, would fail somewhere deep inside:
in the log, in the database's driver, in an answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

DEEPEST = 200  # a drawn part of a page, as components send it back, reaches about sixty
MOST_VALUES = 200_000
LARGEST = 2**53  # whole numbers beyond it are no longer exact in a browser


def is_plain(content: object) -> bool:
    """Whether JSON holds nothing but text that can be written and finite numbers, not too deep."""
    level, seen = [content], 0
    for _ in range(DEEPEST):
        seen += len(level)
        if seen > MOST_VALUES or not all(map(_is_plain_value, level)):
            return False
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return True
    return False


def is_text(text: str) -> bool:
    """Whether a text can be written anywhere: no half of a pair of surrogates, no NUL."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_plain_value(value: object) -> bool:
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(map(is_text, value))
    return not isinstance(value, int) or abs(value) <= LARGEST


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value
