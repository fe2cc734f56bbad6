"""Reads a draft as read: its passages in order, and what could not be read of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.base.language import Text

_NARROW = str.maketrans(
    "０１２３４５６７８９．，；：（）％‰／－–—―～〜﹣−＋！？［］\u3000\xa0\t",
    "0123456789.,;:()%‰/--------+!?[]   ",
)


class UnreadableDraft(ValueError):
    """A file that cannot be read as a draft; ``text`` says why and what helps."""

    def __init__(self, text: Text) -> None:
        """Keeps the sentence."""
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a table row's cell, a footnote or a text box, as it stands in the file.

    ``kind`` is paragraph, cell, footnote, endnote, comment or box; ``table`` and ``row`` place a
    cell, ``column`` counts its grid columns from 0; -1 where there is none. ``source`` counts the
    paragraphs of a Word document's main part from 0; -1 where it stands in none of them.
    ``plain`` is the text with narrow digits and punctuation, character for character.
    """

    text: str
    kind: str = "paragraph"
    table: int = -1
    row: int = -1
    column: int = -1
    source: int = -1
    plain: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the plain text once."""
        object.__setattr__(self, "plain", narrow(self.text))


@dataclass(frozen=True, slots=True)
class Draft:
    """The passages of a draft in reading order; ``notices`` say what was left out and why."""

    name: str
    passages: tuple[Passage, ...]
    notices: tuple[Text, ...] = ()


def narrow(text: str) -> str:
    """The text with full-width digits and punctuation made narrow; of the same length."""
    return text.translate(_NARROW)
