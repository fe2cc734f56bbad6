"""Checks 年均增长 against the two values and their years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT
from dashboard.intake.drafts.finding import (
    DraftFinding,
    contradiction,
    printed,
)
from dashboard.intake.drafts.mention import Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import GAP, M, Sentence, comparable, exact


def check_rates(read: ReadDraft) -> Iterator[DraftFinding]:
    """Yearly growth against the figures of its sentence."""
    for sentence in read.sentences:
        yield from _compound(sentence)


_COMPOUND = re.compile(
    rf"(?:由|从){GAP}{{0,16}}?(?P<base>{M}){GAP}{{1,10}}?(?:到|至|为){GAP}{{0,14}}?(?P<now>{M}),(?:年均|平均每年|每年平均)"
    rf"(?:增长|递增|提高|增幅|增速){GAP}{{0,4}}?(?P<rate>{M})"
)


def _compound(sentence: Sentence) -> Iterator[DraftFinding]:
    """年均增长 against the two values and their years, compound or plain."""
    for match in _COMPOUND.finditer(sentence.shape):
        base, now, rate = sentence.named(match, "base", "now", "rate")
        years = _between(base, now)
        usable = comparable(base, now) and exact(base, now, rate) and base.amount.value > 0
        if years < 2 or not usable or rate.amount.dimension != PERCENT:
            continue
        quotient = now.amount.value / base.amount.value
        compound = (Decimal(float(quotient) ** (1 / years)) - 1) * 100
        plain = (quotient - 1) * 100 / years
        room = rate.amount.step + Decimal("0.1")
        if all(abs(due - rate.amount.value) > room for due in (compound, plain)):
            line = (
                f"{base.amount.written} → {now.amount.written}，{years} 年，"
                f"年均 {printed(compound, 1)}%"
            )
            about = Text("年均增长不符", "the yearly growth is wrong")
            yield contradiction("growth", about, line, rate, (base, now, rate))


def _between(base: Mention, now: Mention) -> int:
    """The years from the period of one value to that of another; 0 where either has none."""
    if base.period is None or now.period is None:
        return 0
    return now.period.end.year - base.period.end.year
