"""Checks ratios: a printed share, a per-head value, a monthly mean, completion, their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT
from dashboard.intake.drafts.finding import (
    WARNING,
    DraftFinding,
    finding,
    printed,
)
from dashboard.intake.drafts.mention import CHANGE, STANDARD, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import GAP, M, Sentence, comparable, exact

_PERSONS = {"人", "人次", "户", "户次"}
_RATE_LIMIT = re.compile(
    "(?:覆盖率|合格率|入住率|占比|办结率|参保率|持证率|持证上岗率|培训率|探访率|集中供养率|年检率|年报率|达标率"
    "|签约率|使用率|满意率|满意度|发放率|火化率|建成率|及时率|准确率|比重)$"
)
_A_MONTH = re.compile("每人每月|每月每人|人[·./]月|/月|月标准")


def check_ratios(read: ReadDraft) -> Iterator[DraftFinding]:
    """What a sentence prints as a quotient against the figures it comes from."""
    for sentence in read.sentences:
        yield from _out_of(sentence)
        yield from _impossible(sentence)


_FINEST = Decimal("0.000001")


def rounded_to(value: Decimal, model: Mention) -> Decimal:
    """A value with as many digits as a mention has printed."""
    return value.quantize(model.amount.step, rounding=ROUND_HALF_UP)


def _shown(value: Decimal, model: Mention) -> Decimal:
    """A value with the digits of a mention, and with as many more as keep it from being nought."""
    rounded, step = rounded_to(value, model), model.amount.step
    while value and not rounded and step > _FINEST:
        step /= 10
        rounded = value.quantize(step, rounding=ROUND_HALF_UP)
    return rounded


def fits(part: Mention, whole: Mention, share: Mention) -> bool:
    """Whether part ÷ whole is the printed percentage, to its last digit and the figures' own."""
    if not whole.amount.value:
        return True
    due = part.amount.value / whole.amount.value * 100
    room = share.amount.step * Decimal("0.6")
    for mention in (part, whole):
        if mention.amount.step != 1 and mention.amount.value:
            room += due * mention.amount.step / abs(mention.amount.value)
    return abs(due - share.amount.value) <= room


_EVERY = re.compile("每|均|拥有|人口比")
_WHOLE = {"人", "人次", "户", "对", "张"}


def _is_sum(mention: Mention) -> bool:
    """Whether it is a sum of money, no standard and nothing per head."""
    apart = mention.kind in {CHANGE, STANDARD} or "/" in mention.amount.written
    return not apart and not re.search("人均|户均|每|均", mention.before)


_OUT_OF = re.compile(
    rf"(?P<whole>{M})[^。;,\ue000-\uf8ff]{{0,12}}中[,有的]{{0,2}}(?:已有|已|有)(?P<part>{M})"
)


def _out_of(sentence: Sentence) -> Iterator[DraftFinding]:
    """N of which M, with M above N."""
    for match in _OUT_OF.finditer(sentence.shape):
        whole, part = sentence.named(match, "whole", "part")
        if (
            comparable(whole, part)
            and exact(whole, part)
            and part.amount.value > whole.amount.value
        ):
            message = Text(
                f"{whole.amount.written} 中的 {part.amount.written}：部分大于总数",
                f"{part.amount.written} of {whole.amount.written}: a part above its whole",
            )
            yield finding("of_which", message, (whole, part))


def _impossible(sentence: Sentence) -> Iterator[DraftFinding]:
    """Units that cannot be: a rate above 100 %, half a person, a standard of ten thousands."""
    for mention in sentence.mentions:
        amount = mention.amount
        if (
            amount.dimension == PERCENT
            and amount.value > 100
            and _RATE_LIMIT.search(re.sub("(?:达到|达|为|至|到|均)+$", "", mention.before))
        ):
            message = Text(
                f"{mention.before[-10:]}{amount.written}：超过 100%",
                f"{amount.written}: a rate above 100 %",
            )
            yield finding("rate", message, (mention,))
        elif amount.dimension in _WHOLE and amount.value % 1 and not _is_mean(mention, sentence):
            message = Text(f"{amount.written}：不是整数", f"{amount.written}: not a whole number")
            yield finding("unit", message, (mention,))
        elif _is_odd_standard(mention):
            message = Text(
                f"{mention.before[-12:]}{amount.written}：单位可能有误",
                f"{amount.written}: the unit of this standard looks wrong",
            )
            yield finding("unit", message, (mention,), WARNING)
    yield from _odd_payment(sentence)
    yield from _counted_otherwise(sentence)


