"""Judges rows of figures: 逐季回落 that rises, 连续6年 of five years, 三次 of four years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.intake.drafts.claims.quantities import CHANGE, EACH, Quantity
from dashboard.intake.drafts.finding import ERROR, DraftFinding, finding
from dashboard.intake.forms.chinese_numerals import chinese_number

_STEADY = re.compile(
    r"(?:逐[年季月]|连年|连续[^,。;]{0,6}?|持续|稳步|逐步)(?:(?P<up>增长|上升|增加|提高|攀升|递增|走高)|(?P<down>下降|回落|减少|下滑|降低|递减|走低))"
)
_TIMED = re.compile(r"20\d\d年|[一二三四]季度|\d{1,2}月|[上下]半年")
_NUMBER = r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_YEARS = re.compile(rf"连续{_NUMBER}年\(?(?P<first>20\d\d)年?[-至到](?P<last>20\d\d)年")
_TIME = r"(?:20\d\d年(?:\d{1,2}月)?|\d{1,2}月(?:\d{1,2}日)?)"
_TIMES = re.compile(rf"(?P<times>{_TIME}(?:[、和及,]{_TIME})+)[^,。;、\d]{{0,4}}{_NUMBER}次")
_LEAST = 3


def rows(made: Sequence[Quantity], plain: str) -> Iterator[DraftFinding]:
    """A sentence that says its figures rise or fall steadily, and has one that does not."""
    start, end = made[0].mention.sentence
    for match in _STEADY.finditer(plain, start, end):
        row = _row(made, match.end())
        up = match["up"] is not None
        wrong = [pair for pair in pairwise(row) if (pair[1].value > pair[0].value) != up]
        if len(row) >= _LEAST and wrong:
            before, after = (one.mention.amount.written for one in wrong[0])
            message = Text(
                f"方向不符：写的是“{match[0]}”，{before} → {after}",
                f"the direction is wrong: {before} → {after}, but the text says {match[0]}",
            )
            yield finding("direction", message, [one.mention for one in row])


def _row(made: Sequence[Quantity], start: int) -> list[Quantity]:
    """The figures of one unit after a place, each with its time, as long as they follow."""
    row: list[Quantity] = []
    for one in made:
        if one.mention.amount.start < start:
            continue
        same = not row or one.dimension == row[0].dimension
        if not same or one.role in {CHANGE, EACH} or not _TIMED.search(one.lead):
            break
        row.append(one)
    return row


def counted_times(plain: str, number: int) -> Iterator[DraftFinding]:
    """Years and occasions of passage ``number`` against how many the text counts."""
    for match in _YEARS.finditer(plain):
        due = int(match["last"]) - int(match["first"]) + 1
        yield from _counted(match, due, number)
    for match in _TIMES.finditer(plain):
        yield from _counted(match, len(re.findall(_TIME, match["times"])), number)


def _counted(match: re.Match[str], due: int, number: int) -> Iterator[DraftFinding]:
    number_text = match["number"]
    stated = Decimal(number_text) if number_text.isdecimal() else chinese_number(number_text)
    if stated is None or stated == due:
        return
    message = Text(
        f"列了 {due} 项，写的是“{match[0]}”",
        f"{due} are listed, the text says {match[0]}",
    )
    yield DraftFinding("counted", ERROR, message, ((number, *match.span()),))
