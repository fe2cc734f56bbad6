"""The axis of values: round steps, numbers as everywhere else, and the room they need."""

from __future__ import annotations

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
    low, high = min(values, default=0.0), max(values, default=0.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < FLAT * max(abs(high), abs(low), 1.0):
        flat = max(abs(low), abs(high)) < FLAT
        low, high = (0.0, 1.0) if flat else (min(low, 0.0), max(high, 0.0))
    span = high - low
    step = _step(span, decimals)
    low = low if zero and low == 0 else low - span * above
    high = high if zero and high == 0 else high + span * above
    places = max(0, ceil(-log10(step) - 1e-9))
    places += places > 0 and abs(step * 10**places - round(step * 10**places)) > 1e-6
    if not places and abs(step - round(step)) > 1e-6:
        places = 1
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    ticks = tuple(round(i * step, 12) for i in range(first, last + 1))
    if not ticks:
        ticks = (low,)
    return ValueScale(low, high, ticks, tuple(number(one, places, language) for one in ticks))
