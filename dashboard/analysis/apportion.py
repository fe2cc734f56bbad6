"""Divides a whole so that the parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal


class SplitError(ValueError):
    """Weights by which nothing can be divided."""


def split(whole: float, weights: Mapping[str, float], decimals: int = 0) -> dict[str, float]:
    """Parts of ``whole`` in proportion to the weights, in steps of ``decimals`` places.

    Each part is rounded down and the steps left over go to the largest remainders, earlier keys
    first. What is finer than a step goes to the largest part. Raises SplitError where no weight is
    above zero or one is below.
    """
    if not any(weights.values()) or min(weights.values()) < 0:
        raise SplitError("weights above zero are needed")
    total, step = Decimal(repr(float(whole))), Decimal(1).scaleb(-decimals)
    steps = int((total / step).to_integral_value(ROUND_FLOOR))
    amounts = {key: part * step for key, part in _whole_steps(steps, weights).items()}
    largest = max(amounts, key=lambda key: amounts[key])
    amounts[largest] += total - steps * step
    return {key: float(amount) for key, amount in amounts.items()}


def _whole_steps(steps: int, weights: Mapping[str, float]) -> dict[str, int]:
    """So many steps divided by the largest remainder."""
    decimals = {key: Decimal(repr(float(weight))) for key, weight in weights.items()}
    summed = sum(decimals.values())
    exact = {key: weight * steps / summed for key, weight in decimals.items()}
    parts = {key: int(share.to_integral_value(ROUND_FLOOR)) for key, share in exact.items()}
    left = steps - sum(parts.values())
    for key in sorted(exact, key=lambda key: parts[key] - exact[key])[:left]:
        parts[key] += 1
    return parts
