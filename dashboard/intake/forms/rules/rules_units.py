"""Defines the rules about units: a value ten thousand times what it was is in another unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from dashboard.base.language import Text, number
from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator, Observation
from dashboard.intake.forms.rules.printed_values import shown, value_of
from dashboard.intake.forms.rules.rule_figures import DatedValue, RuleFigures
from dashboard.intake.forms.rules.rules import Disagreement, Rule

_BACK = 24  # months of history that are looked at
_FEWEST_STREETS = 3
# How far a value may be from a whole factor and still be that factor and some growth.
_FACTORS = {1e4: 2.5, 1e8: 2.5, 1e-4: 2.5, 1e-8: 2.5, 1e3: 1.6, 1e-3: 1.6}
_NEAREST = 500.0  # times: nearer than the smallest factor, so nothing to look for
_SIZE = 20  # times: values nearer than that to each other are of one size
_BY_THE_MONTH = "yuan_per_person_month"
_YEARLY = {12.0: 1.2, 1 / 12: 1.2}
_LARGER = {  # what the value was entered in, and what it was read as, by factor
    1e3: (("", ""), ("千", "thousand ")),
    1e4: (("", ""), ("万", "10 thousand ")),
    1e8: (("", ""), ("亿", "100 million ")),
}


def unit_suspect(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A value about 1,000, 10⁴ or 10⁸ times (or a part of) what it was, or a year's for a month's.

    Held against the same quantity before; where there is none, against the neighbouring streets.
    """
    for indicator, there in figures.actual(rule):
        for observation in _unlike_before(figures, indicator, there):
            if value_of(observation) > 0:
                yield from _suspects(figures, observation, indicator)


def _unlike_before(
    figures: RuleFigures, indicator: Indicator, there: list[Observation]
) -> Sequence[Observation]:
    """The amounts that are not of the size of those before them."""
    if indicator.is_rate:
        return ()
    courses = figures.courses(indicator, there)
    if courses is None or indicator.unit.id == _BY_THE_MONTH:
        return there
    first, last, now = courses.back(_BACK), courses.at - 1, courses.now
    near = first <= last
    for at in (first, first + (courses.at - first) // 2, last):
        held = courses.value(at)
        near &= (now < _SIZE * held) & (held < _SIZE * now)
    return courses.extraordinary(near | (now <= 0))


def _suspects(
    figures: RuleFigures, observation: Observation, indicator: Indicator
) -> Iterator[Disagreement]:
    monthly = indicator.unit.id == _BY_THE_MONTH
    window = figures.before(observation, _BACK)
    if not monthly and _is_near(value_of(observation), window):
        return
    earlier = _before(window, observation, indicator)
    near = () if earlier else _of_siblings(figures, observation, indicator)
    usual = median(earlier or near) if earlier or near else 0.0
    times = value_of(observation) / usual if usual else 1.0
    for factor in _factors(times, monthly=monthly):
        held = _history(figures, observation, usual) if earlier else _neighbours(near, usual)
        yield Disagreement(
            observation, usual, _in_units(indicator, held, times, factor), decimals=2
        )


def _factors(times: float, *, monthly: bool) -> list[float]:
    """The factors between units that a multiple is near to."""
    if 1 / _NEAREST < times < _NEAREST and not monthly:
        return []
    known = _YEARLY if monthly else _FACTORS
    return [factor for factor, off in known.items() if 1 / off <= times / factor <= off]


def _is_near(value: float, window: Sequence[DatedValue]) -> bool:
    """Whether a value is of the size of the first, middle and last before it, as nearly all are.

    Months since January differ twelvefold; where all three are near, the median is not looked at.
    """
    return bool(window) and all(
        value < _SIZE * window[at].value and window[at].value < _SIZE * value
        for at in (0, len(window) // 2, -1)
    )


def _before(
    window: Sequence[DatedValue], observation: Observation, indicator: Indicator
) -> list[float]:
    """What the quantity was; of a figure since January scaled to as many months."""
    earlier = [each for each in window if each.value > 0]
    if indicator.accumulation is Accumulation.YEAR_TO_DATE:
        return [each.value / each.period.month * observation.period.month for each in earlier]
    return [each.value for each in earlier]


def _of_siblings(
    figures: RuleFigures, observation: Observation, indicator: Indicator
) -> list[float]:
    """The same amount in the areas beside this one; nothing where there are too few."""
    money = indicator.unit.dimension == "money" and indicator.aggregation is Aggregation.SUM
    near = [
        value_of(there)
        for there in (_siblings(figures, observation) if money else ())
        if value_of(there) > 0
    ]
    return near if len(near) >= _FEWEST_STREETS else []


def _siblings(figures: RuleFigures, observation: Observation) -> Iterator[Observation]:
    """The same quantity in the other areas of the area above."""
    area = figures.areas.get(observation.area) if figures.areas else None
    if figures.areas is None or area is None or not area.parent:
        return
    for other in figures.areas.children(area.parent, observation.period):
        place = (other.code, observation.period, observation.kind, observation.since)
        there = figures.by_place.get(place, {}).get(observation.indicator)
        if there is not None and other.code != area.code:
            yield there


def _history(figures: RuleFigures, observation: Observation, usual: float) -> Text:
    earlier = [each for each in figures.before(observation, _BACK) if each.value > 0]
    last, count = earlier[-1].period, len(earlier)
    return Text(
        f"以前（至 {last}，{count} 期）约 {shown(usual, 'zh')}",
        f"before (to {last}, {count} periods) it was about {shown(usual, 'en')}",
    )


def _neighbours(near: Sequence[float], usual: float) -> Text:
    return Text(
        f"同级 {len(near)} 个地区的中位数约 {shown(usual, 'zh')}",
        f"the median of {len(near)} areas beside it is about {shown(usual, 'en')}",
    )


def _in_units(indicator: Indicator, usual: Text, times: float, factor: float) -> Text:
    """The comparison, and the unit in which the figure was probably entered."""
    name = indicator.unit.name
    if indicator.unit.id == _BY_THE_MONTH:
        month, year = Text("元/人·月", "yuan a month"), Text("元/人·年", "yuan a year")
        entered, read = (year, month) if factor > 1 else (month, year)
    else:
        small, large = _LARGER[factor if factor > 1 else round(1 / factor)]
        plain = Text(small[0] + name.zh, small[1] + name["en"])
        scaled = Text(large[0] + name.zh, large[1] + name["en"])
        entered, read = (plain, scaled) if factor > 1 else (scaled, plain)
    much = number(times, 0, "en") if times > 1 else f"1/{number(1 / times, 0, 'en')}"
    return Text(
        f"{usual.zh}，现为其 {much} 倍，可能是按“{entered.zh}”填报而标为“{read.zh}”",
        f"{usual.en}, now {much} of that; it was probably entered in {entered.en} where "
        f"{read.en} is printed",
    )
