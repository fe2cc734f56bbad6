"""Checks units by size: a sum a head in 万元, beds by the ten thousand, a total in plain yuan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import WARNING, DraftFinding, finding
from dashboard.intake.drafts.mention import CHANGE, STANDARD, Mention
from dashboard.intake.drafts.mentions import ReadDraft

_A_HEAD = re.compile(r"(?:人均|户均|次均|月均每[人户]|每[人户名位](?!均)|每月每人)[^,;。]{0,12}$")
_MOST_A_HEAD = Decimal(500_000)  # yuan: above every allowance, standard and grant to one person
_MOST_A_MONTH = Decimal(50_000)
_FEW = frozenset("张 家 处 所 座 对 个 支".split())  # counted in thousands by a county at most
_ENORMOUS = Decimal(100_000)
_TIMES = 100  # a count so many times every other of its unit is out of scale
_PAID = re.compile(
    "(?:发放|支出|拨付|募集|筹集|投入|到位|下达|兑付)[^,;。]{0,12}?(?:资金|补贴|补助|津贴|救助金|低保金|供养金|善款|生活费|金)"
    "(?:共计|共|合计|达|为)?$"
)
_OF_ONE = re.compile("均|每|标准|一次性|奖励|罚|单价|/")
_LEAST_SUM = Decimal(100_000)
_LEAST_IN_TEN_THOUSANDS = 3  # sums in 万元 by which a draft shows how it states money


def check_units(read: ReadDraft) -> Iterator[DraftFinding]:
    """Amounts whose size shows that their unit is not the one meant."""
    greatest = _greatest(read)
    in_ten_thousands = sum(one.amount.unit.startswith("万元") for one in read.mentions)
    for mention in read.mentions:
        too_much = _is_too_much_a_head(mention) or _is_out_of_scale(mention, greatest)
        too_little = in_ten_thousands >= _LEAST_IN_TEN_THOUSANDS and _is_bare_sum(mention)
        if too_much or too_little:
            words = f"{mention.before[-12:]}{mention.amount.written}"
            message = Text(f"单位可能有误：{words}", f"the unit looks wrong: {words}")
            yield finding("unit", message, (mention,), WARNING)


def _is_too_much_a_head(mention: Mention) -> bool:
    """Whether a sum of one person, household or time is printed in 万元 and beyond belief."""
    amount = mention.amount
    if amount.dimension != "元" or not amount.unit.startswith("万") or mention.kind == CHANGE:
        return False
    a_head = _A_HEAD.search(mention.before)
    if a_head is None or "标准" in mention.before + mention.subject:
        return False  # the rule on standards says so
    most = _MOST_A_MONTH if "月" in mention.before else _MOST_A_HEAD
    return amount.value > most


def _greatest(read: ReadDraft) -> Mapping[str, list[Decimal]]:
    """The two greatest counts of each unit."""
    counts: dict[str, list[Decimal]] = {}
    for mention in read.mentions:
        if mention.amount.dimension in _FEW and mention.kind != CHANGE:
            counts.setdefault(mention.amount.dimension, []).append(mention.amount.value)
    return {unit: sorted(values)[-2:] for unit, values in counts.items()}


def _is_out_of_scale(mention: Mention, greatest: Mapping[str, list[Decimal]]) -> bool:
    """Whether a count with 万 is a hundred times every other count of its unit."""
    amount = mention.amount
    values = greatest.get(amount.dimension, [])
    if len(values) < 2 or amount.value < _ENORMOUS or "万" not in amount.unit:
        return False
    return amount.value == values[-1] and amount.value > values[0] * _TIMES


def _is_bare_sum(mention: Mention) -> bool:
    """Whether a sum paid out has decimals and no 万, in a draft that states money in 万元."""
    amount = mention.amount
    plain = amount.dimension == "元" and amount.unit == "元" and "/" not in amount.written
    if not plain or amount.step >= 1 or amount.value >= _LEAST_SUM:
        return False
    apart = mention.kind in {CHANGE, STANDARD} or _OF_ONE.search(mention.before + mention.after[:4])
    return not apart and _PAID.search(mention.before) is not None
