"""Finds one quantity stated twice with two values, by what the catalogue says the words mean.

低保对象2.36万户 and, below, 纳入低保3.62万户 name the households of one benefit in other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.intake.drafts.finding import DraftFinding, finding
from dashboard.intake.drafts.meanings import Meant
from dashboard.intake.drafts.mention import ACTUAL, PART


def two_values(meant: Iterable[Meant], catalogue: Catalogue) -> Iterator[DraftFinding]:
    """Figures of one indicator, area and period that differ."""
    first: dict[tuple[object, ...], Meant] = {}
    for one in meant:
        mention = one.mention
        is_plain = mention.kind == ACTUAL and mention.relation != PART and not one.change
        if not one.indicator or one.period is None or not is_plain:
            continue
        earlier = first.setdefault((one.indicator, mention.area, one.period), one)
        if _is_in_other_sentence(earlier, one) and not _meet(earlier, one):
            yield _finding(catalogue.indicators[one.indicator].name, earlier, one)


def _is_in_other_sentence(first: Meant, other: Meant) -> bool:
    """Whether the second stands in another sentence."""
    sentences = {(one.mention.passage, one.mention.sentence) for one in (first, other)}
    return len(sentences) > 1


def _meet(first: Meant, other: Meant) -> bool:
    """Whether the ranges that two figures may mean have a value in common."""
    (low, high), (least, most) = first.mention.amount.bounds, other.mention.amount.bounds
    below = high is not None and least is not None and high < least
    above = most is not None and low is not None and most < low
    return not (below or above)


def _finding(name: Text, first: Meant, other: Meant) -> DraftFinding:
    amounts = [one.mention.amount.written for one in (first, other)]
    message = Text(
        f"同一数字两个值：{name.zh} 前写 {amounts[0]}，后写 {amounts[1]}",
        f"one quantity with two values: {name.en} is {amounts[0]}, then {amounts[1]}",
    )
    return finding("two_values", message, (first.mention, other.mention))
