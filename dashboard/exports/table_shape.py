"""How a table stands on paper and slides: widths after its texts, words beside its colours."""

from __future__ import annotations

from dashboard.charts.chart import Table

TONES = ("better", "worse", "neutral")
_NARROWEST, _WIDEST = 5, 28  # half-width signs


def with_word(text: str, said: str, tone: str) -> str:
    """A cell's text with the word for the direction that its colour shows on screen."""
    return f"{text} {said}" if tone in TONES and said and said not in text else text


def width_of(text: str) -> int:
    """How wide a text is, in half-width signs."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def widths_of(table: Table, whole: int) -> list[int]:
    """Widths of the columns after their longest texts, so that few cells need a second line.

    ``whole`` is the width of the table in any unit; the widths come in the same.
    """
    needs = []
    for column, name in enumerate(table.columns):
        longest = -(-width_of(name) // 2)  # a heading may stand on two lines
        for (_, cells), tones, words in zip(table.rows, table.tones, table.words, strict=True):
            shown = with_word(cells[column], words[column], tones[column])
            longest = max(longest, width_of(shown))
        needs.append(min(max(longest, _NARROWEST) + 3, _WIDEST))
    return [int(whole) * need // sum(needs) for need in needs]
