"""Puts the fragments of an unknown word together, so that it is asked about once and whole."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.words import FILLER, WEAK, Token, is_chinese, normal

_NEVER_FIRST = "的和与及、各全其之所在)等"
_NEVER_LAST = "的和与及、等数量人户个元名对张件例率(月年度"
_BRACKETS = "()"
_BEFORE_A_TIME, _TIMES = "上下前次", ("月", "月份", "年", "年度", "季", "季度", "期", "周")  # 上月


def whole_word(phrase: Phrase, word: str) -> str:
    """The unknown word with the letters beside it that are no words of their own.

    年初 and not 初, 中共党员 and not 中, 村(居)两委 and not 村.
    """
    tokens = phrase.tokens
    at = next((at for at, token in enumerate(tokens) if token.text == word), -1)
    if at < 0:
        return word
    first, last = at, at
    while first and _is_fragment(tokens[first - 1], _NEVER_FIRST):
        first -= 1
    while last + 1 < len(tokens) and _goes_on(tokens[last + 1 :]):
        last += 1
    if first == last:
        last += _names_time(tokens[first : first + 2])
    return _closed("".join(token.text for token in tokens[first : last + 1]), phrase)


def _names_time(tokens: Sequence[Token]) -> bool:
    """Whether two words are a time together: 上 and 月."""
    *before, last = tokens
    return bool(before) and before[0].text in _BEFORE_A_TIME and last.text in _TIMES


def _closed(word: str, phrase: Phrase) -> str:
    """A word with the bracket that closes behind it, without one that has no other: 社区(村)."""
    if word.count("(") > word.count(")") and f"{word})" in normal(phrase.text):
        return f"{word})"
    if word.count(")") > word.count("("):
        return word.lstrip(")")
    return word


def _is_fragment(token: Token, never: str) -> bool:
    """Whether a token is unknown itself or one letter that says nothing."""
    if not token.senses or not is_chinese(token.text):
        return not token.senses and is_chinese(token.text)
    says_nothing = all(sense[0].slot in (FILLER, WEAK) for sense in token.senses)
    return says_nothing and len(token.text) == 1 and token.text not in never + _BRACKETS


def _goes_on(following: Sequence[Token]) -> bool:
    """Whether a word goes on: with another fragment, or with a bracket before one."""
    token = following[0]
    if token.text in _BRACKETS and len(following) > 1:
        return not following[1].senses
    return _is_fragment(token, _NEVER_LAST)
