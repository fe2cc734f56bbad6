"""Computes the axis of values: its range, round steps, and their numbers.

Every renderer takes the axis of its chart from here, so that none shows another range.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from dashboard.base.language import number
from dashboard.catalogue.topics import Kind

MOST_STEPS = 5
FLAT = 1e-6  # less than this share apart, values are the same
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class ValueScale:
    """From where to where an axis reaches, in the unit shown, and the numbers at its grid lines.

    ``step`` lies between two grid lines, ``decimals`` are those of their numbers.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]
    step: float = 1.0
    decimals: int = 0


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
    values: Sequence[float], language: str, *, zero: bool, decimals: int, above: float = 0.05
) -> ValueScale:
    """An axis for these values, with ``zero`` on it where it must be, and a share of room above.

    What lies below zero, or does not begin there, begins at a grid line.
    """
    low, high = _span_of(values, zero)
    room = (high - low) * above
    step = _step(high - low, decimals)
    low = low if zero and low == 0 else floor((low - room) / step + 1e-9) * step
    high = high if zero and high == 0 else high + room
    low, high = round(low, 12), round(high, 12)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    ticks = tuple(round(i * step, 12) for i in range(first, last + 1)) or (low,)
    places = _places(step)
    texts = tuple(number(tick, places, language) for tick in ticks)
    return ValueScale(low, high, ticks, texts, step, places)


@dataclass(frozen=True, slots=True)
class Reach:
    """What an axis has to reach: the values of each series and the lines, in the unit shown."""

    kind: Kind
    series: tuple[tuple[float | None, ...], ...]
    lines: tuple[float, ...] = ()
    step: str = ""
    decimals: int = 0


_HORIZONTAL = (Kind.BAR, Kind.COMPOSITION, Kind.MAP, Kind.WATERFALL)
_LINES = (Kind.LINE, Kind.SEASON)
_STACKS = (Kind.STACKED, Kind.WATERFALL)
_ABOVE_LINES, _ABOVE_COLUMNS, _ABOVE_BARS = 0.05, 0.08, 0.02  # shares of the axis


def axis_of(reach: Reach, language: str) -> ValueScale:
    """The axis of a chart: from zero where all values are above it, but for a target's way.

    That may be short beside its level: from zero it would be a flat line.
    """
    is_horizontal = reach.kind in _HORIZONTAL
    if reach.kind in _LINES:
        zero, above = not _is_short_path(reach), _ABOVE_LINES
    else:
        zero, above = True, _ABOVE_BARS if is_horizontal else _ABOVE_COLUMNS
    values = [*_ends(reach), *reach.lines]
    places = 1 if is_horizontal else reach.decimals
    return value_scale(values, language, zero=zero, decimals=places, above=above)


def _values(reach: Reach) -> list[float]:
    return [value for values in reach.series for value in values if value is not None]


def _is_short_path(reach: Reach) -> bool:
    """Whether the way to a target changes by less than half of its level."""
    values = _values(reach)
    return reach.step == "path" and bool(values) and 2 * min(values) > max(values) > 0


def _ends(reach: Reach) -> list[float]:
    """What the series reach: their values, or the ends of their stacks."""
    if reach.kind not in _STACKS or not reach.series:
        return _values(reach)
    sides = [[value or 0.0 for value in values] for values in reach.series]
    return stack_ends(zip(*sides, strict=True))


def _span_of(values: Sequence[float], zero: bool) -> tuple[float, float]:
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
