"""Checks ranks: a rank that rises or falls, and by how many places: 由第9名上升到第4名,前进5位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.forms.chinese_numerals import chinese_number

_NUMBER = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_RISES = "上升|升|前移|跃升|跃居|提升|前进|晋升|攀升|进位"
_FALLS = "下降|降|后退|退居|退|下滑|滑落|跌|回落"
_MOVED = re.compile(
    rf"(?:由|从)[^。;,]{{0,16}}?第?(?P<then>{_NUMBER})(?:名|位)?[^。;,\d]{{0,8}}?"
    rf"(?P<verb>{_RISES}|{_FALLS})(?:至|到|为)?[^。;,\d]{{0,10}}?第(?P<now>{_NUMBER})(?:名|位)?"
    rf"(?:[,(、](?:同比|较上年|比上年|一年)?(?P<by>{_RISES}|{_FALLS})(?:了)?(?P<places>{_NUMBER})个?"
    r"(?:位次|名次|位|名))?"
)

_AGAINST = re.compile(
    rf"第(?P<now>{_NUMBER})(?:名|位)?[,(](?:比|较)[^。;,\d]{{0,14}}?第(?P<then>{_NUMBER})(?:名|位)?(?:的)?"
    rf"(?P<verb>{_RISES}|{_FALLS})(?P<by>)(?:了)?(?:(?P<places>{_NUMBER})个?(?:位次|名次|位|名))?"
)


def check_ranks(read: ReadDraft) -> Iterator[DraftFinding]:
    """Two ranks against the word between them and the number of places moved."""
    for number, passage in enumerate(read.draft.passages):
        if "第" not in passage.plain:
            continue
        for match in (*_MOVED.finditer(passage.plain), *_AGAINST.finditer(passage.plain)):
            then, now = chinese_number(match["then"]), chinese_number(match["now"])
            if then is None or now is None or then == now:
                continue
            spot = (number, match.start(), match.end())
            wrong = _direction(match, then, now) or _places(match, then, now)
            if wrong is not None:
                yield DraftFinding("rank", "error", wrong, (spot,))


def _direction(match: re.Match[str], then: Decimal, now: Decimal) -> Text | None:
    """A rank that is said to rise though its number grew, or to fall though it shrank."""
    for verb in filter(None, (match["verb"], match["by"])):
        if (now < then) != bool(re.match(_RISES, verb)):
            return Text(
                f"名次方向不符：第 {then} → 第 {now}，写的是“{verb}”",
                f"the rank moved the other way: {then} → {now}, but the text says {verb}",
            )
    return None


def _places(match: re.Match[str], then: Decimal, now: Decimal) -> Text | None:
    places = chinese_number(match["places"]) if match["places"] else None
    due = abs(then - now)
    if places is None or places == due:
        return None
    return Text(
        f"名次之差不符：第 {then} → 第 {now} 是 {due} 位，写的是 {places} 位",
        f"the ranks are not so far apart: {then} → {now} is {due} places, printed is {places}",
    )
