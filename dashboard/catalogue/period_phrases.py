"""Finds periods in running text: 2024年9月, 二〇二四年三季度, 2025年9-10月, 第40周.

A phrase is taken whole, from its year to its last word of time, and then understood whole or not at
all: 2025年9-10月 is never the year 2025. What is not understood has no span and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dashboard.catalogue.english_periods import in_chinese
from dashboard.catalogue.spans import FIRST_YEAR, LAST_YEAR, Period, Span, months_counted

_EXPECTED = "expected 2024, 2024-09, 2024Q3, 2024H1, 2024年9月 or a..b"
_WIDTH = str.maketrans(
    "０１２３４５６７８９－—–―～〜~至到／．（）【】〇○", "0123456789---------/.()()00"
)
_DIGITS = {sign: str(at) for at, sign in enumerate("零一二三四五六七八九")} | {"0": "0"}
_DIGIT = "[0零一二三四五六七八九]"
_CHINESE_YEAR = re.compile(rf"(?<!{_DIGIT})({_DIGIT}{{4}}|{_DIGIT}{{2}})(?=年)")
_TENS = "(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CHINESE_NUMBER = re.compile(
    rf"{_TENS}(?=月|季|周|日|[-、和及与]{_TENS}?(?:月|季))|(?<=[第前]){_TENS}"
)
# Spans that count from January: 前三个月, 头9个月, 前两季度; quarters in Roman digits, 首季度.
# 提前3个月, 以前3个月 and 牵头2个月 are none.
FIRST = "(?<![提目以之节日此生事牵带])(?<![过年春]年)[前头]"
_FIRST_MONTHS = re.compile(rf"{FIRST}(1[01]|[2-9])个?月(?![以之]?[前后内])")
_FIRST_QUARTERS = re.compile(rf"{FIRST}([2-4])个?(?=季)")
_COUNTED = re.compile(rf"({FIRST})(两|{_TENS})(?=个?[月季])")
_ROMAN_QUARTER = re.compile(r"(?<![A-Za-z])(IV|I{1,3})(?=季)")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_SHORT_YEAR = re.compile(
    r"(?<!\d)(\d{2})(?=年度?\(?(?:\d{1,2}(?:-\d{1,2})?月|第?[1-4]季度|[上下]半年))"
)

_YEAR = r"(?:19|20)\d{2}"
_STARTS = (
    rf"(?<!\d){_YEAR}(?:年度?|(?=[-/.]\d{{1,2}}(?!\d))|(?=[-/]{_YEAR}学?年)|(?=学年)"
    r"|(?=-?[QHqh][1-4]))"
)
_DAY = r"[日号](?!楼|院|线|路|店|馆|文|令)"
_MONTH = r"\d{1,2}月(?![龄均薪内前后饼]|以[上下内])"
_SEASON = r"季(?:度末?|末|(?![青节春花园歌香华豆风美度]))"
_WORDS = (
    rf"{_YEAR}学?年(?:度)?|学年",
    r"上(?=[-、和及]下半年)",
    rf"{_YEAR}(?=[-/.]\d)",
    rf"{_MONTH}(?:\d{{1,2}}{_DAY}|份|末|底|初(?!步)|[上中下]旬)*",
    r"\d{1,2}日",
    rf"第?[1-4]{_SEASON}",
    rf"前[2-4]{_SEASON}",
    r"[上下]?半年度?",
    r"[春夏秋冬](?:季|(?![\u4e00-\u9fff]))|[寒暑](?:期|假)",
    r"[正冬腊]月|本[月季年周]|春节|清明|国庆|中秋|端午|元旦",
    r"全年|年?[末底](?!季)|年?初(?!步)",
    r"[QHqh][1-4]|[1-4][Qq]",
    r"第\d{1,3}(?!(?:人民|中学|小学|医院|社会|福利|养老))(?:周|旬|期|批次?|次|号|轮)?",
    r"\d{1,2}周(?![岁年])",
    r"[上中下]旬",
    r"以来|以前|之前|以后",
    r"\d{1,2}(?=[-、和及与/.]\d)",
    r"(?<=[-/.])\d{1,2}(?!\d)",
)
_WORD = "(?:" + "|".join(_WORDS) + ")"
_BETWEEN = r"[-、和及与,/.]"
_CHUNK = re.compile(rf"{_STARTS}(?:\(?{_BETWEEN}?\(?{_WORD}\)?)*")
# A month or quarter that stands apart from its year: 2025年街道指标表(9月).
_FIRST = (
    rf"\d{{1,2}}(?=[-、和及与]\d{{1,2}}(?:[-、和及与]\d{{1,2}})?(?:月|{_SEASON}))",
    _MONTH,
    rf"第?[1-4](?:{_SEASON}|(?=[-、和及与]第?[1-4]{_SEASON}))",
    rf"(?<!提)前[2-4]{_SEASON}",
    r"[上下]半年度?|半年度?(?!报)|上(?=[-、和及]下半年)",
    r"第\d{1,3}(?:周|旬|期|批|轮|次)",
    r"[春夏秋冬]季|[上中下]旬|[寒暑](?:期|假)|[冬腊]月",
    r"(?<![A-Za-z])[QH][1-4](?!\d)",
)
_APART = re.compile(rf"(?<![\d第])(?:{'|'.join(_FIRST)})(?:{_BETWEEN}?{_WORD})*", re.IGNORECASE)
_PLACE = re.compile(r"[\u4e00-\u9fff]{0,3}(?:街道|镇|乡|村|社区|路|大道|广场)")


class Phrase(NamedTuple):
    """A period as printed; ``span`` is None where it is not understood."""

    text: str
    span: Span | None


def parse(text: str) -> Span:
    """A period in any of the written forms: 2024, 2024-09, 2024Q3, 2021H1, 2024年1—5月, 2020..2024.

    Raises ValueError saying what was expected.
    """
    plain = plain_text(text)
    if ".." in plain:
        return _span_of_two(plain, text)
    span = understood(plain)
    if span is None:
        raise ValueError(f"{text}: not a period; {_EXPECTED}")
    return span


def _span_of_two(plain: str, text: str) -> Span:
    first, last = plain.split("..", 1)
    end = parse(last).end
    if not first:
        return Span(end, None, -1)
    begin = parse(first)
    since = begin.since or begin.end
    if since > end:
        raise ValueError(f"{text}: the span ends before it begins")
    return Span(end, since, months_counted(since, end))


def find(text: str) -> Span | None:
    """The first period named inside a longer text such as a title.

    None where there is none, or where it is not understood.
    """
    first = next(iter(phrases(text)), None)
    return first.span if first else None


def phrases(text: str) -> list[Phrase]:
    """Every period named inside a longer text, in order, each with its span or None.

    A month or quarter that stands apart from the only year of the text belongs to that year.
    """
    plain = plain_text(text)
    chunks = [(match[0], match.span()) for match in _CHUNK.finditer(plain)]
    apart = list(_apart(plain, [place for _, place in chunks]))
    whole = [Phrase(chunk, _span_of_chunk(chunk)) for chunk, _ in chunks]
    if not apart or not whole:
        return whole
    return _joined(whole, apart)


def _apart(plain: str, taken: list[tuple[int, int]]) -> Iterator[str]:
    """Months and quarters outside the phrases that begin with a year."""
    for match in _APART.finditer(plain):
        within = any(start <= match.start() < end for start, end in taken)
        if not within and not _PLACE.match(plain, match.end()):
            yield match[0]


def rest_of(text: str) -> str:
    """What a text says besides its periods; each of them leaves a bar."""
    plain = _CHUNK.sub("|", plain_text(text))
    return _APART.sub(lambda match: match[0] if _PLACE.match(plain, match.end()) else "|", plain)


def _joined(whole: list[Phrase], apart: list[str]) -> list[Phrase]:
    """The phrases, the first of them with what is said of its year elsewhere in the text."""
    first, *rest = whole
    year = re.match(_YEAR, first.text)
    if year is None or first.span is None:
        return whole
    parts = [understood(f"{year[0]}年{part}") for part in dict.fromkeys(apart)]
    text = first.text + "".join(f"({part})" for part in dict.fromkeys(apart))
    is_year = first.span.length == 12
    spans = [*parts] if is_year else [first.span, *parts]
    return [Phrase(text, _longest(spans)), *rest]


def plain_text(text: str) -> str:
    """A text without spaces, digits narrow, dashes of one kind, numbers of time in digits."""
    plain = re.sub(r"\s+", "", in_chinese(str(text))).translate(_WIDTH)
    plain = plain.replace("元月", "1月").replace("首季", "1季")
    plain = _ROMAN_QUARTER.sub(lambda match: _ROMAN[match[1]], plain)
    plain = _COUNTED.sub(lambda at: f"{at[1]}{_number(at[2].replace('两', '二'))}", plain)
    plain = _FIRST_QUARTERS.sub(r"前\1", _FIRST_MONTHS.sub(r"1-\1月", plain))
    plain = _CHINESE_YEAR.sub(lambda match: "".join(_DIGITS[digit] for digit in match[1]), plain)
    plain = _CHINESE_NUMBER.sub(lambda match: str(_number(match[0])), plain)
    return _SHORT_YEAR.sub(lambda match: f"20{match[1]}", plain)


def _number(text: str) -> int:
    """A Chinese number below 100."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(_DIGITS[text])
    return 10 * int(_DIGITS[tens or "一"]) + (int(_DIGITS[ones]) if ones else 0)


