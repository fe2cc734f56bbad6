"""Defines a month and a span of months as values.

A figure belongs to the month in which its period ends: 2023 is 2023-12, a first half is 06, a third
quarter 09. A span such as 2020..2024 ends in its last month and remembers its first.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import NamedTuple


class Period(NamedTuple):
    """The month in which a figure's period ends. Orders by time; ``str`` gives 2024-09."""

    year: int
    month: int

    @property
    def key(self) -> int:
        """The period as the store keeps it: 202409."""
        return self.year * 100 + self.month

    @property
    def days(self) -> int:
        """Days of the month."""
        return calendar.monthrange(self.year, self.month)[1]

    def plus(self, months: int) -> Period:
        """The period ``months`` later (earlier where negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Period(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        """The period as files and addresses write it: 2024-09."""
        return f"{self.year:04d}-{self.month:02d}"


_YEAR = 12  # months


def months_between(first: Period, last: Period) -> int:
    """Months from one period to another; 0 for the same, negative where the other is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month


def months_counted(first: Period, last: Period) -> int:
    """How many months there are from one period to another, both counted."""
    return months_between(first, last) + 1


@dataclass(frozen=True, slots=True)
class Span:
    """A period as printed: its last month, and its first where the print says so.

    ``length`` is in months where the words say it (a quarter 3, a half 6, a year 12, a span its own
    length), else 0: a bare month does not say whether its figure is cumulative.
    """

    end: Period
    since: Period | None = None
    length: int = 0

    @property
    def first(self) -> Period:
        """The first month: as said, else by the length; of a bare month itself."""
        return self.since or self.end.plus(min(0, 1 - self.length))

    @property
    def from_january(self) -> bool:
        """Whether the span runs from January of the year in which it ends."""
        return self.since == Period(self.end.year, 1)

    @property
    def is_year(self) -> bool:
        """Whether the span is one calendar year, said as such: 2026年."""
        return self.length == _YEAR and self.from_january


FIRST_YEAR, LAST_YEAR = 1949, 2100
