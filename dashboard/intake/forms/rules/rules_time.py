"""Defines the rules through time: a figure since January that falls, a month out of its band."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

import numpy as np

from dashboard.base.language import Text, number
from dashboard.catalogue.concepts import Accumulation, Indicator, Observation
from dashboard.catalogue.periods import Period, months_between
from dashboard.intake.forms.rules.courses import Mask, Numbers, medians
from dashboard.intake.forms.rules.printed_values import rounding_of, shown, value_of
from dashboard.intake.forms.rules.rule_figures import DatedValue, RuleFigures
from dashboard.intake.forms.rules.rules import Disagreement, Rule

_NEAR = 3  # months: a stock is held against one of at most a quarter before
YEAR = 12  # months
_YEAR_VARIES = 1.5  # times: how much wider the limits are for a stock of a year before
_FEWEST = 1.0  # a stock below it is none, whatever it was
_SMALL_VARY = 4.0  # times: how much wider the upper limit is for numbers below the smallest base
_ENOUGH = 3  # earlier months without which there is no usual one
_NO_FLOW = frozenset({"percent", "permille", "rate", "multiple", "grade"})


def to_date_falls(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A figure since January below one of an earlier month of its year; the later one is shown.

    Where the later one was there before, it is the earlier one that is now too high.
    """
    for indicator, there in figures.actual(rule):
        counted = indicator.unit.dimension not in _NO_FLOW
        if indicator.accumulation is not Accumulation.YEAR_TO_DATE or not counted:
            continue
        for observation in _screened_for_falls(figures, indicator, there):
            than = _contradicting(rule, figures, observation)
            if than is not None:
                yield _fallen(observation, than)


def _screened_for_falls(
    figures: RuleFigures, indicator: Indicator, there: list[Observation]
) -> list[Observation]:
    """The figures before or after which a value of the same year is smaller."""
    courses = figures.courses(indicator, there)
    if courses is None:
        return there
    at, before, after = courses.at, courses.at - 1, courses.at + 1
    fell = courses.of_same_year(at, before) & (courses.now < courses.value(before))
    falls = courses.of_same_year(at, after) & (courses.value(after) < courses.now)
    return courses.extraordinary(~fell & ~falls)


def _contradicting(rule: Rule, figures: RuleFigures, observation: Observation) -> DatedValue | None:
    """The figure before that is larger, or else the one after that is smaller."""
    series = figures.series(observation)
    place = bisect_left(series, (observation.period,))
    now = DatedValue(observation.period, value_of(observation))
    if place and _falls(rule, series[place - 1], now):
        return series[place - 1]
    if place + 1 == len(series) or not _falls(rule, now, series[place + 1]):
        return None
    later = series[place + 1]
    return None if _is_own(figures, observation, later.period) else later


def _falls(rule: Rule, earlier: DatedValue, later: DatedValue) -> bool:
    if earlier.period.year != later.period.year or later.value >= earlier.value:
        return False
    slack = rounding_of([earlier.value, later.value]) + rule.tolerance * abs(earlier.value)
    return earlier.value - later.value > slack


def _is_own(figures: RuleFigures, observation: Observation, period: Period) -> bool:
    """Whether the sheet itself holds the figure of that period, and so is words of it there."""
    return observation.indicator in figures.by_place.get(
        (observation.area, period, observation.kind, None), {}
    )


def _fallen(observation: Observation, than: DatedValue) -> Disagreement:
    (early, more), (late, less) = sorted(
        [than, DatedValue(observation.period, value_of(observation))]
    )
    words = [f"{late} {shown(less, lang)} < {early} {shown(more, lang)}" for lang in ("zh", "en")]
    return Disagreement(observation, than.value, Text(*words), decimals=2)