def _span_of_chunk(chunk: str) -> Span | None:
    """The span of a phrase; what stands in brackets goes on with it, or says the same again."""
    span = understood(re.sub(r"[()]", "", chunk))
    base, bracket, inner = chunk.partition("(")
    if span is not None or not bracket:
        return span
    year = base[: len("2024")]
    return _longest([understood(base), understood(f"{year}年{inner.rstrip(')')}")])


def _longest(spans: list[Span | None]) -> Span | None:
    """The longest of spans that end together; None where one is unknown or ends elsewhere."""
    known = [span for span in spans if span is not None]
    alike = len(known) == len(spans) and len({span.end for span in known}) == 1
    return max(known, key=lambda span: span.length) if alike else None


def understood(plain: str) -> Span | None:
    """The span of a phrase in plain text, all of it; None where a part of it means nothing."""
    for pattern, read in _FORMS:
        match = pattern.fullmatch(plain)
        if match:
            return read(*match.groups())
    return None


def _month(year: int | str, month: int | str) -> Period | None:
    period = Period(int(year), int(month))
    inside = FIRST_YEAR <= period.year <= LAST_YEAR and 1 <= period.month <= 12
    return period if inside else None


def _one_month(year: str, month: str, day: str | None = None) -> Span | None:
    """A month, named alone or by one of its days; None for a day that it does not have."""
    end = _month(year, month)
    exists = end is not None and (day is None or 1 <= int(day) <= end.days)
    return Span(end) if end and exists else None


