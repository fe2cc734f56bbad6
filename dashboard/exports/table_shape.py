"""Shapes a table for paper and slides: widths after its texts, words beside its colours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.charts.model.chart import Table

TONES = ("better", "worse", "neutral")
WIDEST = 28  # half-width signs of a column
_NARROWEST = 5
_CHINESE = re.compile(r"[\u2e80-\uffff]+")
_LINE, _POINTS = 72, 10.5  # half-width signs of a line of a table on paper in type of that size
_AROUND, _LEAST_AROUND = 3, 2  # half-width signs beside a text, where there is room and not
_NAME = 12  # half-width signs of a name that is not broken, six Chinese ones


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
    table: Table,
    whole: int,
    longest_name: int = WIDEST,
    longest: int = WIDEST,
    points: float = _POINTS,
) -> list[int]:
    """Widths of the columns after their longest texts, so that few cells need a second line.

    ``whole`` is the width of the table in any unit; the widths come in the same. Names of rows are
    given up to ``longest_name`` half-width signs, other texts up to ``longest``; ``points`` is the
    size of the type.
    """
    needs, least, rows = [], [], shown_rows(table)
    for column, name in enumerate(table.columns):
        wide = -(-width_of(name) // 2)  # a heading may stand on two lines
        texts = [shown[column] for shown in rows]
        wide = max(wide, max(map(width_of, texts), default=0), _NARROWEST)
        needs.append(min(wide + _AROUND, longest if column else longest_name))
        least.append(min(_longest_word(texts) + _LEAST_AROUND, needs[-1]))
    shares = _shares(needs, least, _LINE * _POINTS / points)
    return [int(int(whole) * share / sum(shares)) for share in shares]


def _shares(needs: list[int], least: list[int], line: float) -> list[float]:
    """The needs where a line has room for all; else the least of each, and a share of what is left.

    The least of a column holds its longest word: a sentence takes a second line before a figure
    or a name does.
    """
    missing, room = sum(needs) - sum(least), line - sum(least)
    share = min(max(room, 0) / missing, 1.0) if missing else 1.0
    return [low + share * (need - low) for need, low in zip(needs, least, strict=True)]


def _longest_word(texts: Iterable[str]) -> int:
    """The width of the longest part that is not broken: a word, or a short Chinese name."""
    return max((_unbroken(part) for text in texts for part in text.split()), default=0)


def _unbroken(part: str) -> int:
    """A long Chinese text breaks between any two of its signs."""
    wide = width_of(part)
    return wide if wide <= _NAME else max(map(width_of, _CHINESE.split(part)))
