"""Checks sums of lists: a total that 分别 or a colon divides, months and years against a total."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dashboard.intake.drafts.finding import DraftFinding, finding
from dashboard.intake.drafts.mention import Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.rules.parts import counts, sum_text
from dashboard.intake.drafts.sentence import M, Sentence, comparable, exact, slack, sum_of

_ITEM = r"[^。;,:()、\ue000-\uf8ff]{0,16}"
_IN_TURN = re.compile(
    rf"(?:各月|逐月|分月|\d{{1,2}}月?(?:-|至|到)\d{{1,2}}月(?:份)?|各?季度|各年|20\d\d年?(?:-|至|到)20\d\d年)(?:度)?"
    rf"分别{_ITEM}(?P<parts>{M}(?:[、和]{M}){{2,30}})"
)
_QUARTERS = re.compile(
    rf"(?P<parts>一季度{_ITEM}{M}[^。;\ue000-\uf8ff]{{0,8}}[、,]二季度{_ITEM}{M}[^。;\ue000-\uf8ff]{{0,8}}[、,]三季度{_ITEM}{M}"
    rf"[^。;\ue000-\uf8ff]{{0,8}}[、,](?:和)?四季度{_ITEM}{M})"
)
MOST_BEFORE = 60  # counts before a list that are looked at
_CLOSE = 10  # the share of a total, as its tenth, by which a wrong sum is off at most


_RESPECTIVELY = re.compile(rf"分别{_ITEM}(?P<parts>{M}(?:[、和]{M}){{2,30}})")
_VERY_CLOSE = 50
_LEAST = 100  # a total of fewer is met by chance


def check_sums(read: ReadDraft) -> Iterator[DraftFinding]:
    """Totals of a passage against the lists that divide them."""
    for sentence in read.sentences:
        yield from _in_turn(sentence, read.of_passage[sentence.passage])


def _judged(total: Mention, parts: Sequence[Mention], rule: str) -> Iterator[DraftFinding]:
    together = sum_of(parts)
    off = abs(together - total.amount.value)
    if exact(total, *parts) and off > slack(total, *parts):
        yield finding(rule, sum_text(total, parts, together), (total, *parts))


def _in_turn(sentence: Sentence, passage: Sequence[Mention]) -> Iterator[DraftFinding]:
    """Every month's or year's figure against the total before them that they nearly make."""
    for match in (*_IN_TURN.finditer(sentence.shape), *_QUARTERS.finditer(sentence.shape)):
        parts = sentence.all_in(match["parts"])
        yield from _nearly(parts, passage, _CLOSE, "months")
    for match in _RESPECTIVELY.finditer(sentence.shape):
        parts = sentence.all_in(match["parts"])
        yield from _nearly(parts, passage, _VERY_CLOSE, "parts")


def _nearly(
    parts: Sequence[Mention], passage: Sequence[Mention], close: int, rule: str
) -> Iterator[DraftFinding]:
    """Parts against the last total before them that their sum misses by a small share."""
    at = bisect_left(passage, parts[0].place, key=lambda one: one.place)
    before = [one for one in passage[max(at - MOST_BEFORE, 0) : at] if counts(one)]
    totals = [one for one in before if comparable(one, *parts) and one.amount.value >= _LEAST]
    together = sum_of(parts)
    if any(abs(one.amount.value - together) <= slack(one, *parts) for one in totals):
        return
    near = [one for one in totals if abs(one.amount.value - together) * close <= together]
    if near and all(counts(part) for part in parts):
        yield from _judged(near[-1], parts, rule)
