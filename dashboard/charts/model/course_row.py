"""Defines a course in words, and the small trends of the streets of a table."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.figure_key import FigureKey


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course in words, all values in one scale.

    ``values`` are in base units, oldest first. ``change`` is relative, "—" where it is not made;
    then ``why`` says the reason, else the direction.
    """

    indicator: str
    area: str
    values: tuple[float | None, ...]
    since: str
    until: str
    start: str
    end: str
    difference: str
    change: str
    tone: str
    why: str
    figures: tuple[FigureKey, FigureKey]


@dataclass(frozen=True, slots=True)
class SmallTrends:
    """One small trend a street, in the order of the table's rows; drawn on one axis or on its own.

    ``axis`` is OWN_AXIS or SHARED_AXIS; "" where the table alone is shown, without ``rows``.
    """

    axis: str = ""
    rows: tuple[CourseRow, ...] = ()

    @property
    def highest(self) -> float:
        """The largest value of all, in base units."""
        return max((v for row in self.rows for v in row.values if v is not None), default=0.0)
