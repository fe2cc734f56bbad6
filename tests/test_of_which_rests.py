"""What a part (其中) leaves of its whole is a count, too: a small one does not follow."""

import pytest
from chart_cases import AREAS, CATALOGUE, DEMO

from dashboard.analysis.figure_relations import family
from dashboard.analysis.stored_sums import StoredSums, counts_to_suppress
from dashboard.catalogue.periods import Period

WHOLE, PART, NOW, LEAST = "tekun_persons", "tekun_disabled_persons", Period(2024, 9), 5


def suppressed(whole, part):
    values = {(WHOLE, DEMO, NOW): float(whole), (PART, DEMO, NOW): float(part)}
    sums = StoredSums(values, CATALOGUE, AREAS).read()
    small = [node for node, value in values.items() if 0 < value < LEAST]
    return {name for name, *_ in counts_to_suppress(sums, small, LEAST)}


def test_a_part_and_its_whole_are_of_one_family():
    assert {WHOLE, PART} <= family(CATALOGUE, WHOLE) == family(CATALOGUE, PART)


@pytest.mark.parametrize(("whole", "part"), [(20, 18), (20, 16), (9, 8)])
def test_a_small_rest_hides_one_of_the_two(whole, part):
    assert suppressed(whole, part)


@pytest.mark.parametrize(("whole", "part"), [(20, 15), (20, 20), (50, 10)])
def test_a_rest_of_none_or_of_many_hides_nothing(whole, part):
    assert suppressed(whole, part) == set()