def months_to_date(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A figure since January that is not the sum of its months, or of the month and those before.

    A month of which the sheet has no such figure is held against two of the store.
    """
    for indicator, stated in figures.actual(rule):
        is_month = indicator.accumulation is Accumulation.IN_MONTH
        if indicator.unit.dimension in _NO_FLOW or not figures.is_known(indicator.linked):
            continue
        terms = _steps_to_date if is_month else _terms_to_date
        for observation in stated:
            found = None if figures.changes_by(observation) else terms(figures, observation)
            if found is None:
                continue
            value, added = value_of(observation), sum(found)
            slack = rounding_of([value, *found]) + rule.tolerance * abs(value)
            if abs(value - added) > slack:
                yield Disagreement(observation, added, _summed(found), decimals=2)


def _terms_to_date(figures: RuleFigures, observation: Observation) -> list[float] | None:
    """The months since January, or what there was a month before and the month; None if unknown."""
    indicator, end = figures.catalogue.indicators[observation.indicator], observation.period
    months = [
        figures.at(indicator.linked, observation.area, Period(end.year, month))
        for month in range(1, end.month + 1)
    ]
    before = figures.at(indicator.id, observation.area, end.plus(-1)) if end.month > 1 else None
    for terms in (months, [before, months[-1]]):
        known = [term for term in terms if term is not None]
        if len(known) == len(terms):
            return known
    return None


def _steps_to_date(figures: RuleFigures, observation: Observation) -> list[float] | None:
    """What there was since January, and, to be taken off, what there was a month before."""
    end, linked = observation.period, figures.catalogue.indicators[observation.indicator].linked
    if end.month == 1 or _is_own(figures, observation._replace(indicator=linked), end):
        return None
    now, before = (figures.at(linked, observation.area, month) for month in (end, end.plus(-1)))
    return None if now is None or before is None else [now, -before]


def _summed(terms: list[float]) -> Text:
    """130 + 220 − 5, as it is said."""
    texts = []
    for language in ("zh", "en"):
        signed = [f" {'−' if term < 0 else '+'} {shown(abs(term), language)}" for term in terms]
        texts.append("".join(signed).removeprefix(" + "))
    return Text(*texts)


class _Month(NamedTuple):
    """What a period of ``length`` months brought, for each of its months."""

    period: Period
    each: float
    length: int


def jump(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A month far from those before it: a stock from the last one, a flow from the usual month."""
    for indicator, stated in figures.actual(rule):
        if indicator.unit.dimension not in _NO_FLOW:
            is_stock = indicator.accumulation is Accumulation.END_OF_PERIOD
            jumps = _stock_jumps if is_stock else _flow_jumps
            yield from jumps(rule, figures, indicator, stated)


def _stock_jumps(
    rule: Rule, figures: RuleFigures, indicator: Indicator, stated: list[Observation]
) -> Iterator[Disagreement]:
    for observation in _unusual_stocks(rule, figures, indicator, stated):
        disagreement = _stock_jump(rule, figures, observation, indicator)
        if disagreement is not None:
            yield disagreement


def _flow_jumps(
    rule: Rule, figures: RuleFigures, indicator: Indicator, stated: list[Observation]
) -> Iterator[Disagreement]:
    months: dict[tuple[str, int], list[_Month]] = {}  # by area, and how often it was made anew
    for observation in _unusual_flows(rule, figures, indicator, stated):
        area = observation.area, figures.changes_by(observation)
        if area not in months:
            months[area] = _all_months(figures, observation, indicator)
        disagreement = _flow_jump(rule, figures, observation, indicator, months[area])
        if disagreement is not None:
            yield disagreement


def pace(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A payment of every month whose latest months differ from those before them in the year.

    For what has too few months for a usual observation: a quarter, and the months after it.
    """
    for indicator, stated in figures.actual(rule):
        for observation in stated:
            disagreement = _pace_change(rule, figures, observation, indicator)
            if disagreement is not None:
                yield disagreement


def _pace_change(
    rule: Rule, figures: RuleFigures, observation: Observation, indicator: Indicator
) -> Disagreement | None:
    months = [
        month
        for month in _all_months(figures, observation, indicator)
        if month.period.year == observation.period.year and month.period <= observation.period
    ]
    if len(months) < 2 or months[-1].period != observation.period or months[-2].each <= 0:
        return None
    before, now = months[-2:]
    times = now.each / before.each
    if rule.within(times):
        return None
    return _jumped(rule.limits, observation, before.each, _two_spans(before, now), times)


def _two_spans(before: _Month, now: _Month) -> Text:
    """至2024-03每月 3，其后2个月每月 14, as it is said."""
    return Text(
        f"至 {before.period} 每月 {shown(before.each, 'zh')}，"
        f"其后 {now.length} 个月每月 {shown(now.each, 'zh')}",
        f"{shown(before.each, 'en')} a month up to {before.period}, "
        f"{shown(now.each, 'en')} a month in the {now.length} months after it",
    )


def _stock_jump(
    rule: Rule, figures: RuleFigures, observation: Observation, indicator: Indicator
) -> Disagreement | None:
    before = figures.before(observation, _NEAR) or _a_year_before(figures, observation)
    least = max(indicator.base_min, _FEWEST)
    if not before or max(before[-1].value, value_of(observation)) < least:
        return None
    last = before[-1]
    times = value_of(observation) / last.value if last.value > 0 else math.inf
    limits = _limits(rule, months_between(last.period, observation.period))
    usual = last.value < 0 or _usual(limits, times, last.value < indicator.base_min)
    if usual or figures.explained_by_event(observation, last.period):
        return None
    words = [f"{last.period} {shown(last.value, language)}" for language in ("zh", "en")]
    return _jumped(limits, observation, last.value, Text(*words), times)


def _unusual_stocks(
    rule: Rule, figures: RuleFigures, indicator: Indicator, stated: list[Observation]
) -> list[Observation]:
    """The stocks that are not as usual beside the one of at most a quarter before."""
    courses = figures.courses(indicator, stated)
    if courses is None:
        return stated
    now, last = courses.now, courses.value(courses.at - 1)
    times = np.divide(now, last, out=np.full_like(now, np.inf), where=last > 0)
    usual = (last < 0) | _are_usual(rule, times, last < indicator.base_min)
    usual |= np.maximum(last, now) < max(indicator.base_min, _FEWEST)
    is_near = courses.back(_NEAR) < courses.at
    return courses.extraordinary(np.where(is_near, usual, courses.back(YEAR) == courses.at))


def _unusual_flows(
    rule: Rule, figures: RuleFigures, indicator: Indicator, stated: list[Observation]
) -> list[Observation]:
    """The flows that are not as usual beside the median of this year and the last."""
    courses = figures.courses(indicator, stated)
    if courses is None or figures.is_known(indicator.linked):
        return stated  # what a month brought may follow from the linked ones
    each, lengths = courses.monthly(indicator.accumulation)
    first, end = courses.since_last_year(), courses.at
    usual = np.where(end - first >= _ENOUGH, medians(each, first, end), 0.0)
    now, length = each.take(end, mode="clip"), lengths.take(end, mode="clip")
    times = np.divide(now, usual, out=np.ones_like(now), where=usual > 0)
    is_usual = (usual <= 0) | (now <= 0)
    is_usual |= np.maximum(usual, now) * length < indicator.base_min
    is_usual |= _are_usual(rule, times, usual * length < indicator.base_min)
    return courses.extraordinary(is_usual)


def _are_usual(rule: Rule, times: Numbers, are_small: Mask) -> Mask:
    """Which multiples are nothing to ask about, as ``_usual`` says of one."""
    low, high = rule.limits
    usual: Mask = (low <= times) & (times <= np.where(are_small, high * _SMALL_VARY, high))
    return usual


def _a_year_before(figures: RuleFigures, observation: Observation) -> list[DatedValue]:
    """The stock of the same month of the year before, where figures only come by the year."""
    year_ago = observation.period.plus(-YEAR)
    before = figures.before(observation, YEAR)
    return [stated for stated in before if stated.period == year_ago and stated.value > 0]


def _flow_jump(
    rule: Rule,
    figures: RuleFigures,
    observation: Observation,
    indicator: Indicator,
    months: list[_Month],
) -> Disagreement | None:
    """Held against the usual month of this year and the last, and the same month a year ago."""
    end = bisect_left(months, (observation.period,))
    start = bisect_left(months, (Period(observation.period.year - 1, 1),), 0, end)
    now, recent = months[end], months[start:end]
    usual = median(month.each for month in recent) if len(recent) >= _ENOUGH else 0.0
    if _is_usual_flow(rule, now, usual, indicator) or _as_a_year_ago(rule, now, recent):
        return None
    if figures.explained_by_event(observation, observation.period.plus(-now.length)):
        return None
    count = len(recent)
    words = Text(
        f"当月 {shown(now.each, 'zh')}，此前 {count} 个月的中位数 {shown(usual, 'zh')}",
        f"the month's own {shown(now.each, 'en')}, the median of {count} months before "
        f"{shown(usual, 'en')}",
    )
    return _jumped(rule.limits, observation, usual, words, now.each / usual)


def _is_usual_flow(rule: Rule, now: _Month, usual: float, indicator: Indicator) -> bool:
    """Whether a month is as usual, or nothing can be words: much comes only in its season."""
    if usual <= 0 or now.each <= 0 or max(usual, now.each) * now.length < indicator.base_min:
        return True
    return _usual(rule.limits, now.each / usual, usual * now.length < indicator.base_min)


def _as_a_year_ago(rule: Rule, now: _Month, recent: list[_Month]) -> bool:
    year_ago = now.period.plus(-12)
    before = [month.each for month in recent if month.period == year_ago and month.each]
    return bool(before) and rule.within(now.each / before[0])


def _usual(limits: tuple[float, float], times: float, is_small: bool) -> bool:
    """Whether a multiple is nothing to ask about; small numbers vary more than large ones."""
    low, high = limits
    return low <= times <= (high * _SMALL_VARY if is_small else high)


def _all_months(
    figures: RuleFigures, observation: Observation, indicator: Indicator
) -> list[_Month]:
    """What each period brought: as stated, else as it follows from the linked indicator.

    Marriages in the month are held against those since January where the store has only these.
    """
    own = _months(figures.series(observation), indicator)
    linked = figures.catalogue.indicators.get(indicator.linked)
    if linked is None:
        return own
    stated = {month.period for month in own}
    others = _months(figures.series(observation, linked.id), linked)
    return sorted([*own, *(month for month in others if month.period not in stated)])


def _months(series: list[DatedValue], indicator: Indicator) -> list[_Month]:
    """What each period brought of its own, to date ones less the figure before in their year."""
    if indicator.accumulation is not Accumulation.YEAR_TO_DATE:
        return [_Month(period, value, 1) for period, value in series]
    months: list[_Month] = []
    before = DatedValue(Period(1, 1), 0.0)
    for period, value in series:
        same = before.period.year == period.year
        start, done = (before.value, before.period.month) if same else (0.0, 0)
        length = period.month - done
        months.append(_Month(period, (value - start) / length, length))
        before = DatedValue(period, value)
    return months


def _limits(rule: Rule, months: int) -> tuple[float, float]:
    """What is usual after so many months: over a year a stock may change more."""
    low, high = rule.limits
    return (low, high) if months <= _NEAR else (low / _YEAR_VARIES, high * _YEAR_VARIES)


def _jumped(
    limits: tuple[float, float], observation: Observation, base: float, words: Text, times: float
) -> Disagreement:
    low, high = limits
    if math.isinf(times):
        return Disagreement(observation, base, words, decimals=2)
    zh = f"{words.zh}，相当于 {number(times, 2, 'zh')} 倍，通常在 {low:.2g}—{high:.2g} 倍之间"
    en = f"{words.en}: {number(times, 2, 'en')} times that, where {low:.2g} to {high:.2g} is usual"
    return Disagreement(observation, base, Text(zh, en), decimals=2)
