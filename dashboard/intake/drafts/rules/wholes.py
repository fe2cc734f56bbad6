"""Checks wholes whose parts follow without 其中: 投入165万元,县级65万元、社会110万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.intake.drafts.amounts import PERCENT
from dashboard.intake.drafts.finding import DraftFinding, finding
from dashboard.intake.drafts.mention import TOTAL, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.rules.parts import counts, splits_completely, sum_text
from dashboard.intake.drafts.sentence import M, Sentence, comparable, exact, slack, sum_of
from dashboard.intake.forms.chinese_numerals import chinese_number

_BRACKETS = re.compile(r"\([^()]*\)")
_SHARE = re.compile(
    rf"[,、]?(?:约|各|均)?(?:占|完成)(?:比)?[^,、。;:\ue000-\uf8ff]{{0,10}}(?P<share>{M})"
)
_WORDS = r"[^。;,:、\ue000-\uf8ff]"
_ITEM = rf"{_WORDS}{{1,18}}{M}{_WORDS}{{0,6}}"
_STATUS = "(?:已|正在?|在建|未|尚|剩余|剩|其余|待|还有|仍有|拟)"
_AFTER = r"(?=[。;,)!]|$)"
_ENDS = r"(?=[。;!]|$)"
_LISTED = re.compile(
    rf"(?P<total>{M}){_WORDS}{{0,10}}[,:](?P<cue>(?:按(?:照)?[^,。;:\ue000-\uf8ff]{{2,10}},)?)"
    rf"(?P<parts>{_ITEM}(?:、{_ITEM}){{1,12}}){_AFTER}"
)
_OUT_OF = re.compile(
    rf"(?P<total>{M}){_WORDS}{{1,12}}中[,:]?(?P<parts>{_ITEM}(?:[、,]{_ITEM}){{1,6}}){_ENDS}"
)
_STATES = re.compile(
    rf"(?P<total>{M}){_WORDS}{{0,10}},(?P<parts>{_STATUS}{_ITEM}(?:[、,]{_STATUS}{_ITEM}){{1,5}}){_ENDS}"
)
_IN_CLAUSES = re.compile(
    rf"(?P<total>{M}){_WORDS}{{0,10}},(?P<parts>{_ITEM}(?:,{_ITEM}){{1,3}}){_AFTER}"
)
_TOGETHER = re.compile(
    rf"(?P<parts>{M}{_WORDS}{{0,8}}(?:[、和]{_WORDS}{{0,8}}{M}{_WORDS}{{0,8}}){{1,8}})(?:,?共|(?:,{_WORDS}{{0,10}})?(?:合计|共计|总计))"
    rf"(?:有|计)?(?P<total>{M})"
)
_OF_SEVERAL = re.compile(
    rf"(?P<count>[两二三四五六])(?:项|类|者)(?:业务|工作|资金|登记|事项)?(?:合计|共计|总计|相加)"
    rf"{_WORDS}{{0,8}}(?P<total>{M})"
)
_STATED = re.compile(
    "投入|投资|筹集|筹措|安排|到位|争取|募集|接收|发放|支出|使用|总|共|各类|累计|合计"
)
_AGAINST = re.compile("(?:比|较|由|从)[^,;。]*$")
_NEAR, _LESS_NEAR = Decimal("0.12"), Decimal("0.25")  # of a whole by which a wrong sum is off
_MANY = 3  # parts; a whole and two parts


def check_wholes(read: ReadDraft) -> Iterator[DraftFinding]:
    """Parts that nearly make up the whole before or after them, but not quite."""
    for sentence in read.sentences:
        if len(sentence.mentions) < _MANY:
            continue
        yield from _several(sentence)
        shape = _without_asides(sentence)
        for pattern in (_LISTED, _IN_CLAUSES, _OUT_OF, _STATES, _TOGETHER):
            for match in pattern.finditer(shape):
                total, parts = sentence.mention(match["total"]), sentence.all_in(match["parts"])
                yield from _judged(total, parts, _room(match, total, parts))


def _room(match: re.Match[str], total: Mention, parts: Sequence[Mention]) -> Decimal:
    """By which share of a whole its parts may miss it and still be meant to make it up."""
    if match.re is _LISTED and not match["cue"]:
        return _NEAR if _is_stated(total, parts) else Decimal(0)
    if match.re is _IN_CLAUSES:
        return _NEAR if splits_completely(parts) else Decimal(0)
    return _LESS_NEAR


def _several(sentence: Sentence) -> Iterator[DraftFinding]:
    """The last so many counts, of whatever unit, against 三项合计: 对 and 件 are cases alike."""
    for match in _OF_SEVERAL.finditer(sentence.shape):
        total = sentence.mention(match["total"])
        count = int(chinese_number(match["count"]) or 0)
        before = sentence.mentions[: sentence.mentions.index(total)]
        parts = [one for one in before if counts(one)][-count:]
        is_money = [one.amount.dimension == "元" for one in (total, *parts)]
        if len(parts) != count or any(is_money) != all(is_money) or not exact(total, *parts):
            continue
        together = sum_of(parts)
        off = abs(together - total.amount.value)
        if slack(total, *parts) < off <= total.amount.value * _LESS_NEAR:
            yield finding("parts", sum_text(total, parts, together), (total, *parts))


def _without_asides(sentence: Sentence) -> str:
    """A sentence's shape without brackets and without the share that a part is of its whole."""
    flat = _BRACKETS.sub("", sentence.shape)
    return _SHARE.sub(
        lambda match: (
            "" if sentence.mention(match["share"]).amount.dimension == PERCENT else match[0]
        ),
        flat,
    )


def _is_stated(total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a figure before a list is its whole, and not the first of its kind."""
    if splits_completely(parts) or total.relation == TOTAL:
        return True
    return len(parts) >= _MANY and _STATED.search(total.before) is not None


def _judged(total: Mention, parts: Sequence[Mention], near: Decimal) -> Iterator[DraftFinding]:
    """A finding where parts of the whole's unit make another sum that is near to it."""
    usable = comparable(total, *parts) and exact(total, *parts) and "其中" not in parts[0].before
    if not usable or not all(counts(one) for one in (total, *parts)):
        return
    if _AGAINST.search(total.before) or max(one.amount.value for one in parts) > total.amount.value:
        return
    together = sum_of(parts)
    off = abs(together - total.amount.value)
    if slack(total, *parts) < off <= total.amount.value * near:
        yield finding("parts", sum_text(total, parts, together), (total, *parts))
