"""Sentences whose amounts are replaced by one sign each, so that rules read as patterns.

"由800元提高到880元" has the shape "由M提高到M" with two mentions, where M is a private character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.intake.drafts.mention import Mention

_FIRST = 0xE000
MOST = 400  # mentions of a sentence; the rest of a longer one is not looked at
M = "[\ue000-\uf8ff]"
GAP = "[^。;\ue000-\uf8ff]"  # anything within a sentence but an amount
_AMOUNT = re.compile(M)
_END = re.compile(r"[。!?\n]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, up to its full stop."""

    shape: str
    mentions: tuple[Mention, ...]
    passage: int

    def mention(self, sign: str) -> Mention:
        """The mention a sign of the shape stands for."""
        return self.mentions[ord(sign) - _FIRST]

    def named(self, match: re.Match[str], *names: str) -> list[Mention]:
        """The mentions that groups of a match stand for, in the order of their names."""
        return [self.mention(match[name]) for name in names]

    def all_in(self, text: str) -> list[Mention]:
        """The mentions of a part of the shape, in order."""
        return [self.mention(sign) for sign in text if "\ue000" <= sign <= "\uf8ff"]

    def text(self, part: str) -> str:
        """A part of the shape with its amounts as written."""
        return _AMOUNT.sub(lambda match: self.mention(match[0]).amount.written, part)


def sentences(plain: str, number: int, mentions: Sequence[Mention]) -> Iterator[Sentence]:
    """The sentences of passage ``number`` that hold amounts, in order."""
    ends = [match.end() for match in _END.finditer(plain)]
    start, at = 0, 0
    for end in [*ends, len(plain)]:
        inside: list[Mention] = []
        pieces: list[str] = []
        last, sign = start, _FIRST
        while at < len(mentions) and mentions[at].amount.start < end:
            amount = mentions[at].amount
            if sign < _FIRST + MOST:
                pieces += [plain[last : amount.start], chr(sign)]
                inside.append(mentions[at])
                last, sign = amount.end, sign + 1
            at += 1
        if inside:
            yield Sentence("".join([*pieces, plain[last:end]]), tuple(inside), number)
        start = end


def comparable(*mentions: Mention) -> bool:
    """Whether all count in the same base unit."""
    return len({mention.amount.dimension for mention in mentions}) == 1


def exact(*mentions: Mention) -> bool:
    """Whether none is stated as approximate."""
    return False not in [mention.amount.is_exact for mention in mentions]


def sum_of(mentions: Sequence[Mention]) -> Decimal:
    """What the amounts come to together, in base units."""
    return sum((mention.amount.value for mention in mentions), Decimal(0))


def slack(*mentions: Mention) -> Decimal:
    """How far a sum may be off because its figures are printed rounded; nothing for counts."""
    steps = [mention.amount.step for mention in mentions]
    rounded = [step for step in steps if step < 1 or step > 1]
    return sum(rounded, Decimal(0)) / 2 if rounded else Decimal(0)
