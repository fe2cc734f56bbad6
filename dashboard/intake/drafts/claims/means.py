"""Judges means: so much a head, a household, a place, a month or per thousand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.claims.derivation import Derivation, Kind, contradicted, quotient
from dashboard.intake.drafts.claims.quantities import (
    EACH,
    LEVEL,
    RATIOS,
    TOTAL,
    Quantity,
    before,
    segments,
)
from dashboard.intake.drafts.finding import DraftFinding

_KIND = Kind("mean", Text("平均数不符", "the mean is wrong"))
_HEADS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile("人均|每人(?!每[月年]标准)|每名|人平均|每位"), frozenset(("人", "人次"))),
    (re.compile("户均|每户"), frozenset(("户", "户次"))),
    (re.compile("次均|每人次|每次"), frozenset(("人次", "次", "户次"))),
    (re.compile("场均|每场"), frozenset(("场", "场次"))),
    (re.compile("期均|每期"), frozenset(("期",))),
    (re.compile("例均|每例"), frozenset(("例",))),
    (re.compile("件均|每件"), frozenset(("件",))),
    (re.compile("处均|每处"), frozenset(("处",))),
    (re.compile("家均|每家"), frozenset(("家",))),
    (re.compile("每对"), frozenset(("对",))),
    (re.compile("每套"), frozenset(("套",))),
    (re.compile("每张"), frozenset(("张",))),
    (re.compile("每平方米"), frozenset(("平方米",))),
    (re.compile("日均|每天|天均|每日"), frozenset(("天",))),
)
_EACH_PLACE = re.compile(r"(?:平均)?每个(?P<noun>[\u4e00-\u9fff]{2,5}?)(?=[拥有配备建组织就日月支补投].*|$)")
_PLACE_MEAN = re.compile(r"(?P<noun>镇街|街镇|乡镇|街道|社区|村居|机构|站点|项目|网格)平均")
_PLACES = frozenset("个 处 家 所 座 支 项".split())
_PER = re.compile(r"每(?P<size>千|万|百)(?P<noun>[名位]?[\u4e00-\u9fff]{0,8}?)(?:拥有|配备|有|的)")
_SIZE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)}
_MONTHLY = re.compile("每月|月均|/月")
_OTHER = re.compile("每[天日餐次年]|日均|年均|/[天日年]|标准|按照|最高|每周")
_STANDARD = re.compile("标准|发放|补助|补贴|给予|按|奖补|慰问")
_BEFORE = 60  # amounts before a mean that are looked at
_LEAST = Decimal("0.001")  # of a mean, by which a wrong one is off at least to be of other figures


def means(made: Sequence[Quantity], earlier: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """Every mean of a sentence; ``earlier`` are the amounts before it in its passage."""
    for group in segments(made):
        for claim in group:
            if claim.role != EACH or claim.dimension in RATIOS or not claim.is_exact:
                continue
            judged = _per_thousand(claim, [*earlier, *before(claim, made)])
            judged = judged or _per_head(claim, before(claim, group), earlier)
            if judged is not None:
                yield judged


def _per_head(
    claim: Quantity, near: Sequence[Quantity], earlier: Sequence[Quantity]
) -> DraftFinding | None:
    heads = _heads(claim, near)
    sums = [one for one in near if one.role in {LEVEL, TOTAL} and not one.is_each]
    sums = [one for one in sums if one.dimension == claim.dimension and one not in heads]
    if not heads and sums:
        passage = claim.mention.passage
        named = [one for one in earlier if one.mention.passage == passage]
        named = [one for one in named if _about_the_same(sums[-1], one)]
        heads = sorted(_heads(claim, named), key=lambda one: one.value)[-1:]
    if not heads or not sums or _OTHER.search(claim.own):
        return None
    months = _months(claim)
    called = [
        derived
        for head in heads[::-1]
        for one in sums[::-1]
        for month in months
        if (derived := _mean(one, head, month)) is not None
    ]
    near = [one for one in called if claim.value * _LEAST <= one.value * 1 <= claim.value / _LEAST]
    return contradicted(_KIND, claim, near, called) if near else None


def _mean(total: Quantity, head: Quantity, months: int) -> Derivation | None:
    derived = quotient(total, head, Decimal(1) / months)
    if derived is None or months == 1:
        return derived
    return Derivation(
        derived.value, derived.room, derived.operands, f"{derived.line} ÷ {months}"
    )


def _months(claim: Quantity) -> tuple[int, ...]:
    """By how many months a sum is divided too: those of its period."""
    if not _MONTHLY.search(claim.own + claim.mention.amount.written):
        return (1,)
    span = claim.mention.period
    return (span.length,) if span is not None and 1 < span.length <= 12 else ()


def _heads(claim: Quantity, near: Sequence[Quantity]) -> list[Quantity]:
    """What a mean divides by: the counts of the unit or of the noun that it names."""
    place = _PLACE_MEAN.search(claim.own) or _EACH_PLACE.search(claim.own)
    counted = [one for one in near if one.role in {LEVEL, TOTAL} and one.is_exact]
    if place:
        named = [one for one in counted if place["noun"] in one.words()]
        return [one for one in named if one.dimension in _PLACES - {claim.dimension}]
    for pattern, units in _HEADS:
        if pattern.search(claim.own):
            return [one for one in counted if one.dimension in units]
    return []


def _per_thousand(claim: Quantity, earlier: Sequence[Quantity]) -> DraftFinding | None:
    """Beds per thousand persons, organisations per ten thousand."""
    per = _PER.search(claim.own)
    if per is None:
        return None
    near = earlier[-_BEFORE:]
    heads = [one for one in near if one.dimension == "人" and _shares(per["noun"], one)]
    sums = [one for one in near if one.dimension == claim.dimension and one.role in {LEVEL, TOTAL}]
    called = [
        derived
        for one in sums[::-1]
        for head in heads[::-1]
        if head.value >= _SIZE["万"] and (derived := quotient(one, head, _SIZE[per["size"]]))
    ]
    return contradicted(_KIND, claim, called, []) if called else None


def _about_the_same(total: Quantity, head: Quantity) -> bool:
    """Whether two figures have two signs in a row in common."""
    words = head.words()
    return any(total.own[at : at + 2] in words for at in range(2, len(total.own) - 1))


def _shares(noun: str, head: Quantity) -> bool:
    """Whether a count is of what is named; of all people where nothing is."""
    words = head.words()
    noun = noun.strip("名位人")
    if not noun or noun in {"常住", "户籍"}:
        return "人口" in words or "居民" in words
    return noun[:1] in words and noun[-1:] in words
