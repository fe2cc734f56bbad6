"""Finds the mentions of a draft: every amount with what is stated around it.

A mention has its subject (the words before it in its clause, or the noun it counts), area, period,
kind (actual, target, standard, change) and relation to its neighbours (part, total).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.catalogue.spans import Period, Span
from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES, amounts
from dashboard.intake.drafts.bases import dates_next
from dashboard.intake.drafts.draft import Draft, Passage
from dashboard.intake.drafts.mention import ACTUAL, CHANGE, PART, STANDARD, TARGET, TOTAL, Mention
from dashboard.intake.drafts.periods import DraftDates, When, frame_of, times
from dashboard.intake.drafts.respective import named_respectively
from dashboard.intake.drafts.sentence import Sentence, sentences
from dashboard.intake.drafts.subjects import plain_subject

YEAR = 12  # months
NEAR = 240  # characters before an amount that are looked at
MOST_PHRASES = 40  # phrases of time before an amount that are looked at
FIRST_MONTHS = 3  # in which the year before is reported on
NEAR_THE_HEAD = 16  # characters of a paragraph in which it says that it looks back
NEIGHBOURS = 8  # amounts before one whose subject it may share
_BREAK = re.compile(r"[。;!?\n]")
_CLAUSE = re.compile(r"[,:。;!?\n、()]")
_YEAR_PAST = re.compile("^ *(?:回顾|在)?(?:刚刚|即将)?过去的?一年|^ *一年来")
_PLANNED = re.compile(
    '计划(?!生育|[”"])|力争|争取(?!到)|拟|将(?!来)|预计|目标|打算|确保|(?<![高加升长降少至展大])到20\\d\\d年|年底前|明年|下一?步(?!骤)'
)
_PLAN_HEADING = re.compile(
    "(?:工作)?(?:计划|打算|安排|思路|目标|谋划)|下[一]?步|下半年工作|重点工作$|工作重点"
)
_DONE_HEADING = re.compile("(?:工作)?(?:情况|开展|完成|总结|成效|回顾|进展)")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)")
_PLAN_BEGINS = re.compile(r" *(?:20\d\d年|下一步|下半年|明年),[^。]{0,24}(?:将|计划)")
_DONE_OF_IT = re.compile(":[^,;。]{0,10}(?:已|累计|完成|新[增建])")
_STANDARD = re.compile(r"标准|每人每月|每人每年|每月每人|每户每月")
_CHANGED = re.compile(
    r"(?:增长|增加|提高|提升|上升|下降|降低|减少|上调|下调|增幅|降幅|增速|升幅|多|少|净[增减]|[增减][支收]|回落|减幅|比列|比例"
    r"|(?<=[期初底末比])[增减升降])"
    r"(?:了|达到|达|为|约|近)*$"
)
_SOME_DAY = re.compile("(?:建成|完工|竣工|投用|投入使用|投产)后[^。;]*$")
_RAISED_TO = re.compile("(?:提高|增加|上调|调整|提升|下调|提标)(?:了)?(?:到|至|为)")
_FROM_VALUE = re.compile("[由从](?!事)[^,;。]*$")
_FROM_THEN = re.compile(
    r"(?:自|从|于)?(?:(20\d\d)年|今年)?(?:(\d{1,2})月)?(?:\d{1,2}日)?(?<=[年月日份])(?:起|开始)"
    r"(?!至|步|草)"
)
_CLOSED = re.compile(r"\([^()]*\)")  # brackets that hold a part of what stands before them
_OF_WHICH = re.compile(r"其中[^。;]*$|\((?:其中|含)[^()]*$")
_TOGETHER = re.compile(r"(?:共计|合计|总计|共有|共|累计|总)[^,]{0,12}$")
_NOW_THERE = re.compile("现有$")
_DEADLINE = re.compile(r"(?:(?:20\d\d|今|明)年)?(?:\d{1,2}月(?:底|末)?|年底|年末)之?前|到20\d\d年")
_STREET = re.compile(
    r"([\u4e00-\u9fff]{2,5}?(?:街道|镇|民族乡|(?<!城)乡))(?<!乡镇)(?<!街镇)(?<!城镇)(?!级|村|村级|居|街|办|养|社区|和|、|社会|两|三|居家|儿童)"
)
_STREET_BREAK = re.compile(
    "指导|组织|联合|推进|是|完善|社区|全[区市县]|拨付到?|选派|包括|涉及|[各个的为在与和及对由等了被将把到向]"
)
_NO_STREET = re.compile(
    "^(?:乡|镇|村|街|级|道|部分|个别|少数|多数|有的)|级|实现|建成|落实|完成|返乡|下沉|护送|[均已全各每]|流浪|推进|乡镇|街镇|城镇|村镇|城乡|[一二三四五六七八九十]个?镇|两镇"
)
_STREET_PREFIX = re.compile(r"^(?:其中|分别|组织|指导|对|在|为|与|和|及|由|各|全市|全区|的)+")
_SCOPE = re.compile(r"(?:全[市区县省]|我[市区县]|(?<![\u4e00-\u9fff])[市区县]共)")
_NOUN_ENDS = re.compile("[的,]|实施|开展|办理|发放|完成|进行|参加|纳入|享受")
_NOT_OF_IT = re.compile("募捐|捐[赠款]|等$")  # given to it, or one name of a list
_SCOPED = re.compile(
    r"(?:全[市区县省]|我[市区县]|街道|镇|乡|区|市|县)(?:现有|共有|共)?$|^在?(?:现有|共有|共)$"
)
_OFFICE = re.compile(r"([\u4e00-\u9fff]{2,10}?[市区县旗])民政(?:局|工作|事业|系统|重点|领域)")
_GOVERNMENT = re.compile(r"(?:20\d\d年)?([\u4e00-\u9fff]{2,8}?[市区县旗])(?:人民)?政府工作报告")
_OFFICE_PREFIX = re.compile("^.*(?:代表|关于|年度?|月份?|在|[我全本各该](?=[市区县旗]))")


@dataclass(frozen=True)
class ReadDraft:
    """A draft with its mentions in reading order and the frame of its periods."""

    draft: Draft
    frame: DraftDates
    mentions: tuple[Mention, ...]
    area: str = ""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that hold amounts, in order."""
        passages = self.draft.passages
        return tuple(
            sentence
            for number, mentions in self.of_passage.items()
            for sentence in sentences(passages[number].plain, number, mentions)
        )

    @cached_property
    def of_passage(self) -> dict[int, list[Mention]]:
        """The mentions by passage."""
        groups: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            groups.setdefault(mention.passage, []).append(mention)
        return groups


