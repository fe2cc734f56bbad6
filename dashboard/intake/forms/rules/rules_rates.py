"""Defines the rules about rates: a printed rate against its counts, money a person and month."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Accumulation, Indicator, Observation
from dashboard.intake.forms.rules.printed_values import listed, shown, value_of
from dashboard.intake.forms.rules.rule_figures import DatedValue, RuleFigures
from dashboard.intake.forms.rules.rules import Disagreement, Rule


def ratio(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A printed rate that its own counts do not give."""
    for observation, indicator, by_indicator in figures.covered(rule):
        above, below = (
            by_indicator.get(indicator.numerator),
            by_indicator.get(indicator.denominator),
        )
        if above is None or below is None or not value_of(below):
            continue
        months = observation.period.month if _per_month(indicator, above.indicator, figures) else 1
        computed = value_of(above) / value_of(below) * indicator.unit.multiplier / months
        slack = 0.5 * 10.0**-indicator.decimals + rule.tolerance * abs(computed)
        if abs(value_of(observation) - computed) > slack:
            words = listed([above, below], figures.catalogue, " ÷ ")
            yield Disagreement(observation, computed, words, decimals=max(indicator.decimals, 1))


def _quotient(above: float, below: float) -> Text:
    return Text(*(f"{shown(above, lang)} ÷ {shown(below, lang)}" for lang in ("zh", "en")))


def _per_month(indicator: Indicator, numerator: str, figures: RuleFigures) -> bool:
    accumulation = figures.catalogue.indicators[numerator].accumulation
    return indicator.per_month and accumulation is Accumulation.YEAR_TO_DATE


def streets_rate(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A district's rate that is not that of its streets' sums, where both are known of each."""
    if figures.areas is None:
        return
    for total, indicator, _ in figures.covered(rule):
        if not indicator.numerator:
            continue
        sides = _sides_below(total, indicator, figures)
        below = sum(bottom for _, bottom in sides)
        if len(sides) < 2 or not below:
            continue
        is_monthly = _per_month(indicator, indicator.numerator, figures)
        months = total.period.month if is_monthly else 1
        above = sum(top for top, _ in sides)
        computed = above / below * indicator.unit.multiplier / months
        slack = 0.5 * 10.0**-indicator.decimals + rule.tolerance * abs(computed)
        if abs(value_of(total) - computed) > slack:
            words = _quotient(above, below)
            yield Disagreement(total, computed, words, decimals=max(indicator.decimals, 1))


def _sides_below(
    total: Observation, indicator: Indicator, figures: RuleFigures
) -> list[tuple[float, float]]:
    """Numerator and denominator of every street; none where one of them is not known."""
    sides = []
    areas = figures.areas.children(total.area, total.period) if figures.areas else ()
    for area in areas:
        stated = figures.by_place.get((area.code, total.period, total.kind, total.since), {})
        top, bottom = stated.get(indicator.numerator), stated.get(indicator.denominator)
        if top is None or bottom is None:
            return []
        sides.append((value_of(top), value_of(bottom)))
    return sides


def per_person(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Money a person and month that cannot be: mostly 元 entered where 万元 is printed.

    Held against the published standard of the area, or of one above it, where one is in force, else
    against fixed limits.
    """
    amount, persons, *standards = rule.indicators
    unit = figures.catalogue.units.get("yuan_per_person_month")
    for observation in figures.of(amount):
        heads = figures.here(observation).get(persons)
        if heads is None or not value_of(heads) or not value_of(observation):
            continue
        months = figures.months(observation)
        each = value_of(observation) / value_of(heads) / months
        published = _published(rule, figures, standards, observation)
        low, high = _band(rule, published)
        if low <= each <= high or not figures.speaks(rule, observation):
            continue
        words = _division(observation, heads, months, figures)
        if published is not None:
            words = _with_standard(words, published[0], published[1].value, figures)
        yield Disagreement(observation, each, words, unit.name if unit else None, 1)


def _published(
    rule: Rule, figures: RuleFigures, standards: list[str], observation: Observation
) -> tuple[str, DatedValue] | None:
    """The standard in force and whose it is, where the rule has limits for one."""
    if not standards or rule.apart is None:
        return None
    return figures.standard(standards[0], observation.area, observation.period)


def _band(rule: Rule, published: tuple[str, DatedValue] | None) -> tuple[float, float]:
    """What each person may get: multiples of the standard, or the fixed limits."""
    if published is None or rule.apart is None:
        return rule.limits
    low, high = (times * published[1].value for times in rule.apart)
    return low, high


def _division(
    observation: Observation, heads: Observation, months: int, figures: RuleFigures
) -> Text:
    """1,981,162 ÷ 城市低保人数 311 ÷ 10 个月, as it is said."""
    who = listed([heads], figures.catalogue)
    return Text(
        f"{shown(value_of(observation), 'zh')} ÷ {who.zh}"
        + (f" ÷ {months} 个月" if months > 1 else ""),
        f"{shown(value_of(observation), 'en')} ÷ {who['en']}"
        + (f" ÷ {months} months" if months > 1 else ""),
    )


def _with_standard(words: Text, area: str, value: float, figures: RuleFigures) -> Text:
    return Text(
        f"{words.zh}；{figures.area_name(area, 'zh')}公布的标准为 {shown(value, 'zh')} 元",
        f"{words.en}; the standard of {figures.area_name(area, 'en')} is {shown(value, 'en')} yuan",
    )
