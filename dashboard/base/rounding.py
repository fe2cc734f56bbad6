"""Rounds half up (四舍五入) every number that is printed, on the decimal value a person reads."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

# A double carries 15 decimal digits; what differs beyond them is an error of binary arithmetic.
_DIGITS = ".15g"
_KEPT = ".16g"  # as XlsxWriter writes a number
_MOST_STEPS = 8  # of the smallest size, until the 16th digit has changed


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


def printable(value: float, decimals: int) -> float:
    """The value as it is written into a file with a number format of ``decimals`` places.

    Office programs round the binary value. A tie that lies below its decimal form (319/20 is
    15.949999… in binary) is moved by a few of the smallest steps, so that they print what half_up
    gives, from the value itself as well as from the 16 digits with which workbooks keep it.
    """
    wanted = Decimal(str(half_up(value, decimals)))
    place = Decimal(1).scaleb(-decimals)
    moved = value
    for _ in range(_MOST_STEPS):
        rounded = (moved, float(format(moved, _KEPT)))
        if all(Decimal(each).quantize(place, rounding=ROUND_HALF_UP) == wanted for each in rounded):
            return moved
        moved = math.nextafter(moved, math.copysign(math.inf, value))
    return value


def _quantised(value: float, decimals: int, rounding: str) -> float:
    exact = Decimal(format(value, _DIGITS))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)) + 0.0
