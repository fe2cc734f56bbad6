"""The work of hiding small counts grows with the streets, at the worst less than their square."""

import random
import sys
from collections import Counter

import pytest

from dashboard.analysis.complementary import SumTable, suppress

LEAST, MONTHS = 5, 12
WALKING = ("feasible.py", "complementary.py")


def running_totals(streets, amount):
    """Running totals of a year, of streets and their city, with the amounts between them."""
    values, relations = {}, []
    for street in range(streets):
        total = 0.0
        for month in range(MONTHS):
            total += amount()
            values[street, month] = total
    for month in range(MONTHS):
        parts = [(street, month) for street in range(streets)]
        values[None, month] = sum(values[part] for part in parts)
        relations.append({(None, month): -1.0, **dict.fromkeys(parts, 1.0)})
    derived = {}
    for street in [*range(streets), None]:
        for month in range(1, MONTHS):
            before, after = (street, month - 1), (street, month)
            derived["step", street, month] = values[after] - values[before]
            relations.append({after: -1.0, before: 1.0, ("step", street, month): 1.0})
    return SumTable({**values, **derived}, relations, derived=frozenset(derived))


def lines_run(table):
    """How many lines of the search are run, loops inside them included, and what is hidden."""
    lines = Counter()

    def of_frame(frame, event, _):
        if event == "line":
            lines[frame.f_code.co_name] += 1
        return of_frame

    def of_call(frame, _event, _):
        return of_frame if frame.f_code.co_filename.endswith(WALKING) else None

    before = sys.gettrace()
    sys.settrace(of_call)
    try:
        hidden = suppress(table, LEAST)
    finally:
        sys.settrace(before)
    return sum(lines.values()), hidden


def every_amount_is_small(_rng):
    return 3


def some_amounts_are_small(rng):
    return int(rng.expovariate(1 / 12))


# Where few amounts are small, a walk goes through the row of a total, which is as long as the
# streets are many: the work is little there, and still grows faster than the streets.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("amounts", "most"), [(every_amount_is_small, 5), (some_amounts_are_small, 15)]
)
def test_four_times_the_streets_are_not_sixteen_times_the_work(amounts, most):
    rng = random.Random(1)
    few, hidden = lines_run(running_totals(12, lambda: amounts(rng)))
    many, _ = lines_run(running_totals(48, lambda: amounts(rng)))
    assert hidden
    assert many <= few * most
