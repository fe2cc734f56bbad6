"""Works out the period that headings or labels name together, or what contradicts in them.

Each level gives the year to those below it and is narrowed by them: 2024年 above 上半年 above 3月.
A phrase of time that is not understood whole is asked about, and so are two that disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.parts_of_year import PART, is_relative, part_of_year, span_of_part
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.dated_headings import split_part
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.month_years import bare_month
from dashboard.intake.understanding.phrases import PERIOD
from dashboard.intake.understanding.places import names_period, period_of
from dashboard.intake.understanding.words import normal

_OF_WHICH = re.compile(r"^其中[:：]?")
_YEAR = re.compile(r"\d{4}(?:年度?)?")


class Named(NamedTuple):
    """What the levels around a figure name: their period, or what is to be asked of them."""

    span: Span | None
    gap: Gap | None = None
    part: str = ""  # the innermost part of a year, where no level names the year


class _Level(NamedTuple):
    """One level: its text, the part of a year that it names without one, and its span."""

    text: str
    part: str
    span: Span | None
    is_clear: bool = True


def levels_of(texts: Iterable[str]) -> list[str]:
    """Headings or labels with the parts of a year in them as levels of their own."""
    return [
        level for text in texts for level in split_part(text) or (_OF_WHICH.sub("", text) or text,)
    ]


def named_by(levels: Sequence[str], base: Span | None, outer: Span | None = None) -> Named:
    """The period that levels name, the outermost first, in the year of ``base``.

    ``outer`` is a period in which all of them must lie.
    """
    span, part, has_year = outer, "", outer is not None
    before = words_of(outer) if outer is not None else Text("", "")
    for text in levels:
        level = _level(text, span or base, part)
        if not level.is_clear:
            return Named(None, gaps.unclear_period(text))
        if level.span is None:
            continue
        if span is not None and not agree(span, level.span):
            return Named(None, gaps.periods_contradict(before, text))
        span, before, part = level.span, Text(text, text), level.part or part
        has_year = has_year or not level.part
    return Named(None if span is outer else span, None, "" if has_year else part)


def _level(text: str, base: Span | None, part: str) -> _Level:
    """What one level names; a year below a part of one is that part of this year."""
    if names_period(text):
        span = period_of(text, base)
        own = part_of_year(normal(text))
        if span is not None and part and _YEAR.fullmatch(normal(text)):
            return _Level(text, "", span_of_part(part, span.end.year))
        is_month = bool(bare_month(normal(text)))  # its year may be found from its neighbours
        return _Level(text, own, span, span is not None or base is None or is_month)
    plain = normal(text)
    if not PERIOD.search(plain):
        return _Level(text, "", None, not PART.search(plain))
    spans = [phrase.span for phrase in periods.phrases(plain)]
    known = {(span.end, span.length) for span in spans if span is not None}
    is_clear = None not in spans and len(known) < 2
    return _Level(text, "", spans[0] if spans and is_clear else None, is_clear)


def agree(outer: Span, inner: Span) -> bool:
    """Whether the inner of two periods lies in the outer, or both end together."""
    return outer.end == inner.end or (outer.first <= inner.first and inner.end <= outer.end)


def against_title(named: Named, title: Span | None, *, alone: bool) -> Gap | None:
    """What is asked where a part of a year cannot be of the title's period.

    It may lie before the month of the title (8月 below 2017年9月), not after it; several months
    that stand ``alone`` below another month may be left from an earlier table.
    """
    if named.span is None or title is None or not named.part or is_relative(named.part):
        return None
    span = named.span
    is_after = title.end < span.end or (title.length > 1 and span.end < title.first)
    is_other = alone and title.length < 2 <= span.length and span.end != title.end
    if is_after or is_other:
        return gaps.periods_contradict(words_of(title), named.part)
    return None


def words_of(span: Span) -> Text:
    """A period as a sentence names it: 2017年9月, 2017年1—3月."""
    first, last = span.first, span.end
    return Text(periods.name_of_all(first, last, "zh"), periods.name_of_all(first, last, "en"))
