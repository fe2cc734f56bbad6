"""Finds words that say nothing in most tables and narrow the figure where they stand here.

享受补贴 says nothing beside 低保 and narrows 养老机构数; 管理 and 人员 say nothing each, 管理人员
are other people than those of the programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from dashboard.catalogue.grid import Grid, IndicatorCell
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, values_in
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.words import FILLER, PROGRAMME, Fact, Token, is_chinese

_PAID, _BENEFIT = Fact(FILLER, "paid"), Fact(FILLER, "benefit")
_PEOPLES_KINDS = ("benefit", "relief", "spending", "head", "population")
_WORK = ("工作", "管理", "服务", "业务", "办理", "事业")
_WHO = ("人员", "者", "成员", "单位", "机构")
_JOINTS = "的和与及、其之等数量年月日度份末底至从由"


def loose_word(
    inner: Sequence[Phrase], titles: Sequence[Phrase], cell: IndicatorCell, grid: Grid
) -> Gap | None:
    """The question about a word that is known to say nothing, but not here."""
    for phrase in inner:
        word = next(_joined(phrase.tokens), "") or _of_benefits(phrase, cell, grid)
        if word:
            return gaps.unknown_word(word, phrase)
    if values_in([list(phrase.facts()) for phrase in inner], PROGRAMME):
        return None
    for phrase in titles:
        if any(token.has(PROGRAMME) for token in phrase.tokens):
            word = _word_of(phrase, (_PAID,), cell, grid)
            return gaps.unknown_word(word, phrase) if word else None
    return None


def _joined(tokens: Sequence[Token]) -> Iterator[str]:
    """Words of several that say nothing each: 管理人员, 在家."""
    for first, second in pairwise(tokens):
        if _says_nothing(first) and first.text in _WORK and second.text in _WHO:
            yield first.text + second.text
    for is_letter, run in groupby(tokens, _is_letter):
        letters = [token.text for token in run]
        if is_letter and len(letters) > 1:
            yield "".join(letters)


def _is_letter(token: Token) -> bool:
    plain = len(token.text) == 1 and is_chinese(token.text) and token.text not in _JOINTS
    return plain and _says_nothing(token)


def _says_nothing(token: Token) -> bool:
    return bool(token.senses) and all(sense[0].slot == FILLER for sense in token.senses)


def _of_benefits(phrase: Phrase, cell: IndicatorCell, grid: Grid) -> str:
    return _word_of(phrase, (_PAID, _BENEFIT), cell, grid)


def _word_of(phrase: Phrase, facts: Sequence[Fact], cell: IndicatorCell, grid: Grid) -> str:
    """A word of benefits beside what is no benefit; money is paid of everything."""
    if grid.programmes[cell.programme].kind in _PEOPLES_KINDS:
        return ""
    is_money = grid.measures[cell.measure].group == "money"
    for is_loose, run in groupby(phrase.tokens, lambda token: _is_any_of(token, facts)):
        words = list(run)
        if is_loose and not (is_money and any(_is_any_of(one, (_PAID,)) for one in words)):
            return "".join(token.text for token in words)
    return ""


def _is_any_of(token: Token, facts: Sequence[Fact]) -> bool:
    """Whether a word means one of these facts and nothing else."""
    return bool(token.senses) and all(sense[0] in facts for sense in token.senses)
