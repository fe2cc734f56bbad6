"""Reads the periods of a draft's figures: 截至5月底, 1-5月, 上半年, 去年同期, 十四五期间.

A phrase without a year takes the year the draft is about: that of its title, else its first one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.catalogue.period_phrases import phrases, plain_text, understood
from dashboard.catalogue.spans import Period, Span
from dashboard.intake.drafts.bases import is_base, without_bases
from dashboard.intake.drafts.draft import Passage
from dashboard.intake.forms.chinese_numerals import chinese_number

_YEAR = r"(?:19|20)\d{2}年(?:度)?"
_TIME = re.compile(
    r"20\d\d年?(?:-|至|到)20\d\d年"
    r"|自?20\d\d年(?:[\u4e00-\u9fff]{1,6})?以来"
    rf"|自?(?:今年|{_YEAR})?\d{{1,2}}月(?:份)?(?:\d{{1,2}}日)?以来"
    rf"|(?:{_YEAR}|(?<![以之此])前年)的?同期"
    rf"|截至(?:{_YEAR})?(?:目前|\d{{1,2}}月(?:\d{{1,2}}日|底|末|份)?)|截[至止]目前|目前"
    rf"|(?P<year>{_YEAR})?(?:(?:1|\d{{1,2}})月?(?:-|至|到)\d{{1,2}}月(?:份)?|\d{{1,2}}月(?:份|底|末)?"
    r"|[上下]半年|第?[一二三四1-4]季度|前[二三23]季度|前三季度|全年"
    r"|(?<![提以牵之目])前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个月)"
    rf"|{_YEAR}(?:底|末|初)?|今年(?:以来)?|本年度?|去年(?:同期|底|末)?|上年(?:同期|底|末|度)?|明年|同期"
    r"|(?:20\d\d-20\d\d年)|[“\"]?十[三四五]五[”\"]?(?:期间|时期|以来)?|年底前?|年初"
)
_NAMED = re.compile("《[^《》]*》")  # a document: its years are no period of a figure
_DAY = re.compile(r"(?<!截[至止])(?:20\d\d年)?\d{1,2}月\d{1,2}日$")
_OF_FILES = re.compile("(?:备案|年检|年报|登记在册|在册|检查)")  # 2021年度备案在册: filed in it
_BEGINS = re.compile("开始|起(?:执行|施行|实施|,|$)|起至今")  # from then on: no period of a figure
_TO_TITLE = re.compile(
    r"[上下]半年(?!工作|情况|总结)[^。]*?\d|1-(?:6|9|12)月|截[至止]目前|截[至止](?:6|9|12)月|全年(?!工作)[^。]*?\d"
)
_RUNS_TO = re.compile(
    r"(?:截[至止](?:(20\d\d)年)?(\d{1,2})月|(?<![\d年])1月?-(\d{1,2})月)(?!\d*日)"
)
_LOCAL = re.compile(
    r"(?:比|较|含|由|从)(?=[^比较含由从]*$)(?:去年|上年|20\d\d年|第?[一二三四1-4]季度|\d+月|年初)|去年|上年|同期|年初"
)
PLANS = {"十三五": 2016, "十四五": 2021, "十五五": 2026}
_SIGNED = re.compile(
    r"^ *\(?(?:发布日期|公开日期|日期|成文日期|发布时间|时间|[\u4e00-\u9fff]{2,12}[局室部委])?:? *"
    r"\(?((?:19|20)\d{2})[年-](\d{1,2})[月-](\d{1,2})日?\)?$"
)
_LABELLED = re.compile(
    r"(?:发布日期|公开日期|成文日期|发布时间)[:| ]*((?:19|20)\d{2})[年-](\d{1,2})[月-](\d{1,2})"
)
_ON_DAY = re.compile(r"\d{1,2}日")
_FROM_TO_YEAR = re.compile(r"(20\d\d)年?(?:-|至|到)(20\d\d)年")
_AROUND_NAME = re.compile("^截[至止]|份|底前?$|末$|以来$")
_OWN_YEAR = re.compile(r"(?:19|20)\d{2}")
_QUARTER = re.compile("[一二三四](?=季)")
_FROM_TO_MONTH = re.compile(r"(?<=\d)月?[至到](?=\d{1,2}月)")
_FIRST_MONTHS = re.compile(r"前(\d{1,2}|[一二三四五六七八九十]{1,2})个月$")
_HALF = re.compile("(?<![上下])半年(?:工作|简报|总结|汇报|度|情况|调度)")
_SPOKEN = re.compile("(?:讲话|发言|致辞|主持词)(?:稿|提纲)?(?:[(].*)?$")
LONGEST_DATE = 24
YEAR = 12  # months
LONGEST_TITLE = 80  # characters
HEAD = 6  # passages in which the title and the date of publication stand


@dataclass(frozen=True, slots=True)
class When:
    """A phrase of time at ``start``..``end`` of a passage, and its span where it is understood."""

    start: int
    end: int
    text: str
    span: Span | None
    is_local: bool = False  # it dates its own clause only: a base compared with, a part in brackets
    is_base: bool = False  # a comparison is made with it


@dataclass(frozen=True, slots=True)
class DraftDates:
    """What the draft is about: its year, the span of its title, the day it was signed."""

    year: int | None = None
    title: Span | None = None
    signed: tuple[int, int, int] | None = None
    titled_at: int = -1
    until: Period | None = None  # the month to which the text says that its figures run
    is_only_until: bool = False  # and no figure is dated to any later month

    @property
    def usual(self) -> Span | None:
        """The span of a figure of which nothing says when: that of the title.

        Where every dated figure runs to an earlier month, such as May in a report on the first
        half, those without a date do too.
        """
        return _to_date(self.until) if self.until and self.is_only_until else self.title


def _to_date(end: Period) -> Span:
    return Span(end, Period(end.year, 1), end.month)


def frame_of(passages: Sequence[Passage]) -> DraftDates:
    """The frame of a draft: from its title, its date, else the first year it names."""
    frame = _framed(passages)
    frame = replace(frame, until=_until(passages, frame))
    return replace(frame, is_only_until=_is_only_until(passages, frame))


def _until(passages: Sequence[Passage], frame: DraftDates) -> Period | None:
    """The one month of the title's span to which 截至5月底 and 1-5月 say that figures run.

    Where a draft on a half year says so, its 今年以来 runs to that month and not to the title's.
    """
    title = frame.title
    if title is None or not title.from_january:
        return None
    ends = {
        (frame.year if match[1] is None else int(match[1]), int(match[2] or match[3]))
        for passage in passages
        for match in _RUNS_TO.finditer(without_bases(passage.plain))
    }
    own = {month for year, month in ends if year == title.end.year and 1 <= month <= 12}
    end = Period(title.end.year, own.pop()) if len(own) == 1 else None
    return end if end and end < title.end else None


def _is_only_until(passages: Sequence[Passage], frame: DraftDates) -> bool:
    """Whether no sentence dates a figure to the title's span or to the day of writing."""
    if frame.until is None:
        return False
    return not any(
        _TO_TITLE.search(passage.plain)
        for at, passage in enumerate(passages)
        if at != frame.titled_at and len(passage.plain) > LONGEST_TITLE
    )


