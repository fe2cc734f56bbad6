"""Checks plans against what is done: one task done and planned, one target in two wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.base.language import Text
from dashboard.intake.drafts.finding import NOTE, WARNING, DraftFinding, finding
from dashboard.intake.drafts.mention import ACTUAL, CHANGE, STANDARD, TARGET, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.rules.repetition import GENERIC, LEAST_KEY


def check_plans(read: ReadDraft) -> Iterator[DraftFinding]:
    """What a draft plans against what it has done, and its targets against each other."""
    yield from _done_and_planned(read)
    yield from _qualified_otherwise(read)


def _done_and_planned(read: ReadDraft) -> Iterator[DraftFinding]:
    """The same quantity of one year, stated as done and as still to do."""
    done: dict[tuple[object, ...], Mention] = {}
    for mention in read.mentions:
        words = _planned_words(mention)
        vague = len(words) < LEAST_KEY + 1 or mention.kind in {CHANGE, STANDARD}
        if vague or mention.period is None:
            continue
        same = (words, mention.amount.dimension, mention.amount.value)
        key = (*same, mention.period.end.year)
        if mention.kind == ACTUAL and _is_done(mention, read):
            done.setdefault(key, mention)
            if _is_in_use(mention, read):
                done.setdefault((*same, 0), mention)
            continue
        key = (*same, 0) if _goes_on_building(mention) else key
        if mention.kind == TARGET and key in done:
            first = done[key]
            message = Text(
                f"同一任务既写已完成（{first.amount.written}），又写计划完成（{mention.amount.written}）",
                f"one task is stated as done ({first.amount.written}) and as planned"
                f" ({mention.amount.written})",
            )
            yield finding("done_and_planned", message, (first, mention), WARNING)


_IN_USE = re.compile(
    "(?:已|均|全部|现已)[^,;。]{0,6}(?:投入运营|投入使用|投用|建成|运营|启用|完工|完成)"
)
_STILL_BUILDING = re.compile("(?:加快|推进|继续|抓好|推动|启动)[^,;。]{0,6}$")
_OTHERS = re.compile("新|再|另|二期|第二批|又")


def _is_in_use(mention: Mention, read: ReadDraft) -> bool:
    """Whether what a mention counts is stated as built and in use."""
    plain = read.draft.passages[mention.passage].plain
    return _IN_USE.search(plain[mention.amount.end : mention.amount.end + 24]) is not None


def _goes_on_building(mention: Mention) -> bool:
    """Whether a plan is still to build what it counts, and no others: 加快3处中心建设."""
    building = "建设" in mention.after and _STILL_BUILDING.search(mention.before)
    return bool(building) and not _OTHERS.search(mention.before + mention.after)


_PLANNING = re.compile(
    r"加快|推进|计划|力争|争取|预计|目标|打算|确保|年底前|下半年|将|拟|新建|新增|建成|完成|已|再|全面|全部|\d+月底前|前|建设"
    "|全市|全区|全县|我市|我区|我县"
)
_DONE = re.compile("已|完成了|建成|全部完成|完成")


def _planned_words(mention: Mention) -> str:
    """The subject without the words of doing and planning."""
    words = mention.after if _goes_on_building(mention) else mention.subject
    return _PLANNING.sub("", words)


def _is_done(mention: Mention, read: ReadDraft) -> bool:
    plain = read.draft.passages[mention.passage].plain
    window = plain[mention.sentence[0] : mention.amount.end + 10]
    return _DONE.search(window[-40:]) is not None


def _qualified_otherwise(read: ReadDraft) -> Iterator[DraftFinding]:
    """One target of one size, once as it is and once as the least: 100人, 不少于100名."""
    stated: dict[tuple[object, ...], Mention] = {}
    for mention in read.mentions:
        if mention.kind != TARGET:
            continue
        words = re.sub("今年|明年|不少于|至少", "", mention.subject)
        if len(words) < LEAST_KEY or GENERIC.match(words):
            continue
        key = (words, mention.amount.dimension, mention.amount.value)
        first = stated.setdefault(key, mention)
        if first.amount.qualifier != mention.amount.qualifier:
            message = Text(
                f"同一目标两种写法：{words} {first.amount.written}，{mention.amount.written}",
                f"one target in two wordings: {words} {first.amount.written} and"
                f" {mention.amount.written}",
            )
            yield finding("two_values", message, (first, mention), NOTE)
