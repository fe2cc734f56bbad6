"""Chooses the period shown where nobody asked for one: the latest that has been reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from statistics import median_high

from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.rhythm import GIVEN_UP

LONGEST_WAIT = 12  # months: streets that are silent for longer are not waited for
Counts = Mapping[Period, Mapping[str, int]]  # figures of each area in each period


def default_period(
    counts: Counts, expected: Callable[[Period], Collection[str]], share: float
) -> Period | None:
    """The latest period in which the expected areas have reported; None without any figures.

    ``expected`` gives the codes of those that should report a period and ``share`` (0 to 1) how
    many of them must have: each most of what it usually reports, for a table of one indicator is
    no report. Where nobody is expected, or too few reported for a year, it is the latest period of
    that year with most of the figures: more than half as many as the fullest.
    """
    if not counts:
        return None
    oldest = max(counts).plus(-LONGEST_WAIT)
    recent = sorted((period for period in counts if period > oldest), reverse=True)
    usual = _usual(counts, recent)
    for period in recent:
        awaited, given = expected(period), counts[period]
        reported = sum(given.get(code, 0) * 2 > usual.get(code, 0) for code in awaited)
        if reported and reported >= share * len(awaited):
            return period
    totals = {period: sum(counts[period].values()) for period in recent}
    most = max(totals.values())
    return next(period for period in recent if totals[period] * 2 > most)


def _usual(counts: Counts, recent: Collection[Period]) -> dict[str, int]:
    """How many figures each area has in a usual period."""
    of_areas: dict[str, dict[Period, int]] = defaultdict(dict)
    for period in recent:
        for code, count in counts[period].items():
            of_areas[code][period] = count
    return {code: _middle(of_periods) for code, of_periods in of_areas.items()}


def _middle(of_periods: Mapping[Period, int]) -> int:
    """The middle count, of two the fuller; two far apart are no rhythm, and the smaller is enough.

    A table of last year says nothing of how much a month brings.
    """
    far_apart = months_between(min(of_periods), max(of_periods)) > GIVEN_UP
    if len(of_periods) == 2 and far_apart:
        return min(of_periods.values())
    return median_high(of_periods.values())
