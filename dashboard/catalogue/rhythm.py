"""Defines how often a form is handed in, and by which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum

from dashboard.catalogue.periods import Period

GIVEN_UP = 3  # periods after the last one handed in; a form nobody hands in longer is given up
# 半年报 before 年报, which it contains.
_DECLARED = (("半年报", 6), ("月报", 1), ("季报", 3), ("年报", 12))


class Rhythm(IntEnum):
    """Months from one period of a form to the next."""

    MONTH = 1
    QUARTER = 3
    HALF_YEAR = 6
    YEAR = 12

    @property
    def word(self) -> str:
        """The key of its word."""
        return f"rhythm_{self.name.casefold()}"

    def fits(self, period: Period) -> bool:
        """Whether a period of this rhythm ends in this month."""
        return period.month % self == 0

    def schedule(self, first: Period, last: Period, beyond: int = GIVEN_UP) -> list[Period]:
        """The periods from the first to the last handed in, and so many ``beyond`` it."""
        end, periods, period = last.plus(beyond * self), [], first
        while period <= end:
            if self.fits(period):
                periods.append(period)
            period = period.plus(1)
        return periods


def declared_rhythm(text: str) -> Rhythm | None:
    """The rhythm a form's title or file name states (月报, 季报, 半年报, 年报), or None."""
    return next((Rhythm(months) for phrase, months in _DECLARED if phrase in text), None)


def rhythm_of(periods: Iterable[Period], names: Iterable[str] = ()) -> Rhythm:
    """The rhythm that the names state, else the slowest that all the periods fit.

    The slowest, because only what the periods show is asked of anybody.
    """
    months = list(periods)
    stated = [rhythm for name in set(names) if (rhythm := declared_rhythm(name))]
    slowest = next(r for r in sorted(Rhythm, reverse=True) if all(map(r.fits, months)))
    return min([*stated, slowest]) if stated else slowest


def due_day(period: Period, days: int) -> date:
    """The last day on which a period's form is in time: so many days after the period's end."""
    return date(period.year, period.month, period.days) + timedelta(days=days)
