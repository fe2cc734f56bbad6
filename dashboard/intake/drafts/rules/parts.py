"""Parts and wholes: 其中 against its total, sums of parts, what is left, stocks, streets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES
from dashboard.intake.drafts.finding import (
    ERROR,
    NOTE,
    WARNING,
    DraftFinding,
    finding,
    in_unit_of,
    printed,
)
from dashboard.intake.drafts.mention import CHANGE, STANDARD, TOTAL, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import GAP, M, Sentence, comparable, exact, slack, sum_of

_RATES = {PERCENT, POINTS, TIMES}
_BASE = re.compile("^(?:比|较|同比|上年|去年)")
_OTHERS = re.compile("^(?:其他|其余|其它)")
_PER_EACH = re.compile("人均|户均|月均|日均|年均|平均|每人|每户|每月|每个|同比|环比|标准")
_SHARE_OF = re.compile("(?:占|为|达到?|完成)[^,]*$")  # 为年度预算9500万元的77.1%
# Words that split a whole completely: where every word of a set names a part, the parts make it up.
COMPLETE = tuple(
    frozenset(words.split())
    for words in (
        "城市 农村",
        "城镇 农村",
        "城区 农村",
        "镇级 村级",
        "站内 站外",
        "急难型 支出型",
        "孤儿 事实无人抚养",
        "资金 物资",
        "男 女",
        "集中 分散",
        "公办 民办",
        "公办 社会",
        "机构 散居",
        "线上 线下",
        "现金 物资",
        "公办 公建民营 民办",
        "社会团体 民办非企业 基金会",
        "社会团体 社会服务机构 基金会",
        "社团 民非 基金会",
        "中央 省级 市级 区级",
        "中央 省级 市级 县级",
        "市本级 县级",
        "市本级 区级",
        "区级 街道级",
        "县级 乡镇级",
        "失能 半失能 自理",
        "重度 中度 轻度",
        "中央 省级 市级",
        "省级 市级 区级",
        "省级 市级 县级",
        "中央 省级",
        "合格 基本合格 不合格",
        "上级 区级",
        "上级 县级",
        "上级 市级",
        "上级 本级",
        "上级 配套",
        "省级 市级",
        "市级 区级",
        "市级 县级",
        "机构 居家",
        "本地户籍 外地户籍",
        "本地 外地",
        "内地居民 涉外",
        "全自理 半自理 全护理",
        "初婚 再婚",
        "成年人 未成年人",
        "一级 二级",
        "一期 二期",
        "上半年 下半年",
    )
)
_MENTION = re.compile(M)
_BEFORE_PARTS = re.compile(
    rf"其中|包括(?={GAP}{{0,12}}{M})|\((?:含|其中)|分为|由(?={GAP}{{0,12}}{M}{GAP}{{0,20}}{M}{GAP}{{0,6}}(?:组成|构成))"
)
_SOME = re.compile("[两二三四五六七八九](?:个|名|位)?(?:街|乡|镇)")
_STREETS = ("街道", "镇", "乡")
_IN_TURN = re.compile("[一二三四]季度|\\d{1,2}月|[上下]半年")
_OTHER_SIZE = 4  # times a whole, from which a figure after its parts counts something else
LONG_LIST = 4  # parts that look like all there are
REACH = 240  # characters of a shape around 其中 in which its whole and its parts stand
_NEAR = Decimal("0.03")  # parts this near to their total were meant to make it up
_ABOVE = Decimal("0.1")  # the same of parts that make more than it


def check_parts(read: ReadDraft) -> Iterator[DraftFinding]:
    """Parts against wholes within a sentence, and after a sentence that ends with the whole."""
    before: Sentence | None = None
    for sentence in read.sentences:
        yield from _of_which(sentence, before)
        yield from _what_is_left(sentence)
        yield from _shares(sentence)
        yield from _each_share(sentence)
        before = sentence


def counts(mention: Mention) -> bool:
    """Whether it is a quantity that can be part of a whole."""
    apart = mention.kind in {CHANGE, STANDARD} or mention.amount.dimension in _RATES
    is_whole = _SHARE_OF.search(mention.before) and mention.after.startswith("的")
    is_base = _BASE.search(mention.before) is not None
    return not (apart or is_base or is_whole or _PER_EACH.search(mention.before))


def _of_which(sentence: Sentence, before: Sentence | None) -> Iterator[DraftFinding]:
    for match in _BEFORE_PARTS.finditer(sentence.shape):
        start, end = match.span()
        head = sentence.shape[max(start - REACH, 0) : start]
        tail = sentence.shape[end : end + REACH]
        earlier = before if len(head) <= 2 and not _MENTION.search(head) else None
        if earlier is not None and earlier.passage != sentence.passage:
            continue
        owner, head = (sentence, head) if earlier is None else (earlier, earlier.shape)
        parts = _counted(sentence, _listed(tail, match[0], owner is earlier))
        total = _total(owner, head, parts)
        if total is not None:
            same = _alike(parts, total)
            if len(same) > 1 and sum_of(same) in _stated(sentence, total):
                continue  # 占低保对象总数6279人的44%: they make up another whole
            yield from _judged(total, same, match[0] in {"分为", "由"})
            if owner is earlier:
                yield from _unnamed(total, same)


def _stated(sentence: Sentence, total: Mention) -> set[Decimal]:
    """The other values in the unit of a whole that a sentence states."""
    return {one.amount.value for one in _alike(sentence.mentions, total) if one is not total}


def _listed(tail: str, word: str, at_start: bool) -> str:
    """The stretch of a shape in which parts are listed."""
    if word.startswith("("):
        return tail.partition(")")[0]
    stretch = tail if at_start else re.split(r"[;)]", tail)[0]
    return re.split(r"[,、](?:共|合计|总计|同时|全年|累计)", stretch)[0]


def _counted(sentence: Sentence, listed: str) -> list[Mention]:
    """The counts of a stretch; what stands in brackets belongs to one of them."""
    flat = re.sub(r"\([^()]*\)", "", listed)
    return [mention for mention in sentence.all_in(flat) if counts(mention)]


def _alike(mentions: Sequence[Mention], other: Mention) -> list[Mention]:
    """Those that can be compared with another mention."""
    return [mention for mention in mentions if comparable(mention, other)]


def _total(owner: Sentence, head: str, parts: Sequence[Mention]) -> Mention | None:
    """The whole before 其中: the nearest quantity of the same unit; its brackets do not count.

    Where the nearest is less than a part, one before it that all the parts make up is the whole.
    """
    if not parts:
        return None
    last = _counted(owner, head)[-1:]
    if last and {last[0].amount.dimension, parts[0].amount.dimension} == {"人", "人次"}:
        return None  # 累计160人次,其中取得证书128人
    same, together = _alike(_counted(owner, head), parts[0]), sum_of(_alike(parts, parts[0]))
    made_up = [one for one in same if together == one.amount.value]
    return (made_up or same)[-1] if same else None


def _judged(total: Mention, parts: Sequence[Mention], complete: bool) -> Iterator[DraftFinding]:
    """A part above its whole, or parts that should make it up and do not."""
    greater = _greater(parts, total)
    if greater is not None:
        yield finding("of_which", _above(greater, total), (total, greater))
        return
    if len(parts) < 2 or not exact(total, *parts):
        return
    together = sum_of(parts)
    off = abs(together - total.amount.value)
    if off <= slack(total, *parts) or total.amount.bounds[0] is None:
        return
    if complete or _should_add_up(total, parts, together):
        yield finding("parts", sum_text(total, parts, together), (total, *parts))


def _greater(parts: Sequence[Mention], total: Mention) -> Mention | None:
    """The first part that is certainly greater than its whole."""
    high = total.amount.bounds[1]
    if high is None:
        return None
    for at, part in enumerate(parts):
        least = part.amount.bounds[0]
        is_other = at > 0 and least is not None and least > high * _OTHER_SIZE
        if least is not None and least > high and exact(part, total) and not is_other:
            return part
    return None


def _should_add_up(total: Mention, parts: Sequence[Mention], together: Decimal) -> bool:
    """Whether parts that make another sum were meant to make up their whole."""
    off = together - total.amount.value
    near = abs(off) <= total.amount.value * (_ABOVE if off > 0 else _NEAR)
    with_others = _OTHERS.match(parts[-1].before) is not None
    spent_twice = together > total.amount.value and total.amount.dimension == "元"
    in_turn = all(_IN_TURN.search(part.before) for part in parts)
    too_many = in_turn and together > total.amount.value
    return near or with_others or spent_twice or too_many or splits_completely(_texts(parts))


def _texts(parts: Sequence[Mention]) -> list[str]:
    return [part.before + part.after[:8] for part in parts]


def _unnamed(total: Mention, parts: Sequence[Mention]) -> Iterator[DraftFinding]:
    """A long list of parts that leaves much of its whole unnamed: worth a look, no error."""
    together = sum_of(parts)
    if len(parts) < LONG_LIST or not exact(total, *parts):
        return
    if Decimal("0.5") < together / (total.amount.value or 1) < Decimal("0.9"):
        rest = in_unit_of(total.amount.value - together, total)
        message = Text(
            f"总数 {total.amount.written}，所列 {len(parts)} 项合计 {in_unit_of(together, total)}，"
            f"余 {rest} 未列：请核对",
            f"the total is {total.amount.written}, the {len(parts)} parts listed make"
            f" {in_unit_of(together, total)}; {rest} is not named",
        )
        yield finding("unnamed", message, (total, *parts), NOTE)


def _above(part: Mention, total: Mention) -> Text:
    amount, whole = part.amount.written, total.amount.written
    return Text(
        f"其中的 {amount}（{label(part)}）大于总数 {whole}",
        f"the part {amount} is greater than its total {whole}",
    )


def sum_text(total: Mention, parts: Sequence[Mention], together: Decimal) -> Text:
    """The sentence that parts make another sum than their total."""
    line = " + ".join(part.amount.written for part in parts)
    result, whole = in_unit_of(together, total), total.amount.written
    off = in_unit_of(abs(together - total.amount.value), total)
    return Text(
        f"各部分之和与总数不符：{line} = {result}，总数写 {whole}，差 {off}",
        f"the parts do not add up: {line} = {result}, the total says {whole}; off by {off}",
    )


def label(mention: Mention) -> str:
    """The words of a part, for a message."""
    return (mention.before or mention.after)[-16:]


def splits_completely(texts: Sequence[str]) -> bool:
    """Whether the words at the parts split a whole completely, each word in one part."""
    if any(len(texts) == len(words) and _covers(texts, words) for words in COMPLETE):
        return True
    return len(texts) == 2 and "岁" in texts[0] and _are_sides_of_an_age(texts)


def _are_sides_of_an_age(texts: Sequence[str]) -> bool:
    """Whether one text says below and the other above an age: 45岁以下, 45岁及以上."""
    sides = [_OF_AGE.search(text) for text in texts]
    ages = {(side["age"], side["side"]) for side in sides if side is not None}
    return len(ages) == 2 and len({age for age, _ in ages}) == 1


_OF_AGE = re.compile(r"(?P<age>\d{2,3})周?岁(?:及|\(含\))?以(?P<side>[上下])")


def _covers(texts: Sequence[str], words: Collection[str]) -> bool:
    """Whether every text has one of some words, and every word is in one of the texts."""
    has_each = all(any(word in text for word in words) for text in texts)
    return has_each and all(any(word in text for text in texts) for word in words)


_LEFT = re.compile(
    rf"(?P<total>{M})(?P<between>[^。]{{0,60}}?)已(?P<verb>{GAP}{{0,8}}?)(?P<done>{M})(?P<mid>[^。]{{0,40}}?)"
    rf"(?:剩余|还剩|尚余|其余|尚有|还有|暂未|尚未|未(?=[\u4e00-\u9fff]{{1,5}}[\ue000-\uf8ff]))(?:的)?(?P<verb2>{GAP}{{0,10}}?)(?P<rest>{M})"
)


def _what_is_left(sentence: Sentence) -> Iterator[DraftFinding]:
    """A whole, what is done of it and what is left: 共12个,已建成7个,剩余6个."""
    match = _LEFT.search(sentence.shape)
    if match is None:
        return
    done, rest = sentence.named(match, "done", "rest")
    before = sentence.all_in(sentence.shape[: match.start("done")])
    wholes = [whole for whole in _alike(before, done) if whole.kind != CHANGE]
    if not wholes or not comparable(done, rest) or not exact(done, rest, *wholes):
        return
    if _alike(sentence.all_in(match["mid"]), done):
        return  # 已建成8个,在建6个,未开工6个: three states
    together = done.amount.value + rest.amount.value
    if any(abs(whole.amount.value - together) <= slack(whole, done, rest) for whole in wholes):
        return
    whole = wholes[-1]
    line = f"{done.amount.written} + {rest.amount.written} = {in_unit_of(together, done)}"
    total = whole.amount.written
    message = Text(
        f"已办与剩余之和不等于总数：{line}，总数写 {total}",
        f"what is done and what is left do not make the total: {line}, the total says {total}",
    )
    yield finding("left", message, (whole, done, rest))


_EACH_SHARE = re.compile(rf"占{GAP}{{0,8}}?{M}(?:[、,;]{GAP}{{1,8}}占{M})+")


def _each_share(sentence: Sentence) -> Iterator[DraftFinding]:
    """Shares that each part states: 中央占50%、省级占30%、市级占30%."""
    for match in _EACH_SHARE.finditer(sentence.shape):
        yield from _hundred(sentence.all_in(match[0]))


_SHARES = re.compile(
    rf"(?:分别占{GAP}{{0,10}}|占比(?:分别)?(?:为|是|达)?)(?P<list>{M}(?:[、,和]{M}){{1,}})"
)


def _shares(sentence: Sentence) -> Iterator[DraftFinding]:
    """Shares of one whole that add up to more than 100 %, or to nearly 100 and not 100."""
    for match in _SHARES.finditer(sentence.shape):
        yield from _hundred(sentence.all_in(match["list"]))


def _hundred(shares: Sequence[Mention]) -> Iterator[DraftFinding]:
    """Shares against a hundred: above it, or three and more that miss it narrowly."""
    if not all(share.amount.dimension == PERCENT for share in shares) or not exact(*shares):
        return
    together = sum_of(shares)
    room = max(slack(*shares), Decimal("0.05") * len(shares))
    missing = 100 - together
    if missing < -room or (len(shares) >= 3 and room < missing <= 5):
        line = " + ".join(share.amount.written for share in shares)
        message = Text(
            f"各项占比之和不是 100%：{line} = {printed(together)}%",
            f"the shares do not add up to 100 %: {line} = {printed(together)}%",
        )
        yield finding("shares", message, shares)


def check_streets(read: ReadDraft) -> Iterator[DraftFinding]:
    """Sums over streets against the district's figure of the same passage."""
    for mentions in read.of_passage.values():
        groups: dict[tuple[str, str], list[Mention]] = {}
        for mention in mentions:
            if _is_street(mention) and counts(mention):
                key = (mention.amount.dimension, _noun(mention))
                groups.setdefault(key, []).append(mention)
        for (dimension, noun), parts in groups.items():
            totals = [
                each
                for last, each in zip((None, *mentions), mentions, strict=False)
                if _is_whole(each, dimension, noun) and not _is_of_some(last, each)
            ]
            total = _nearest(totals, parts[0])
            if total is not None and len({part.area for part in parts}) == len(parts) >= 3:
                plain = read.draft.passages[total.passage].plain
                is_list = plain[total.amount.end : total.amount.end + 1] == ":"
                yield from _streets_judged(total, parts, is_list)


