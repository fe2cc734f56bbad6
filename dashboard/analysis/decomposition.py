"""Splits a change exactly: of a rate into numerator, denominator and mix; of a sum into its parts.

The method is the symmetric one (Shapley): whatever two factors do together falls on both alike, so
that the order in which they are looked at makes no difference and nothing is left over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

TOLERANCE = 1e-9  # of the size of the figures: below it a difference is one of rounding


class Fraction(NamedTuple):
    """What a rate is made of in one area and period, in base units."""

    numerator: float
    denominator: float

    @property
    def rate(self) -> float:
        """Their quotient; the denominator must not be 0."""
        return self.numerator / self.denominator


class AreaEffect(NamedTuple):
    """What one area adds to the change of the whole's rate, in the unit of the rate."""

    numerator: float
    denominator: float
    mix: float

    @property
    def total(self) -> float:
        """All three together."""
        return math.fsum(self)


def together(parts: Mapping[str, Fraction]) -> Fraction:
    """Σ numerator and Σ denominator."""
    return Fraction(
        math.fsum(fraction.numerator for fraction in parts.values()),
        math.fsum(fraction.denominator for fraction in parts.values()),
    )


def _own(then: Fraction, now: Fraction) -> tuple[float, float]:
    """The change of one area's own rate: by its numerator, by its denominator."""
    inverse = 1 / then.denominator, 1 / now.denominator
    return (
        (now.numerator - then.numerator) * (inverse[0] + inverse[1]) / 2,
        (then.numerator + now.numerator) / 2 * (inverse[1] - inverse[0]),
    )


def split_rate(
    then: Mapping[str, Fraction], now: Mapping[str, Fraction], multiplier: float = 1.0
) -> dict[str, AreaEffect]:
    """Every area's effects on Σ numerator ÷ Σ denominator × multiplier; they add up to its change.

    Both mappings have the same areas, and every denominator is above 0. The own change of an area
    counts with its mean weight (its share of the denominator); the mix is the change of its weight
    times how far its mean rate lies from that of the whole. A single area has no mix.
    """
    whole = together(then), together(now)
    middle = (whole[0].rate + whole[1].rate) / 2
    effects = {}
    for area, before in then.items():
        after = now[area]
        weights = (
            before.denominator / whole[0].denominator,
            after.denominator / whole[1].denominator,
        )
        weight = (weights[0] + weights[1]) / 2
        by_numerator, by_denominator = _own(before, after)
        away = (before.rate + after.rate) / 2 - middle
        effects[area] = AreaEffect(
            weight * by_numerator * multiplier,
            weight * by_denominator * multiplier,
            away * (weights[1] - weights[0]) * multiplier,
        )
    return effects


def summed(effects: Mapping[str, AreaEffect]) -> AreaEffect:
    """The effects of all areas together."""
    return AreaEffect(*(math.fsum(side) for side in zip(*effects.values(), strict=True)))


def agrees(value: float, other: float) -> bool:
    """Whether two figures differ by rounding alone."""
    return math.isclose(value, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def split_sum(
    change: float, then: Mapping[str, float], now: Mapping[str, float]
) -> tuple[dict[str, float], float]:
    """What each part of a sum changed by, the largest first, and what none of them accounts for.

    Only parts with both figures count; they and the rest add up to ``change``.
    """
    parts = {name: now[name] - value for name, value in then.items() if name in now}
    order = sorted(parts, key=lambda name: (-abs(parts[name]), name))
    rest = change - math.fsum(parts.values())
    size = max([abs(change), *map(abs, [*then.values(), *now.values()])])
    return {name: parts[name] for name in order}, 0.0 if abs(rest) <= TOLERANCE * size else rest
