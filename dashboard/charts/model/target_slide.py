"""Defines what a target's slide shows beside its path: the task as a bullet, the streets behind.

Texts are finished, values are in the unit shown; a renderer decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bar that fills up: ``done`` of ``total``, with a tick where ``due`` lies by now.

    Values are in the unit shown, ``due`` None where nothing is due. ``is_bad`` colours the bar.
    """

    done: float
    total: float
    due: float | None
    done_text: str
    due_text: str
    total_text: str
    decimals: int
    is_bad: bool

    @property
    def reach(self) -> float:
        """The end of its axis, which begins at nothing."""
        return max(self.total, self.done, self.due or 0.0) or 1.0


@dataclass(frozen=True, slots=True)
class StreetAmount:
    """A street and what it lacks, in the unit shown."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class TargetSlide:
    """The bullet, the streets that hold the target back with what they mean together, and why.

    No ``streets`` where none can be named, and ``bullet`` None where the task is not known.
    """

    bullet: Bullet | None
    streets: tuple[StreetAmount, ...] = ()
    head: str = ""
    decimals: int = 0
    why: str = ""