def _framed(passages: Sequence[Passage]) -> DraftDates:
    signed = _signed(passages)
    titles = [one.plain for one in passages[:2] if _SPOKEN.search(one.plain)]
    if signed and titles and not phrases(titles[0]):
        return DraftDates(signed[0], None, signed)  # 去年 is the year before it is spoken
    for at, passage in enumerate(passages[:HEAD]):
        if len(passage.text) > LONGEST_TITLE or _SIGNED.match(passage.plain):
            continue
        spans = [phrase.span for phrase in phrases(without_bases(passage.plain)) if phrase.span]
        if spans and not _LABELLED.search(passage.plain):
            return DraftDates(spans[0].end.year, spans[0], signed, at)
    planned = _of_a_plan(passages, signed)
    if planned is not None:
        return planned
    year = _first_year(passages)
    return _opened(passages, DraftDates(year, None, signed))


def _of_a_plan(
    passages: Sequence[Passage], signed: tuple[int, int, int] | None
) -> DraftDates | None:
    """The frame of a title that names a five-year plan; it runs to the day of writing at most."""
    for at, passage in enumerate(passages[:2]):
        plan = next((first for name, first in PLANS.items() if name in passage.plain), None)
        if plan is None or len(passage.plain) > LONGEST_TITLE or "规划" in passage.plain:
            continue
        end = Period(plan + 4, YEAR)
        written = Period(signed[0], signed[1]) if signed else end
        end = min(end, written) if written.year >= plan else end
        months = YEAR * (end.year - plan) + end.month
        return DraftDates(end.year, Span(end, Period(plan, 1), months), signed, at)
    return None


