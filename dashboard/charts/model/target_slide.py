"""Defines what a target's slide shows beside its path: the task as a bullet, the streets behind.

Texts are finished, values are in the unit shown; a renderer decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.model.chart import Table


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
    def due_share(self) -> float:
        """Where the tick lies, of the whole axis."""
        return min(max((self.due or 0.0) / self.reach, 0.0), 1.0)

    @property
    def is_labelled_at_the_tick(self) -> bool:
        """Whether what is due is named at its tick: a label further left would meet the first."""
        return bool(self.due_text) and self.due is not None and self.due_share > 0.5

    def done_line(self, comma: str) -> str:
        """The text at the left under the bar: what is done, and what is due if not at its tick."""
        return self.done_text if self.is_labelled_at_the_tick else self.description(comma)

    def description(self, comma: str) -> str:
        """What is done and what is due, for whoever does not see the bar."""
        return comma.join(filter(None, (self.done_text, self.due_text)))

    @property
    def end_text(self) -> str:
        """The target's text at the right end; "" where the bar ends further on or no room is."""
        is_end = self.reach == self.total
        return self.total_text if is_end and self.due_share <= 0.88 else ""

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
    ``facts`` stand in the place of the path where that has a single point. ``name`` and
    ``sentence`` are for a text without the picture: how the target stands, and who is responsible.
    """

    bullet: Bullet | None
    streets: tuple[StreetAmount, ...] = ()
    head: str = ""
    decimals: int = 0
    why: str = ""
    facts: Table | None = None
    name: str = ""
    sentence: str = ""

    def streets_description(self) -> str:
        """What the streets lack, and their names, for whoever does not see the bars."""
        return f"{self.head} " + " ".join(street.name for street in self.streets)
