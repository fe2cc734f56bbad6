"""Defines the rules about growth: a printed 同比 or 环比 against the figures it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.base.language import Text, number
from dashboard.catalogue.concepts import Accumulation, Observation
from dashboard.catalogue.periods import Period, months_between
from dashboard.intake.forms.rules.printed_values import shown, value_of
from dashboard.intake.forms.rules.rule_figures import RuleFigures
from dashboard.intake.forms.rules.rules import Disagreement, PrintedChange, Rule

_PERCENT = Text("%", "%")
_AMOUNT = re.compile(r"增减|升降|±|增加|减少")
_SHARE = re.compile(r"[%率幅]|百分|比例")


def growth_of(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A stated growth rate that its figure and last year's do not give.

    Last year's figure, where it is not there, is the present one less the stated net addition.
    """
    for observation in figures.of(rule.indicators[0]):
        now, then = _now_and_then(rule, figures, observation)
        if now is None or not then or then < 0 or not figures.speaks(rule, observation):
            continue
        computed = (now / then - 1) * 100
        if (
            abs(computed - value_of(observation))
            > _half_digit(value_of(observation)) + rule.tolerance
        ):
            yield Disagreement(observation, computed, _division(now, then), decimals=1)


def _now_and_then(
    rule: Rule, figures: RuleFigures, observation: Observation
) -> tuple[float | None, float | None]:
    """The figure of a stated growth rate and that of a year before."""
    _, name, *added = rule.indicators
    now = figures.at(name, observation.area, observation.period, observation.kind)
    then = figures.at(name, observation.area, observation.period.plus(-12), observation.kind)
    if then is None and added and now is not None:
        more = figures.at(added[0], observation.area, observation.period, observation.kind)
        then = None if more is None else now - more
    return now, then


def _half_digit(value: float) -> float:
    """Half the last digit of a number as it was written: 0.5 for 3, 0.05 for 9.8."""
    decimals = next((n for n in range(4) if round(value, n) == value), 4)
    return float(0.5 * 10**-decimals + 1e-9)


def _division(now: float, then: float) -> Text:
    words = [f"{shown(now, language)} ÷ {shown(then, language)} − 1" for language in ("zh", "en")]
    return Text(*words)


def growth(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A printed change that neither the figures of the periods nor those since January give."""
    yield from _judged(rule, figures, to_date=False)


def growth_to_date(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A printed 环比 of a figure since January that was computed on the figures since January."""
    yield from _judged(rule, figures, to_date=True)


def _judged(rule: Rule, figures: RuleFigures, *, to_date: bool) -> Iterator[Disagreement]:
    for change in figures.printed:
        indicator = figures.catalogue.indicators[change.at.indicator]
        if rule.covers(indicator) and figures.speaks(rule, change.at):
            disagreement = _disagreement(rule, figures, change, to_date=to_date)
            if disagreement is not None:
                yield disagreement


def _disagreement(
    rule: Rule, figures: RuleFigures, change: PrintedChange, *, to_date: bool
) -> Disagreement | None:
    """What is wrong with a printed change; ``to_date`` asks for a 环比 of running totals only."""
    then = _at(figures, change, change.base) if change.base is not None else None
    if not then:
        return None
    indicator = figures.catalogue.indicators[change.at.indicator]
    whole = value_of(change.at), then
    cumulative = change.by_period and indicator.accumulation is Accumulation.YEAR_TO_DATE
    own = _own_periods(figures, change) if cumulative else whole

    def fits(pair: tuple[float, float]) -> bool:
        return _fits(change, *pair, rule.tolerance, is_rate=indicator.is_rate)

    if own is not None and fits(own):
        return None
    is_whole = fits(whole)
    if to_date:
        return (
            _disagreement_of(change, own, _to_date(*whole, own))
            if cumulative and is_whole
            else None
        )
    return None if is_whole else _recomputed(change, *(own or whole))


def _recomputed(change: PrintedChange, now: float, then: float) -> Disagreement:
    """What the printed change should have been: a difference where its heading asks for one."""
    if not _AMOUNT.search(change.heading) or _SHARE.search(change.heading + change.printed):
        return _disagreement_of(change, (now, then), _division(now, then))
    words = [f"{shown(now, language)} − {shown(then, language)}" for language in ("zh", "en")]
    return Disagreement(change.at, now - then, Text(*words), None, 2, change)


def _disagreement_of(
    change: PrintedChange, pair: tuple[float, float] | None, words: Text
) -> Disagreement:
    computed = None
    if pair is not None and pair[1]:
        computed = (pair[0] / pair[1] - 1) * 100
    return Disagreement(change.at, computed, words, _PERCENT, 1, change)


def _own_periods(figures: RuleFigures, change: PrintedChange) -> tuple[float, float] | None:
    """What the period and the one before it brought of their own; None where it cannot be words."""
    observation, base = change.at, change.base
    if base is None:
        return None
    length = months_between(base, observation.period)
    pair = [_own(figures, change, period, length) for period in (observation.period, base)]
    now, then = pair
    return None if now is None or not then else (now, then)


def _at(figures: RuleFigures, change: PrintedChange, period: Period) -> float | None:
    """The figure of a period: as printed in the row, else as it is known."""
    if period == change.base and change.then is not None:
        return change.then
    return figures.at(change.at.indicator, change.at.area, period, change.at.kind)


def _own(figures: RuleFigures, change: PrintedChange, period: Period, length: int) -> float | None:
    value = _at(figures, change, period)
    if value is None or period.month <= length:
        return value
    before = _at(figures, change, period.plus(-length))
    return None if before is None else value - before


def _fits(
    change: PrintedChange, now: float, then: float, tolerance: float, *, is_rate: bool
) -> bool:
    """Whether the printed change is the percentage, the fraction or the difference of the two.

    What was rounded before it was printed may be off by its last digit.
    """
    if not then:
        return True
    loose = change.rounding * (1 / max(abs(now), 1e-9) + 1 / abs(then))
    percent = (now / then - 1) * 100
    slack = change.half + tolerance + (abs(percent) + 100) * loose + 1e-9
    if abs(change.value - percent) <= slack:
        return True
    is_fraction = "%" not in change.printed and abs(change.value * 100 - percent) <= max(
        change.half * 100, slack
    )
    difference = (now - then) / change.factor
    near = change.half + 2 * change.rounding / change.factor + 1e-9
    plain = "%" not in change.printed + change.heading or is_rate
    return is_fraction or (plain and abs(change.value - difference) <= near)


def _to_date(now: float, then: float, own: tuple[float, float] | None) -> Text:
    """环比按累计数计算：…；按当期 …"""
    texts = []
    for language, own_words, missing in (
        ("zh", "按当期", "按当期应先减去以前的累计数，而该数不全"),
        ("en", "of the period itself", "the period's own figures are not all known"),
    ):
        whole = f"{_division(now, then)[language]} = {_percent(now, then, language)}"
        mine = (
            f"{own_words} {_division(*own)[language]} = {_percent(*own, language)}" if own else ""
        )
        texts.append(
            f"{whole}；{mine or missing}" if language == "zh" else f"{whole}; {mine or missing}"
        )
    return Text(*texts)


def _percent(now: float, then: float, language: str) -> str:
    return number((now / then - 1) * 100, 1, language, sign=True) + "%"