@dataclass(frozen=True, slots=True)
class PassageContext:
    """A passage with the number it has, its plain text, its periods and what holds above it."""

    number: int
    plain: str
    whens: tuple[When, ...]
    above: When | None
    is_plan: bool
    area: str


def read_mentions(draft: Draft) -> ReadDraft:
    """The draft with its mentions."""
    frame = frame_of(draft.passages)
    area = _own_area(draft.passages)
    mentions: list[Mention] = []
    is_plan, above = False, None
    for number, passage in enumerate(draft.passages):
        plain, before = passage.plain, is_plan
        is_plan = _plan_from_here(plain, is_plan)
        whens = tuple(times(plain, frame))
        if _HEADING.match(plain) or _PLAN_BEGINS.match(plain) or is_plan != before:
            above = _leading(plain, whens) or (above if is_plan else None)
        if frame.title is None and frame.signed and _YEAR_PAST.search(plain[:NEAR_THE_HEAD]):
            above = _year_before(frame.signed)
        own = _planning(frame, above) if is_plan else _reviewing(frame, above)
        if own.year != frame.year:
            whens = tuple(times(plain, own))
        place = PassageContext(number, plain, whens, above, is_plan, area)
        mentions += _of_passage(place, own)
    return ReadDraft(draft, frame, tuple(mentions), area)


def _leading(plain: str, whens: Sequence[When]) -> When | None:
    """The time that a heading says, before any figure that stands in its paragraph."""
    numbers = amounts(plain)
    until = min(numbers[0].start if numbers else len(plain), len(plain.partition("。")[0]))
    own = (when for when in whens if not when.is_base and not when.text.endswith("同期"))
    return next((when for when in own if when.span and when.start < until), None)


def _year_before(signed: tuple[int, int, int]) -> When | None:
    """The year that a speech of the first months looks back on."""
    year = signed[0] - 1
    whole = Span(Period(year, YEAR), Period(year, 1), YEAR)
    return When(0, 0, f"{year}年", whole) if signed[1] <= FIRST_MONTHS else None


def _reviewing(frame: DraftDates, above: When | None) -> DraftDates:
    """The frame of what is reported: of the earlier whole year that its heading names."""
    span = above.span if above is not None else None
    if span is None or span.length != YEAR or not frame.year or span.end.year >= frame.year:
        return frame
    return replace(frame, year=span.end.year, title=span, until=None, is_only_until=False)


def _planning(frame: DraftDates, above: When | None) -> DraftDates:
    """The frame of plans: of the heading's year; else of what is left of the reported year.

    Plans after a report on a whole year have no period unless they name one.
    """
    if above is not None and above.span is not None:
        return replace(frame, year=above.span.end.year, title=above.span, is_only_until=False)
    title = frame.title
    if title is None or title.end.month == YEAR or not title.from_january:
        return replace(frame, title=None, is_only_until=False)
    first = title.end.plus(1)
    rest = Span(Period(title.end.year, YEAR), first, YEAR - title.end.month)
    return replace(frame, title=rest, is_only_until=False)


