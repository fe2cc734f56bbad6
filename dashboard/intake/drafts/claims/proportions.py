"""Judges ratios of two figures or more: 集中供养436人、分散供养958人,之比为1:2.2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.claims.derivation import written
from dashboard.intake.drafts.claims.quantities import Quantity, levels_of, stretch
from dashboard.intake.drafts.finding import ERROR, DraftFinding, printed

_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
_STATED = re.compile(
    r"(?P<names>[\u4e00-\u9fff、]{0,30}?)(?:之比|的?比例|的?比值|比)(?:约|大约|大致)?(?:为|是|达到?)?(?:约)?"
    rf"(?P<ratio>{_NUMBER}(?::{_NUMBER}){{1,3}})(?![\d:])"
)
_JOINTS = re.compile("[、与和及]")
_FILLER = re.compile("^(?:其中|全[市县区]|我[市县区]|目前)|(?:人数|户数|对数|数量|资金|数|的)+$")
_ROOM = Decimal("0.55")  # of the last printed digit


def proportions(
    made: Sequence[Quantity], earlier: Sequence[Quantity], plain: str
) -> Iterator[DraftFinding]:
    """Every printed ratio of a sentence against the figures it names, else those before it."""
    if ":" not in plain:
        return
    for match in _STATED.finditer(plain, *stretch(made)):
        stated = [Decimal(number) for number in match["ratio"].split(":")]
        known = [one for one in (*earlier, *made) if one.mention.amount.end <= match.start("ratio")]
        known = [one for one in levels_of(known) if one.is_exact and one.value]
        operands = _named(match["names"], known) or _last(known, len(stated))
        is_one = len({one.dimension for one in operands}) == 1
        if len(operands) == len(stated) and is_one and not _fits(operands, stated):
            yield _finding(match, operands, stated, made[0].mention.passage)


def _named(names: str, known: Sequence[Quantity]) -> list[Quantity]:
    """The last figure of each name; none where one has none."""
    words = [_FILLER.sub("", name) for name in _JOINTS.split(names)]
    if len(words) < 2 or any(len(word) < 2 for word in words):
        return []
    found = [next((one for one in known[::-1] if word in one.words()), None) for word in words]
    return [one for one in found if one is not None]


def _last(known: Sequence[Quantity], count: int) -> list[Quantity]:
    """The last figures, where they are a list: 中央7200万元、省级2800万元."""
    listed = list(known[-count:])
    return listed if all(one.lead.startswith(("、", "和", ",")) for one in listed[1:]) else []


def _fits(operands: Sequence[Quantity], stated: Sequence[Decimal]) -> bool:
    """Whether the figures are as is printed, one of them taken as it is: the one that is 1."""
    pairs = list(zip(operands, stated, strict=True))
    bases = [pair for pair in pairs if pair[1] == 1] or pairs
    return any(
        all(abs(_due(one, base, unit) - number) <= _ROOM * _step(number) for one, number in pairs)
        for base, unit in bases
    )


def _due(one: Quantity, base: Quantity, unit: Decimal) -> Decimal:
    return one.value / base.value * unit


def _step(number: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(number.as_tuple().exponent))


def _finding(
    match: re.Match[str], operands: Sequence[Quantity], stated: Sequence[Decimal], passage: int
) -> DraftFinding:
    at = stated.index(min(stated))
    step = min(*(_step(number) for number in stated), Decimal("0.1"))
    due = [_due(one, operands[at], stated[at]) for one in operands]
    ratio = ":".join(printed(one.quantize(step, rounding=ROUND_HALF_UP)) for one in due)
    line = f"{' : '.join(written(one) for one in operands)} = {ratio}"
    message = Text(
        f"比例不符：{line}，写的是 {match['ratio']}",
        f"the ratio is wrong: {line}, printed is {match['ratio']}",
    )
    places = {(passage, *match.span("ratio")), *(one.mention.place for one in operands)}
    return DraftFinding("share", ERROR, message, tuple(sorted(places)))
