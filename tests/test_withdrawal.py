"""A submission can be taken back: earlier values return, and its own stay readable."""

from datetime import timedelta

import pytest
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from dashboard.__main__ import main
from dashboard.services.figures.observations import current
from dashboard.store.data_version import data_version
from dashboard.store.observations import read_figures, read_revisions
from dashboard.store.opening import StoreError
from dashboard.store.query import Query
from dashboard.store.record import record, remove_samples
from dashboard.store.submissions import read_sources
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

LATER = WHEN + timedelta(days=2)
MISTAKE = Decision("王", LATER, "wrong month")


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def values(store, **query):
    return {(f.indicator, f.value, f.status) for f in read_figures(store, Query(**query))}


def test_what_it_had_superseded_is_current_again_and_its_own_figures_are_gone(store):
    record(store, [arrival(stated(50.0), stated(52.0))], WHEN)
    (wrong,) = record(store, [arrival(stated(9.0), stated(3.0, "divorces"))], WHEN)
    version = data_version(store)
    assert withdraw(store, wrong, MISTAKE) == 2
    assert values(store) == {("marriages", 50.0, "D")}
    assert values(store, grades=["official"]) == {("marriages", 50.0, "D")}
    assert data_version(store) > version


def test_the_trace_stays_with_who_when_and_why(store):
    (wrong,) = record(store, [arrival(stated(9.0))], WHEN)
    withdraw(store, wrong, MISTAKE)
    row = read_sources(store, [wrong])[wrong]
    assert (row.withdrawn, row.withdrawn_by, row.withdrawn_reason) == (LATER, "王", "wrong month")
    assert [(r.value, r.status, r.withdrawn) for r in read_revisions(store, Query())] == [
        (9.0, "A", LATER)
    ]
    assert current(read_revisions(store, Query())) == []


def test_a_later_submission_stays_current(store):
    (wrong,) = record(store, [arrival(stated(9.0))], WHEN)
    record(store, [arrival(stated(10.0))], WHEN)
    withdraw(store, wrong, MISTAKE)
    assert values(store) == {("marriages", 10.0, "A")}


def test_two_withdrawn_one_after_the_other_give_back_the_first(store):
    numbers = [record(store, [arrival(stated(value))], WHEN)[0] for value in (1.0, 2.0, 3.0)]
    withdraw(store, numbers[1], MISTAKE)
    withdraw(store, numbers[2], MISTAKE)
    assert values(store) == {("marriages", 1.0, "A")}


def test_until_the_moment_it_was_withdrawn_it_counts_as_known_then(store):
    record(store, [arrival(stated(8.0))], WHEN)
    (wrong,) = record(store, [arrival(stated(9.0))], WHEN)
    withdraw(store, wrong, MISTAKE)
    day = timedelta(days=1)
    assert values(store, as_of=LATER - day) == {("marriages", 9.0, "A")}
    assert values(store, as_of=LATER) == values(store, as_of=LATER + day) == values(store)
    assert [r.value for r in read_revisions(store, Query(as_of=LATER))] == [8.0]


def test_removing_samples_brings_no_withdrawn_value_back(store):
    (wrong,) = record(store, [arrival(stated(9.0))], WHEN)
    record(store, [arrival(stated(10.0), is_sample=True)], WHEN)
    withdraw(store, wrong, MISTAKE)
    remove_samples(store)
    assert values(store) == set()


def test_an_unknown_one_a_second_time_and_no_reason_are_refused(store):
    (wrong,) = record(store, [arrival(stated(9.0))], WHEN)
    with pytest.raises(StoreError, match="77 is not known"):
        withdraw(store, 77, MISTAKE)
    withdraw(store, wrong, MISTAKE)
    version = data_version(store)
    with pytest.raises(StoreError, match=r"already on 2024-10-10"):
        withdraw(store, wrong, MISTAKE)
    assert data_version(store) == version
    with pytest.raises(StoreError, match="reason"):
        Decision("王", LATER, "  ")


@pytest.mark.slow
def test_the_command_withdraws_and_leaves_the_value_among_all_versions(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path / "home"))
    for value in (5, 6):
        table = f"indicator,area,period,value,unit\norphans,370113004,2024-09,{value},人\n"
        (tmp_path / "a.csv").write_text(table, encoding="utf-8")
        assert main(["load", str(tmp_path / "a.csv")]) == 0
    assert main(["withdraw", "2", "--reason", "wrong month", "--lang", "en"]) == 0
    assert "withdrew submission 2" in capsys.readouterr().out
    assert main(["observations"]) == 0
    (row,) = capsys.readouterr().out.splitlines()[1:]
    assert ",5,人,A," in row
    assert main(["observations", "--versions", "all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert main(["withdraw", "2", "--reason", "again"]) == 1
    assert main(["withdraw", "77", "--reason", "x"]) == 1
    assert main(["withdraw", "1", "--reason", " "]) == 1
    told = capsys.readouterr().err
    assert "Traceback" not in told and "77" in told
