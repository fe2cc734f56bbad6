"""Shapes a table for paper and slides: widths after its texts, words beside its colours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.charts.model.chart import Table

TONES = ("better", "worse", "neutral")
WIDEST = 28  # half-width signs of a column
_NARROWEST = 5
_BREAKS = re.compile(r"[\s\u2e80-\uffff]+")  # Chinese breaks between any two signs
_LINE = 72  # half-width signs of a line of a table on paper


def with_word(text: str, state: str, tone: str) -> str:
    """A cell's text with the word for the direction that its colour shows on screen."""
    return f"{text} {state}" if tone in TONES and state and state not in text else text


def width_of(text: str) -> int:
    """How wide a text is, in half-width signs."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


_SPACED = re.compile(r"(?<=[\u3400-\u9fff])(?=[\dA-Za-z])|(?<=[\d%A-Za-z])(?=[\u3400-\u9fff])")
_SPACE = 0.5  # half-width signs that office programs put between Chinese and figures


def drawn_width(text: str) -> float:
    """How wide a text is drawn, in half-width signs: with the space beside its figures."""
    return width_of(text) + _SPACE * len(_SPACED.findall(text))


def half_width(text: str) -> float:
    """How wide a half-width sign is drawn, of the type's size, in a text of this language.

    Sized for a wide type such as a machine without the named one puts in its place.
    """
    return 0.53 if width_of(text) > len(text) else 0.58


def lines_of(text: str, room: float) -> int:
    """How many lines a text takes in a column of so many half-width signs, broken at spaces."""
    room, lines, taken = max(room, 1.0), 1, 0.0
    for part in text.split(" "):
        wide = drawn_width(part)
        if taken and taken + 1 + wide > room:
            lines, taken = lines + 1, 0.0
        taken += wide + (1 if taken else 0)
        while taken > room:  # Chinese, and what is longer than a line
            lines, taken = lines + 1, taken - room
    return lines


def shown_rows(table: Table) -> list[list[str]]:
    """The texts of every row as they are written, with the words beside their colours."""
    return [
        [with_word(*one) for one in zip(cells, words, tones, strict=True)]
        for (_, cells), tones, words in zip(table.rows, table.tones, table.words, strict=True)
    ]


def widths_of(
    table: Table, whole: int, longest_name: int = WIDEST, longest: int = WIDEST
) -> list[int]:
    """Widths of the columns after their longest texts, so that few cells need a second line.

    ``whole`` is the width of the table in any unit; the widths come in the same. Names of rows are
    given up to ``longest_name`` half-width signs, other texts up to ``longest``.
    """
    needs, words, rows = [], [], shown_rows(table)
    for column, name in enumerate(table.columns):
        wide = -(-width_of(name) // 2)  # a heading may stand on two lines
        for shown in rows:
            wide = max(wide, width_of(shown[column]))
        widest = longest if column else longest_name
        needs.append(min(max(wide, _NARROWEST) + 3, widest))
        words.append(_longest_word(shown[column] for shown in rows) + 3)
    shares = _unbroken(needs, words)
    return [int(int(whole) * share / sum(shares)) for share in shares]


def _unbroken(needs: list[int], words: list[int]) -> list[float]:
    """The needs; where all together exceed a line, the widest ones share what the others leave.

    A sentence takes a second line before a figure does, the longest sentences have most of the
    room, and no column is narrower than the longest of its ``words`` where room is left.
    """
    room, left = float(_LINE), sorted(range(len(needs)), key=lambda column: needs[column])
    shares = list(map(float, needs))
    while left and needs[left[0]] <= room / len(left):
        room -= needs[left.pop(0)]
    while left:
        whole = sum(needs[column] for column in left)
        for column in left:
            shares[column] = room * needs[column] / whole
        wider = [column for column in left if shares[column] < min(words[column], needs[column])]
        if not wider:
            break
        for column in wider:
            shares[column] = float(min(words[column], needs[column]))
            room = max(room - shares[column], 1.0)
        left = [column for column in left if column not in wider]
    return shares


def _longest_word(texts: Iterable[str]) -> int:
    """The width of the longest part that is not broken, at a space or between Chinese signs."""
    parts = (part for text in texts for part in _BREAKS.split(text))
    return max(map(width_of, parts), default=0)
