"""Works out how much each street contributes to what the whole is ahead or behind by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis.actuals import RatioParts
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

    Where the parts' own expectations do not make up the whole's (each has its own curve), what is
    expected of the whole falls on them as their targets do.
    """
    if whole.actual is None or whole.expected is None:
        return []
    sign = -1.0 if whole.is_limit else 1.0
    gap = sign * (whole.actual - whole.expected)
    parts_of_gap = [
        Contribution(part.area, sign * (part.actual - expected), expected, part.actual)
        for part, expected in _expectations(whole, whole.expected, parts)
        if part.actual is not None
    ]
    return _exactly(parts_of_gap, gap)


def of_rate(whole: RatioParts, parts: dict[str, RatioParts], rate: float) -> list[Contribution]:
    """Parts of what a rate's numerator lacks or has beyond, furthest behind first; exact as above.

    ``rate`` is what is expected of the whole by now, or the target itself.
    """
    gap = -whole.short_of(rate)
    parts_of_gap = [
        Contribution(
            area, -sums.short_of(rate), sums.numerator + sums.short_of(rate), sums.numerator
        )
        for area, sums in parts.items()
    ]
    return _exactly(parts_of_gap, gap)


def _expectations(
    whole: Progress, expected: float, parts: Sequence[Progress]
) -> list[tuple[Progress, float]]:
    """What is expected of each part by now: its own, where these make up that of the whole."""
    own = [part.expected for part in parts if part.expected is not None]
    if len(own) == len(parts) and math.isclose(math.fsum(own), expected, rel_tol=1e-9):
        return list(zip(parts, own, strict=True))
    return _by_goal(whole, expected, parts)


def _by_goal(
    whole: Progress, expected: float, parts: Sequence[Progress]
) -> list[tuple[Progress, float]]:
    """What is expected of the whole, divided by the goals of the parts."""
    goals = [(part, part.goal) for part in parts if part.goal]
    if not goals:
        return []
    # Where the parts' targets make up less than the whole's, the rest of it is nobody's.
    most = max(math.fsum(goal for _, goal in goals), whole.goal or 0.0)
    return [(part, goal / most * expected) for part, goal in goals]


def _exactly(contributions: list[Contribution], gap: float) -> list[Contribution]:
    """The parts in order, with a rest where they do not add up to the gap by themselves."""
    contributions.sort(key=lambda part: (part.value, part.area))
    rest = gap - math.fsum(part.value for part in contributions)
    size = max([abs(gap), *(abs(part.value) for part in contributions)])
    if contributions and abs(rest) <= 1e-9 * size:
        return contributions
    return [*contributions, Contribution(REST, rest)] if rest else contributions
