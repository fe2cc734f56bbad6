"""Breaks titles and findings of slides into lines at their clauses, never within an amount.

An office program breaks Chinese between any two signs, so also between 399 and 张.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard.exports.slide_places import BREAK, room_of_findings, room_of_head
from dashboard.exports.table_shape import drawn_width, lines_of

_CLAUSES = re.compile(r"(?<=[，；：])|(?<=[,;:] )")


def broken_head(shape: Any, name: str, lines: Sequence[str]) -> list[str]:  # noqa: ANN401
    """The lines of a head as they are written: a title of two lines broken at its clauses."""
    if name != "title" or len(lines) != 1:
        return list(lines)
    return [broken(lines[0], room_of_head(shape, name, lines))]


def broken_findings(shape: Any, lines: Sequence[str]) -> list[str]:  # noqa: ANN401
    """The findings of a page, each broken at its clauses where it takes several lines."""
    room = room_of_findings(shape, lines)
    return [broken(line, room) for line in lines]


def broken(text: str, room: float) -> str:
    """The text with line breaks between clauses, in lines of about equal length.

    ``room`` is the length of a line in half-width signs. A text that takes one line, or more lines
    when it is broken so, stays as it is.
    """
    needed = lines_of(text, room)
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    lines = _packed(clauses, room) if needed > 1 else []
    if not lines or len(lines) > needed:
        return text
    return BREAK.join(line.rstrip() for line in _evened(clauses, lines))


def _evened(clauses: Sequence[str], lines: list[str]) -> list[str]:
    """The clauses in as many lines, the longest of which is as short as it can be."""
    while True:
        closer = _packed(clauses, max(drawn_width(line.rstrip()) for line in lines) - 1)
        if not closer or len(closer) > len(lines):
            return lines
        lines = closer


def _packed(clauses: Sequence[str], room: float) -> list[str]:
    """The clauses put together to lines; none where one is longer than a line."""
    lines = [""]
    for clause in clauses:
        if drawn_width(clause.rstrip()) > room:
            return []
        if lines[-1] and drawn_width((lines[-1] + clause).rstrip()) > room:
            lines.append("")
        lines[-1] += clause
    return lines
