"""Checks rates that sentences name: 入住率, 年检率; means a year, a head and month; 年均增长."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT
from dashboard.intake.drafts.finding import (
    WARNING,
    DraftFinding,
    contradiction,
    finding,
    printed,
)
from dashboard.intake.drafts.mention import CHANGE, STANDARD, TOTAL, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.rules.ratios import fits, wrong_share
from dashboard.intake.drafts.sentence import GAP, M, Sentence, comparable, exact

YEAR = 12  # months
_NAMED = re.compile(
    r"^(?:平均|总|其)?([\u4e00-\u9fff]{2,5})率(?:为|达到|达|约|是|仅为|仅|只有|均|均为|均达)*$"
)
# Rates of two things in different units: the dimension of the part and of its whole, and its words.
_ACROSS = {"入住": ("人", "张", "床位")}
_DONE = re.compile("完成")
_DUE = re.compile("计划|任务|目标|应|需|拟")
MOST_BEFORE = 60  # counts before a rate that are looked at
_COUNTS = frozenset(
    "人 人次 户 户次 对 张 家 个 处 所 件 份 条 座 项 支 例 宗 具 元 台 场 场次".split()
)


def check_rates(read: ReadDraft) -> Iterator[DraftFinding]:
    """Rates and means against the figures of their passage that they come from."""
    before: Sentence | None = None
    for sentence in read.sentences:
        yield from _named_rates(sentence, read)
        yield from _monthly_heads(sentence, before)
        yield from _compound(sentence)
        before = sentence


def _named_rates(sentence: Sentence, read: ReadDraft) -> Iterator[DraftFinding]:
    """A rate after the count it is named for: 应参加年检1985家,已完成年检1846家,年检率93%."""
    for at, rate in enumerate(sentence.mentions):
        name = _NAMED.match(rate.before)
        if name is None or rate.amount.dimension != PERCENT or not exact(rate):
            continue
        part = _part_of(name[1], sentence.mentions[:at], rate)
        part = part or _part_after(name[1], sentence.mentions[at + 1 : at + 2], rate)
        if part is None:
            continue
        wholes = _wholes_of(name[1], part, read)
        if wholes and not any(fits(part, whole, rate) for whole in wholes):
            yield wrong_share("share", part, wholes[-1], rate)


def _part_of(name: str, before: Sequence[Mention], rate: Mention) -> Mention | None:
    """The last count before a rate whose words name it; None where there is none near."""
    for mention in reversed(before[-3:]):
        named = name in mention.before or mention.after.startswith(name)
        if named and mention.amount.dimension in _COUNTS and mention.kind != CHANGE:
            near = rate.amount.start - mention.amount.end <= 40
            return mention if near and exact(mention) else None
    return None


def _part_after(name: str, after: Sequence[Mention], rate: Mention) -> Mention | None:
    """The count that follows a rate at once and is named by it: 集中供养率31.5%,集中供养505人."""
    for mention in after:
        near = mention.amount.start - rate.amount.end <= 16 and name in mention.before
        if near and mention.amount.dimension in _COUNTS and exact(mention):
            return mention
    return None


def _wholes_of(name: str, part: Mention, read: ReadDraft) -> list[Mention]:
    """What a part may be of: counts before it in its passage, not smaller; all that is due.

    Of a rate across units every count before it in the draft: beds, for 入住率; the greatest last.
    """
    if name in _ACROSS:
        return _wholes_across(name, part, read)
    before = _last_before(part, read.of_passage[part.passage])
    wholes = [one for one in before if comparable(one, part) and one.kind != CHANGE and exact(one)]
    inside = [one for one in wholes if one.sentence == part.sentence or one.relation == TOTAL]
    if _DONE.search(name):
        return [one for one in inside if _DUE.search(one.before)]
    return [one for one in inside if one.amount.value >= part.amount.value]


def _wholes_across(name: str, part: Mention, read: ReadDraft) -> list[Mention]:
    own, unit, word = _ACROSS[name]
    if own != part.amount.dimension or part.kind == CHANGE:
        return []
    counted = [one for one in _last_before(part, read.mentions) if one.amount.dimension == unit]
    wholes = [one for one in counted if word in one.before + one.after + one.subject and exact(one)]
    return sorted(wholes, key=lambda one: one.amount.value)


def _last_before(part: Mention, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The last mentions before one of them."""
    at = bisect_left(mentions, part.place, key=lambda one: one.place)
    return mentions[max(at - MOST_BEFORE, 0) : at]


