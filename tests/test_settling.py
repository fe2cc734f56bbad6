"""The current figures follow from the revisions: on the way in, or settled anew, the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from dashboard.catalogue.concepts import FigureKind, FigureStatus
from dashboard.store.current import current_figures
from dashboard.store.record import record, remove_samples
from dashboard.store.submissions import read_submissions
from dashboard.store.tables import observation
from dashboard.store.transaction import STANDING, Decision
from dashboard.store.withdrawal import withdraw

REASONS = [FigureStatus.NOT_REPORTED, FigureStatus.SUPPRESSED, FigureStatus.BLANK]
NUMBERS = st.sampled_from([0.0, -1.0, 3.0, 3.0000000001, 11_000.0, 1.1 * 10_000, 52.0])
FIGURES = st.one_of(
    st.builds(
        stated,
        NUMBERS,
        st.sampled_from(["divorces", "marriages"]),
        st.sampled_from(["370113001", "370113002"]),
        kind=st.sampled_from([FigureKind.ACTUAL, FigureKind.TARGET]),
        status=st.sampled_from([FigureStatus.FINAL, FigureStatus.PROVISIONAL]),
    ),
    st.builds(
        stated,
        st.none(),
        st.just("marriages"),
        st.just("370113001"),
        status=st.sampled_from(REASONS),
    ),
)
HAND_INS = st.lists(
    st.tuples(st.lists(FIGURES, min_size=1, max_size=6), st.booleans(), st.booleans()),
    min_size=1,
    max_size=5,
)


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def settled(store):
    """The current figures as they stand, and as the revisions say they should."""
    with store.connect() as connection:
        as_they_stand = {tuple(row) for row in connection.execute(observation.select())}
        anew = {tuple(row) for row in connection.execute(current_figures(STANDING))}
    return as_they_stand, anew


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HAND_INS)
def test_what_is_current_is_what_the_revisions_say(store, hand_ins):
    for figures, is_sample, taken_back in hand_ins:
        pair = [arrival(*figures, is_sample=is_sample), arrival(*figures[:2])]
        numbers = record(store, pair, WHEN)
        as_they_stand, anew = settled(store)
        assert as_they_stand == anew
        if taken_back:
            withdraw(store, numbers[0], Decision("王", WHEN, "wrong"))
            as_they_stand, anew = settled(store)
            assert as_they_stand == anew
    remove_samples(store)
    as_they_stand, anew = settled(store)
    assert as_they_stand == anew
    assert all(row.is_sample is False for row in read_submissions(store))