def _own_area(passages: Sequence[Passage]) -> str:
    """The area whose bureau writes: 长清区 of 长清区民政局."""
    for passage in passages[:2]:
        government = _GOVERNMENT.match(passage.plain.strip())
        if government:
            return government[1]
    for passage in (*passages[:8], *passages[-3:]):
        for match in _OFFICE.finditer(passage.plain):
            name = _OFFICE_PREFIX.sub("", re.split(r"[:|,丨]", match[1])[-1])
            longest = re.search(r"[市州]([\u4e00-\u9fff]{2,}[区县市])$", name)
            if len(name) > 2:
                return longest[1] if longest else name
    return ""


def _plan_from_here(plain: str, before: bool) -> bool:
    """Whether a main heading begins the plans, or ends them; else as before."""
    if _PLAN_BEGINS.match(plain):
        return True
    short = plain.strip()
    if (
        len(short) > 40
        or "。" in short
        or not (_HEADING.match(short) or re.match(r"^(?:20\d\d年|下)", short))
    ):
        return before
    if _PLAN_HEADING.search(short) and not (_DONE_HEADING.search(short) and "及" in short):
        return True
    return False if _DONE_HEADING.search(short) or "问题" in short else before


def _of_passage(place: PassageContext, frame: DraftDates) -> Iterable[Mention]:
    numbers = amounts(place.plain)
    if not numbers:
        return []
    breaks = [0, *(match.end() for match in _BREAK.finditer(place.plain)), len(place.plain)]
    mentions: list[Mention] = []
    at = 0
    for number, amount in enumerate(numbers):
        while breaks[at + 1] <= amount.start:
            at += 1
        before_end = numbers[number - 1].end if number else 0
        after_start = numbers[number + 1].start if number + 1 < len(numbers) else len(place.plain)
        bare = Mention(
            amount,
            place.number,
            (breaks[at], breaks[at + 1]),
            _before(place.plain, max(before_end, breaks[at]), amount.start),
            _after(place.plain, amount.end, after_start),
        )
        mentions.append(_with_context(bare, mentions, place, frame))
    return named_respectively(place.plain, mentions)


def _before(plain: str, start: int, end: int) -> str:
    """The words of the clause before the amount, back to the amount before."""
    return _CLAUSE.split(plain[max(start, end - 60) : end])[-1].strip(" “”\"'《》")


def _after(plain: str, start: int, end: int) -> str:
    """The words of the clause after the amount."""
    return _CLAUSE.split(plain[start : min(end, start + 40)])[0].strip(" “”\"'《》")


