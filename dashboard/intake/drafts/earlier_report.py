"""Compares a draft with the bureau's previous report, mention by mention, without any indicator.

Mentions are of one quantity where unit, kind, area and the words around them agree. A quantity of
several mentions in one report is matched by its order, and only where both have as many.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period
from dashboard.intake.drafts.amounts import POINTS, TIMES
from dashboard.intake.drafts.finding import WARNING, DraftFinding, finding
from dashboard.intake.drafts.mention import CHANGE, TARGET, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.subjects import plain_subject

CHANGED, COPIED, VANISHED, NEW = RESULTS = ("changed", "copied", "vanished", "new")
ALIKE = 0.75  # of the words of two subjects, from which on they are one
_LEAST_DIGITS = 3  # of a value that is hardly the same by chance
YEAR = 12  # months
_LEAST_WORDS = 2  # letters of a subject
_MOST = 3000  # mentions of a report that are compared
_MOST_ALIKE = 300  # mentions of a report whose wording is compared with that of every other
_TIME = re.compile(
    r"(?:19|20)\d\d年度?|\d{1,2}月(?:\d{1,2}日|底|末|份)?|[上下]半年|[一二三四]季度|截[至止]|目前|今年(?:以来)?"
    r"|全年|去年|同期|累计|共计?|已|全[市区县]|我[市区县]|[\"“”]"
)
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Succession:
    """A quantity in both reports: ``result`` is one of RESULTS; a side that lacks it is None."""

    result: str
    now: Mention | None
    then: Mention | None

    @property
    def subject(self) -> str:
        """What is counted."""
        mention = self.now or self.then
        return (mention.subject or mention.before or mention.after) if mention else ""

    @property
    def is_stale(self) -> bool:
        """Whether a figure of many digits was copied unchanged though the period is another."""
        if self.result != COPIED or self.now is None or self.then is None:
            return False
        digits = len(self.now.amount.value.normalize().as_tuple().digits)
        other = self.now.period != self.then.period
        return other and digits >= _LEAST_DIGITS and self.now.kind != "standard"


def stale_findings(succession: Iterable[Succession]) -> Iterator[DraftFinding]:
    """What was copied unchanged from the report of another period: to be looked at."""
    for one in succession:
        if one.is_stale and one.now is not None:
            written = one.now.amount.written
            message = Text(
                f"与上次报告完全相同：{one.subject} {written}，请核对是否更新",
                f"the same as in the previous report: {one.subject} {written}: was it updated?",
            )
            yield finding("copied_report", message, [one.now], WARNING)


_BASE = re.compile(
    r"(?:同比|环比|[比较由从与在])|(?:19|20)\d\d年(?:度)?|去年|上年|同期|[上下]半年|[一二三四]季度|[年月]?[底末初]|[的为是有达到]|全年|共"
)
_MOVED = re.compile("(?:净)?(?:增加|增长|减少|下降|提高|上升|多|少|增|减)(?:了)?$")
_SAME = 2  # letters of a subject that another contains


def base_findings(now: ReadDraft, then: ReadDraft) -> Iterator[DraftFinding]:
    """Values of the earlier report's period that the draft states otherwise than that report."""
    title, before = now.frame.title, then.frame.title
    if before is None or (title is not None and title.end <= before.end):
        return
    stated = [one for one in then.mentions if _is_of(one, before.end)]
    last: Mention | None = None
    for mention, following in zip(now.mentions, (*now.mentions[1:], None), strict=True):
        if _is_of(mention, before.end) and mention.amount.is_exact:
            words = _words_of_base(mention, last, following)
            alike = [one for one in stated if _is_one_quantity(words, mention, one)]
            if len({one.amount.value for one in alike}) == 1 and not _meets(mention, alike[0]):
                yield _otherwise(mention, alike[0])
        elif mention.kind != CHANGE:
            last = mention


def _is_of(mention: Mention, end: Period) -> bool:
    """Whether it is a value at the end of a period, or since January of its year."""
    span = mention.period
    is_value = mention.kind not in {CHANGE, TARGET} and mention.amount.dimension not in {
        TIMES,
        POINTS,
    }
    return is_value and span is not None and span.end == end and span.length <= YEAR


def _words_of_base(base: Mention, last: Mention | None, following: Mention | None) -> str:
    """What a base is of: its own words, else the value before it, else the change after it."""
    words = _BASE.sub("", base.before)
    if len(words) >= _SAME:
        return words
    if last is not None and (last.passage, last.sentence) == (base.passage, base.sentence):
        return last.subject
    is_next = following is not None and following.kind == CHANGE
    if not is_next or following is None or following.sentence != base.sentence:
        return ""
    return _MOVED.sub("", following.before)


