"""Finds unknown words of titles that may narrow what the whole table counts."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, SlotContext, has_slot
from dashboard.intake.understanding.words import PROGRAMME, Token, is_chinese

_PEOPLE = ("人员", "对象", "家庭", "户", "儿童", "老人", "人", "老年人", "群体", "职工", "学生")
_DIVISIONS = ("省", "市", "县", "区", "州", "旗", "盟", "镇", "乡", "街道", "自治县", "自治州")


def strange_title(context: SlotContext) -> Gap | None:
    """The question about an unknown word of a title that names a programme.

    Where the programme comes from the nearest such title, every unknown word of it is asked
    about; elsewhere only one of people.
    """
    needed = context.from_title
    for phrase, facts in zip(context.around.titles, context.senses.titles, strict=True):
        if has_slot(facts, PROGRAMME):
            word = _narrowing_word(phrase.tokens, needed)
            if word:
                return gaps.unknown_word(word, phrase)
            needed = False
    return None


def _narrowing_word(tokens: Sequence[Token], needed: bool) -> str:
    following = [*(token.text for token in tokens[1:]), ""]
    for token, after in zip(tokens, following, strict=False):
        if token.senses or not is_chinese(token.text):
            continue
        if after in _DIVISIONS or token.text.endswith(_DIVISIONS):
            continue  # an area that the list of areas does not have
        if needed or after in _PEOPLE or token.text.endswith(_PEOPLE):
            return token.text
    return ""
