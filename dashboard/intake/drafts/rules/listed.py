"""Checks counts whose names, dates or ordinals follow: 共4项,分别为甲、乙、丙; 三点:一是…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import ERROR, DraftFinding, finding
from dashboard.intake.drafts.mention import CHANGE, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import M, Sentence, exact
from dashboard.intake.forms.chinese_numerals import chinese_number

_NAMEABLE = frozenset("家 个 处 所 座 支 条 项 类 大类 次 场 期 种 件 点 批".split())
_MOST = 20  # names
_SHORT = 24  # characters of a name
_NAMES = re.compile(
    r"[^。;,:()]{0,10}(?:,?(?:分别(?:为|是|在|于|位于|由)|即|依次(?:为|是)|具体(?:为|是))[:,]?|:)(?P<names>[^。;:()]{4,240})[。;]"
)
_MORE = re.compile("等(?!级|次|候|额|待)|其他|其余")
_JOINED = re.compile("和|及|与|以及|或")
_DATED = re.compile(r"(?:^|[,、和及与])(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?")
_ORDINAL = re.compile(r"(?:^|[。;,、:])([一二三四五六七八九十])(?:是|要)")
_ORDINALS_FOLLOW = re.compile(r"[^。;,:()]{0,10}[:,。](?=一(?:是|要))")


_SUMS = re.compile(
    r"[^。;:()、\ue000-\uf8ff]{0,14}分别(?:为|是)?[^。;,、\ue000-\uf8ff]{0,6}"
    rf"(?P<list>{M}(?:[、,和]{M})+)"
)


def _figures_of_each(sentence: Sentence) -> Iterator[DraftFinding]:
    """A count and as many figures after it as it counts: 项目2个,资金分别为30万元、25万元."""
    for at, mention in enumerate(sentence.mentions):
        amount = mention.amount
        ends_a_list = at > 0 and f"{chr(0xE000 + at - 1)}、" in sentence.shape
        if ends_a_list or amount.dimension not in _NAMEABLE or not 2 <= amount.value <= _MOST:
            continue
        match = _SUMS.match(sentence.shape, sentence.shape.index(chr(0xE000 + at)) + 1)
        figures = sentence.all_in(match["list"]) if match else []
        same = len({one.amount.dimension for one in figures}) == 1
        if same and exact(mention) and mention.kind != CHANGE and len(figures) != amount.value:
            message = Text(
                f"“分别”后给 {len(figures)} 个数，写 {amount.written}",
                f"分别: {len(figures)} figures given, the text counts {amount.written}",
            )
            yield finding("respectively", message, (mention, *figures))


def check_listed(read: ReadDraft) -> Iterator[DraftFinding]:
    """Counts of a few against the names, dates or ordinals after them."""
    for mention in read.mentions:
        amount = mention.amount
        is_count = amount.dimension in _NAMEABLE and 2 <= amount.value <= _MOST
        if is_count and exact(mention) and mention.kind != CHANGE:
            plain = read.draft.passages[mention.passage].plain
            yield from _judged(mention, plain)
    for sentence in read.sentences:
        if len(sentence.mentions) > 1 and "分别" in sentence.shape:
            yield from _figures_of_each(sentence)


def _judged(mention: Mention, plain: str) -> Iterator[DraftFinding]:
    end = mention.amount.end
    ordinals = _ORDINALS_FOLLOW.match(plain, end)
    match = _NAMES.match(plain, end)
    if ordinals:
        named = _ordinals(plain[ordinals.end() :])
        stop = ordinals.end()
    elif match:
        named, stop = _named(match["names"]), match.end("names")
    else:
        return
    least, most = named
    if least > 1 and not least <= mention.amount.value <= most:
        message = Text(
            f"列了 {least} 项，写 {mention.amount.written}",
            f"{least} are listed, the text counts {mention.amount.written}",
        )
        spot = (mention.passage, mention.amount.start, stop)
        yield DraftFinding("counted", ERROR, message, (spot,))


def _named(names: str) -> tuple[int, int]:
    """How many a list names, at least and at most; (0, 0) where it does not end or cannot be read.

    A joint (甲和乙) may stand between two names or within one.
    """
    dated = len(_DATED.findall(names))
    if _MORE.search(names):
        return 0, 0
    if dated > 1:
        return dated, dated
    parts = names.split("、")
    if dated or "," in names or len(parts) < 2 or max(map(len, parts)) > _SHORT:
        return 0, 0
    if re.search(r"\d", names):
        return 0, 0  # figures: other rules add them up
    return len(parts), len(parts) + len(_JOINED.findall(names))


def _ordinals(text: str) -> tuple[int, int]:
    """The last of 一是, 二是, 三是 in their order."""
    last = 0
    for match in _ORDINAL.finditer(text):
        value = int(chinese_number(match[1]) or 0)
        if value != last + 1:
            break
        last = value
    return last, last
