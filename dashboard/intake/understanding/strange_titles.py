"""Finds unknown words that may narrow what is counted: of titles, English ones, numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from dashboard.catalogue.grid import Grid
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import Gap, SlotContext, values_in
from dashboard.intake.understanding.phrases import PERIOD, Phrase
from dashboard.intake.understanding.remarks import EXCEPT, ONLY, WITH
from dashboard.intake.understanding.words import FILLER, PROGRAMME, Token, is_chinese, normal

_SAYS_NOTHING = re.compile(r"(?:number|no|count|quantity|values?|amount|figures?|total)+s?", re.I)
_NUMBERED = re.compile(
    r"\d|(?<![A-Za-z])(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![A-Za-z])", re.I
)
_LETTERS = re.compile(r"\(([A-Za-z]{1,2})\)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_RUN = re.compile(r"[\dA-Za-z](?:[\dA-Za-z.,/:-]*[\dA-Za-z])?")
# 不含三无人员 of 不含三无人员的城市低保情况; 统计范围:仅含主城区; what stands before 除外.
_LIMIT = re.compile(
    rf"(?:[^,;:]*:)?(?:{ONLY.pattern}|{EXCEPT.pattern})[^,;的]+|[^,;]*(?:{EXCEPT.pattern})(?=[,;]|$)"
)
_SECTIONS = {"spending", "head"}
_NAMES_TABLE = ("表", "情况", "统计", "汇总", "名单", "数据", "公示", "公开")
_DIVISIONS = ("省", "市", "县", "区", "州", "旗", "盟", "镇", "乡", "街道", "自治县", "自治州")


def strange_title(titles: Sequence[Phrase], grid: Grid, named: Collection[str]) -> Gap | None:
    """The question about words of a title that narrow, or widen, what the figures count.

    Every unknown word of a title that names a programme, or of a line in brackets, may narrow it;
    不含 and 仅 do, and so does 含 before a programme. ``named`` are the programmes that headings
    and labels of the figures name; a part of such a name (适老化 of 适老化改造) narrows nothing.
    """
    names = [name for one in named if one in grid.programmes for name in _names(one, grid)]
    for phrase in titles:
        clause = _confining(phrase)
        if clause:
            return gaps.unknown_word(clause, phrase)
        is_whole = bool(_IN_BRACKETS.fullmatch(normal(phrase.text)))
        may_narrow = is_whole or _is_of(phrase, grid, from_title=not named)
        word = _narrowing_word(phrase.tokens, names) if may_narrow else ""
        if word:
            return gaps.unknown_word(word, phrase)
    return None


def _names(programme: str, grid: Grid) -> Iterable[str]:
    named = grid.programmes[programme]
    return (named.name.zh, *named.aliases)


def _is_of(title: Phrase, grid: Grid, *, from_title: bool) -> bool:
    """Whether a title says what the table is of, and not only in which section it stands.

    社会救助和福利 and 困难群众救助 over 城市低保 narrow nothing; 2026年10月走访情况表 may.
    """
    kinds = {grid.programmes[one].kind for one in values_in([title.facts()], PROGRAMME)}
    if not kinds:
        plain = normal(title.text)
        is_whole = bool(PERIOD.search(plain)) and plain.endswith(_NAMES_TABLE)
        return is_whole and not any(fact.slot == FILLER and fact.value for fact in title.facts())
    return from_title or bool(kinds - _SECTIONS)


def _confining(title: Phrase) -> str:
    """What a title leaves out, adds, or confines its figures to: 不含集中供养; empty if nothing."""
    plain = "".join(token.text for token in title.tokens)  # that in which answers are found
    explained = {token.text for token in title.tokens if token.senses}
    brackets = [match[1] for match in _BRACKETS.finditer(plain)]
    limits = [one for one in brackets if _LIMIT.search(one) or WITH.match(one)]
    limits += [match[0] for match in _LIMIT.finditer(_BRACKETS.sub(",", plain))]
    return next((one for one in limits if not any(one in each for each in explained)), "")


def strange_heading(context: SlotContext) -> Gap | None:
    """The question about an unknown word of a heading or label where all of them are in English.

    Beside Chinese headings English only says the same again.
    """
    inner = context.around.inner
    if any(is_chinese(phrase.text) for phrase in inner):
        return None
    for phrase in inner:
        for word in phrase.unknown:
            letters = re.sub("[^A-Za-z]", "", word)
            if len(letters) > 1 and not _SAYS_NOTHING.fullmatch(letters):
                return gaps.unknown_word(word, phrase)
    return None


def strange_number(phrases: Iterable[Phrase]) -> Gap | None:
    """The question about a number, an English month or a letter in brackets that no word covers.

    结婚登记(3.15), 低保人数(Mar), 低保人数(A): what it narrows is not known.
    """
    for phrase in phrases:
        plain = normal(phrase.text)
        letters = _LETTERS.findall(plain) if is_chinese(plain) else []
        for word in phrase.unknown:
            if not is_chinese(word) and (_NUMBERED.search(word) or word in letters):
                runs = _RUN.findall(plain)
                return gaps.unknown_word(next((r for r in runs if word in r), word), phrase)
    return None


def _narrowing_word(tokens: Sequence[Token], names: Sequence[str]) -> str:
    """The first Chinese word that nothing explains, no area and in none of the names."""
    following = [*(token.text for token in tokens[1:]), ""]
    for token, after in zip(tokens, following, strict=False):
        if token.senses or not is_chinese(token.text):
            continue
        if any(token.text in name for name in names):
            continue
        if after not in _DIVISIONS and not token.text.endswith(_DIVISIONS):
            return token.text if len(token.text) > 1 else token.text + after  # 拟新增
    return ""
