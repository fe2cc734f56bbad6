"""Checks the wording of changes: signs stated twice, points of counts, 同比 of months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES
from dashboard.intake.drafts.claims.changes import no_points
from dashboard.intake.drafts.claims.quantities import DOWN, UP
from dashboard.intake.drafts.finding import WARNING, DraftFinding, finding
from dashboard.intake.drafts.mention import CHANGE
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import GAP, M, Sentence, exact


def check_changes(read: ReadDraft) -> Iterator[DraftFinding]:
    """Units and signs of changes, what lies above or below another, and mixed comparisons."""
    for sentence in read.sentences:
        yield from _signs(sentence)
        yield from _points_of_counts(sentence)
        yield from _points_of_what_is_counted(sentence)
        yield from _points_of_rates(sentence)
        yield from _words(sentence)


_DOUBLE = re.compile(rf"(?:{UP}|{DOWN})(?:了|幅度|率)?(?:为|达)?(?P<change>{M})")


def _signs(sentence: Sentence) -> Iterator[DraftFinding]:
    """A verb of change with a negative figure: 下降-3%."""
    for match in _DOUBLE.finditer(sentence.shape):
        change = sentence.mention(match["change"])
        if change.amount.value < 0:
            message = Text(
                f"增减的方向写了两次：“{sentence.text(match[0])}”",
                f"the direction is stated twice: {sentence.text(match[0])}",
            )
            yield finding("sign", message, (change,))


_IS_RATE = re.compile("(?:率|满意度|占比|比重|比例)(?:为|达到|达|是)?$")
_ON_BASE = re.compile(rf"^(?:同比|环比|(?:比|较)[^,;。]{{1,8}}?)(?:{UP}|{DOWN})(?:了)?$")
_AT_ONCE = 16  # characters between a rate and its change
_COUNTED_POINTS = re.compile(
    rf"(?P<level>{M})[,(]?(?:同比|环比|(?:比|较){GAP}{{2,10}}?)(?:{UP}|{DOWN})(?:了|约)?(?P<change>{M})"
)


def _points_of_counts(sentence: Sentence) -> Iterator[DraftFinding]:
    """A quantity, no rate, that grew by percentage points."""
    for match in _COUNTED_POINTS.finditer(sentence.shape):
        level, change = sentence.named(match, "level", "change")
        plain = level.amount.dimension not in {PERCENT, POINTS, TIMES, ""}
        if plain and change.amount.dimension == POINTS:
            yield no_points(change, [level])


_COUNTED = re.compile(
    r"(?:登记|人数|人次|户数|件数|家数|对数|床位|床位数|数量|总数|总量|总额|资金|支出|收入|销量|销售额|募集额|登记量|办理量"
    r"|对象|机构|社会组织|机构数|儿童|老人|老年人|残疾人)(?:同比|环比|(?:比|较)[^,;。]{1,8}?)"
    r"(?:增长|增加|上升|提高|下降|降低|减少|回落)(?:了|约)?$"
)
_RATE = re.compile("率|占|比重|比例|比值|度|份额|%")


def _points_of_rates(sentence: Sentence) -> Iterator[DraftFinding]:
    """A rate and its change in per cent at once: 满意度99.2%,较去年提高1.2%."""
    for rate, change in pairwise(sentence.mentions):
        if change.kind != CHANGE or change.amount.dimension != PERCENT:
            continue
        is_level = rate.amount.dimension == PERCENT and rate.kind != CHANGE
        is_rate = is_level and _IS_RATE.search(rate.before)
        if is_rate and _ON_BASE.match(change.before) and exact(rate, change):
            if change.amount.start - rate.amount.end <= _AT_ONCE:
                written = change.amount.written
                message = Text(
                    f"百分率的增减应写个百分点：{rate.amount.written}，写的是 {written}",
                    f"the change of a rate is in percentage points: {rate.amount.written}, printed"
                    f" is {written}",
                )
                yield finding("points", message, (rate, change), WARNING)


def _points_of_what_is_counted(sentence: Sentence) -> Iterator[DraftFinding]:
    """Words that name a count, and its change in percentage points: 离婚登记同比下降4.5个百分点."""
    for mention in sentence.mentions:
        counted = _COUNTED.search(mention.before)
        if mention.amount.dimension == POINTS and counted and not _RATE.search(mention.before):
            yield no_points(mention)


_MIXED = re.compile(
    r"(?:比|较)(?:去年|上年)(?:同期|同月)?[^。;,]{0,6}环比|(?:比|较)上(?:月|季度?)[^。;,]{0,6}同比"
    r"|同比上(?:月|季度)|环比(?:去年|上年)同期"
)


def _words(sentence: Sentence) -> Iterator[DraftFinding]:
    """同比 with the month before, 环比 with the year before."""
    for match in _MIXED.finditer(sentence.shape):
        following = sentence.all_in(sentence.shape[match.start() :])
        marked = following[:1] or list(sentence.mentions[-1:])
        message = Text(
            f"“{match[0]}”：同比是与上年同期比，环比是与上一期比",
            f"{match[0]}: 同比 compares with a year before, 环比 with the period before",
        )
        yield finding("compared_with", message, marked)
