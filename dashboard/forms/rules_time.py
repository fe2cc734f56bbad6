"""Rules through time: a figure since January that falls, a month out of its usual band."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from dashboard.catalogue.concepts import Accumulation, Indicator, Observation
from dashboard.catalogue.periods import Period
from dashboard.forms.rule_figures import Figures, Stated, rounding, shown, value_of
from dashboard.forms.rules import Found, Rule
from dashboard.language import Text

_NEAR = 3  # months: a stock is held against one of at most a quarter before
_ENOUGH = 3  # earlier months without which there is no usual one
_NO_FLOW = frozenset({"percent", "permille", "rate", "multiple", "grade"})


def to_date_falls(rule: Rule, figures: Figures) -> Iterator[Found]:
    """A figure since January below one of an earlier month of its year; the later one is shown.

    Where the later one was there before, it is the earlier one that is now too high.
    """
    for one, indicator in figures.actual(rule):
        counted = indicator.unit.dimension not in _NO_FLOW
        if indicator.accumulation is not Accumulation.YEAR_TO_DATE or not counted:
            continue
        series = figures.series(one)
        place = bisect_left(series, (one.period,))
        before = series[place - 1] if place else None
        later = series[place + 1] if place + 1 < len(series) else None
        if _falls(rule, before, Stated(one.period, value_of(one))):
            yield _fallen(one, before)
        elif _falls(rule, Stated(one.period, value_of(one)), later):
            if not _is_own(figures, one, later.period):
                yield _fallen(one, later)


def _falls(rule: Rule, earlier: Stated | None, later: Stated | None) -> bool:
    if earlier is None or later is None or earlier.period.year != later.period.year:
        return False
    if later.value >= earlier.value:
        return False
    slack = rounding([earlier.value, later.value]) + rule.tolerance * abs(earlier.value)
    return earlier.value - later.value > slack


def _is_own(figures: Figures, one: Observation, period: Period) -> bool:
    """Whether the sheet itself holds the figure of that period, and so is told of it there."""
    return one.indicator in figures.by_place.get((one.area, period, one.kind, None), {})


def _fallen(one: Observation, than: Stated) -> Found:
    (early, more), (late, less) = sorted([than, Stated(one.period, value_of(one))])
    told = [f"{late} {shown(less, lang)} < {early} {shown(more, lang)}" for lang in ("zh", "en")]
    return Found(one, than.value, Text(*told), decimals=2)


class _Month(NamedTuple):
    """What a period of ``length`` months brought, for each of its months."""

    period: Period
    each: float
    length: int


def jump(rule: Rule, figures: Figures) -> Iterator[Found]:
    """A month far from those before it: a stock from the last one, a flow from the usual month."""
    for one, indicator in figures.actual(rule):
        if indicator.unit.dimension in _NO_FLOW:
            continue
        if indicator.accumulation is Accumulation.END_OF_PERIOD:
            found = _stock_jump(rule, figures, one, indicator)
        else:
            found = _flow_jump(rule, figures, one, indicator)
        if found is not None:
            yield found


def _stock_jump(
    rule: Rule, figures: Figures, one: Observation, indicator: Indicator
) -> Found | None:
    before = figures.before(one, _NEAR)
    if not before or before[-1].value <= 0 or before[-1].value < indicator.base_min:
        return None
    last = before[-1]
    if rule.within(value_of(one) / last.value):
        return None
    told = [f"{last.period} {shown(last.value, language)}" for language in ("zh", "en")]
    return _jumped(rule, one, last.value, Text(*told), value_of(one) / last.value)


def _flow_jump(
    rule: Rule, figures: Figures, one: Observation, indicator: Indicator
) -> Found | None:
    """Held against the usual month of this year and the last, and the same month a year ago."""
    months = _months(figures.series(one), indicator, one.period)
    if not months or months[-1].period != one.period:
        return None
    now = months.pop()
    same_year_ago = [month for month in months if month.period == one.period.plus(-12)]
    recent = [month.each for month in months if month.period >= Period(one.period.year - 1, 1)]
    usual = median(recent) if len(recent) >= _ENOUGH else 0.0
    # Nothing in a month is said of much that comes seasonally; it is no jump.
    if usual <= 0 or usual * now.length < indicator.base_min or now.each <= 0:
        return None
    far = not rule.within(now.each / usual)
    as_before = any(month.each and rule.within(now.each / month.each) for month in same_year_ago)
    if not far or as_before:
        return None
    count = len(recent)
    told = Text(
        f"当月 {shown(now.each, 'zh')}，此前 {count} 个月的中位数 {shown(usual, 'zh')}",
        f"the month's own {shown(now.each, 'en')}, the median of {count} months before "
        f"{shown(usual, 'en')}",
    )
    return _jumped(rule, one, usual, told, now.each / usual)


def _months(series: list[Stated], indicator: Indicator, last: Period) -> list[_Month]:
    """What each period brought of its own, to date ones less the figure before in their year."""
    first = Period(last.year - 1, 1)
    there = series[bisect_left(series, (first,)) : bisect_right(series, (last.plus(1),))]
    there = [each for each in there if each.period <= last]
    if indicator.accumulation is not Accumulation.YEAR_TO_DATE:
        return [_Month(period, value, 1) for period, value in there]
    found, before = [], Stated(Period(first.year, 1), 0.0)
    for period, value in there:
        same = before.period.year == period.year and before.value and before.period < period
        start, done = (before.value, before.period.month) if same else (0.0, 0)
        length = period.month - done
        found.append(_Month(period, (value - start) / length, length))
        before = Stated(period, value)
    return found


def _jumped(rule: Rule, one: Observation, base: float, told: Text, times: float) -> Found:
    low, high = rule.limits
    zh = f"{told.zh}，相当于 {times:.2f} 倍，通常在 {low:g}—{high:g} 倍之间"
    en = f"{told.en}: {times:.2f} times that, where {low:g} to {high:g} is usual"
    return Found(one, base, Text(zh, en), decimals=2)
