"""Works out which figures are counts of people so small that they could be told apart."""

from __future__ import annotations

from dashboard.catalogue.concepts import Aggregation, Indicator

HIDDEN = "*"  # what stands in the place of a hidden count
# Dimensions of units that count people, or what happened to one of them (a case, a visit).
COUNTED = frozenset({"persons", "couples", "households", "person_times", "cases", "bodies"})


def counts_people(indicator: Indicator) -> bool:
    """Whether one of its unit is one person, couple or household; money and beds are not."""
    return indicator.unit.dimension in COUNTED and indicator.aggregation is Aggregation.SUM


def is_small(value: float | None, indicator: Indicator, smallest: int) -> bool:
    """Whether the value (base units) is a count of people below ``smallest``, and not zero."""
    return value is not None and counts_people(indicator) and 0 < abs(value) < smallest
