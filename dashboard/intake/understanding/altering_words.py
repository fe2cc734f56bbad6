"""Finds words of titles that make figures something else than what there is: 同比, 预测, 申请.

A column that says the same is that figure, and the title says nothing of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.places import names_period
from dashboard.intake.understanding.words import ADDED, ALTERS, LEFT, MARK, MEASURE, Fact, normal

_APART = re.compile(r"[^0-9a-z]+")
# What columns of another kind show as well: 同比 and 对比 those of the year before.
_SHOWN_BY = {
    "change": {"other_time", "moves", "beside"},
    "beside": {"other_time", "change", "several_years"},
    "other_time": {"change"},
}
_STATES = re.compile(
    rf"(?P<moves>{MARK}:(?:{ADDED}|{LEFT})|{MEASURE}:(?:added_|left_))"
    rf"|(?P<average>{MEASURE}:(?:per_head|daily))"
)


class Altering(NamedTuple):
    """One of these words, its kind, and the title in which it stands."""

    word: str
    kind: str
    title: str
    phrase: str = ""  # the word with the one behind it, which stands in no heading: 申请情况


class AlteringWords:
    """The words of one table's titles that may make its figures something else."""

    def __init__(self, words: dict[str, str], answered: Iterable[str]) -> None:
        """``words`` are the words with their kinds; what is ``answered`` is not asked again."""
        known = {normal(word) for word in answered}
        self._words = {word: kind for word, kind in words.items() if normal(word) not in known}
        self._kinds = {normal(word).lower(): kind for word, kind in self._words.items()}
        longest = sorted(self._kinds, key=len, reverse=True)  # 同比增减 speaks of no 增减
        self._any = re.compile("|".join(map(re.escape, longest)) or "(?!)")
        english = sorted((word for word in self._words if word.isascii()), key=len, reverse=True)
        self._english = re.compile(rf"\b(?:{'|'.join(map(re.escape, english)) or '(?!)'})\b")

    def found(self, titles: Sequence[Phrase], printed: Sequence[str]) -> list[Altering]:
        """These words in titles, which are read (``titles``) and as they stand (``printed``)."""
        return [*self._chinese_in(titles), *self._english_in(printed)]

    def shown(self, labels: Sequence[str], facts: Iterable[Fact]) -> set[str]:
        """The kinds of which headings and labels, or the marks and measures in them, speak."""
        printed = "\n".join(normal(text).lower() for text in labels)
        shown = {self._kinds[match[0]] for match in self._any.finditer(printed)}
        for fact in facts:
            match = _STATES.match(f"{fact.slot}:{fact.value}")
            if match and match.lastgroup:
                shown.add(match.lastgroup)
        if any(map(names_period, labels)):
            shown.add("several_years")
        return shown | {kind for kind, others in _SHOWN_BY.items() if shown & others}

    def _chinese_in(self, titles: Sequence[Phrase]) -> Iterator[Altering]:
        for phrase in titles:
            following = [*(token.text for token in phrase.tokens[1:]), ""]
            for token, after in zip(phrase.tokens, following, strict=False):
                kind = self._words.get(token.text, "") if token.has(ALTERS) else ""
                if kind:
                    yield Altering(token.text, kind, phrase.text, token.text + after)

    def _english_in(self, printed: Sequence[str]) -> Iterator[Altering]:
        for text in printed:
            plain = _APART.sub(" ", text.lower())
            for match in self._english.finditer(plain):
                yield Altering(match[0], self._words[match[0]], text)
