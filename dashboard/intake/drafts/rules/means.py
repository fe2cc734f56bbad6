"""Checks means by what is counted: 总投资1.5亿元,建筑面积2.6万平方米,平均每平方米5769元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import UNITS
from dashboard.intake.drafts.finding import DraftFinding, contradiction, in_unit_of
from dashboard.intake.drafts.mention import CHANGE, STANDARD, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.rules.ratios import rounded_to
from dashboard.intake.drafts.sentence import Sentence, comparable, exact

_BASE = {written: unit for unit, forms in UNITS.items() for written in forms}
_COUNTED = (
    "平方米|人次|户次|场次|公里|小时|张|户|人|名|对|具|件|例|份|台|套"
    "|处|所|座|家|个|场|期|次|辆|亩|块"
)
_EACH = re.compile(
    rf"^(?:折合|约合)?(?:(?:平均|均摊)(?:到)?每(?:一)?(?P<unit>{_COUNTED})|(?P<each>[场家处所座件例台套具])均)"
    r"[^年月日天]*$"
)
_OF_A_TIME = re.compile("[年月日天周]")
_ROOM = Decimal("0.1")  # of a mean said to be about right


def check_means(read: ReadDraft) -> Iterator[DraftFinding]:
    """平均每… against the one sum and the one count of its sentence that can give it."""
    for sentence in read.sentences:
        for at, each in enumerate(sentence.mentions):
            match = _EACH.match(each.before) if "均" in each.before else None
            if match and not _OF_A_TIME.search(each.after[:2]):
                yield from _judged(sentence, at, each, match["unit"] or match["each"])


def _judged(sentence: Sentence, at: int, each: Mention, unit: str) -> Iterator[DraftFinding]:
    before = [one for one in sentence.mentions[:at] if one.kind not in {CHANGE, STANDARD}]
    counted = [one for one in before if one.amount.dimension == _BASE.get(unit, unit)]
    sums = [one for one in before if comparable(one, each) and one not in counted]
    if len(counted) != 1 or not sums or not exact(counted[0], *sums) or not counted[0].amount.value:
        return
    if any(_gives(total, counted[0], each) for total in sums):
        return
    yield _wrong(sums, counted[0], each)


def _gives(total: Mention, count: Mention, each: Mention) -> bool:
    due = total.amount.value / count.amount.value
    room = each.amount.step * Decimal("0.6") + due * _rounding(total) + due * _rounding(count)
    room += 0 if each.amount.is_exact else due * _ROOM
    return abs(due - each.amount.value) <= room


def _rounding(mention: Mention) -> Decimal:
    """How far a printed value may be off, as a share of it; nothing for counts."""
    step, value = mention.amount.step, abs(mention.amount.value)
    return step / value / 2 if step != 1 and value else Decimal(0)


def _wrong(sums: Sequence[Mention], count: Mention, each: Mention) -> DraftFinding:
    total = sums[-1]
    due = in_unit_of(rounded_to(total.amount.value / count.amount.value, each), each)
    line = f"{total.amount.written} ÷ {count.amount.written} = {due}"
    about = Text("平均数不符", "the mean is wrong")
    return contradiction("mean", about, line, each, (count, total, each))
