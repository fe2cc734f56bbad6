"""Prepares web pages for Python's parser, which reads what is left open again and again."""

from __future__ import annotations

import re

_DECLARATION = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)


def without_declarations(page: str) -> str:
    """The text of a page without comments, declarations and a tag left open at its end.

    The parser of the standard library needs time with the square of their number.
    """
    page = _DECLARATION.sub("", page)
    end = page.rfind(">") + 1
    return page[:end] + page[end:].replace("<", " ")