_EACH_MONTH = re.compile(
    rf"(?:人均(?:每月|月)|月人均|平均每人每月|人月均){GAP}{{0,10}}?(?P<each>{M})"
)
_NEARLY = Decimal("0.01")


def _monthly_heads(sentence: Sentence, before: Sentence | None) -> Iterator[DraftFinding]:
    """人均每月 against money ÷ persons ÷ months, the persons of this sentence or the one before."""
    for match in _EACH_MONTH.finditer(sentence.shape):
        each = sentence.mention(match["each"])
        near = sentence.all_in(sentence.shape[: match.start()].rpartition(";")[2])
        money = [one for one in near if _is_paid(one)]
        heads = [one for one in near if _is_head(one)] or _heads_of(before, sentence)
        if len(heads) == 1 and len(money) == 1 and exact(each, heads[0], money[0]):
            yield from _a_month(money[0], heads[0], each)


def _a_month(money: Mention, heads: Mention, each: Mention) -> Iterator[DraftFinding]:
    """Money of at most a year ÷ persons ÷ months, where it is not what is printed."""
    months = money.period.length if money.period else 0
    is_divisible = 0 < months <= YEAR and heads.amount.value != 0
    if not is_divisible or each.amount.dimension != "元":
        return
    due = money.amount.value / heads.amount.value / months
    if abs(due - each.amount.value) <= due * _NEARLY + each.amount.step:
        return
    quotient = f"{money.amount.written} ÷ {heads.amount.written} ÷ {months} 个月"
    line = f"{quotient} = {printed(due, 0)}元"
    message = Text(
        f"人均每月不符：{line}，写的是 {each.amount.written}",
        f"the value per head and month is wrong: {line}, printed is {each.amount.written}",
    )
    yield finding("per_head", message, (heads, money, each), WARNING)


def _is_paid(mention: Mention) -> bool:
    apart = mention.kind in {CHANGE, STANDARD} or "/" in mention.amount.written
    return mention.amount.dimension == "元" and not apart and "均" not in mention.before


def _is_head(mention: Mention) -> bool:
    return mention.amount.dimension == "人" and mention.kind not in {CHANGE, STANDARD}


def _heads_of(before: Sentence | None, sentence: Sentence) -> list[Mention]:
    """The first count of persons of the sentence before, where it is of the same passage."""
    if before is None or before.passage != sentence.passage:
        return []
    return [mention for mention in before.mentions if _is_head(mention)][:1]


_COMPOUND = re.compile(
    rf"(?:由|从){GAP}{{0,16}}?(?P<base>{M}){GAP}{{1,10}}?(?:到|至|为){GAP}{{0,14}}?(?P<now>{M}),(?:年均|平均每年|每年平均)"
    rf"(?:增长|递增|提高|增幅|增速){GAP}{{0,4}}?(?P<rate>{M})"
)


def _compound(sentence: Sentence) -> Iterator[DraftFinding]:
    """年均增长 against the two values and their years, compound or plain."""
    for match in _COMPOUND.finditer(sentence.shape):
        base, now, rate = sentence.named(match, "base", "now", "rate")
        years = _between(base, now)
        usable = comparable(base, now) and exact(base, now, rate) and base.amount.value > 0
        if years < 2 or not usable or rate.amount.dimension != PERCENT:
            continue
        quotient = now.amount.value / base.amount.value
        compound = (Decimal(float(quotient) ** (1 / years)) - 1) * 100
        plain = (quotient - 1) * 100 / years
        room = rate.amount.step + Decimal("0.1")
        if all(abs(due - rate.amount.value) > room for due in (compound, plain)):
            line = (
                f"{base.amount.written} → {now.amount.written}，{years} 年，"
                f"年均 {printed(compound, 1)}%"
            )
            about = Text("年均增长不符", "the yearly growth is wrong")
            yield contradiction("growth", about, line, rate, (base, now, rate))


def _between(base: Mention, now: Mention) -> int:
    """The years from the period of one value to that of another; 0 where either has none."""
    if base.period is None or now.period is None:
        return 0
    return now.period.end.year - base.period.end.year
