"""How much each street contributes to what the whole is ahead or behind by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.done import RatioParts
from dashboard.analysis.progress import Progress

REST = ""  # the area of what no street accounts for


@dataclass(frozen=True, slots=True)
class Contribution:
    """One area's part of the gap in base units (of a rate: of its numerator); negative is behind.

    ``area`` is "" for the rest: figures missing, streets without a target, or parts that do not add
    up to the whole.
    """

    area: str
    value: float
    expected: float | None = None
    actual: float | None = None


def of_sum(whole: Progress, parts: Sequence[Progress]) -> list[Contribution]:
    """Parts of a sum's gap, those furthest behind first; they add up to it exactly.

    What is expected of the whole by now falls on the parts as their own targets do.
    """
    if whole.actual is None or whole.expected is None:
        return []
    sign = -1.0 if whole.is_limit else 1.0
    gap = sign * (whole.actual - whole.expected)
    goals = math.fsum(part.goal or 0.0 for part in parts)
    found = []
    for part in parts:
        if part.actual is None or part.goal is None or not goals or not whole.goal:
            continue
        # Where the parts' targets make up less than the whole's, the rest of it is nobody's.
        expected = part.goal / max(goals, whole.goal) * whole.expected
        value = sign * (part.actual - expected)
        found.append(Contribution(part.area, value, expected, part.actual))
    return _exactly(found, gap)


def of_rate(whole: RatioParts, parts: dict[str, RatioParts], rate: float) -> list[Contribution]:
    """Parts of what a rate's numerator lacks or has beyond, furthest behind first; exact as above.

    ``rate`` is what is expected of the whole by now, or the target itself.
    """
    gap = -whole.short_of(rate)
    found = [
        Contribution(area, -one.short_of(rate), one.numerator + one.short_of(rate), one.numerator)
        for area, one in parts.items()
    ]
    return _exactly(found, gap)


def _exactly(found: list[Contribution], gap: float) -> list[Contribution]:
    """The parts in order, with a rest where they do not add up to the gap by themselves."""
    found.sort(key=lambda one: (one.value, one.area))
    rest = gap - math.fsum(one.value for one in found)
    size = max([abs(gap), *(abs(one.value) for one in found)])
    if found and abs(rest) <= 1e-9 * size:
        return found
    return [*found, Contribution(REST, rest)] if rest else found