def _first_year(passages: Sequence[Passage]) -> int | None:
    """The first year near the head, else the one named most often."""
    for passage in passages[: HEAD * 2]:
        match = re.search(r"((?:19|20)\d{2})年", without_bases(passage.plain))
        if match and not _LABELLED.search(passage.plain) and not _SIGNED.match(passage.plain):
            return int(match[1])
    years = [year for p in passages for year in re.findall(r"(?<!\d)(20\d{2})年", p.plain)]
    return int(max(years, key=years.count)) if years else None


def _opened(passages: Sequence[Passage], frame: DraftDates) -> DraftDates:
    """The frame with the span that the first sentences say they are about."""
    for at, passage in enumerate(passages[:HEAD]):
        plain = passage.plain
        five = re.search("这五年|近五年|过去五年|五年来", plain)
        year = frame.signed[0] if frame.signed else frame.year
        if five and year:
            return DraftDates(
                year, Span(Period(year, 12), Period(year - 4, 1), 60), frame.signed, at
            )
        if year and _HALF.search(plain) and frame.signed and 6 <= frame.signed[1] <= 9:
            return DraftDates(year, Span(Period(year, 6), Period(year, 1), 6), frame.signed, at)
        match = re.search(r"([上下]半年|[一二三]季度|前三季度)(?:民政)?工作", plain)
        match = match or re.match(r" *((?:19|20)\d{2}年(?:以来)?),", plain)
        span = span_of(match[1], frame) if match else None
        if span:
            return DraftDates(frame.year, span, frame.signed, at)
    return frame


def _signed(passages: Sequence[Passage]) -> tuple[int, int, int] | None:
    """The day printed in the head, or alone in one of the first or last passages."""
    head = [_LABELLED.search(passage.plain) for passage in passages[:HEAD]]
    short = [p for p in [*passages[:HEAD], *passages[-4:]] if len(p.text) < LONGEST_DATE]
    tail = [_SIGNED.match(plain_text(passage.plain)) for passage in short]
    match = next((found for found in [*head, *tail] if found), None)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def times(plain: str, frame: DraftDates) -> list[When]:
    """The phrases of time in a passage, in order."""
    names = [match.span() for match in _NAMED.finditer(plain)] if "《" in plain else []
    return [
        _when(match, plain, frame)
        for match in _TIME.finditer(plain)
        if _is_of_figures(match, plain)
        and not any(start < match.start() < end for start, end in names)
    ]


def _when(match: re.Match[str], plain: str, frame: DraftDates) -> When:
    start, end = match.span()
    compared = is_base(plain, start, end)
    is_local = compared or bool(_LOCAL.search(plain[max(start - 3, 0) : end]))
    return When(start, end, match[0], span_of(match[0], frame), is_local, compared)


def _is_of_figures(match: re.Match[str], plain: str) -> bool:
    """Whether a phrase of time can say of when a figure is: no day, no year of what was filed."""
    end = match.end()
    is_day = bool(_ON_DAY.match(plain, end)) or bool(_DAY.search(match[0]))
    filed = match[0].endswith("年度") and _OF_FILES.match(plain, end)
    until = match[0].startswith(("截至", "截止"))
    return not (_BEGINS.match(plain, end) or filed or (is_day and not until))


