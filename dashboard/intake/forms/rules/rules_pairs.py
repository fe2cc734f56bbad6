"""Defines the rules about several indicators of one place that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Observation
from dashboard.intake.forms.rules.printed_values import listed, rounding_of, shown, value_of
from dashboard.intake.forms.rules.rule_figures import RuleFigures
from dashboard.intake.forms.rules.rules import Disagreement, Rule

PERSONS_IN_A_COUPLE = 2
_DIGIT = 100.0  # money is printed to the hundredth of 10 thousand yuan


def unexplained(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A total that the named parts of it, which are all stated, leave unexplained or exceed."""
    total, *parts = rule.indicators
    for observation in figures.of(total):
        stated = _all_of(parts, observation, figures)
        if not stated:
            continue
        added = sum(map(value_of, stated))
        if abs(value_of(observation) - added) > rule.tolerance * abs(value_of(observation)):
            yield Disagreement(observation, added, listed(stated, figures.catalogue), decimals=2)


def at_most(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A figure above another one of its place that should bound it."""
    smaller, larger = rule.indicators
    for observation in figures.of(smaller):
        for bound in _all_of([larger], observation, figures):
            slack = rounding_of([value_of(observation), value_of(bound)])
            if value_of(observation) - value_of(bound) > slack + rule.tolerance * abs(
                value_of(bound)
            ):
                yield Disagreement(observation, bound.value, listed([bound], figures.catalogue))


def same_count(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Two counts of one group of people, or of one post a village, that differ."""
    first, second = rule.indicators
    for observation in figures.of(first):
        for other in _all_of([second], observation, figures):
            if abs(value_of(observation) - value_of(other)) > rule.tolerance * abs(
                value_of(observation)
            ):
                yield Disagreement(observation, other.value, listed([other], figures.catalogue))


def flat_rate(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Money that is not the fixed amount a head times the persons: ``tolerance`` is the amount."""
    money, persons = rule.indicators
    rate = rule.limits[0]
    for observation in figures.of(money):
        for heads in _all_of([persons], observation, figures):
            due = rate * value_of(heads)
            if abs(value_of(observation) - due) > max(rate / 2, _DIGIT):
                yield Disagreement(observation, due, _at_rate(heads, rate, figures), decimals=0)


def _at_rate(heads: Observation, rate: float, figures: RuleFigures) -> Text:
    who = listed([heads], figures.catalogue)
    return Text(f"{who.zh} × {shown(rate, 'zh')}", f"{who['en']} × {shown(rate, 'en')}")


def couples(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Persons who married that are not two for each couple: ``persons|…|couples|couples|…``.

    The persons are the indicators with a sign, the couples those without; of several stated counts
    of couples the one that fits best is held against them.
    """
    pairs = list(zip(rule.signs, rule.indicators, strict=True))
    persons = [name for sign, name in pairs if sign]
    kinds = [name for sign, name in pairs if not sign]
    for observation in figures.of(persons[0]):
        people = [observation, *_all_of(persons[1:], observation, figures)]
        counted = list(chain.from_iterable(_all_of([name], observation, figures) for name in kinds))
        if len(people) < len(persons) or not counted:
            continue
        added = sum(map(value_of, people))
        apart, best = _nearest(added, counted)
        if apart > rounding_of([added, value_of(best)]) + rule.tolerance * added:
            words = _persons_and_couples(people, best, figures)
            yield Disagreement(observation, PERSONS_IN_A_COUPLE * value_of(best), words)


def _nearest(persons: float, counts: Sequence[Observation]) -> tuple[float, Observation]:
    """How far the persons are from two for each couple of the count that fits best, and it."""
    apart = ((abs(persons - PERSONS_IN_A_COUPLE * value_of(count)), count) for count in counts)
    return min(apart, key=lambda pair: pair[0])


def _persons_and_couples(
    people: Sequence[Observation], couple: Observation, figures: RuleFigures
) -> Text:
    """初婚人数 9 + 再婚人数 1 = 10；2 × 结婚登记 6, as it is said."""
    left, right = listed(people, figures.catalogue), listed([couple], figures.catalogue)
    added = sum(map(value_of, people))
    texts = [
        f"{left[language]} = {shown(added, language)}；2 × {right[language]}"
        for language in ("zh", "en")
    ]
    return Text(texts[0], texts[1].replace("；", "; "))


def _all_of(names: Sequence[str], one: Observation, figures: RuleFigures) -> list[Observation]:
    """The figures of these indicators at the figure's place; none where one is not stated."""
    here = figures.here(one)
    stated = [here[name] for name in names if name in here]
    return stated if len(stated) == len(names) else []
