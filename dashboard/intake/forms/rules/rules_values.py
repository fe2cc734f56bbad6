"""Rules about one figure alone: two values, below zero, with a fraction, out of range, ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Aggregation, FigureKind, Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.rule_figures import Figures, Placed, value_of
from dashboard.intake.forms.rules.rules import Disagreement, Rule

_RATES = frozenset({"percent", "permille", "rate", "money_rate", "money_per_person", "multiple"})
_MAY_BE_NEGATIVE = _RATES | {"money"}
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
    for one in figures.every:
        key = (*one.key, one.since)
        stated = first.setdefault(key, one)
        if stated.value != one.value and rule.covers(known[one.indicator]):
            yield Disagreement(one, stated.value)


def not_negative(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Counts below zero; a named indicator is checked whatever it measures."""
    for indicator, placed in figures.of_indicators(rule):
        if rule.indicators or indicator.unit.dimension not in _MAY_BE_NEGATIVE:
            yield from (Disagreement(each) for each, _ in placed if value_of(each) < 0)


def whole(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Counts with a fraction: half a person, or a wrong unit."""
    for indicator, placed in figures.of_indicators(rule):
        if indicator.unit.dimension in _COUNTS:
            values = ((one, value_of(one)) for one, _ in placed)
            yield from (
                Disagreement(one) for one, v in values if abs(v - round(v)) > rule.tolerance
            )


def share(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Shares outside 0 to 100 %: percentages that are a part divided by its whole."""
    most = 100 + rule.tolerance
    for indicator, placed in figures.of_indicators(rule):
        percent = indicator.unit.dimension == "percent"
        if rule.indicators or (percent and indicator.aggregation is Aggregation.RATIO):
            yield from (
                Disagreement(one) for one, _ in placed if not -1e-9 <= value_of(one) <= most
            )


def future(rule: Rule, figures: Figures) -> Iterator[Disagreement]:
    """Figures of a month after the hand-in, once a sheet and month; a standard may be ahead."""
    ahead: dict[tuple[str, Period], list[Observation]] = {}
    for indicator, placed in figures.of_indicators(rule):
        if indicator.unit.dimension != "money_rate":
            for one in _ahead(placed, figures):
                ahead.setdefault((one.source.sheet, one.period), []).append(one)
    for there in ahead.values():
        month, count = figures.handed(there[0]).when, len(there)
        yield Disagreement(
            there[0], others=Text(f"{month}；共 {count} 个数", f"{month}; {count} figures")
        )


def _ahead(placed: Sequence[Placed], figures: Figures) -> Iterator[Observation]:
    """The figures of what was in a month after the hand-in of their sheet."""
    first = figures.first_hand_in
    if first is None:
        return
    for one, _ in placed:
        if one.period > first and one.kind == FigureKind.ACTUAL:
            when = figures.handed(one).when
            if when is not None and one.period > when:
                yield one
