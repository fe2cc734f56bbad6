"""Compares and names values of figures as they were printed: rounded, with so many decimals."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.base.language import Text, number
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Observation

_ONES = 0.5  # half of the last digit of what is counted in ones: such a figure is exact


def value_of(observation: Observation) -> float:
    """The figure's value; 0 where it has none, which no rule is asked about."""
    return observation.value if observation.value is not None else 0.0


def rounding(figures: Iterable[Observation]) -> float:
    """How far a sum may be off because its figures were rounded before they were printed.

    Each by half of its last printed digit: of 100.0 万元 that is 500 yuan.
    """
    stated = [figure for figure in figures if figure.value]
    halves = [observation.rounding for observation in stated if observation.rounding is not None]
    if len(halves) < len(stated):
        return rounding_of(map(value_of, stated))
    return 1e-6 + sum(half for half in halves if half != _ONES)


def rounding_of(figures: Iterable[float]) -> float:
    """How far a sum may be off of which is not known how its figures were printed.

    A figure of whole thousands (154,084.4 万元, 38.7 万家) may be off by half its last digit; a
    small one only where all are whole thousands, for 3,000 people may be just that.
    """
    values = [abs(figure) for figure in figures if figure]
    if any(value % 1 for value in values):
        return 0.005 * len(values) + 1e-6
    all_rounded = all(value % 1000 == 0 for value in values)
    rounded = [value for value in values if all_rounded or value >= 100_000]
    return 1e-6 + sum(_last_digit(value) / 2 for value in rounded)


def _last_digit(value: float) -> float:
    """What the last printed digit of a rounded figure is worth: 1,000 of 387,000."""
    step = 1000.0
    while value % step == 0:
        step *= 10
    return step / 10 if step > 1000 else 0.0


def shown(value: float, language: str, decimals: int = 2) -> str:
    """A value with as many decimals as it has, at most ``decimals``."""
    places = next(n for n in range(decimals + 1) if n == decimals or round(value, n) == value)
    return number(value, places, language)


def in_full(value: float) -> str:
    """A value with all its digits: 1,234.5678."""
    return f"{value:,.12g}"


def listed(figures: Iterable[Observation], catalogue: Catalogue, between: str = " + ") -> Text:
    """Names and values of figures, joined: 城市低保人数 3 + 农村低保人数 8."""
    observations = list(figures)
    texts = [
        between.join(
            f"{catalogue.indicators[observation.indicator].name[language]} "
            f"{shown(value_of(observation), language)}"
            for observation in observations
        )
        for language in ("zh", "en")
    ]
    return Text(*texts)
