"""Judges rows of figures: 逐季回落 that rises, 连续6年 of five years, 三次 of four years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.intake.drafts.claims.quantities import CHANGE, EACH, REST, Quantity, stretch
from dashboard.intake.drafts.finding import ERROR, DraftFinding, finding
from dashboard.intake.forms.chinese_numerals import chinese_number

_STEADY = re.compile(
    r"(?:逐[年季月]|连年|连续[^,。;]{0,6}?|持续|稳步|逐步)(?:(?P<up>增长|上升|增加|提高|攀升|递增|走高)|(?P<down>下降|回落|减少|下滑|降低|递减|走低))"
)
_TIMED = re.compile(r"20\d\d年|[一二三四]季度|\d{1,2}月|[上下]半年")
_NUMBER = r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3})"
_YEARS = re.compile(rf"连续{_NUMBER}年\(?(?P<first>20\d\d)年?[-至到](?P<last>20\d\d)年")
_TIME = r"(?:20\d\d年(?:\d{1,2}月)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日)"
_GAP = r"[^各,。;、\d一二两三四五六七八九十]{0,4}"  # no numeral is cut in two
_MOST = 31  # times in a list
_TIMES = re.compile(
    rf"(?P<times>{_TIME}(?:[、和及,]{_TIME}){{1,{_MOST}}}){_GAP},?{_GAP}{_NUMBER}[次场期]"
)
_ONCE_EACH = re.compile("分别[于在]?$")
_NOT_YET = re.compile("^(?:尚|仍)?未(?P<verb>[\u4e00-\u9fff]{2})")
_LEAST = 3


def rows(made: Sequence[Quantity], plain: str) -> Iterator[DraftFinding]:
    """A sentence that says its figures rise or fall steadily, and has one that does not."""
    start, end = stretch(made)
    for match in _STEADY.finditer(plain, start, end):
        row = _in_time(_row(made, match.end()) or _row_before(made, match.start()))
        sign = 1 if match["up"] else -1
        wrong = [pair for pair in pairwise(row) if (pair[1].value - pair[0].value) * sign < 0]
        if len(row) >= _LEAST and wrong:
            before, after = (one.mention.amount.written for one in wrong[0])
            message = Text(
                f"方向不符：写的是“{match[0]}”，{before} → {after}",
                f"the direction is wrong: {before} → {after}, but the text says {match[0]}",
            )
            yield finding("direction", message, [one.mention for one in row])


def _in_time(row: Sequence[Quantity]) -> list[Quantity]:
    """The exact figures by their periods; in the text's order where a period is not read."""
    exact = [one for one in row if one.is_exact]
    ends = {one.order: one.mention.period.end for one in exact if one.mention.period}
    if len(ends) < len(exact):
        return exact
    return sorted(exact, key=lambda quantity: ends[quantity.order])


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


def _row_before(made: Sequence[Quantity], end: int) -> list[Quantity]:
    """The figures of one unit before a place, each with its time: 一季度51条,二季度43条,逐季…."""
    row: list[Quantity] = []
    for one in reversed(made):
        if one.mention.amount.end > end:
            continue
        same = not row or one.dimension == row[0].dimension
        if not same or one.role in {CHANGE, EACH} or not _TIMED.search(one.lead):
            break
        row.insert(0, one)
    return row


def all_done(made: Sequence[Quantity], plain: str) -> Iterator[DraftFinding]:
    """What is said to be done wholly, and then not of some: 全部复核, 7人未复核."""
    for claim in made:
        left = _NOT_YET.match(claim.tail) if claim.role == REST else None
        said = plain[claim.mention.sentence[0] : claim.mention.amount.start].rpartition(";")[2]
        whole = re.search(f"全部{left['verb']}", said) if left else None
        if whole is not None:
            written = claim.mention.amount.written + claim.tail.strip("。")
            message = Text(
                f"前写“{whole[0]}”，后写 {written}",
                f"stated as wholly done ({whole[0]}), then {written}",
            )
            yield finding("all_done", message, [claim.mention])


def counted_times(plain: str, number: int) -> Iterator[DraftFinding]:
    """Years and occasions of passage ``number`` against how many the text counts."""
    for match in _YEARS.finditer(plain):
        due = int(match["last"]) - int(match["first"]) + 1
        stated = chinese_number(match["number"])
        if stated is not None and stated != due:
            yield _miscounted(match, due, number)
    for match in _TIMES.finditer(plain):
        due = len(re.findall(_TIME, match["times"]))
        stated = chinese_number(match["number"])
        once_each = _ONCE_EACH.search(plain[: match.start()][-4:]) is not None
        # several times in one month are no contradiction
        if stated is not None and (stated < due or (once_each and stated > due)):
            yield _miscounted(match, due, number)


def _miscounted(match: re.Match[str], due: int, number: int) -> DraftFinding:
    message = Text(
        f"列了 {due} 项，写的是“{match[0]}”",
        f"{due} are listed, the text says {match[0]}",
    )
    return DraftFinding("counted", ERROR, message, ((number, *match.span()),))
