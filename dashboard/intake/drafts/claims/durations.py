"""Judges lengths of time against their ends: from March to May four months, 提前一年, a weekday."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.catalogue.spans import Span
from dashboard.intake.drafts.finding import ERROR, WARNING, DraftFinding, printed
from dashboard.intake.forms.chinese_numerals import chinese_number

_YEAR = 12  # months
_WITHOUT_AND_WITH_A_LEAP_DAY = (2023, 2024)
_NUMERAL = r"(?:\d{1,3}|[一两二三四五六七八九十]{1,3})"
_TO = r"(?:[,、]?(?:-|至|到|持续[至到]|延续[至到]|开始[,、]?|起[,、]?至?))"
_TAKES = "(?:历时|为期|前后|持续|共|用时|开了|用了|长达|累计|合计)"
_LASTS = rf"[^。;\d]{{0,12}}?{_TAKES}(?:了|近|约)?(?P<length>{_NUMERAL})"
_MONTHS = re.compile(
    rf"(?<!\d)(?P<first>\d{{1,2}})月(?:份)?{_TO}(?P<last>\d{{1,2}})月(?:份|底|末)?{_LASTS}个月"
)
_DAYS = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<first>\d{1,2})日"
    rf"{_TO}(?:(?P<until>\d{{1,2}})月)?(?P<last>\d{{1,2}})日{_LASTS}天"
)
_FROM_DAY = re.compile(
    rf"(?P<first>\d{{1,2}})月(?P<day>\d{{1,2}})日[^。;\d]{{0,6}}?{_TO}(?P<last>\d{{1,2}})月(?P<until>\d{{1,2}})日"
    rf"{_LASTS}个月"
)
_HOUR = r"\d{1,2}(?:时|:|点)(?:\d{2}分?|半)?"
_HOURS = re.compile(
    rf"(?P<first>{_HOUR})[^。;\d]{{0,8}}(?P<last>{_HOUR})[^。;\d]{{0,12}}?{_TAKES}"
    rf"(?P<length>{_NUMERAL})个?(?P<half>半)?小时"
)
_CLOCK = re.compile(r"(\d{1,2})(?:时|:|点)(?:(\d{2})|(半))?")
_WEEKDAY = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日\((?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\)"
)
_WEEK = "一二三四五六日"
_EARLY = re.compile(
    rf"(?:原定|计划|应|原计划|规定)[^。;\d]{{0,8}}(?P<due>20\d\d)年[^。\d]{{0,4}}[^。]{{0,30}}?(?P<done>20\d\d)年[^。\d]{{0,24}}"
    rf"(?P<way>提前|推迟|延后|晚)(?:了)?(?P<length>{_NUMERAL})年"
)
_THESE_YEARS = re.compile(r"(?:^|[。,:])(?P<length>[两二三四五六七八九])年(?:来|间),")


def durations(plain: str, number: int, year: int | None) -> Iterator[DraftFinding]:
    """The lengths and weekdays of passage ``number``; ``year`` is the draft's."""
    for pattern, due in _LENGTHS:
        for match in pattern.finditer(plain):
            yield from _wrong_length(match, due(match), number)
    for match in _WEEKDAY.finditer(plain):
        yield from _wrong_weekday(match, number, year)
    for match in _EARLY.finditer(plain):
        yield from _wrong_way(match, number)


def years_of_title(plain: str, number: int, title: Span | None) -> Iterator[DraftFinding]:
    """三年来 in a draft whose title names a span of five years."""
    if title is None or title.length <= _YEAR or title.length % _YEAR:
        return
    for match in _THESE_YEARS.finditer(plain):
        if chinese_number(match["length"]) != title.length // _YEAR:
            words = match[0].strip("。,:")
            message = Text(
                f"标题的时段是 {title.length // _YEAR} 年，写的是“{words}”",
                f"the title covers {title.length // _YEAR} years, the text says {words}",
            )
            yield DraftFinding("two_spans", WARNING, message, ((number, *match.span()),))


