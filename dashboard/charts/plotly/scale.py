"""Computes the axis of values: its range, round steps, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from dashboard.base.language import number
from dashboard.charts.plotly.text import text_width

MOST_STEPS = 5
FLAT = 1e-6  # less than this share apart, values are the same
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class ValueScale:
    """From where to where an axis reaches, in the unit shown, and the numbers at its grid lines."""

    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]

    def room(self, size: float) -> int:
        """Pixels left of the plot for the numbers."""
        return ceil(max(text_width(text, size) for text in self.texts)) + 8


def stack_ends(columns: Iterable[Sequence[float]]) -> list[float]:
    """How far stacked columns reach: first upwards, then downwards."""
    sides = list(columns)
    above = [sum(value for value in column if value > 0) for column in sides]
    return above + [sum(value for value in column if value < 0) for column in sides]


def _step(span: float, decimals: int) -> float:
    """The smallest round step of which MOST_STEPS reach over the span."""
    least = span / MOST_STEPS
    size = 10.0 ** floor(log10(least))
    steps = [size * times for times in _ROUND if size * times >= least * 0.999999]
    if not decimals and span >= 1:  # what is counted comes whole
        steps = [max(step, 1.0) for step in steps if step <= 1 or step == round(step)]
    return steps[0]


def value_scale(
    values: list[float], language: str, *, zero: bool, decimals: int, above: float = 0.05
) -> ValueScale:
    """An axis for these values, with ``zero`` on it where it must be, and a share of room above."""
    low, high = _span_of(values, zero)
    room = (high - low) * above
    step = _step(high - low, decimals)
    low = low if zero and low == 0 else low - room
    high = high if zero and high == 0 else high + room
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    ticks = tuple(round(i * step, 12) for i in range(first, last + 1)) or (low,)
    places = _places(step)
    return ValueScale(low, high, ticks, tuple(number(tick, places, language) for tick in ticks))


def _span_of(values: list[float], zero: bool) -> tuple[float, float]:
    """The smallest and the largest value; down or up to zero where all are the same."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low >= FLAT * max(abs(high), abs(low), 1.0):
        return low, high
    flat = max(abs(low), abs(high)) < FLAT
    return (0.0, 1.0) if flat else (min(low, 0.0), max(high, 0.0))


def _places(step: float) -> int:
    """How many decimals the numbers at grid lines of this step need."""
    places = max(0, ceil(-log10(step) - 1e-9))
    rest = abs(step * 10**places - round(step * 10**places))
    return places + 1 if rest > 1e-6 else places
