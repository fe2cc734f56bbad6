"""Asks where words around a measure leave open which of its figures are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.base.language import Text
from dashboard.catalogue.grid import Programme
from dashboard.intake.understanding.meaning import Gap, SlotContext
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.words import BASIS, MEASURE, Fact

_HANDLED = re.compile("办理|公示")
_REVIEWED = re.compile("审核(?:确认|审批|情况|结果|通过)|办理情况")
_ALLOCATED = re.compile("下达|安排|配套|分配|提前")
_SPENT = re.compile("发放|支出|支付|使用|实发|救助情况")
_PEOPLE = ("persons", "households", "person_times", "household_times")
_AT_END = "end_of_period"


def ambiguous(context: SlotContext, programme: Programme, word: str) -> Gap | None:
    """The question that a heading or title raises about people or money; None where it is clear."""
    if word == "money":
        return _ambiguous_money(context)
    if programme.kind == "benefit" and word in _PEOPLE:
        return _ambiguous_people(context)
    return None


def _ambiguous_money(context: SlotContext) -> Gap | None:
    around = context.around
    if _is_at_end(around.inner):
        return _asked(
            "期末的资金是支出还是结余没有写明", "whether it was spent or is left is not said"
        )
    if _speaks(around.titles, _ALLOCATED) and not _speaks((*around.titles, *around.inner), _SPENT):
        return _asked(
            "标题写了下达、安排或分配，是不是已经支出没有写明",
            "the title speaks of money allocated: whether it was spent is not said",
        )
    return None


def _ambiguous_people(context: SlotContext) -> Gap | None:
    around = context.around
    if _speaks(around.inner, _HANDLED) or _speaks(around.titles, _REVIEWED):
        return _asked(
            "办理、审核、公示的是全部对象还是本期新审批的没有写明",
            "whether all that have the benefit are meant or new ones only is not said",
        )
    return None


def _is_at_end(inner: Iterable[Phrase]) -> bool:
    """Whether a heading speaks of money at the end of the period: 期末资金 may be what is left."""
    for phrase in inner:
        facts = list(phrase.facts())
        bases = {fact.value for fact in facts if fact.slot == BASIS}
        if bases == {_AT_END} and Fact(MEASURE, "money") in facts:
            return True
    return False


def _speaks(phrases: Iterable[Phrase], words: re.Pattern[str]) -> bool:
    return any(words.search(phrase.text) for phrase in phrases)


def _asked(zh: str, en: str) -> Gap:
    return Gap("measure", Text(zh, en))
