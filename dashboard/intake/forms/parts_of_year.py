"""Finds parts of a year in headings and labels: 1-3月, 前三季度, 截至8月末, Q2, 去年上半年.

Which year they are of stands elsewhere: in the title, the sheet's name, a heading above.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dashboard.catalogue import periods
from dashboard.catalogue.english_periods import in_chinese
from dashboard.catalogue.period_phrases import FIRST
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.files.cells import squeezed

_TO = r"(?:[-—–~～－]+|至|到)"
_AND = r"[、和及与,，/]"
_NUMBER = (
    r"(?:(?<!\d)(?:1[0-2]|0?[1-9])|(?<![一二三四五六七八九十第])(?:十[一二]?|[一二三四五六七八九])"
    r"|元(?=月))"
)
# A month that is no time: 月龄, 月薪, 3月以上, 5个月.
_NO_TIME = r"(?![龄均薪内饼嫂子]|以[上下内])"
_MONTH = rf"{_NUMBER}月{_NO_TIME}(?:份?(?:末|底)|份)?(?:(?:2[89]|3[01])[日号])?"
_MONTHS = rf"(?:{_NUMBER}(?:月份?)?(?:{_TO}|{_AND}))*{_MONTH}"
_FOURTH = r"(?:(?<!\d)[1-4]|[一二三四]|IV|I{1,3})"
_SEASON = r"季(?:度末?|末|(?![节春花园歌香华豆风美]))"
_QUARTERS = rf"(?:第?{_FOURTH}(?:季度?)?(?:{_TO}|{_AND}))*第?{_FOURTH}{_SEASON}"
_FIRST_QUARTERS = rf"{FIRST}[二两三四2-4]个?{_SEASON}|首{_SEASON}"
_FIRST_MONTHS = rf"{FIRST}(?:1[01]|[2-9]|十一|[两二三四五六七八九十])个?月"
_LATIN = r"(?<![A-Za-z\d])(?:[QqHh][1-4])(?:-[Qq]?[1-4])?(?![A-Za-z\d])"
_YEAR = r"(?P<year>[去上前]年度?|上一年度?|[本今当]年)?"
_PHRASE = (
    rf"(?:截[至止]到?|截止至|自|从|至)?{_YEAR}"
    rf"(?P<part>{_FIRST_MONTHS}|{_FIRST_QUARTERS}|{_MONTHS}|{_QUARTERS}|[上下]半年度?|{_LATIN})"
    r"(?:为?止)?"
)
PART = re.compile(_PHRASE)
BEHIND_A_YEAR = rf"第?{_FOURTH}{_SEASON}|[上下]半年度?|{_FIRST_QUARTERS}|{_FIRST_MONTHS}"
# Other words of time, which are read in a table's headings or not at all: 上年同期, 第1周, 上月末.
_OTHER_TIME = re.compile(
    r"[上去前]年(?!龄)|上一年度|上一?个?[月季]|同期|第\d{1,3}周|(?<!\d)\d{1,2}周(?!岁|年)|[上中下]旬"
    r"|[春夏秋冬]季|春节|[本当]月|年初|\d个?月|^[\d.()（）\-—~至]+$|(?<!\d)(?:19|20)\d{2}(?:年|[-./]\d)"
)
# What may stand behind a part of a year in a line above a table that speaks of no figure's period.
_FROM_THEN = re.compile("起|以?来")
_NOT_WHOLE = re.compile(r"以?[前后内]|[上中下]旬|\d{1,2}[日号]")
_WHOLE_YEAR = re.compile(r"全年")
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）])"
    r"(?![一二三四五六七八九十]{1,2}(?:月|季|至|到|[-—–~、]))"
)
_YEARS_BACK = {"去": 1, "上": 1, "前": 2}


def without_section_number(text: str) -> str:
    """A heading without its number (一、8月 is 8月); 一、二月 may be two months and stays whole."""
    return _SECTION.sub("", text)


@lru_cache(maxsize=65536)
def part_of_year(text: str) -> str:
    """The text where it names a month, quarter or half without a year (9月), else empty.

    去年9月 is such a part too: of the year before the one that is stated elsewhere.
    """
    text = without_section_number(squeezed(text))
    return text if text and (PART.fullmatch(text) or _WHOLE_YEAR.fullmatch(text)) else ""


def with_english(text: str) -> str:
    """A text with English months in brackets in Chinese: 结婚(Jan-Mar) is 结婚(1-3月)."""
    return re.sub(r"\(([^()]*)\)", lambda match: f"({in_chinese(match[1])})", text)


def part_in(line: str) -> str:
    """The part of a year inside a line above a table: (1-3月累计); empty where it has none.

    Of 3月前 and 3月上旬 it is more than the part, which is not understood then.
    """
    match = PART.search(with_english(squeezed(line)))
    if match is None or _FROM_THEN.match(match.string, match.end()):
        return ""
    more = _NOT_WHOLE.match(match.string, match.end())
    return match[0] + (more[0] if more else "")


def says_time(text: str) -> bool:
    """Whether a label names a time: a part of a year, a year, 上年同期, 第1周."""
    return bool(PART.search(with_english(squeezed(text))) or _OTHER_TIME.search(squeezed(text)))


def names_other_time(text: str, span: Span) -> bool:
    """Whether a label names a time that is not a period: 1-3月 below 2017年9月.

    A bare month is not told from a total to it; spans that end alike may be of other lengths.
    """
    plain = with_english(squeezed(text))
    named = periods.phrases(plain)
    spans = [phrase.span for phrase in named]
    if not named:
        spans = [span_of_part(match[0], span.end.year) for match in PART.finditer(plain)]
    return "同期" in plain or any(one is None or _differs(one, span) for one in spans)


def _differs(named: Span, span: Span) -> bool:
    if named.end != span.end:
        return True
    return min(named.length, span.length) > 1 and named.length != span.length


def is_relative(part: str) -> bool:
    """Whether a part is of a year before the one stated elsewhere: 去年9月."""
    match = PART.fullmatch(part)
    return match is not None and (match["year"] or "")[:1] in _YEARS_BACK


def span_of_part(part: str, year: int) -> Span | None:
    """The span of a part of a year; None where it is not understood: 1、2、3月."""
    match = PART.fullmatch(part)
    if match is None:
        return periods.find(f"{year}年") if _WHOLE_YEAR.fullmatch(part) else None
    year -= _YEARS_BACK.get((match["year"] or "")[:1], 0)
    try:
        return periods.parse(f"{year}年{match['part']}")
    except ValueError:
        return None