def _nearest(totals: Sequence[Mention], part: Mention) -> Mention | None:
    """The last total before the parts, else the first after them."""
    before = [total for total in totals if total.place < part.place]
    return before[-1] if before else next(iter(totals), None)


def _is_whole(mention: Mention, dimension: str, noun: str) -> bool:
    """Whether a figure of no street is a total of what the streets' figures count."""
    heads_a_list = (
        mention.after == ""
        and not mention.area.endswith(_STREETS)
        and (noun in mention.before or noun == "")
    )
    is_total = mention.relation == TOTAL or heads_a_list
    if _is_street(mention) or not is_total or not counts(mention):
        return False
    same = _noun(mention) == noun or noun in mention.subject
    return same and mention.amount.dimension == dimension


def _is_of_some(last: Mention | None, mention: Mention) -> bool:
    """Whether a total is of so many of the streets: 三镇合计, 前三个街镇合计."""
    counted = last is not None and last.amount.dimension == "个" and last.after == mention.before
    return counted or _SOME.search(mention.before) is not None


def _is_street(mention: Mention) -> bool:
    return mention.area.endswith(_STREETS) and mention.area in mention.before


def _noun(mention: Mention) -> str:
    """What a street's figure counts: the words after, or those between its name and the figure."""
    between = mention.before.rpartition(mention.area)[2] if mention.area else mention.before
    return re.split("[的已]", mention.after)[0][:6] or re.sub(
        "^(?:共有|现有|有|共|为)", "", between
    )


def _streets_judged(
    total: Mention, parts: Sequence[Mention], is_list: bool
) -> Iterator[DraftFinding]:
    """Streets against their total; where the total heads their list, all of them are named."""
    if not exact(total, *parts):
        return
    together = sum_of(parts)
    off = together - total.amount.value
    if abs(off) <= slack(total, *parts):
        return
    if off > 0 or is_list or -off <= total.amount.value * Decimal("0.1"):
        severity = ERROR if abs(off) <= total.amount.value * Decimal("0.5") else WARNING
        yield finding("streets", sum_text(total, parts, together), (total, *parts), severity)
