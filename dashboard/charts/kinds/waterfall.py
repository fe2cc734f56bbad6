"""A waterfall as stacked series: an invisible base, and on it increases, decreases, a total.

Every renderer that can stack columns can draw it; what is visible of a step is its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.charts.model.chart import Series

BASE, TOTAL, UP, DOWN = "base", "total", "up", "down"  # roles of a waterfall's series


class WaterfallStep(NamedTuple):
    """One column: a total from zero, or a change that begins where the one before ended."""

    name: str
    value: float  # base units
    is_total: bool
    label: str
    hover: str
    key: str = ""


def unnamed_again(roles: Sequence[str], place: int) -> bool:
    """Whether a series is the further piece of one of a waterfall: the legend names it once."""
    return roles[place] in (TOTAL, UP, DOWN) and roles[place] in roles[:place]


def levels_of(steps: Sequence[WaterfallStep]) -> list[tuple[float, float]]:
    """From where to where each column reaches, in base units."""
    found, level = [], 0.0
    for step in steps:
        start = 0.0 if step.is_total else level
        level = start + step.value
        found.append((start, level))
    return found


def stacked_series(steps: Sequence[WaterfallStep], names: dict[str, str]) -> tuple[Series, ...]:
    """The series bottom to top; ``names`` by role. A change across zero needs a second piece."""
    pieces: dict[tuple[str, int], list[float | None]] = {}

    def put(role: str, side: int, place: int, size: float) -> None:
        pieces.setdefault((role, side), [None] * len(steps))[place] = size

    for role in (BASE, TOTAL, UP, DOWN):
        pieces[role, 0] = [None] * len(steps)
    for place, (step, (start, end)) in enumerate(zip(steps, levels_of(steps), strict=True)):
        low, high = min(start, end), max(start, end)
        role = TOTAL if step.is_total else UP if step.value >= 0 else DOWN
        if low < 0 < high:
            put(role, 0, place, high)
            put(role, 1, place, low)
            continue
        below = high <= 0 and low < 0
        put(BASE, 0, place, high if below else low)
        put(role, 0, place, low - high if below else high - low)
    found = []
    for (role, side), values in pieces.items():
        there = [s if v is not None else None for s, v in zip(steps, values, strict=True)]
        labelled = role != BASE and not side
        found.append(
            Series(
                name=names[role],
                values=tuple(values),
                role=role,
                statuses=("",) * len(steps),
                texts=tuple(step.label if step else "" for step in there),
                hover=tuple(step.hover if step else "" for step in there),
                labels=tuple(step.label if step and labelled else "" for step in there),
            )
        )
    return tuple(found)
