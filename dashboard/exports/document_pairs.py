"""Pairs the paragraphs of a document with those of the same report for another period."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from dashboard.exports import document_styles as styles
from dashboard.exports.documents import Block, Written

_NUMBERED = {
    look.name
    for look in (styles.CHAPTER, styles.SECTION, styles.POINT, styles.SUBPOINT, styles.CAPTION)
}
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|（\d+）|(?:图|表)\d+　"
    r"|(?:Chart|Table) \d+  |\d+(?:\.\d+)* |\d+\.)"
)
_ALIKE = 0.6  # of two texts that are the same sentence with other figures, digits left aside
_DIGITS = re.compile(r"[\d,.]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph then and now; one of them is None where there is none."""

    then: Block | None
    now: Block | None


def number_of(block: Block, text: str) -> str:
    """The number of a heading or caption, which a person may have changed; "" of other texts."""
    match = _NUMBER.match(text) if block.look in _NUMBERED else None
    return match[0] if match else ""


def unnumbered(text: str) -> str:
    """A text without the number that headings and captions begin with."""
    return _NUMBER.sub("", text, count=1)


def pairs(then: Written, now: Written) -> list[Pair]:
    """The paragraphs of both documents, those of one page and look together."""
    before, after = _grouped(then.blocks), _grouped(now.blocks)
    paired: list[Pair] = []
    for key in dict.fromkeys((*before, *after)):
        paired += _of_group(before.get(key, []), after.get(key, []))
    return paired


def _grouped(blocks: Sequence[Block]) -> dict[tuple[str, str], list[Block]]:
    groups: dict[tuple[str, str], list[Block]] = defaultdict(list)
    for block in blocks:
        if block.paragraph.text.strip():
            groups[block.page, block.look].append(block)
    return groups


def _of_group(before: list[Block], after: list[Block]) -> Iterator[Pair]:
    """By their order where there are as many, else each with what is most like it."""
    if len(before) == len(after):
        yield from (Pair(then, now) for then, now in zip_longest(before, after))
        return
    waiting = list(after)
    for then in before:
        likes = [(alike(then.paragraph.text, block.paragraph.text), block) for block in waiting]
        best, now = max(likes, key=lambda like: like[0], default=(0.0, None))
        is_same = now is not None and best >= _ALIKE
        if is_same and now is not None:
            waiting.remove(now)
        yield Pair(then, now if is_same else None)
    yield from (Pair(None, now) for now in waiting)


def alike(text: str, other: str) -> float:
    """How much two texts are alike, 0 to 1, their figures left aside."""
    plain, second = (_DIGITS.sub("0", one) for one in (text, other))
    return SequenceMatcher(None, plain, second, autojunk=False).ratio()


def is_edited(text: str, then: Sequence[Block]) -> bool:
    """Whether a text is one of these with a person's changes."""
    return any(alike(text, block.paragraph.text) >= _ALIKE for block in then)
