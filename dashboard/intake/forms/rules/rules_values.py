"""Rules about one figure alone: two values, below zero, with a fraction, out of range, ahead."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Aggregation, FigureKind, Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.rule_figures import Figures, value_of
from dashboard.intake.forms.rules.rules import Disagreement, Rule

_RATES = frozenset({"percent", "permille", "rate", "money_rate", "money_per_person", "multiple"})
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


def one_value(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """One quantity with two values in one sheet: both are kept, and it is said."""
    first: dict[tuple[object, ...], Observation] = {}
    known = figures.catalogue.indicators
    for observation in figures.every:
        key = (*observation.key, observation.since)
        stated = first.setdefault(key, observation)
        if stated.value != observation.value and rule.covers(known[observation.indicator]):
            yield Disagreement(observation, stated.value)


def not_negative(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Counts below zero; a named indicator is checked whatever it measures."""
    for observation, indicator, _ in figures.covered(rule):
        counted = indicator.unit.dimension not in _RATES | {"money"}
        if (counted or rule.indicators) and value_of(observation) < 0:
            yield Disagreement(observation)


def whole(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Counts with a fraction: half a person, or a wrong unit."""
    for observation, indicator, _ in figures.covered(rule):
        value = value_of(observation)
        if indicator.unit.dimension in _COUNTS and abs(value - round(value)) > rule.tolerance:
            yield Disagreement(observation)


def share(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Shares outside 0 to 100 %: percentages that are a part divided by its whole."""
    for observation, indicator, _ in figures.covered(rule):
        is_share = (
            indicator.unit.dimension == "percent" and indicator.aggregation is Aggregation.RATIO
        )
        if (is_share or rule.indicators) and not -1e-9 <= value_of(
            observation
        ) <= 100 + rule.tolerance:
            yield Disagreement(observation)


def future(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Figures of a month after the hand-in, once a sheet and month; a standard may be ahead."""
    ahead: dict[tuple[str, Period], list[Observation]] = {}
    for observation, indicator, _ in figures.covered(rule):
        when = figures.handed(observation).when
        happened = (
            observation.kind == FigureKind.ACTUAL and indicator.unit.dimension != "money_rate"
        )
        if happened and when is not None and observation.period > when:
            ahead.setdefault((observation.source.sheet, observation.period), []).append(observation)
    for there in ahead.values():
        month, count = figures.handed(there[0]).when, len(there)
        yield Disagreement(
            there[0], others=Text(f"{month}；共 {count} 个数", f"{month}; {count} figures")
        )
