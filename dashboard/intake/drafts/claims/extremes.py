"""Judges what a sentence says of the order of its figures: 最多的是甲镇680张,其次是乙镇720张."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.intake.drafts.claims.quantities import LEVEL, RATIOS, Quantity, segments, stretch
from dashboard.intake.drafts.finding import DraftFinding, finding

_UP, _DOWN = "多高大长快", "少低小短慢"
_FIRST = re.compile(rf"最(?P<way>[{_UP}{_DOWN}])")
_NAMED_FIRST = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,10}}?)(?:数量|人数|金额|总量)?最(?P<way>[{_UP}{_DOWN}])(?=[,。;)]|$)"
)
_ORDERED = re.compile(
    rf"(?:由|从)(?P<from>[{_UP}{_DOWN}])(?:到|至)[{_UP}{_DOWN}]|(?:排名?|排在|排序|居|位列|位居)(?:全[市区县])?前[\u4e00-\u9fff\d]{{1,3}}"
)
_SAID = re.compile("最|[由从]|[排居列]")
_NOT_ONE_OF_THEM = re.compile("全[市区县省旗国]|平均|合计|共|总|标准|目标|任务")
_ONE_OF_THEM = re.compile(
    rf"其次|再次|最[{_UP}{_DOWN}后]|(?:街道?|[镇乡村县市区旗局所院]|社区|中心|类|型|季度|月|年)(?:的|为|是|有|仅|达|分别)*$"
)
_WAY = {**dict.fromkeys(_UP, 1), **dict.fromkeys(_DOWN, -1)}
_LEAD_IN = re.compile("^(?:其中|以|是|又以|当数|属)+")
_JOINTS = ("、", "和", "及", ",其次", ",再次", ",最后")
_LEAST = 3  # figures of a row


def extremes(made: Sequence[Quantity], plain: str) -> Iterator[DraftFinding]:
    """What is said to be the most or the least, and rows said to be in order."""
    start, end = stretch(made)
    if _SAID.search(plain, start, end) is None:
        return
    for group in segments(made):
        for claim in group:
            said = _FIRST.search(claim.lead)
            if said is not None and claim.role == LEVEL:
                yield from _first(claim, said, group)
        yield from _in_order(group)
    yield from _named(made, plain)


def _row_after(
    claim: Quantity, group: Sequence[Quantity], joint: tuple[str, ...] = ()
) -> list[Quantity]:
    """A figure with those of its unit after it that are the same of others, as they follow.

    In a list each follows a ``joint``; else its own words say that it is one of them.
    """
    row = [claim]
    for one in group:
        if one.order <= claim.order:
            continue
        if one.dimension != claim.dimension:
            break
        words = one.lead
        is_one = words.startswith(joint) if joint else _ONE_OF_THEM.search(words)
        if not is_one or _NOT_ONE_OF_THEM.search(words) or one.role != LEVEL:
            break
        row.append(one)
    return row


def _first(
    claim: Quantity, said: re.Match[str], group: Sequence[Quantity]
) -> Iterator[DraftFinding]:
    """A figure said to be the greatest or the least, against those listed after it."""
    for one in _row_after(claim, group)[1:]:
        if _is_more(one, claim, _WAY[said["way"]]):
            yield _finding(claim, one, said[0])
            return


def _is_more(one: Quantity, other: Quantity, sign: int) -> bool:
    return (one.value - other.value) * sign > 0 and one.is_exact and other.is_exact


def _in_order(group: Sequence[Quantity]) -> Iterator[DraftFinding]:
    """A row that is said to be in order, or to be of the first few."""
    for claim in group:
        said = _ORDERED.search(claim.lead)
        if said is None:
            continue
        row = _row_after(claim, group, _JOINTS)
        sign = _WAY[said["from"]] if said["from"] else 1
        for before, after in pairwise(row):
            if len(row) >= _LEAST and _is_more(after, before, sign):
                yield _finding(before, after, said[0])
                return


def _named(made: Sequence[Quantity], plain: str) -> Iterator[DraftFinding]:
    """A name said to have the most of a row that stands before it: 其中乙街道最多."""
    for match in _NAMED_FIRST.finditer(plain, *stretch(made)):
        name = _LEAD_IN.sub("", match["name"])
        row = [one for one in made if _may_be_in_row(one, match.start())]
        own = [one for one in row if len(name) > 1 and name in one.own]
        if len(own) != 1:
            continue
        others = [one for one in row if _is_like(one, own[0])]
        wrong = [one for one in others if _is_more(one, own[0], _WAY[match["way"]])]
        if len(others) >= _LEAST and wrong:
            yield _finding(own[0], wrong[0], f"{name}最{match['way']}")


def _may_be_in_row(one: Quantity, end: int) -> bool:
    """Whether a figure stands before a place and counts something."""
    is_before = one.mention.amount.end <= end
    return is_before and one.role == LEVEL and one.dimension not in RATIOS


def _is_like(one: Quantity, claim: Quantity) -> bool:
    """Whether two figures of a unit are named by words that end alike: 甲街道, 乙街道."""
    if one.dimension != claim.dimension:
        return False
    names = [_LEAD_IN.sub("", quantity.own) for quantity in (one, claim)]
    return not _NOT_ONE_OF_THEM.search(one.own) and names[0][-1:] == names[1][-1:]


def _finding(first: Quantity, other: Quantity, said: str) -> DraftFinding:
    figures = [one.mention.amount.written for one in (first, other)]
    message = Text(
        f"大小次序不符：写的是“{said}”，而有 {figures[0]} 和 {figures[1]}",
        f"the order is wrong: the text says {said}, yet has {figures[0]} and {figures[1]}",
    )
    return finding("order", message, (first.mention, other.mention))