def _with_context(
    mention: Mention,
    earlier: list[Mention],
    place: PassageContext,
    frame: DraftDates,
) -> Mention:
    start = mention.amount.start
    sentence = place.plain[max(mention.sentence[0], start - NEAR) : start]
    when, kind = _when(mention, place, frame), _kind(mention, place)
    if kind == ACTUAL and earlier and _is_raised(earlier[-1], mention):
        kind = STANDARD
    in_force = _in_force(mention, place, frame) if kind == STANDARD else None
    period = when.span if when and when.span != frame.title else frame.usual
    if kind == TARGET and _SOME_DAY.search(sentence[-NEAR // 4 :]):
        period = None  # 建成后将新增1000张: nobody says when
    return replace(
        mention,
        subject=_subject(mention, earlier),
        area=_area(sentence, earlier, mention, place),
        period=Span(in_force) if in_force else period,
        period_text=when.text if when else "",
        kind=kind,
        relation=_relation(mention, sentence),
        deadline=_deadline(place.plain, mention),
        in_force=in_force,
    )


def _is_raised(last: Mention, mention: Mention) -> bool:
    """Whether a mention is what the standard before it was raised or lowered to."""
    same = last.sentence == mention.sentence and last.amount.dimension == mention.amount.dimension
    return same and last.kind == STANDARD and bool(_RAISED_TO.match(mention.before))


def _in_force(mention: Mention, place: PassageContext, frame: DraftDates) -> Period | None:
    """The month from which a standard applies: 自2022年1月1日起, before it or in its sentence.

    A phrase without a month means January; one without a year the draft's.
    """
    start, end = mention.amount.start, mention.amount.end
    before = list(_FROM_THEN.finditer(place.plain, max(start - NEAR, 0), start))
    match = before[-1] if before else _FROM_THEN.search(place.plain, end, mention.sentence[1])
    year = int(match[1]) if match and match[1] else frame.year
    month = int(match[2] or 1) if match else 0
    if not match or not year or not 1 <= month <= YEAR:
        return None
    is_earlier = _FROM_VALUE.search(mention.before) and _RAISED_TO.match(mention.after)
    return Period(year, month).plus(-1 if is_earlier else 0)


def _when(mention: Mention, place: PassageContext, frame: DraftDates) -> When | None:
    """The nearest phrase of time before the amount in its sentence, else before in its passage."""
    start = mention.amount.start
    until = bisect_left(place.whens, start, key=lambda when: when.start)
    usable = [
        when
        for when in place.whens[max(until - MOST_PHRASES, 0) : until]
        if when.start < start
        and when.span
        and not (when.is_local and _is_past(when, place.plain[when.end : start], mention))
    ]
    inside = [when for when in usable if when.start >= mention.sentence[0]]
    if inside:
        return inside[-1]
    led = [
        when for when in usable if re.match("截至|今年|全年|20", when.text) and not when.is_local
    ]
    return led[-1] if led else place.above


def _is_past(when: When, between: str, mention: Mention) -> bool:
    """Whether a phrase that dates one amount only lies before another amount or clause."""
    changed = _CHANGED.search(mention.before) is not None
    if changed or (when.is_base and not dates_next(between)):
        return True
    return bool(_CLAUSE.search(between)) or bool(re.search(r"\d", between))


def _subject(mention: Mention, earlier: list[Mention]) -> str:
    """What is counted: the words before; where they say nothing, the noun after or before them."""
    own = plain_subject(mention.before, mention.amount.dimension)
    if _RAISED_TO.match(mention.before) and (risen := _risen_subject(mention, earlier)):
        return risen
    noun = _NOUN_ENDS.split(mention.after, 1)[0].strip()
    if len(noun) >= 2 and _SCOPED.search(mention.before) and mention.amount.dimension != PERCENT:
        return noun
    if own:
        return own
    if len(noun) >= 2:
        return noun
    for other in reversed(earlier[-NEIGHBOURS:]):
        if other.sentence == mention.sentence and other.subject:
            return re.sub("标准$|人数$", "", other.subject)
    return ""


def _risen_subject(mention: Mention, earlier: list[Mention]) -> str:
    """What rose from the value before: 养老床位 of 养老床位由3120张增加到4316张."""
    last = earlier[-1] if earlier else None
    same = last is not None and last.sentence == mention.sentence
    if last is None or not same or last.amount.dimension != mention.amount.dimension:
        return ""
    begun = re.match(r"^([^,;。]{2,}?)[由从][^由从]{0,10}$", last.before)
    return plain_subject(begun[1], mention.amount.dimension) if begun else ""


def _area(
    sentence: str,
    earlier: list[Mention],
    mention: Mention,
    place: PassageContext,
) -> str:
    """The street named last before the amount in its sentence, else the draft's own area."""
    latest = ""
    for match in _STREET.finditer(sentence):
        name = _STREET_BREAK.split(_STREET_PREFIX.sub("", match[1]))[-1]
        if len(name) >= 3 and not _NO_STREET.search(name):
            tail = sentence[match.end() :]
            latest = "" if _SCOPE.search(tail) or _NOT_OF_IT.search(tail) else name
    return latest or place.area


def _heads_what_is_done(end: int, plain: str) -> bool:
    return plain[end : end + 1] == ":" and _DONE_OF_IT.match(plain, end) is not None


def _kind(mention: Mention, place: PassageContext) -> str:
    start = mention.amount.start
    clause = place.plain[max(mention.sentence[0], start - NEAR) : start]
    if mention.amount.dimension in {POINTS, TIMES} or _CHANGED.search(mention.before):
        return CHANGE
    if _heads_what_is_done(mention.amount.end, place.plain):
        return TARGET  # 改造330户:累计完成243户
    near = clause[-40:]
    planned = _PLANNED.search(near)
    if planned and not re.search("已|完成了|累计|共发放|实际", near[planned.end() :]):
        return TARGET
    if _NOW_THERE.search(mention.before):
        return ACTUAL  # 在现有32个社区的基础上, also within plans
    if mention.amount.dimension != PERCENT and _STANDARD.search(mention.before):
        return STANDARD
    return TARGET if place.is_plan else ACTUAL


def _relation(mention: Mention, sentence: str) -> str:
    sentence = _CLOSED.sub("", sentence)
    if _OF_WHICH.search(sentence):
        return PART
    return TOTAL if _TOGETHER.search(sentence) else ""


def _deadline(plain: str, mention: Mention) -> str:
    start, end = mention.amount.start - NEAR // 2, mention.amount.end + NEAR // 2
    window = plain[max(mention.sentence[0], start) : min(mention.sentence[1], end)]
    match = _DEADLINE.search(window)
    return match[0] if match else ""
