"""Checks shares and completion stated apart from their part: 分别占, N中M…率, 完成计划的."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dashboard.intake.drafts.amounts import PERCENT
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.mention import CHANGE, STANDARD, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.rules.ratios import fits, wrong_share
from dashboard.intake.drafts.sentence import GAP, M, Sentence, comparable, exact

_WORDS = r"[^。;,:、\ue000-\uf8ff]"
_LEAST = 2  # figures of a sentence: a part and its share
_STATED = re.compile("[占率的]")
_RESPECTIVELY = re.compile(
    rf"(?P<parts>{M}(?:{_WORDS}{{0,6}}[、,和]{_WORDS}{{0,14}}{M}){{1,6}}){_WORDS}{{0,8}},(?:各|约)?分别占"
    rf"{_WORDS}{{0,14}}?(?P<shares>{M}(?:[、,和及]{M}){{1,6}})"
)
_OUT_OF = re.compile(
    rf"(?P<whole>{M}){_WORDS}{{0,14}}中[,:]?(?:已有|已|有|共有)?(?P<part>{M}){_WORDS}{{0,24}},"
    rf"{_WORDS}{{0,10}}(?:率|占比|比例|占|比重)(?:为|达到|达|是|约)*(?P<share>{M})"
)
_AFTER_PART = re.compile(
    rf"(?P<part>{M}){_WORDS}{{0,4}},(?:仅|只|约|均)?(?:占比|占|比例|(?P<name>{_WORDS}{{1,4}})率)(?:为|达到|达|仅为|仅|约|是)*"
    rf"(?P<share>{M})"
)
_PLANNED = re.compile(
    rf"(?:完成|占|为|达到?){GAP}{{0,14}}?(?:计划|任务|目标|预算|指标){GAP}{{0,6}}?(?P<target>{M})"
    rf"{_WORDS}{{0,4}}的(?P<share>{M})"
)


def check_shares(read: ReadDraft) -> Iterator[DraftFinding]:
    """Printed percentages against the part and whole that their sentence names."""
    for sentence in read.sentences:
        if len(sentence.mentions) < _LEAST or not _STATED.search(sentence.shape):
            continue
        for match in _RESPECTIVELY.finditer(sentence.shape):
            shares = sentence.all_in(match["shares"])
            parts = sentence.all_in(match["parts"])[-len(shares) :]
            before = sentence.mentions[: sentence.mentions.index(parts[0])]
            yield from _respectively(parts, shares, before)
        for match in _OUT_OF.finditer(sentence.shape):
            whole, part, share = sentence.named(match, "whole", "part", "share")
            yield from _wrong(part, whole, share)
        for match in _AFTER_PART.finditer(sentence.shape):
            part, share = sentence.named(match, "part", "share")
            stretch = sentence.shape[: match.start()]
            named = set(match["name"] or "") <= set(part.before + part.after)
            if named and ("其中" in stretch or "中," in stretch):
                yield from _of_one_before(sentence, read.of_passage[sentence.passage], part, share)
        for match in _PLANNED.finditer(sentence.shape):
            target, share = sentence.named(match, "target", "share")
            yield from _of_plan(sentence, target, share)


def _wrong(part: Mention, whole: Mention, share: Mention) -> Iterator[DraftFinding]:
    usable = share.amount.dimension == PERCENT and share.kind != CHANGE
    if usable and comparable(part, whole) and exact(part, whole, share):
        if part.amount.value <= whole.amount.value and not fits(part, whole, share):
            yield wrong_share("share", part, whole, share)


def _respectively(
    parts: Sequence[Mention], shares: Sequence[Mention], before: Sequence[Mention]
) -> Iterator[DraftFinding]:
    """Each share of the whole before the parts; the whole is the one most shares fit."""
    in_percent = all(share.amount.dimension == PERCENT for share in shares)
    if len(parts) != len(shares) or not in_percent or not comparable(*parts):
        return
    wholes = [
        one
        for one in before
        if comparable(one, parts[0])
        and one.kind != CHANGE
        and one.amount.value >= max(part.amount.value for part in parts)
    ]
    if not wholes or not exact(*parts, *shares, *wholes):
        return
    pairs = list(zip(parts, shares, strict=True))
    whole = max(wholes, key=lambda one: sum(fits(part, one, share) for part, share in pairs))
    for part, share in pairs:
        if not fits(part, whole, share):
            yield wrong_share("share", part, whole, share)


def _of_one_before(
    sentence: Sentence, passage: Sequence[Mention], part: Mention, share: Mention
) -> Iterator[DraftFinding]:
    """A part's share of a figure before it; silent where any figure of the passage gives it."""
    usable = share.amount.dimension == PERCENT and part.amount.dimension != PERCENT
    if not usable or share.kind == CHANGE or not exact(part, share):
        return
    before = sentence.mentions[: sentence.mentions.index(part)]
    wholes = [one for one in before if _is_whole_of(one, part)]
    fitting = (one for one in passage if comparable(one, part) and fits(part, one, share))
    if wholes and next(fitting, None) is None:
        yield wrong_share("share", part, wholes[0], share)


def _is_whole_of(whole: Mention, part: Mention) -> bool:
    is_same = comparable(whole, part) and whole.kind != CHANGE and exact(whole)
    return is_same and whole.amount.value > part.amount.value


def _of_plan(sentence: Sentence, target: Mention, share: Mention) -> Iterator[DraftFinding]:
    """How much of a plan is done: the figures before it, the last of which is meant."""
    before = sentence.mentions[: sentence.mentions.index(target)]
    apart = {CHANGE, STANDARD}
    done = [one for one in before if comparable(one, target) and one.kind not in apart]
    if share.amount.dimension != PERCENT or not done or not exact(target, share, *done):
        return
    if not any(fits(one, target, share) for one in done):
        yield wrong_share("completion", done[-1], target, share)
