"""A whole divided so that the parts add up to it exactly."""

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
    if not weights or any(weight < 0 for weight in weights.values()) or not any(weights.values()):
        raise SplitError("weights above zero are needed")
    total = Decimal(repr(float(whole)))
    step = Decimal(1).scaleb(-decimals)
    steps = int((total / step).to_integral_value(ROUND_FLOOR))
    summed = sum(Decimal(repr(float(weight))) for weight in weights.values())
    exact = {key: Decimal(repr(float(weight))) * steps / summed for key, weight in weights.items()}
    parts = {key: int(share.to_integral_value(ROUND_FLOOR)) for key, share in exact.items()}
    left = steps - sum(parts.values())
    for key in sorted(exact, key=lambda key: parts[key] - exact[key])[:left]:
        parts[key] += 1
    amounts = {key: part * step for key, part in parts.items()}
    largest = max(amounts, key=lambda key: amounts[key])
    amounts[largest] += total - steps * step
    return {key: float(amount) for key, amount in amounts.items()}