def _between(since: Period | None, end: Period | None) -> Span | None:
    if since is None or end is None or since > end:
        return None
    if since == end:
        return Span(end)
    return Span(end, since, months_counted(since, end))


def _whole_year(year: str) -> Span | None:
    return _between(_month(year, 1), _month(year, 12))


def _years(first: str, last: str) -> Span | None:
    return None if first == last else _between(_month(first, 1), _month(last, 12))


def _of_year(year: str, first: str, last: str) -> Span | None:
    return _between(_month(year, first), _month(year, last))


def _to_month(year: str, month: str) -> Span | None:
    """January to a month; 1—1月 says that it is since January too."""
    end, since = _month(year, month), _month(year, 1)
    return Span(end, since, end.month) if end and since else None


def _quarter(year: str, quarter: str) -> Span | None:
    end = _month(year, int(quarter) * 3)
    return Span(end, None, 3) if end else None


def _quarters(year: str, first: str, last: str) -> Span | None:
    return _between(_month(year, int(first) * 3 - 2), _month(year, int(last) * 3))


def _half(year: str, half: str) -> Span | None:
    return _of_year(year, "1", "6") if half in "上1" else _of_year(year, "7", "12")


def _days(
    year: str, month: str, day: str, to_year: str | None, to: str, to_day: str
) -> Span | None:
    """Whole months given by their first and last day."""
    since, end = _month(year, month), _month(to_year or year, to)
    if since is None or end is None or int(day) != 1:
        return None
    return _between(since, end) if int(to_day) == end.days else None


