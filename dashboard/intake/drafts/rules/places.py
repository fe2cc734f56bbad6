"""Checks means a place: money or posts ÷ places, posts × places, and what was added to a stock."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import DraftFinding, contradiction, in_unit_of
from dashboard.intake.drafts.mention import CHANGE, TARGET, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import GAP, M, Sentence, comparable, exact

_PLACES = frozenset("个 家 处 所 座 支".split())
_EACH = re.compile(
    r"^(?P<mean>平均)?每(?P<unit>[个家处所座支])?(?P<noun>[\u4e00-\u9fff]{0,10}?)"
    r"(?:配备|配置|配|投入|补助|资助|奖补|扶持|给予|安排|为|有)?(?:社工|专职社工|工作人员|人员|资金|经费)?$"
)
_TOGETHER = re.compile("^(?:共|共计|合计|总计)(?:配备|投入|安排|补助|有)?(?:资金|社工|人员)?$")
NEAR = 16  # counts before a mean that are looked at


def check_places(read: ReadDraft) -> Iterator[DraftFinding]:
    """What each place has against all of them together, and stocks against what came to them."""
    stocks: dict[tuple[str, str], Mention] = {}
    for sentence in read.sentences:
        for at, each in enumerate(sentence.mentions):
            match = _EACH.match(each.before) if "每" in each.before else None
            if match and exact(each):
                following = sentence.mentions[at + 1 : at + 2]
                yield from _of_each(each, _last(each, read), following, match)
        yield from _risen(sentence)
        yield from _grown(sentence, stocks)


def _last(each: Mention, read: ReadDraft) -> Sequence[Mention]:
    """The last mentions before one of its passage."""
    passage = read.of_passage[each.passage]
    at = bisect_left(passage, each.place, key=lambda one: one.place)
    return passage[max(at - NEAR, 0) : at]


def _of_each(
    each: Mention,
    before: Sequence[Mention],
    following: Sequence[Mention],
    match: re.Match[str],
) -> Iterator[DraftFinding]:
    """What each place has against the places before it and the total before or after it."""
    totals = _totals(each, before, following, match)
    places = [one for one in before if _is_place(one, match) and one not in totals]
    if not places or not totals or not _are_divisible(totals[0], places[-1], each):
        return
    place, total = places[-1], totals[0]
    due = total.amount.value / place.amount.value
    room = each.amount.step * Decimal("0.6") + total.amount.step / place.amount.value / 2
    if not match["mean"]:
        room = total.amount.step / place.amount.value / 2  # a whole number to each
    fitting = (
        one
        for one in places
        if abs(total.amount.value / one.amount.value - each.amount.value) <= room
    )
    if next(fitting, None) is None:
        quotient = in_unit_of(due, each)
        line = f"{total.amount.written} ÷ {place.amount.written} = {quotient}"
        about = Text("每处平均不符", "the mean a place is wrong")
        yield contradiction("per_place", about, line, each, (place, total, each))


def _totals(
    each: Mention,
    before: Sequence[Mention],
    following: Sequence[Mention],
    match: re.Match[str],
) -> list[Mention]:
    """The total said after what each has; of a mean or of money else the figure just before it."""
    totals = [one for one in following if _TOGETHER.match(one.before)]
    if totals or not (match["mean"] or each.amount.dimension == "元"):
        return totals
    return [one for one in before[-1:] if one.amount.value > each.amount.value]


def _are_divisible(total: Mention, place: Mention, each: Mention) -> bool:
    """Whether the total by the number of places is to be what each has."""
    is_exact = exact(place, total) and place.amount.value != 0
    return is_exact and total.kind != CHANGE and comparable(each, total)


def _is_place(mention: Mention, match: re.Match[str]) -> bool:
    """Whether it counts the places of which a mean speaks, by their unit or by their noun."""
    if mention.amount.dimension not in _PLACES or mention.kind == CHANGE:
        return False
    noun, unit = match["noun"], match["unit"]
    if unit and unit != mention.amount.dimension:
        return False
    if noun:
        return mention.after.startswith(noun[:2]) or noun[:2] in mention.before
    return unit == mention.amount.dimension


_RISEN = re.compile(
    rf"新(?:建|增|开|设|办){GAP}{{0,14}}?(?P<more>{M}),(?:使)?{GAP}{{0,12}}?(?:由|从){GAP}{{0,6}}?(?P<old>{M})"
    rf"(?:增加|增|扩大|上升|提高)?(?:至|到|为)(?P<now>{M})"
)


def _risen(sentence: Sentence) -> Iterator[DraftFinding]:
    """New ones, and the number before and after them: 新建12个,总数由47个增至58个."""
    for match in _RISEN.finditer(sentence.shape):
        more, old, now = sentence.named(match, "more", "old", "now")
        if comparable(more, old, now) and exact(more, old, now):
            yield from _added(old, more, now)


_GROWN = re.compile(
    rf"(?:新增|新建|再建|再增|新设)(?P<noun>{GAP}{{2,12}}?)(?P<more>{M}),(?:累计|总数|总量|共)(?:数)?(?:达到|达|为|至)?"
    rf"(?P<now>{M})"
)


def _grown(sentence: Sentence, stocks: dict[tuple[str, str], Mention]) -> Iterator[DraftFinding]:
    """New ones planned on top of those there are: 累计18家; 新增1家,累计达到20家."""
    for match in _GROWN.finditer(sentence.shape):
        more, now = sentence.named(match, "more", "now")
        if not comparable(more, now) or not exact(more, now):
            continue
        key = (match["noun"], now.amount.dimension)
        old = stocks.get(key)
        if now.kind != TARGET:
            stocks[key] = now
        elif old is not None:
            yield from _added(old, more, now)


def _added(old: Mention, more: Mention, now: Mention) -> Iterator[DraftFinding]:
    due = old.amount.value + more.amount.value
    if due != now.amount.value:
        line = f"{old.amount.written} + {more.amount.written} = {in_unit_of(due, now)}"
        about = Text("原有与新增之和不符", "what there was and what is new do not add up")
        yield contradiction("stock", about, line, now, (old, more, now))
