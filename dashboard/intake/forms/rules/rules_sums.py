"""Defines the rules about sums: parts and total, streets and district, opening and closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Accumulation, Aggregation, Area, Observation, Part
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.rules.printed_values import (
    listed,
    rounding,
    rounding_of,
    shown,
    value_of,
)
from dashboard.intake.forms.rules.rule_figures import RuleFigures
from dashboard.intake.forms.rules.rules import PREVIOUS, Disagreement, Rule

_NAMED = 8  # missing streets called by their names; of more, the rest is counted


def parts(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Components that do not make up their total, or exceed it where some are missing."""
    for indicator, placed in figures.of_indicators(rule):
        children = figures.catalogue.children(indicator.id, Part.COMPONENT)
        names = [child.id for child in children]
        if indicator.aggregation is not Aggregation.SUM:
            continue
        for total, by_indicator in placed if len(names) > 1 else ():
            components = [by_indicator[name] for name in names if name in by_indicator]
            if len(components) < 2:
                continue
            added = sum(map(value_of, components))
            if _off(rule, total, components, added, complete=len(components) == len(names)):
                words = listed(components, figures.catalogue)
                yield Disagreement(total, added, words, decimals=indicator.decimals)


def _off(
    rule: Rule,
    total: Observation,
    components: Sequence[Observation],
    added: float,
    *,
    complete: bool,
) -> bool:
    """Whether a sum is above its total, or below it though every part is there."""
    slack = rounding([total, *components]) + rule.tolerance * abs(value_of(total))
    over = added - value_of(total)
    return over > slack or (complete and -over > slack)


def of_which(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """A part (其中) larger than its total; one component larger than its total is one too.

    Of amounts that add up only: the standard or the rate of a part may be above that of the whole.
    """
    for indicator, placed in figures.of_indicators(rule):
        parent = figures.catalogue.indicators.get(indicator.parent)
        if parent is None or indicator.unit.dimension != parent.unit.dimension:
            continue
        if parent.aggregation is not Aggregation.SUM:
            continue
        for part, by_indicator in placed:
            total = by_indicator.get(parent.id)
            if total is not None and _exceeds(rule, part, total):
                yield Disagreement(part, total.value, listed([total], figures.catalogue))


def _exceeds(rule: Rule, part: Observation, total: Observation) -> bool:
    if value_of(part) <= value_of(total):
        return False
    slack = rounding([part, total]) + rule.tolerance * abs(value_of(total))
    return value_of(part) - value_of(total) > slack


def streets(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Streets that do not add up to their district, or exceed it where some are missing."""
    if figures.areas is None:
        return
    below_of: dict[tuple[str, Period], tuple[Area, ...]] = {}
    for total, indicator, _ in figures.covered(rule):
        if indicator.aggregation is not Aggregation.SUM:
            continue
        where = (total.area, total.period)
        if where not in below_of:
            below_of[where] = figures.areas.children(*where)
        if len(below_of[where]) < 2:
            continue
        there, missing = _below(total, below_of[where], figures)
        added = sum(map(value_of, there))
        if len(there) > 1 and _off(rule, total, there, added, complete=not missing):
            words = _streets_and_missing(len(there), missing)
            yield Disagreement(total, added, words, decimals=indicator.decimals)


def _below(
    total: Observation, streets: Sequence[Area], figures: RuleFigures
) -> tuple[list[Observation], list[Area]]:
    """The figures of the streets below a total, and the streets without one."""
    there, missing = [], []
    for area in streets:
        place = (area.code, total.period, total.kind, total.since)
        observation = figures.by_place.get(place, {}).get(total.indicator)
        if observation is None:
            missing.append(area)
        else:
            there.append(observation)
    return there, missing


def _streets_and_missing(there: int, missing: Sequence[Area]) -> Text:
    every = f"{there}/{there + len(missing)}"
    if not missing:
        return Text(f"{every} 个", every)
    zh = "、".join(area.name.zh for area in missing[:_NAMED])
    en = ", ".join(area.name["en"] for area in missing[:_NAMED])
    more = len(missing) - _NAMED
    if more > 0:
        zh, en = f"{zh}等 {len(missing)} 个", f"{en} and {more} more"
    return Text(f"{every} 个，缺 {zh}", f"{every}; missing: {en}")


def balance(rule: Rule, figures: RuleFigures) -> Iterator[Disagreement]:
    """Opening + in − out that is not the closing figure; only where every one of them is known."""
    closing, opening, *flows = rule.indicators
    for observation in figures.of(closing):
        start = _opening(rule, figures, observation, opening)
        moved = _moved(flows, figures, observation)
        if start is None or moved is None or not figures.speaks(rule, observation):
            continue
        signed = list(zip(rule.signs[2:], moved, strict=True))
        end = start + sum(sign * value for sign, value in signed)
        slack = rounding_of([start, value_of(observation), *moved]) + rule.tolerance * abs(start)
        if abs(end - value_of(observation)) > slack:
            yield Disagreement(observation, end, _steps(start, signed), decimals=2)


def _moved(
    flows: Sequence[str], figures: RuleFigures, observation: Observation
) -> list[float] | None:
    """What came and went; None where one of them is not known."""
    values = [
        figures.at(flow, observation.area, observation.period, observation.kind) for flow in flows
    ]
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None


def _steps(start: float, signed: Sequence[tuple[int, float]]) -> Text:
    """120 + 35 − 20, as it is said."""
    texts = []
    for language in ("zh", "en"):
        steps = [f" {'+' if sign > 0 else '−'} {shown(value, language)}" for sign, value in signed]
        texts.append(shown(start, language) + "".join(steps))
    return Text(*texts)


def _opening(
    rule: Rule, figures: RuleFigures, observation: Observation, opening: str
) -> float | None:
    """The opening figure: an indicator of its own, or the closing one of the period before.

    Before flows since January that is the end of last year, before a month's flows last month.
    """
    if opening != PREVIOUS:
        return figures.at(opening, observation.area, observation.period, observation.kind)
    flows = [figures.catalogue.indicators[flow] for flow in rule.indicators[2:]]
    to_date = any(flow.accumulation is Accumulation.YEAR_TO_DATE for flow in flows)
    before = Period(observation.period.year - 1, 12) if to_date else observation.period.plus(-1)
    return figures.at(observation.indicator, observation.area, before, observation.kind)