def _last_day(year: str, month: str, day: str) -> Span | None:
    end = _month(year, month)
    return Span(end) if end and 28 <= int(day) <= end.days else None


_Y = rf"({_YEAR}|\d{{4}})"
_Y_WORD = rf"{_Y}年(?:度)?"
_M = r"(0?[1-9]|1[0-2])"
_M_END = r"月(?:份|末|底)?"
_Q = r"([1-4])"
_Q_END = r"季(?:度)?末?"
_FORM_TEXTS: tuple[tuple[str, Callable[..., Span | None]], ...] = (
    (_Y, _whole_year),
    (rf"{_Y_WORD}(?:全年|年?末|年?底)?", _whole_year),
    (rf"{_Y}[-/.](\d{{1,2}})", _one_month),
    (rf"{_Y}[-/.](\d{{1,2}})[-/.](28|29|30|31)", _last_day),
    (r"(\d{4})(\d{2})", _one_month),
    (rf"{_Y}-?Q1-Q?([2-4])", lambda year, last: _quarters(year, "1", last)),
    (rf"{_Y}-?Q{_Q}-Q?{_Q}", _quarters),
    (rf"{_Y}(?:年度?)?-?Q{_Q}", _quarter),
    (rf"{_Y}(?:年度?)?-?{_Q}Q", _quarter),
    (rf"{_Y}(?:年度?)?-?H([12])", _half),
    (rf"{_Y}年度?Q{_Q}-Q?{_Q}", _quarters),
    (rf"{_Y_WORD}0?1月?-{_M}{_M_END}", _to_month),
    (rf"{_Y_WORD}{_M}月?-{_M}{_M_END}", _of_year),
    (rf"{_Y_WORD}{_M}{_M_END}(?:(\d{{1,2}})[日号])?", _one_month),
    (rf"{_Y_WORD}([上下])半年度?", _half),
    (rf"{_Y_WORD}前([2-4])季(?:度)?", lambda year, last: _quarters(year, "1", last)),
    (rf"{_Y_WORD}第?{_Q}(?:{_Q_END})?-第?{_Q}{_Q_END}", _quarters),
    (rf"{_Y_WORD}第?{_Q}{_Q_END}", _quarter),
    (rf"{_Y}年?-{_Y_WORD}", _years),
    (rf"{_Y}[-.]{_M}-{_Y}[-.]{_M}", lambda y, m, y2, m2: _between(_month(y, m), _month(y2, m2))),
    (rf"{_Y}\.{_M}-{_M}", _of_year),
    (
        rf"{_Y}年度?{_M}月?-{_Y}年{_M}{_M_END}",
        lambda y, m, y2, m2: _between(_month(y, m), _month(y2, m2)),
    ),
    (rf"{_Y}年{_M}月(\d{{1,2}})日?-(?:{_Y}年)?{_M}月(\d{{1,2}})日", _days),
)
_FORMS = tuple((re.compile(text, re.IGNORECASE), read) for text, read in _FORM_TEXTS)
