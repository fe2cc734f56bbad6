"""Shapes a table for paper and slides: widths after its texts, words beside its colours."""

from __future__ import annotations

from dashboard.charts.model.chart import Table

TONES = ("better", "worse", "neutral")
WIDEST = 28  # half-width signs of a column
_NARROWEST = 5


def with_word(text: str, state: str, tone: str) -> str:
    """A cell's text with the word for the direction that its colour shows on screen."""
    return f"{text} {state}" if tone in TONES and state and state not in text else text


def width_of(text: str) -> int:
    """How wide a text is, in half-width signs."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def lines_of(text: str, room: float) -> int:
    """How many lines a text takes in a column of so many half-width signs, broken at spaces."""
    room, lines, taken = max(room, 1.0), 1, 0.0
    for part in text.split(" "):
        wide = float(width_of(part))
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


def widths_of(table: Table, whole: int, longest_name: int = WIDEST) -> list[int]:
    """Widths of the columns after their longest texts, so that few cells need a second line.

    ``whole`` is the width of the table in any unit; the widths come in the same. Names of rows are
    given up to ``longest_name`` half-width signs.
    """
    needs = []
    for column, name in enumerate(table.columns):
        longest = -(-width_of(name) // 2)  # a heading may stand on two lines
        for shown in shown_rows(table):
            longest = max(longest, width_of(shown[column]))
        widest = WIDEST if column else longest_name
        needs.append(min(max(longest, _NARROWEST) + 3, widest))
    return [int(whole) * need // sum(needs) for need in needs]
