"""Checks dates: the title's period against the text's, 截至 after the report's day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

from dashboard.base.language import Text
from dashboard.base.language import number as printed
from dashboard.catalogue.spans import Period, Span
from dashboard.intake.drafts.finding import ERROR, NOTE, WARNING, DraftFinding, Spot
from dashboard.intake.drafts.mention import ACTUAL, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.periods import LONGEST_TITLE, PLANS, When, times
from dashboard.intake.drafts.sentence import M, exact
from dashboard.intake.forms.chinese_numerals import chinese_number

YEAR = 12  # months
AFTER = 6  # characters after an amount that may say what it is of

_UNTIL = re.compile(r"^截[至止]")
_DAY = re.compile(r"(?:((?:19|20)\d{2})年)?(?<!\d)(\d{1,2})月(\d{1,2})日")


def check_dates(read: ReadDraft) -> Iterator[DraftFinding]:
    """The periods of a draft against its title, its date and the calendar."""
    whens = [
        (number, when)
        for number, passage in enumerate(read.draft.passages)
        for when in times(passage.plain, read.frame)
        if when.span
    ]
    yield from _against_title(read, whens)
    yield from _after_the_date(read, whens)
    yield from _no_such_day(read)
    yield from _pace(read, whens)
    yield from _beyond_the_title(read)
    yield from _two_spans(read)


def _against_title(read: ReadDraft, whens: list[tuple[int, When]]) -> Iterator[DraftFinding]:
    """A title of half a year or a quarter over figures that end before or after it."""
    title = read.frame.title
    if title is None or title.length not in {3, 6, 9} or not title.from_january:
        return
    clashing = [
        (number, when)
        for number, when in whens
        if when.span
        and _clashes(when, when.span, title)
        and not _goes_on(number, when, whens, title)
    ]
    if not clashing:
        return
    number, when = clashing[0]
    text = read.draft.passages[read.frame.titled_at].text[:LONGEST_TITLE]
    message = Text(
        f"标题的时段到 {title.end}，正文写“{when.text}”",
        f"the title runs to {title.end}, the text says {when.text}",
    )
    spots: list[Spot] = [(read.frame.titled_at, 0, len(text))]
    spots.append((number, when.start, when.end))
    yield DraftFinding("title_period", WARNING, message, tuple(spots))


def _clashes(when: When, span: Span, title: Span) -> bool:
    """Whether a phrase claims the span since January, of the title's year, to another month."""
    claims = re.search(r"^截[至止](?:\d{4}年)?\d{1,2}月|^(?:\d{4}年)?0?1月?-\d{1,2}月", when.text)
    return bool(claims) and span.end.year == title.end.year and span.end != title.end


def _after_the_date(read: ReadDraft, whens: list[tuple[int, When]]) -> Iterator[DraftFinding]:
    """截至 a day that comes after the day on which the draft is dated."""
    if read.frame.signed is None:
        return
    year, month, day = read.frame.signed
    signed = Period(year, month)
    for number, when in whens:
        if not _UNTIL.match(when.text) or when.span is None or "目前" in when.text:
            continue
        printed_day = re.search(r"(\d{1,2})日", when.text)
        after = when.span.end > signed
        same_month = when.span.end == signed
        if after or (same_month and printed_day and int(printed_day[1]) > day):
            message = Text(
                f"“{when.text}”晚于报告日期 {year}-{month:02d}-{day:02d}",
                f"{when.text} is after the report's date {year}-{month:02d}-{day:02d}",
            )
            yield DraftFinding("after_date", ERROR, message, ((number, when.start, when.end),))


def _no_such_day(read: ReadDraft) -> Iterator[DraftFinding]:
    """A day no calendar has: 2月30日, 13月5日."""
    for number, passage in enumerate(read.draft.passages):
        for match in _DAY.finditer(passage.plain):
            year = int(match[1]) if match[1] else read.frame.year or 2024
            month, day = int(match[2]), int(match[3])
            if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
                continue
            message = Text(f"没有这一天：{match[0]}", f"no such day: {match[0]}")
            yield DraftFinding("day", ERROR, message, ((number, match.start(), match.end()),))


def _goes_on(number: int, when: When, whens: Sequence[tuple[int, When]], title: Span) -> bool:
    """Whether what is left of the title's period follows at once: 1-3月286人次,4-6月341人次."""
    near = [
        other for at, other in whens if at == number and when.end < other.start < when.end + NEAR
    ]
    return any(other.span is not None and other.span.end == title.end for other in near)


_WHOLE_SPAN = re.compile("^(?:上半年|全年|前?[一二三]季度|前三季度|前两季度)$")
NEAR = 40  # characters after a phrase of time in which the rest of its period stands
_STILL_TO_COME = re.compile("下半年|年底|再增|再新")
_OF_A_TARGET = re.compile("任务|目标|计划|预计|指标|预算|安排|需|拟|将|标准")


