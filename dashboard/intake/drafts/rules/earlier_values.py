"""Checks changes whose base stands elsewhere in the draft: 达到4600张,比2025年增加284张."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dashboard.catalogue.spans import Span
from dashboard.intake.drafts.claims.changes import between
from dashboard.intake.drafts.claims.quantities import BASE, DOWN, UP, Quantity, quantities
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.mention import ACTUAL, CHANGE, PART, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.rules.repetition import subject_key
from dashboard.intake.drafts.sentence import exact

YEAR = 12  # months
_ON_YEAR = re.compile(
    rf"^(?:比|较)(?P<year>去年|上年|20\d\d年)(?:年?[底末])?(?:净|实际)?(?:{UP}|{DOWN})(?:了)?$"
)
Known = dict[tuple[str, str, int], list[Mention]]


def check_earlier_values(read: ReadDraft) -> Iterator[DraftFinding]:
    """A change on a year whose value another sentence states."""
    known: Known | None = None
    for sentence in read.sentences:
        for at, (now, change) in enumerate(pairwise(sentence.mentions)):
            match = _ON_YEAR.match(change.before)
            if match is None or now.kind == CHANGE:
                continue
            known = _by_year(read) if known is None else known
            bases = known.get((subject_key(now), now.amount.dimension, _year(match["year"], now)))
            others = [one for one in bases or () if _is_in_another_sentence(one, now)]
            if len({one.amount.value for one in others}) == 1:
                plain = read.draft.passages[sentence.passage].plain
                level, claim = quantities(plain, sentence.mentions[at : at + 2])
                judged = between(claim, level, _base(others[0]), (level, claim))
                yield from [judged] if judged is not None else []


def _base(mention: Mention) -> Quantity:
    """A figure of another sentence as what a change is measured on."""
    words = (mention.before, mention.before, mention.after)
    return Quantity(mention, -1, *words, BASE, 0, raises=False, is_each=False)


def _is_in_another_sentence(base: Mention, now: Mention) -> bool:
    return base.area == now.area and (base.passage, base.sentence) != (now.passage, now.sentence)


def _year(text: str, now: Mention) -> int:
    """The year a change is measured on; 0 where no phrase or period says."""
    if text[:4].isdecimal():
        return int(text[:4])
    span = now.period
    return span.end.year - 1 if span and span.end.month == YEAR else 0


def _is_of_it(mention: Mention, span: Span) -> bool:
    """Whether it is of one year or a stock at the end of more: 五年来由3120张增加到4316张."""
    return span.length <= YEAR or mention.before.endswith(("到", "至", "达"))


def _by_year(read: ReadDraft) -> Known:
    """The exact figures of whole years or their ends, by subject, unit and year."""
    known: Known = {}
    for mention in read.mentions:
        span = mention.period
        usable = mention.kind == ACTUAL and mention.relation != PART and exact(mention)
        if usable and span and span.end.month == YEAR and _is_of_it(mention, span):
            key = (subject_key(mention), mention.amount.dimension, span.end.year)
            known.setdefault(key, []).append(mention)
    return {key: mentions for key, mentions in known.items() if key[0]}
