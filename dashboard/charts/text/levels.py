"""Gives each value one of five levels by rank among those shown together, and its word."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from dashboard.base.language import word
from dashboard.catalogue.concepts import Polarity

K = TypeVar("K", bound=Hashable)
MIDDLE, HIGHEST = 3, 5


def levels(values: Mapping[K, float | None], *, low_first: bool = False) -> dict[K, int]:
    """Level 1 (lowest fifth) to 5 (highest) of every value, 0 where there is none.

    Equal values share a level; where all are equal, or only one is there, it is the middle one.
    ``low_first`` turns the order round: the lowest value then has level 5.
    """
    present = [value for value in values.values() if value is not None]
    by_key: dict[K, int] = {}
    for key, value in values.items():
        if value is None:
            by_key[key] = 0
            continue
        below = sum(other < value for other in present)
        above = sum(other > value for other in present)
        if not below and not above:
            by_key[key] = MIDDLE
            continue
        place = below + (len(present) - below - above) / 2  # the middle of equal ones
        level = min(HIGHEST, 1 + int(HIGHEST * place / len(present)))
        by_key[key] = HIGHEST + 1 - level if low_first else level
    return by_key


def reaches(value: float | None, target: float, direction: Polarity) -> bool:
    """Whether a value reaches a target; none does where no direction is good."""
    if value is None or direction is Polarity.NEUTRAL:
        return False
    return value <= target if direction is Polarity.LOWER_BETTER else value >= target


def level_word(level: int, polarity: Polarity, language: str) -> str:
    """好 … 差 where a direction is good, 高 … 低 where none is; "" for no level."""
    if not level:
        return ""
    kind = "level" if polarity is Polarity.NEUTRAL else "grade"
    return word(f"grade_{kind}_{level}", language)


def level_tone(level: int, polarity: Polarity) -> str:
    """better, worse or neutral: what colours the level."""
    if polarity is Polarity.NEUTRAL or level in (0, MIDDLE):
        return "neutral"
    return "better" if level > MIDDLE else "worse"
