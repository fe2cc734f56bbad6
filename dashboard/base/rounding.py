"""The one rounding of this project: half up (四舍五入), on the decimal value a person reads."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

# A double carries 15 decimal digits; what differs beyond them is an error of binary arithmetic.
_DIGITS = ".15g"


def half_up(value: float, decimals: int = 0) -> float:
    """The value rounded to ``decimals`` places, ties away from zero: 15.95 is 16.0, −0.5 is −1.

    Never returns −0.0. The value must be finite.
    """
    return _quantised(value, decimals, ROUND_HALF_UP)


def up(value: float, decimals: int = 0) -> float:
    """The smallest number of ``decimals`` places not below the value: what is still needed."""
    return _quantised(value, decimals, ROUND_CEILING)


def down(value: float, decimals: int = 0) -> float:
    """The largest number of ``decimals`` places not above the value: what may still be used."""
    return _quantised(value, decimals, ROUND_FLOOR)


def _quantised(value: float, decimals: int, rounding: str) -> float:
    exact = Decimal(format(value, _DIGITS))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)) + 0.0