def _wrong_length(
    match: re.Match[str], due: tuple[Decimal, ...], number: int
) -> Iterator[DraftFinding]:
    stated = chinese_number(match["length"])
    if stated is None or not due:
        return
    stated += Decimal("0.5") if match.groupdict().get("half") else 0
    if stated not in due:
        yield _finding(match, printed(due[0]), number)


def _months(match: re.Match[str]) -> tuple[Decimal, ...]:
    first, last = int(match["first"]), int(match["last"])
    if not (1 <= first <= _YEAR and 1 <= last <= _YEAR):
        return ()
    return Decimal((last - first) % _YEAR + 1), Decimal((last - first) % _YEAR)


def _months_of_days(match: re.Match[str]) -> tuple[Decimal, ...]:
    """Whole months from a day to a day; () where they are none."""
    months = int(match["last"]) - int(match["first"])
    days = int(match["until"]) - int(match["day"]) + 1
    if months < 0 or not (days <= 1 or days >= 28):
        return ()
    return (Decimal(months + (days >= 28)),)


def _days(match: re.Match[str]) -> tuple[Decimal, ...]:
    """Days from a day to another, with both or one of them: of the year named, else of any."""
    years = (int(match["year"]),) if match["year"] else _WITHOUT_AND_WITH_A_LEAP_DAY
    gaps = [gap for year in years if (gap := _gap(match, year)) >= 0]
    return tuple(Decimal(days) for gap in gaps for days in (gap + 1, gap))


def _gap(match: re.Match[str], year: int) -> int:
    """How many days lie between the two days of a year; -1 where it has not both, in this order."""
    month = int(match["month"])
    try:
        first = date(year, month, int(match["first"]))
        last = date(year, int(match["until"] or month), int(match["last"]))
    except ValueError:
        return -1
    return max((last - first).days, -1)


def _hours(match: re.Match[str]) -> tuple[Decimal, ...]:
    first, last = _clock(match["first"]), _clock(match["last"])
    if first is None or last is None or last <= first:
        return ()
    return (last - first,) if (last - first) % Decimal("0.5") == 0 else ()


def _clock(text: str) -> Decimal | None:
    match = _CLOCK.match(text)
    if match is None or int(match[1]) > 24:
        return None
    return int(match[1]) + (Decimal("0.5") if match[3] else Decimal(int(match[2] or 0)) / 60)


_LENGTHS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[Decimal, ...]]], ...] = (
    (_MONTHS, _months),
    (_FROM_DAY, _months_of_days),
    (_DAYS, _days),
    (_HOURS, _hours),
)


def _wrong_weekday(match: re.Match[str], number: int, year: int | None) -> Iterator[DraftFinding]:
    known = int(match["year"]) if match["year"] else year
    if not known:
        return
    try:
        due = _WEEK[date(known, int(match["month"]), int(match["day"])).weekday()]
    except ValueError:
        return
    if match["weekday"].replace("天", "日") != due:
        message = Text(
            f"{known}年{match['month']}月{match['day']}日是星期{due}，写的是“{match[0]}”",
            f"the weekday is wrong: {known}-{match['month']}-{match['day']} is 星期{due}, the"
            f" text says {match[0]}",
        )
        yield DraftFinding("day", WARNING, message, ((number, *match.span()),))


def _wrong_way(match: re.Match[str], number: int) -> Iterator[DraftFinding]:
    """A term that was met so many years early or late, against its two years."""
    early = int(match["due"]) - int(match["done"])
    due = early if match["way"] == "提前" else -early
    stated = chinese_number(match["length"])
    if stated is not None and stated not in {due, due - 1}:  # 2024年1月 to 2025年底 may be two
        yield _finding(match, str(due), number)


def _finding(match: re.Match[str], due: str, number: int) -> DraftFinding:
    message = Text(
        f"时长不符：应为 {due}，写的是“{match[0]}”",
        f"the length of time is wrong: {due} is due, the text says {match[0]}",
    )
    return DraftFinding("duration", ERROR, message, ((number, *match.span()),))
