"""Defines the rules about one figure alone: two values, below zero, out of range, ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Aggregation, FigureKind, Indicator, Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.printed_values import value_of
from dashboard.intake.forms.rules.rule_figures import Placed, RuleFigures
from dashboard.intake.forms.rules.rules import Disagreement, Rule

_RATES = frozenset({"percent", "permille", "rate", "money_rate", "money_per_person", "multiple"})
# Changes may be below zero, money where it was paid back; a standard or an amount per head may not.
_MAY_BE_NEGATIVE = (_RATES - {"money_rate", "money_per_person"}) | {"money"}
_COUNTS = frozenset(
    {
        "persons",
        "person_times",
        "person_days",
        "households",
        "couples",
        "beds",
        "things",
        "cases",
        "bodies",
        "plots",
    }
)

_NET = "净"


def one_value(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """One quantity with two values in one sheet: both are kept, and it is said."""
    if figures.are_single:
        return
    first: dict[tuple[object, ...], Observation] = {}
    known = figures.catalogue.indicators
    for observation in figures.every:
        key = (*observation.key, observation.since)
        stated = first.setdefault(key, observation)
        if stated.value != observation.value and rule.covers(known[observation.indicator]):
            yield Disagreement(observation, stated.value)


def not_negative(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Counts below zero; a named indicator is checked whatever it measures, a net change never."""
    for indicator, placed in figures.of_indicators(rule):
        checked = rule.indicators or indicator.unit.dimension not in _MAY_BE_NEGATIVE
        if checked and not _is_net(indicator):
            yield from (Disagreement(each) for each, _ in placed if value_of(each) < 0)


def negative_money(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Amounts below zero: money paid back, or a mistake."""
    for indicator, placed in figures.of_indicators(rule):
        if indicator.unit.dimension == "money" and not _is_net(indicator):
            yield from (Disagreement(each) for each, _ in placed if value_of(each) < 0)


def _is_net(indicator: Indicator) -> bool:
    """Whether it is what came less what went (净增), which may be below zero."""
    return _NET in indicator.name.zh


def whole(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Counts with a fraction: half a person, or a wrong unit."""
    for indicator, placed in figures.of_indicators(rule):
        for observation, _ in placed if indicator.unit.dimension in _COUNTS else ():
            value = value_of(observation)
            if value % 1 and abs(value - round(value)) > rule.tolerance:
                yield Disagreement(observation)


def share(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Shares outside 0 to 100 %: percentages that are a part divided by its whole."""
    most = 100 + rule.tolerance
    for indicator, placed in figures.of_indicators(rule):
        percent = indicator.unit.dimension == "percent"
        if rule.indicators or (percent and indicator.aggregation is Aggregation.RATIO):
            outside = (each for each, _ in placed if not -1e-9 <= value_of(each) <= most)
            yield from map(Disagreement, outside)


def future(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Figures of a month after the hand-in, once a sheet and month; a standard may be ahead."""
    ahead: dict[tuple[str, Period], list[Observation]] = {}
    for indicator, placed in figures.of_indicators(rule):
        if indicator.unit.dimension != "money_rate":
            for observation in _ahead(placed, figures):
                ahead.setdefault((observation.source.sheet, observation.period), []).append(
                    observation
                )
    for there in ahead.values():
        month, count = figures.handed(there[0]).when, len(there)
        yield Disagreement(
            there[0], others=Text(f"{month}；共 {count} 个数", f"{month}; {count} figures")
        )


def _ahead(placed: Sequence[Placed], figures: RuleFigures) -> Iterator[Observation]:
    """The figures of what was in a month after the hand-in of their sheet."""
    first = figures.first_hand_in
    if first is None:
        return
    for observation, _ in placed:
        if observation.period > first and observation.kind == FigureKind.ACTUAL:
            when = figures.handed(observation).when
            if when is not None and observation.period > when:
                yield observation
