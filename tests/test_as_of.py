"""What was known on a day: figures received by its end, and nothing that came later."""

from datetime import UTC, datetime, timedelta

import pytest
from stores import BACKENDS, arrival, fresh_store, stated

from dashboard.catalogue.periods import Period
from dashboard.services.filters import UnknownName, end_of_day
from dashboard.store.observations import coverage, periods_of, read_figures, read_revisions
from dashboard.store.query import Query
from dashboard.store.record import record

JULY, AUGUST = (datetime(2024, month, 5, 12, tzinfo=UTC) for month in (7, 8))
BEFORE, BETWEEN, AFTER = (datetime(2024, month, 1, tzinfo=UTC) for month in (7, 8, 9))


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    """Marriages of June: 120 and 121 in July's file, 118 in August's, which has July too."""
    for engine in fresh_store(request.param, tmp_path):
        record(
            engine,
            [arrival(stated(120.0, period=(2024, 6)), stated(121.0, period=(2024, 6)))],
            JULY,
        )
        second = [stated(118.0, period=(2024, 6)), stated(60.0, period=(2024, 7))]
        record(engine, [arrival(*second, grade="report")], AUGUST)
        yield engine


def figures(store, as_of, **more):
    return [
        (f.period.month, f.value, f.status, f.others)
        for f in read_figures(store, Query(["marriages"], as_of=as_of, **more))
    ]


def test_before_anything_came_nothing_was_known(store):
    assert figures(store, BEFORE) == []
    assert read_revisions(store, Query(as_of=BEFORE)) == []
    assert coverage(store, "marriages", BEFORE) == []


def test_between_two_submissions_the_first_was_current_with_its_dispute(store):
    assert figures(store, BETWEEN) == [(6, 120.0, "D", (121.0,))]
    assert [r.value for r in read_revisions(store, Query(as_of=BETWEEN))] == [120.0, 121.0]
    assert coverage(store, "marriages", BETWEEN)[0][1:] == (Period(2024, 6), Period(2024, 6), 1)
    assert periods_of(store, ["370113001"], as_of=BETWEEN) == {"370113001": [Period(2024, 6)]}


def test_after_both_it_is_what_is_current(store):
    assert figures(store, AFTER) == figures(store, None) != figures(store, BETWEEN)
    assert coverage(store, "marriages", AFTER) == coverage(store, "marriages")


def test_a_day_and_a_grade_restrict_together(store):
    assert figures(store, BETWEEN, grades=["report"]) == []
    assert figures(store, AFTER, grades=["official"]) == [(6, 120.0, "D", (121.0,))]


def test_the_moment_of_receipt_itself_counts(store):
    assert [month for month, *_ in figures(store, AUGUST)] == [6, 7]
    assert [month for month, *_ in figures(store, AUGUST - timedelta(microseconds=1))] == [6]


def test_a_day_ends_at_midnight_here():
    last = end_of_day("2024-07-01").astimezone()
    assert (last.date().isoformat(), last.hour, last.minute) == ("2024-07-01", 23, 59)


def test_a_moment_is_itself_as_an_address_and_as_python_writes_it():
    moment = datetime(2024, 7, 1, 9, 30, tzinfo=UTC)
    assert end_of_day("2024-07-01T09:30:00Z") == end_of_day(str(moment)) == moment


@pytest.mark.parametrize("text", ["yesterday", "2024-13-01", "2024", "0001-01-01x", "9999-99-99"])
def test_what_is_no_day_is_refused_with_an_example(text):
    with pytest.raises(UnknownName, match="2024-07-01"):
        end_of_day(text)
