"""Places labels as boxes that do not overlap."""

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


class _Block(NamedTuple):
    """Labels that touch, in their order; ``low`` and ``high`` bound the whole."""

    wanted: tuple[float, ...]
    heights: tuple[float, ...]
    low: float
    high: float

    @property
    def top(self) -> float:
        """Where the block begins so that its labels are nearest to where they are wanted."""
        offset, ideal = 0.0, 0.0
        for wanted, height in zip(self.wanted, self.heights, strict=True):
            ideal += wanted - height / 2 - offset
            offset += height
        return min(max(ideal / len(self.wanted), self.low), self.high - offset)

    @property
    def bottom(self) -> float:
        """Where the block ends."""
        return self.top + sum(self.heights)

    def with_next(self, other: _Block) -> _Block:
        """One block of this and the next one."""
        return self._replace(
            wanted=self.wanted + other.wanted, heights=self.heights + other.heights
        )

    def middles(self) -> list[float]:
        """The middle of each label."""
        at, middles = self.top, []
        for height in self.heights:
            middles.append(at + height / 2)
            at += height
        return middles


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float] | None:
    """Middles as near to the wanted ones as may be, in their order, none over another.

    All stay between ``low`` and ``high``; None where they do not fit in there.
    """
    if sum(heights) > high - low:
        return None
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[_Block] = []
    for i in order:
        blocks.append(_Block((wanted[i],), (heights[i],), low, high))
        while len(blocks) > 1 and blocks[-2].bottom > blocks[-1].top:
            last = blocks.pop()
            blocks[-1] = blocks[-1].with_next(last)
    middles = dict(zip(order, (m for block in blocks for m in block.middles()), strict=True))
    return [middles[i] for i in range(len(wanted))]