def span_of(text: str, frame: DraftDates) -> Span | None:
    """The span a phrase means in a draft of this frame; None where it is not understood."""
    years = _of_years(text)
    if years is not None:
        return years
    if text.endswith("同期"):
        return _same_months(text, frame)
    return _running(text, frame) if text.endswith("以来") else _named(text, frame)


def _of_years(text: str) -> Span | None:
    """The years of a plan (十四五), or those from one to another; None for any other phrase."""
    plan = next((first for name, first in PLANS.items() if name in text), None)
    if plan is not None:
        return Span(Period(plan + 4, 12), Period(plan, 1), 60)
    years = _FROM_TO_YEAR.fullmatch(text)
    if years is None or years[1] >= years[2]:
        return None
    first, last = int(years[1]), int(years[2])
    return Span(Period(last, 12), Period(first, 1), 12 * (last - first + 1))


def _running(text: str, frame: DraftDates) -> Span | None:
    """The span of a phrase that ends with 以来."""
    if re.search(r"月(?:份)?(?:\d+日)?以来$", text):
        return frame.title
    since = re.match(r"自?(20\d\d)年.*以来$", text)
    if since:
        return _since(int(since[1]), frame)
    if frame.until and text == "今年以来":
        return _to_date(frame.until)
    return _named(text, frame)


def _named(text: str, frame: DraftDates) -> Span | None:
    """The span of the year, half year, quarter or month that a phrase names."""
    bare = _AROUND_NAME.sub("", text)
    if _OWN_YEAR.match(bare):
        span = understood(_in_digits(bare))
        is_titled = span is not None and frame.title is not None and _is_year_of(text, frame.title)
        return frame.title if is_titled else span  # no half year has the figures of its year
    return _of_year(bare, frame) if frame.year else None


def _since(year: int, frame: DraftDates) -> Span | None:
    """From January of a year to the end of the title's span; a year alone is that span."""
    title = frame.title
    if title is None:
        return understood(f"{year}年")
    if title.end.year == year:
        return title if title.from_january else _to_date(title.end)
    months = 12 * (title.end.year - year) + title.end.month
    return Span(title.end, Period(year, 1), months) if months > 0 else understood(f"{year}年")


def _same_months(text: str, frame: DraftDates) -> Span | None:
    """The title's span in the year that a phrase names (2023年同期), else in the year before.

    Without a title it is that year.
    """
    if not frame.year:
        return None
    span, named = frame.usual, _OWN_YEAR.match(text)
    now = span.end.year if span else frame.year
    year = int(named[0]) if named else now - (2 if text.startswith("前年") else 1)
    if span is None:
        return understood(f"{year}年")
    back = YEAR * (year - now)
    return Span(span.end.plus(back), span.since.plus(back) if span.since else None, span.length)


def _is_year_of(text: str, title: Span) -> bool:
    """Whether a phrase is nothing but the year of a title that ends within it."""
    return title.from_january and title.end.month < 12 and text == f"{title.end.year}年"


def _of_year(bare: str, frame: DraftDates) -> Span | None:
    """The span of a phrase that names no year."""
    year, titled = frame.year or 0, frame.title
    if bare.startswith(("去年", "上年")):
        return understood(f"{year - 1}年")
    if bare.startswith("明年"):
        return understood(f"{year + 1}年")
    if bare.startswith(("今年", "本年", "目前")):
        own = titled and titled.end.year == year and (titled.from_january or "今年" not in bare)
        return titled if own else understood(f"{year}年")
    if bare.startswith("全年") or bare in {"年", "年底", "年末"}:
        return understood(f"{year}年")
    return understood(_in_digits(f"{year}年{bare}"))


def _in_digits(text: str) -> str:
    if "个月" in text and (months := _FIRST_MONTHS.search(text)):
        return f"{text[: months.start()]}1-{chinese_number(months[1])}月"
    if "至" in text or "到" in text:
        text = _FROM_TO_MONTH.sub("-", text)
    numerals = str.maketrans("一二三四", "1234")
    return _QUARTER.sub(lambda match: match[0].translate(numerals), text)
