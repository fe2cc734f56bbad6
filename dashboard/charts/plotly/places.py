"""Where labels may stand: boxes that must not meet, and heights spread so that they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

NARROW = 300  # pixels of the narrowest figure that is drawn; a wider one only has more room


class Box(NamedTuple):
    """A rectangle in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def free(box: Box, others: Iterable[Box]) -> bool:
    """Whether the box meets none of the others."""
    return not any(box.meets(other) for other in others)


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float] | None:
    """Middles as near to the wanted ones as may be, in their order, none over another.

    All stay between ``low`` and ``high``; None where they do not fit in there.
    """
    if sum(heights) > high - low:
        return None
    blocks: list[list[int]] = []

    def top(block: list[int]) -> float:
        offset, ideal = 0.0, 0.0
        for i in block:
            ideal += wanted[i] - heights[i] / 2 - offset
            offset += heights[i]
        return min(max(ideal / len(block), low), high - offset)

    def bottom(block: list[int]) -> float:
        return top(block) + sum(heights[i] for i in block)

    for i in sorted(range(len(wanted)), key=lambda i: (wanted[i], i)):
        blocks.append([i])
        while len(blocks) > 1 and bottom(blocks[-2]) > top(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    middles = [0.0] * len(wanted)
    for block in blocks:
        at = top(block)
        for i in block:
            middles[i] = at + heights[i] / 2
            at += heights[i]
    return middles
