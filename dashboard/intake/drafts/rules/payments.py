"""Checks payments: what was paid against what came in, against standards and heads, a head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import (
    NOTE,
    WARNING,
    DraftFinding,
    finding,
    in_unit_of,
    printed,
)
from dashboard.intake.drafts.mention import ACTUAL, STANDARD, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import GAP, M, Sentence, comparable, exact

YEAR = 12  # months
_IN = "募集|筹集|筹措|收入|到位|下达|接[收受]捐赠|接收|收到|募捐|安排"
_OUT = "支出|拨付|使用|发放|支付"
_RAISED = re.compile(
    rf"(?:{_IN}){GAP}{{0,14}}?(?P<raised>{M})(?:\([^()]*\))?[,、]{GAP}{{0,10}}?(?:{_OUT}){GAP}{{0,10}}?(?P<spent>{M})"
)
_ARRANGED = re.compile(rf"安排(?P<what>{GAP}{{0,12}}?)(?:资金)?(?:投入)?(?P<raised>{M})")
_PAID_OUT = re.compile(rf"(?:拨付|支出)(?P<what>{GAP}{{0,12}}?)(?:资金)?(?P<spent>{M})")
_PLACED = re.compile(
    rf"为(?P<heads>{M})(?P<who>{GAP}{{2,24}}?)(?:发放|落实)(?P<what>{GAP}{{2,12}}?)(?P<money>{M})"
)
_LIVING = re.compile("保障金|基本生活|生活费|低保金|供养金|津贴|养育费")
_MOST_A_MONTH = 4000  # yuan a head: above every living allowance that is paid by the month
_FLAT = re.compile("直补|直接补[贴助]|慰问金|一次性")
_FLAT_PAID = re.compile(
    rf"(?:人数|对象|户数)?{GAP}{{0,4}}(?P<heads>{M}){GAP}{{0,4}},(?:累计|共|全年|已)*发放(?P<what>{GAP}{{0,12}}?)(?P<money>{M})"
)
_ROUND = Decimal(100)
_NEARLY = Decimal("0.005")
_GROUP = re.compile("(集中|分散)(?:供养|养育)?|(城市|农村)低保|(孤儿)|(特困)")
_TENTH = Decimal("0.1")


def check_payments(read: ReadDraft) -> Iterator[DraftFinding]:
    """Money of a draft against what it was paid from and to whom."""
    before: Sentence | None = None
    for sentence in read.sentences:
        yield from _spent(sentence)
        if before is not None and before.passage == sentence.passage:
            yield from _arranged(before, sentence)
        yield from _too_much(sentence)
        yield from _flat(sentence)
        before = sentence
    yield from _by_standard(read)


def _spent(sentence: Sentence) -> Iterator[DraftFinding]:
    """More spent than raised: possible with a balance carried over, so only a note."""
    for match in _RAISED.finditer(sentence.shape):
        raised, spent = sentence.named(match, "raised", "spent")
        if comparable(raised, spent) and raised.amount.dimension == "元":
            yield from _beyond(raised, spent)


def _beyond(raised: Mention, spent: Mention) -> Iterator[DraftFinding]:
    if exact(raised, spent) and spent.amount.value > raised.amount.value:
        message = Text(
            f"支出 {spent.amount.written} 大于收入 {raised.amount.written}；有上年结余才可能",
            f"{spent.amount.written} spent of {raised.amount.written} received: possible only"
            " with a balance carried over",
        )
        yield finding("spent", message, (raised, spent), NOTE)


def _arranged(before: Sentence, sentence: Sentence) -> Iterator[DraftFinding]:
    """More paid out than the sentence before arranged for the same purpose, by a little."""
    arranged = _of_money(_ARRANGED, "raised", before)
    paid = _of_money(_PAID_OUT, "spent", sentence)
    if arranged is None or paid is None:
        return
    raised, spent = before.mention(arranged["raised"]), sentence.mention(paid["spent"])
    texts = [before.text(before.shape), sentence.text(sentence.shape)]
    words = (arranged["what"], paid["what"])
    pairs = {text[at : at + 2] for text in words for at in range(len(text) - 1)} - _PLAIN
    alike = any(all(pair in text for text in texts) for pair in pairs)
    near = spent.amount.value <= raised.amount.value * (1 + _TENTH)
    if alike and near:
        yield from _beyond(raised, spent)


def _of_money(pattern: re.Pattern[str], name: str, sentence: Sentence) -> re.Match[str] | None:
    """The first match whose amount is money."""
    matches = pattern.finditer(sentence.shape)
    return next((one for one in matches if _is_money(sentence.mention(one[name]))), None)


def _is_money(mention: Mention) -> bool:
    return mention.amount.dimension == "元"


_PLAIN = {"资金", "补助", "补贴", "投入", "专项", "金投"}


def _months(mention: Mention) -> int:
    span = mention.period
    return span.end.month if span and (span.from_january or span.length in (0, YEAR)) else 0


def _too_much(sentence: Sentence) -> Iterator[DraftFinding]:
    """A living allowance that comes to more a head and month than any standard."""
    for match in _PLACED.finditer(sentence.shape):
        heads, money = sentence.named(match, "heads", "money")
        months = _months(money)
        if heads.amount.dimension != "人" or money.amount.dimension != "元" or not months:
            continue
        if not _LIVING.search(match["what"]) or not heads.amount.value or not exact(heads, money):
            continue
        each = money.amount.value / heads.amount.value
        if each / months > _MOST_A_MONTH:
            line = f"{money.amount.written} ÷ {heads.amount.written} = {printed(each, 0)}元"
            message = Text(
                f"人均偏高：{line}，{months} 个月每月 {printed(each / months, 0)}元：请核对",
                f"much a head: {line} in {months} months",
            )
            yield finding("per_head", message, (heads, money), WARNING)


def _flat(sentence: Sentence) -> Iterator[DraftFinding]:
    """A payment of one sum a head that comes nearly, not exactly, to a round sum."""
    for match in _FLAT_PAID.finditer(sentence.shape):
        heads, money = sentence.named(match, "heads", "money")
        flat = _FLAT.search(match["what"] + money.before)
        counted = heads.amount.dimension in {"人", "户"} and money.amount.dimension == "元"
        if not flat or not counted or not exact(heads, money) or not heads.amount.value:
            continue
        each = money.amount.value / heads.amount.value
        near = (each / _ROUND).quantize(Decimal(1), ROUND_HALF_UP) * _ROUND
        off = abs(near * heads.amount.value - money.amount.value)
        if near and money.amount.step < off and abs(each - near) / near <= _NEARLY:
            due = in_unit_of(near * heads.amount.value, money)
            line = f"{money.amount.written} ÷ {heads.amount.written} = {printed(each, 1)}元"
            message = Text(
                f"人均接近 {printed(near)}元而不等：{line}（{printed(near)}元应为 {due}）：请核对",
                f"nearly {printed(near)} yuan a head: {line}; that would be {due}",
            )
            yield finding("per_head", message, (heads, money), NOTE)


def _by_standard(read: ReadDraft) -> Iterator[DraftFinding]:
    """Persons of a group times its monthly standard times the months, against what was paid."""
    for mentions in read.of_passage.values():
        standards = {_group(one): one for one in mentions if _is_monthly(one)}
        for at, heads in enumerate(mentions[:-1]):
            money, standard = mentions[at + 1], standards.get(_group(heads))
            if standard is None or not _group(heads) or not _is_paid(heads, money, read):
                continue
            months = _months(money)
            due = heads.amount.value * standard.amount.value * months
            is_off = abs(money.amount.value - due) > due * _TENTH
            if due and is_off and exact(heads, money, standard):
                line = (
                    f"{heads.amount.written} × {standard.amount.written} × {months} 个月"
                    f" = {in_unit_of(due, money)}"
                )
                message = Text(
                    f"人数、标准与金额不符：{line}，写的是 {money.amount.written}",
                    f"heads, standard and money do not fit: {line}, printed is"
                    f" {money.amount.written}",
                )
                yield finding("each_times", message, (standard, heads, money), WARNING)


def _is_monthly(mention: Mention) -> bool:
    words = mention.before + mention.amount.written
    return mention.kind == STANDARD and bool(re.search("每人每月|每月每人|人·月|/月", words))


def _group(mention: Mention) -> str:
    """The group of persons that words name: 集中, 分散, 城市低保; "" where they name none."""
    match = _GROUP.search(mention.before)
    return next((name for name in match.groups() if name), "") if match else ""


def _is_paid(heads: Mention, money: Mention, read: ReadDraft) -> bool:
    """Whether money follows persons in one sentence as what they were paid since January."""
    plain = read.draft.passages[heads.passage].plain
    between = plain[heads.amount.end : money.amount.start]
    same = heads.sentence == money.sentence and len(between) < 30
    counted = heads.amount.dimension == "人" and money.amount.dimension == "元"
    dated = re.search(r"半年|全年|\d-\d{1,2}月", between + money.period_text) is not None
    paid = re.search("发放|支出", between) and not re.search("均|每", between)
    return same and counted and dated and bool(paid) and money.kind == ACTUAL
