"""Judges the direction of a course by one stated rule.

The last five comparable values are compared pair by pair, ten pairs in all: the course rises where
at least nine of them rise, falls where at least nine fall (a count of pairs as in Kendall's tau).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import combinations

POINTS = 5
PAIRS = 9  # of ten


class Trend(StrEnum):
    """Where a course is going; NOT_JUDGED where fewer than five values can be compared."""

    RISING = "rising"
    FALLING = "falling"
    UNCLEAR = "unclear"
    NOT_JUDGED = "not_judged"


def trend(values: Sequence[float | None]) -> Trend:
    """The direction of the last five values, oldest first; None is a value not comparable."""
    last = values[-POINTS:]
    known = [value for value in last if value is not None]
    if len(known) < POINTS:
        return Trend.NOT_JUDGED
    rises = sum(later > earlier for earlier, later in combinations(known, 2))
    falls = sum(later < earlier for earlier, later in combinations(known, 2))
    if rises >= PAIRS:
        return Trend.RISING
    return Trend.FALLING if falls >= PAIRS else Trend.UNCLEAR
