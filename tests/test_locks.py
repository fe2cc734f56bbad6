"""A locked period takes no figures of its area or of any below it until it is unlocked."""

import json
from datetime import timedelta

import pytest
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from dashboard.catalogue.periods import Period
from dashboard.store.locks import (
    LOCK,
    UNLOCK,
    Months,
    StoreChanged,
    locks_in_force,
    read_logbook,
    write_logbook,
)
from dashboard.store.opening import StoreError
from dashboard.store.record import record
from dashboard.store.submissions import read_submissions
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import withdraw

pytestmark = pytest.mark.slow

SEPTEMBER = Months("370113", Period(2024, 9), Period(2024, 9))
YEAR = Months("370113", Period(2024, 1), Period(2024, 12))


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


@pytest.fixture
def command(tmp_path, commands):
    """Runs one command on an empty store: (exit code, what it printed)."""
    return commands(tmp_path / "home")


@pytest.fixture
def load(command, tmp_path):
    """Loads one figure of orphans: (exit code, findings)."""

    def run(area="370113004", period="2024-09", *options):
        table = f"indicator,area,period,value,unit\norphans,{area},{period},5,人\n"
        (tmp_path / "a.csv").write_text(table, encoding="utf-8")
        code, text = command("load", str(tmp_path / "a.csv"), "--json", "--lang", "en", *options)
        return code, json.loads(text)["submissions"][0]["findings"]

    return run


def decided(reason, days=0):
    return Decision("王", WHEN + timedelta(days=days), reason)


# ---- the logbook ----


def test_the_logbook_keeps_who_when_and_why_of_both(store):
    write_logbook(store, LOCK, SEPTEMBER, decided("published"))
    write_logbook(store, LOCK, YEAR, decided("yearbook", 1))
    write_logbook(store, UNLOCK, SEPTEMBER, decided("corrected", 2))
    entries = read_logbook(store)
    assert [(e.act, e.months, e.written_by, e.reason) for e in entries] == [
        ("lock", SEPTEMBER, "王", "published"),
        ("lock", YEAR, "王", "yearbook"),
        ("unlock", SEPTEMBER, "王", "corrected"),
    ]
    assert entries[2].written == WHEN + timedelta(days=2)
    assert [lock.months for lock in locks_in_force(entries)] == [YEAR]
    write_logbook(store, LOCK, SEPTEMBER, decided("again", 3))
    assert len(locks_in_force(read_logbook(store))) == 2


def test_a_second_lock_and_the_unlocking_of_what_is_not_locked_are_refused(store):
    write_logbook(store, LOCK, YEAR, decided("yearbook"))
    with pytest.raises(StoreError, match="locked already"):
        write_logbook(store, LOCK, YEAR, decided("again"))
    with pytest.raises(StoreError, match=r"locked is: 370113 2024-01\.\.2024-12"):
        write_logbook(store, UNLOCK, SEPTEMBER, decided("part of it"))
    assert len(read_logbook(store)) == 1


def test_refusals_are_sentences_in_both_languages(store):
    write_logbook(store, LOCK, YEAR, decided("yearbook"))
    refused = []
    for act, months in ((LOCK, YEAR), (UNLOCK, SEPTEMBER)):
        with pytest.raises(StoreError) as told:
            write_logbook(store, act, months, decided("again"))
        refused.append(told.value.text)
    with pytest.raises(StoreError) as told:
        decided(" ")
    with pytest.raises(StoreError) as unknown:
        withdraw(store, 7, decided("x"))
    refused += [told.value.text, unknown.value.text]
    assert [one.zh for one in refused] == [
        "370113 2024-01..2024-12 已经锁定",
        "370113 2024-09 没有锁定；已锁定的有：370113 2024-01..2024-12",
        "请填写理由",
        "没有第 7 号报送",
    ]
    assert not any(one.en == one.zh for one in refused)


def test_figures_judged_before_a_lock_was_set_are_not_recorded_after_it(store):
    write_logbook(store, LOCK, YEAR, decided("yearbook"))
    with pytest.raises(StoreChanged):
        record(store, [arrival(stated(1.0))], WHEN, seen=0)
    assert read_submissions(store) == []
    seen = read_logbook(store)[-1].id
    assert len(record(store, [arrival(stated(1.0))], WHEN, seen)) == 1


# ---- handing in ----


@pytest.mark.parametrize(
    "locked",
    [
        ("长清区", "2024-09"),
        ("370113004", "2024-09"),
        ("370113", "2024Q3"),
        ("370100", "2024"),
    ],
)
def test_a_figure_of_a_locked_period_is_refused_at_its_cell_and_names_the_lock(
    command, load, locked
):
    assert command("lock", *locked, "--reason", "published in the yearbook")[0] == 0
    for options in ((), ("--dry-run",)):
        code, (finding,) = load("370113004", "2024-09", *options)
        assert (code, finding["severity"], finding["rule"]) == (1, "error", "locked")
        assert (finding["row"], finding["column"]) == (2, "D")
        assert "published in the yearbook" in finding["message"]
    assert "orphans" not in command("observations")[1]


@pytest.mark.parametrize(
    "place",
    [
        ("370113004", "2024-10"),
        ("370113004", "2023-09"),
        ("370305", "2024-09"),
        ("370100", "2024-09"),
    ],
)
def test_other_periods_other_areas_and_those_above_are_still_taken(command, load, place):
    command("lock", "370113", "2024-09", "--reason", "published")
    assert load(*place) == (0, [])


def test_after_unlocking_the_figure_is_taken(command, load):
    command("lock", "370113", "2024-09", "--reason", "published")
    assert load()[0] == 1
    assert command("unlock", "370113", "2024-09", "--reason", "corrected")[0] == 0
    assert load()[0] == 0


def test_a_submission_with_figures_of_a_locked_period_cannot_be_withdrawn(command, load):
    load()
    command("lock", "370113", "2024", "--reason", "yearbook")
    code, text = command("withdraw", "1", "--reason", "mistake")
    assert code == 1 and "yearbook" in text and "Traceback" not in text
    command("unlock", "370113", "2024", "--reason", "mend")
    assert command("withdraw", "1", "--reason", "mistake")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("lock", "nowhere", "2024-09", "--reason", "x"), 2, "nowhere"),
        (("lock", "370113", "soon", "--reason", "x"), 2, "soon"),
        (("lock", "370113", "", "--reason", "x"), 2, "2024-09"),
        (("lock", "370113", "2024-09"), 2, "--reason"),
        (("lock", "370113", "2024-09", "--reason", ""), 1, "理由"),
        (("unlock", "370113", "2024-09", "--reason", "x"), 1, "没有锁定"),
    ],
)
def test_a_lock_that_makes_no_sense_is_refused_in_a_sentence(command, arguments, code, told):
    given, text = command(*arguments)
    assert given == code and told in text and "Traceback" not in text