_PERSONS_NAMED = re.compile(
    r"(?:老年人|老人|残疾人|孤儿|儿童|志愿者|社工|护理员)(?:共|计|达|为|有|约|近)*$"
)
_PAPERS = re.compile(r"(?:补发|补领|换发|颁发|核发|制发)[^,;。]{0,8}证(?:书|件)?(?:共|计|达|约)*$")


def _counted_otherwise(sentence: Sentence) -> Iterator[DraftFinding]:
    """Persons counted in households, papers in person-times: 老年人2935户, 补发离婚证207人次."""
    for mention in sentence.mentions:
        dimension = mention.amount.dimension
        persons = dimension == "户" and _PERSONS_NAMED.search(mention.before)
        papers = dimension == "人次" and _PAPERS.search(mention.before)
        if not (persons or papers):
            continue
        stated = sentence.text(sentence.shape[: sentence.shape.index(_sign(mention, sentence))])
        paired = re.search("^[(、]", mention.before[-20:] + mention.after[:10])
        paired = paired or re.search("家庭|改造|住房|危房", stated + mention.after[:10])
        if not paired and not _is_pair(mention, sentence):
            words = f"{mention.before[-10:]}{mention.amount.written}"
            message = Text(
                f"单位可能有误：{words}", f"the unit does not fit what is counted: {words}"
            )
            yield finding("unit", message, (mention,), WARNING)


def _is_pair(mention: Mention, sentence: Sentence) -> bool:
    """Whether persons follow the households at once: 120户186人."""
    at = sentence.mentions.index(mention) + 1
    following = sentence.mentions[at] if at < len(sentence.mentions) else None
    return following is not None and following.amount.start - mention.amount.end <= 2


def _is_mean(mention: Mention, sentence: Sentence) -> bool:
    """Whether the words before it in its sentence say that it is a mean or a rate."""
    before = sentence.text(sentence.shape[: sentence.shape.index(_sign(mention, sentence))])
    return bool(_EVERY.search(before[-40:]))


def _sign(mention: Mention, sentence: Sentence) -> str:
    return chr(0xE000 + sentence.mentions.index(mention))


def _is_odd_standard(mention: Mention) -> bool:
    """Whether a monthly standard per person is outside 10 to 20,000 yuan."""
    amount = mention.amount
    if amount.dimension != "元":
        return False
    monthly = _A_MONTH.search(mention.before + amount.written)
    in_range = Decimal(10) <= amount.value <= Decimal(20_000)
    return bool(monthly) and not in_range and "标准" in mention.subject + mention.before


_PAID = re.compile(
    rf"(?P<heads>{M}){M}?[^。;,\ue000-\uf8ff]{{0,30}},(?:累计|共|全年|已)*发放(?!宣传)"
    rf"{GAP}{{0,20}}?(?P<money>{M})"
)
_PAID_FOR = re.compile(
    rf"为(?P<heads>{M})[^。;,\ue000-\uf8ff]{{0,30}}发放{GAP}{{0,20}}?(?P<money>{M})"
)


def _odd_payment(sentence: Sentence) -> Iterator[DraftFinding]:
    """Money for a number of persons that comes to less than a yuan or above a million each."""
    for match in (*_PAID.finditer(sentence.shape), *_PAID_FOR.finditer(sentence.shape)):
        heads, money = sentence.named(match, "heads", "money")
        if heads.amount.dimension not in _PERSONS or money.amount.dimension != "元":
            continue
        if not heads.amount.value or not _is_sum(money):
            continue
        each = money.amount.value / heads.amount.value
        if each < 1 or each > 1_000_000:
            line = f"{money.amount.written} ÷ {heads.amount.written} = {printed(each, 2)}元"
            message = Text(f"单位可能有误：{line}", f"the unit looks wrong: {line} a head")
            yield finding("unit", message, (heads, money), WARNING)
