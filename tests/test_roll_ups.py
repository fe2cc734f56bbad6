"""What is kept of the figures is what counting them gives, after every change of the store."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from dashboard.catalogue.concepts import FigureKind, FigureStatus
from dashboard.store.data_version import data_versions
from dashboard.store.record import record, remove_samples
from dashboard.store.roll_ups import count_figures
from dashboard.store.tables import area_figures, held
from dashboard.store.transaction import Decision, writing
from dashboard.store.withdrawal import withdraw

STREETS = ("370113001", "370113002")


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def counts_in(store):
    with store.connect() as connection:
        counts = connection.execute(select(held).order_by(held.c.area, held.c.indicator)).all()
        columns = [area_figures.c[name] for name in ("area", "offered", "grade")]
        sums = connection.execute(select(*columns).order_by(area_figures.c.area)).all()
    return [tuple(row) for row in counts], [tuple(row) for row in sums]


def recounted(store):
    with writing(store) as connection:
        count_figures(connection)
    return counts_in(store)


def test_what_is_kept_is_what_counting_gives(store):
    steps = [
        [arrival(*(stated(5.0, area=code) for code in STREETS))],
        [arrival(stated(6.0), stated(7.0), stated(8.0, period=(2024, 8)))],
        [arrival(stated(None, status=FigureStatus.NOT_REPORTED))],
        [arrival(stated(9.0, kind=FigureKind.TARGET)), arrival(stated(9.5), stated(1.0, "births"))],
        [arrival(stated(4.0, area="990101001"), is_sample=True, grade="demo")],
    ]
    for number, arrivals in enumerate(steps):
        record(store, arrivals, WHEN + timedelta(days=number))
        assert counts_in(store) == recounted(store)
    withdraw(store, 3, Decision("王", WHEN, "录错"))
    assert counts_in(store) == recounted(store)
    assert remove_samples(store) == 1
    assert counts_in(store) == recounted(store)
    assert {area for area, *_ in counts_in(store)[1]} == set(STREETS)


def test_figures_of_one_street_leave_the_versions_of_others(store):
    record(store, [arrival(*(stated(5.0, area=code) for code in STREETS))], WHEN)
    before = data_versions(store, -1)
    record(store, [arrival(stated(6.0, area=STREETS[0]))], WHEN)
    after = data_versions(store, -1)
    assert after.number > before.number
    assert after.common == before.common
    assert after.areas == {STREETS[0]: after.number, STREETS[1]: before.areas[STREETS[1]]}
    assert data_versions(store, before.number).areas == {STREETS[0]: after.number}


def test_a_target_and_a_withdrawal_are_changes_of_everything(store):
    (number,) = record(store, [arrival(stated(5.0))], WHEN)
    record(store, [arrival(stated(9.0, kind=FigureKind.TARGET))], WHEN)
    versions = data_versions(store, -1)
    assert versions.common == versions.number
    withdraw(store, number, Decision("王", WHEN, "录错"))
    assert data_versions(store, -1).common == versions.number + 1
