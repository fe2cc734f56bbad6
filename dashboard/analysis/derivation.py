"""Works out how a figure follows from others: the rule, and every figure that went in.

``Points`` finds the value; this says afterwards from what, in the order in which it looked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.analysis.comparisons import point_at
from dashboard.analysis.figure_key import FigureKey, spanning
from dashboard.analysis.point import COMPUTED, ROLLED_UP, Point
from dashboard.analysis.points import Points
from dashboard.catalogue.concepts import Accumulation, Aggregation, Indicator
from dashboard.catalogue.periods import Period

RATIO, MINUS, MONTHS, COMPONENTS, BELOW = "ratio", "minus", "months", "components", "below"
CLOSE = 1e-9


class Term(NamedTuple):
    """A figure that went in; ``sign`` is -1 for one that is taken off or divided by."""

    key: FigureKey
    value: float | None
    sign: int = 1

    @property
    def amount(self) -> float:
        """The value; 0 where there is none."""
        return self.value or 0.0


@dataclass(frozen=True, slots=True)
class Derivation:
    """``rule`` is one of ratio, minus, months, components and below.

    Of a ratio the terms with sign 1 are divided by the others, by ``per`` months, and multiplied by
    ``multiplier``. ``missing`` are the codes of areas that are not in.
    """

    rule: str
    terms: tuple[Term, ...]
    multiplier: float = 1.0
    per: int = 1
    missing: tuple[str, ...] = ()

    def value(self) -> float | None:
        """What the terms make."""
        if self.rule != RATIO:
            return sum(term.sign * term.amount for term in self.terms)
        below = sum(term.amount for term in self.terms if term.sign < 0) * self.per
        above = sum(term.amount for term in self.terms if term.sign > 0)
        return above / below * self.multiplier if below else None


def derivation(points: Points, key: FigureKey) -> Derivation | None:
    """How the figure follows from others; None for one that is stored, missing or not explained."""
    point, meaning = point_at(points, key), points.catalogue.indicators[key.indicator]
    if point is None or point.value is None:
        return None
    candidates = _of_span(points, meaning, key) if key.months else _of_point(points, key, point)
    for candidate in candidates:
        value = candidate.value()
        if value is not None and math.isclose(value, point.value, rel_tol=CLOSE, abs_tol=CLOSE):
            return candidate
    return None


def _term(points: Points, key: FigureKey, sign: int = 1) -> Term:
    point = point_at(points, key)
    return Term(key, point.value if point else None, sign)


def _whole(terms: Sequence[Term]) -> bool:
    return bool(terms) and all(term.value is not None for term in terms)


def _of_span(points: Points, meaning: Indicator, key: FigureKey) -> list[Derivation]:
    _, area, period, months, _ = key
    if meaning.accumulation is Accumulation.IN_MONTH:
        each = [key._replace(period=period.plus(-back), months=0) for back in range(months)]
        return [Derivation(MONTHS, tuple(_term(points, month) for month in reversed(each)))]
    if meaning.numerator:
        sides = [
            points.catalogue.indicators[meaning.numerator],
            points.catalogue.indicators[meaning.denominator],
        ]
        top, bottom = (spanning(side, area, period, months) for side in sides)
        terms = (_term(points, top), _term(points, bottom, -1))
        return [Derivation(RATIO, terms, meaning.unit.multiplier)]
    now, before = key._replace(months=0), key._replace(period=period.plus(-months), months=0)
    return [Derivation(MINUS, (_term(points, now), _term(points, before, -1)))]


def _of_point(points: Points, key: FigureKey, point: Point) -> list[Derivation]:
    meaning = points.catalogue.indicators[key.indicator]
    if point.origin == ROLLED_UP:
        return [_below(points, key, point)]
    if point.origin != COMPUTED:
        return []
    if meaning.aggregation is Aggregation.RATIO:
        return _ratios(points, meaning, key, point)
    linked = _linked(points, meaning, key)
    ways = (
        tuple(_term(points, key._replace(indicator=part.id)) for part in parts)
        for parts in points.catalogue.partitions(meaning.id)
    )
    return [*linked, *(Derivation(COMPONENTS, terms) for terms in ways if _whole(terms))]


def _ratios(points: Points, meaning: Indicator, key: FigureKey, point: Point) -> list[Derivation]:
    """The area's own numerator and denominator; else those of the areas below that have both."""
    per = key.period.month if meaning.per_month else 1

    def sides(area: str, read: Points) -> tuple[Term, Term]:
        top = _term(read, key._replace(indicator=meaning.numerator, area=area))
        return top, _term(read, key._replace(indicator=meaning.denominator, area=area), -1)

    as_were = points.in_boundaries_of(None)
    children = points.areas.children(key.area, key.period)
    below = [sides(child.code, as_were) for child in children]
    pairs = tuple(term for pair in below if _whole(pair) for term in pair)
    several = Derivation(RATIO, pairs, meaning.unit.multiplier, per, point.missing)
    own = sides(key.area, points)
    own_ratio = [Derivation(RATIO, own, meaning.unit.multiplier, per)] if _whole(own) else []
    return [*own_ratio, several] if pairs else own_ratio


def _linked(points: Points, meaning: Indicator, key: FigureKey) -> list[Derivation]:
    if not meaning.linked:
        return []
    twin = key._replace(indicator=meaning.linked)
    if meaning.accumulation is Accumulation.IN_MONTH:
        terms = [_term(points, twin)]
        if key.period.month > 1:
            terms.append(_term(points, twin._replace(period=key.period.plus(-1)), -1))
        return [Derivation(MINUS, tuple(terms))] if _whole(terms) else []
    months = range(1, key.period.month + 1)
    terms = [_term(points, twin._replace(period=Period(key.period.year, m))) for m in months]
    return [Derivation(MONTHS, tuple(terms))] if _whole(terms) else []


def _below(points: Points, key: FigureKey, point: Point) -> Derivation:
    as_were = points.in_boundaries_of(None)
    children = points.areas.children(key.area, key.period)
    terms = [_term(as_were, key._replace(area=child.code)) for child in children]
    known = tuple(term for term in terms if term.value is not None)
    return Derivation(BELOW, known, missing=point.missing)