def _beyond_the_title(read: ReadDraft) -> Iterator[DraftFinding]:
    """上半年 over figures of a report whose title runs to May."""
    title = read.frame.title
    if title is None or not title.from_january or title.end.month == YEAR:
        return
    for mention in read.mentions:
        span, words = mention.period, mention.period_text
        if span is None or mention.kind != ACTUAL or not _WHOLE_SPAN.match(words):
            continue
        if span.end.year != title.end.year or span.end <= title.end or not span.from_january:
            continue
        plain = read.draft.passages[mention.passage].plain
        at = plain.rfind(words, mention.sentence[0], mention.amount.start)
        if at >= 0 and _STILL_TO_COME.search(plain[mention.sentence[0] : at]):
            continue
        if at < 0 or _OF_A_TARGET.search(plain[at : mention.amount.end + AFTER]):
            continue
        message = Text(
            f"标题的时段到 {title.end}，正文写“{words}”",
            f"the title runs to {title.end}, the text says {words}",
        )
        spots = ((mention.passage, at, at + len(words)), mention.place)
        yield DraftFinding("title_period", WARNING, message, spots)
        return


_MONTHS = r"(?:20\d\d年)?0?1月?-0?(?P<last>\d{1,2})月(?:份)?"
_NAMED_SPAN = re.compile(
    rf"(?P<name>全年|上半年|前?一季度|前两季度|二季度|前三季度|三季度)(?:度)?[(,]?{_MONTHS}"
)
_LAST_MONTH = {"全年": 12, "上半年": 6, "一季度": 3, "前一季度": 3, "前两季度": 6, "前三季度": 9}
_NAMED_YEARS = re.compile(
    r"(?:[“\"]?(?P<plan>十[三四五]五)[”\"]?(?:期间|时期|以来|规划)?|近(?P<years>[两二三四五2345])年来?|(?P<these>[三五])年来)"
    r"[(,](?P<first>20\d\d)年?-(?P<last>20\d\d)年[),]"
)


def _two_spans(read: ReadDraft) -> Iterator[DraftFinding]:
    """Words side by side that name two spans: 全年1-11月, 十四五期间(2020-2024年)."""
    for number, passage in enumerate(read.draft.passages):
        for match in _NAMED_SPAN.finditer(passage.plain):
            due = _LAST_MONTH.get(match["name"])
            if due is not None and due != int(match["last"]):
                yield _clash(number, match)
        for match in _NAMED_YEARS.finditer(passage.plain):
            if not _is_span_of_years(match):
                yield _clash(number, match)


def _is_span_of_years(match: re.Match[str]) -> bool:
    """Whether the years in brackets are those of the plan, or as many as the words say."""
    first, last = int(match["first"]), int(match["last"])
    if match["plan"]:
        return (first, last) == (PLANS[match["plan"]], PLANS[match["plan"]] + 4)
    return last - first + 1 == chinese_number(match["years"] or match["these"])


def _clash(number: int, match: re.Match[str]) -> DraftFinding:
    words = match[0].strip("(),")
    message = Text(f"时段不一致：“{words}”", f"two spans side by side that differ: {words}")
    return DraftFinding("two_spans", WARNING, message, ((number, match.start(), match.end()),))


_FIRST_QUARTER = re.compile(rf"(?P<total>{M})\((?:其中|含)(?:第?[一1]季度|1-3月){M}\)")
_RUNS_TO = re.compile(r"^截[至止]|1月?-\d")
_UNEVEN = 3  # times the pace of the first quarter


def _pace(read: ReadDraft, whens: list[tuple[int, When]]) -> Iterator[DraftFinding]:
    """Money since January whose first quarter leaves an implausible pace for the months after."""
    ends = [when.span.end.month for _, when in whens if when.span and _RUNS_TO.search(when.text)]
    earliest = min(ends, default=12)
    for sentence in read.sentences:
        for match in _FIRST_QUARTER.finditer(sentence.shape):
            total, quarter = sentence.all_in(match[0])
            end = _last_month(read, total, earliest)
            if end <= 3 or not exact(total, quarter) or not quarter.amount.value:
                continue
            rest = (total.amount.value - quarter.amount.value) / (end - 3)
            times_faster = rest / (quarter.amount.value / 3)
            if times_faster > _UNEVEN or times_faster * _UNEVEN < 1:
                yield _pace_finding(total, quarter, end, float(times_faster))


def _last_month(read: ReadDraft, mention: Mention, earliest: int) -> int:
    """The month to which the draft's running totals go: the earliest 截至 or 1-N月 it names."""
    span = mention.period or read.frame.title
    return min(earliest, span.end.month if span else 12)


def _pace_finding(total: Mention, quarter: Mention, end: int, faster: float) -> DraftFinding:
    message = Text(
        f"一季度 {quarter.amount.written}，4—{end}月月均为其 {printed(faster, 1, 'zh')} 倍"
        f"（总数 {total.amount.written}）：请核对",
        f"{quarter.amount.written} in the first quarter; April to month {end} run at"
        f" {printed(faster, 1, 'en')} times that pace (total {total.amount.written})",
    )
    return DraftFinding("pace", NOTE, message, (total.place, quarter.place))
