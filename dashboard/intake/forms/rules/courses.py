"""Holds the figures of one indicator as arrays, each among all values of its area through time.

A large table holds hundreds of figures of each indicator, and nearly none of them is out of the
ordinary. A rule first asks of all at once which of them it cannot object to, by the same criteria
as of one, and looks at the others one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.catalogue.concepts import Accumulation, Observation
from dashboard.catalogue.periods import Period

FEWEST = 64  # figures, below which it is quicker to look at each
_YEAR = 12  # months
_APART = 100_000 * _YEAR  # between the months of one area and those of the next: whole years
Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Series = Callable[[str], Mapping[Period, float] | None]


class Courses:
    """Figures of what was, of one indicator, and the values of their areas through time.

    ``values`` are those of all areas, one area after the other, in the order of their months;
    ``at`` is the place of each figure among them, and ``now`` its value. Figures of areas of which
    ``series`` gives None are never ordinary: their rules look at the areas before them too.
    """

    def __init__(self, stated: Sequence[Observation], series: Series) -> None:
        """Lays the areas of the figures out."""
        self.stated = stated
        keys: list[int] = []
        values: list[float] = []
        firsts: dict[str, int] = {}
        for area in dict.fromkeys(observation.area for observation in stated):
            dated = series(area)
            firsts[area] = -_APART if dated is None else len(firsts) * _APART
            for (year, month), value in sorted(dated.items()) if dated else ():
                keys.append(firsts[area] + year * _YEAR + month)
                values.append(value)
        self.values: Numbers = np.array(values or [0.0], dtype=np.float64)
        self._keys: Places = np.array(keys or [0], dtype=np.int64)
        self._own: Places = np.array(
            [firsts[area] + year * _YEAR + month for _, area, (year, month), *_ in stated],
            dtype=np.int64,
        )
        self.at: Places = np.searchsorted(self._keys, self._own)
        self.now: Numbers = self.value(self.at)

    def extraordinary(self, ordinary: Mask) -> list[Observation]:
        """The figures that are to be looked at one by one, in their order."""
        rest = ~ordinary | (self._own < 0)
        return [self.stated[place] for place in np.flatnonzero(rest).tolist()]

    def value(self, places: Places) -> Numbers:
        """The values at places; those past an end are the outermost."""
        return self.values.take(places, mode="clip")

    def back(self, months: int) -> Places:
        """Where the values of so many months before each figure begin; its own place for none."""
        return np.searchsorted(self._keys, self._own - months)

    def since_last_year(self) -> Places:
        """Where the values from January of the year before each figure's begin."""
        area, month = np.divmod(self._own, _APART)
        year = (month - 1) // _YEAR
        return np.searchsorted(self._keys, area * _APART + (year - 1) * _YEAR + 1)

    def of_same_year(self, places: Places, others: Places) -> Mask:
        """Whether the values at places and at others are of one area and one year."""
        inside = (others >= 0) & (others < len(self._keys))
        years = [(self._keys.take(each, mode="clip") - 1) // _YEAR for each in (places, others)]
        same: Mask = inside & (years[0] == years[1])
        return same

    def monthly(self, accumulation: Accumulation) -> tuple[Numbers, Numbers]:
        """What each value brought a month, and over how many: since the one before in its year."""
        if accumulation is not Accumulation.YEAR_TO_DATE:
            return self.values, np.ones(len(self.values))
        places = np.arange(len(self._keys))
        same = self.of_same_year(places, places - 1)
        months = (self._keys % _APART - 1) % _YEAR + 1
        length = months - np.where(same, months[places - 1], 0)
        brought = self.values - np.where(same, self.values[places - 1], 0.0)
        return brought / length, length.astype(np.float64)


def medians(values: Numbers, starts: Places, ends: Places) -> Numbers:
    """The median of the values from each start up to each end; infinite where there are none."""
    counts = ends - starts
    steps = np.arange(max(int(counts.max(initial=0)), 1))
    within = steps < counts[:, None]
    windows = np.where(within, values.take(starts[:, None] + steps, mode="clip"), np.inf)
    windows.sort(axis=1)
    rows, last = np.arange(len(counts)), len(steps) - 1
    low = windows[rows, np.clip((counts - 1) // 2, 0, last)]
    high = windows[rows, np.clip(counts // 2, 0, last)]
    return np.where(counts % 2 == 1, low, (low + high) / 2)