def _is_one_quantity(words: str, base: Mention, stated: Mention) -> bool:
    """Whether words of a base name what the earlier report states."""
    words = plain_subject(words, base.amount.dimension)
    words, other = _TIME.sub("", words), _TIME.sub("", stated.subject)
    shorter, longer = sorted((words, other), key=len)
    same = base.amount.dimension == stated.amount.dimension and base.area == stated.area
    return same and len(shorter) >= _SAME and longer.endswith(shorter)


def _meets(mention: Mention, stated: Mention) -> bool:
    """Whether two figures are the same to the digits of the coarser."""
    (low, high), (least, most) = mention.amount.bounds, stated.amount.bounds
    above = high is not None and least is not None and high < least
    below = most is not None and low is not None and most < low
    return not (above or below)


def _otherwise(mention: Mention, stated: Mention) -> DraftFinding:
    written, before = mention.amount.written, stated.amount.written
    message = Text(
        f"与上次报告不一致：{stated.subject} 上次写 {before}，这里写 {written}",
        f"not as in the previous report: {stated.subject} was {before} there, {written} here",
    )
    return finding("previous", message, [mention], WARNING)


def compare_reports(now: ReadDraft, then: ReadDraft) -> tuple[Succession, ...]:
    """What changed, was copied unchanged or is new, in the draft's order; then what vanished."""
    own, earlier = _by_quantity(now.mentions[:_MOST]), _by_quantity(then.mentions[:_MOST])
    pairs = dict(_same(own, earlier))
    pairs |= dict(_alike(own, earlier, pairs))
    present = [_succession(mention, pairs.get(mention)) for mention in _all(own)]
    matched = set(pairs.values())
    vanished = [
        Succession(VANISHED, None, mention) for mention in _all(earlier) if mention not in matched
    ]
    present.sort(key=lambda row: row.now.place if row.now else (0, 0, 0))
    return (*present, *vanished)


def _succession(now: Mention, then: Mention | None) -> Succession:
    if then is None:
        return Succession(NEW, now, None)
    copied = now.amount.value == then.amount.value and now.amount.qualifier == then.amount.qualifier
    return Succession(COPIED if copied else CHANGED, now, then)


def _by_quantity(mentions: Iterable[Mention]) -> dict[Key, list[Mention]]:
    """The mentions by what they count; changes and what has no words are no quantities."""
    groups: dict[Key, list[Mention]] = defaultdict(list)
    for mention in mentions:
        subject = _TIME.sub("", mention.subject or mention.before)
        if mention.kind == CHANGE or mention.amount.dimension in {POINTS, TIMES, ""}:
            continue
        if len(subject) >= _LEAST_WORDS:
            groups[subject, mention.amount.dimension, mention.kind, mention.area].append(mention)
    return groups


def _all(groups: dict[Key, list[Mention]]) -> list[Mention]:
    return [mention for mentions in groups.values() for mention in mentions]


def _same(
    own: dict[Key, list[Mention]], earlier: dict[Key, list[Mention]]
) -> Iterator[tuple[Mention, Mention]]:
    """Mentions of one wording, where both reports have as many of them."""
    for key, mentions in own.items():
        others = earlier.get(key, [])
        if len(others) == len(mentions):
            yield from zip(mentions, others, strict=True)


def _alike(
    own: dict[Key, list[Mention]],
    earlier: dict[Key, list[Mention]],
    pairs: dict[Mention, Mention],
) -> Iterator[tuple[Mention, Mention]]:
    """Single mentions of nearly one wording, the most alike first, each used once."""
    left = _single(own, set(pairs))
    others: dict[tuple[str, ...], list[tuple[str, Mention]]] = defaultdict(list)
    for key, mention in _single(earlier, set(pairs.values())):
        others[key[1:]].append((key[0], mention))
    scored = [
        (score, mention.place, mention, other)
        for key, mention in left
        for subject, other in others[key[1:]]
        if (score := _likeness(key[0], subject)) >= ALIKE
    ]
    used: set[Mention] = set()
    for _, _, mention, other in sorted(scored, key=lambda one: (-one[0], one[1])):
        if mention not in used and other not in used:
            used |= {mention, other}
            yield mention, other


def _single(mentions: dict[Key, list[Mention]], taken: set[Mention]) -> list[tuple[Key, Mention]]:
    """The mentions that stand alone under their key and are in no pair yet, bounded."""
    single = [(key, group[0]) for key, group in mentions.items() if len(group) == 1]
    free = [(key, mention) for key, mention in single if mention not in taken]
    return free[:_MOST_ALIKE]


def _likeness(subject: str, other: str) -> float:
    """The share of letters in common; nothing where lengths exclude enough of them."""
    shorter, longer = sorted((len(subject), len(other)))
    if 2 * shorter < ALIKE * (shorter + longer):
        return 0.0
    return SequenceMatcher(None, subject, other, autojunk=False).ratio()
