"""What waits, what is being filled in and what is marked is kept alike on both databases."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from stores import BACKENDS, WHEN, arrival, fresh_store, stated

from dashboard.catalogue.periods import Period
from dashboard.store.audit import AuditEntry, read_audit, write_audit
from dashboard.store.form_drafts import (
    FormDraft,
    FormPlace,
    close_draft,
    drafts_of,
    keep_draft,
    read_draft,
    reopen_draft,
    reported_indicators,
)
from dashboard.store.locks import Months
from dashboard.store.markings import Marking, read_markings, write_marking
from dashboard.store.observations import read_figures
from dashboard.store.opening import StoreError
from dashboard.store.query import Query
from dashboard.store.record import record
from dashboard.store.unversioned_writes import noting
from dashboard.store.waiting import (
    AlreadyDecided,
    Verdict,
    WaitingHandIn,
    WaitingState,
    count_waiting,
    decide,
    keep_waiting,
    one_waiting,
    read_waiting,
)

NEW = WaitingHandIn(0, "表.xlsx", "ab", "{}", "[]", WHEN, "张三")
ACCEPTED = Verdict(WaitingState.ACCEPTED, WHEN, "editor")
PLACE = FormPlace("990101001", "form:JZH01", Period(2026, 11))


@pytest.fixture(params=BACKENDS)
def store(request, tmp_path):
    yield from fresh_store(request.param, tmp_path)


def test_it_is_kept_once_and_listed_for_its_sender(store):
    number = keep_waiting(store, NEW)
    with pytest.raises(AlreadyDecided):
        keep_waiting(store, NEW)
    other = keep_waiting(store, NEW._replace(made_by="李四"))
    assert one_waiting(store, number) == NEW._replace(id=number)
    assert [row.id for row in read_waiting(store)] == [other, number]
    assert [row.id for row in read_waiting(store, made_by="张三")] == [number]
    assert (count_waiting(store), count_waiting(store, "张三")) == (2, 1)
    assert one_waiting(store, 10**12) is None and one_waiting(store, -1) is None


def test_a_decision_and_the_figures_are_stored_together_or_not_at_all(store):
    number = keep_waiting(store, NEW)

    def follow(connection, numbers):
        decide(connection, number, ACCEPTED, numbers)

    numbers = record(store, [arrival(stated(5.0))], WHEN, following=follow)
    assert one_waiting(store, number).submissions == tuple(numbers)
    with pytest.raises(AlreadyDecided):
        record(store, [arrival(stated(6.0))], WHEN, following=follow)
    assert [figure.value for figure in read_figures(store, Query())] == [5.0]


def test_of_many_who_accept_at_once_one_does(store):
    number, ended, start = keep_waiting(store, NEW), [], threading.Barrier(4)

    def accept(value):
        start.wait()
        try:
            record(
                store,
                [arrival(stated(value))],
                WHEN,
                following=lambda connection, all_: decide(connection, number, ACCEPTED, all_),
            )
            ended.append(value)
        except AlreadyDecided:
            ended.append(None)

    threads = [threading.Thread(target=accept, args=(float(value),)) for value in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = [value for value in ended if value]
    assert len(ended) == 4 and len(stored) == 1
    assert [figure.value for figure in read_figures(store, Query())] == stored


def test_a_draft_is_stored_closed_once_and_opened_again(store):
    draft = FormDraft(PLACE, {"marriages": "5"}, WHEN, "张三")
    keep_draft(store, draft, "")
    assert read_draft(store, PLACE) == draft
    later = draft._replace(changed=WHEN + timedelta(minutes=1), cells={"marriages": "6"})
    with pytest.raises(StoreError, match="changed this form"):
        keep_draft(store, later, "")
    keep_draft(store, later, WHEN.isoformat())
    with noting(store) as connection:
        close_draft(connection, later, WHEN, None)
    with pytest.raises(AlreadyDecided), noting(store) as connection:
        close_draft(connection, later, WHEN, None)
    assert not read_draft(store, PLACE).is_open
    reopen_draft(store, PLACE)
    assert drafts_of(store, ["990101001"]) == [later] and drafts_of(store, ["x"]) == []


def test_what_an_area_reported_is_known_by_submission(store):
    figures = [stated(5.0), stated(6.0, "divorces"), stated(7.0, area="370113002")]
    (number,) = record(store, [arrival(*figures)], WHEN)
    assert reported_indicators(store, "370113001") == {number: {"marriages", "divorces"}}


def test_the_latest_words_of_an_area_and_months_count(store):
    months = Months("370113", Period(2024, 9), Period(2024, 9))
    for words in ("甲", "乙"):
        write_marking(store, Marking(months, words, WHEN, "李"))
    assert read_markings(store) == [Marking(months, "乙", WHEN, "李")]
    write_marking(store, Marking(months, "", WHEN, "李"))
    assert read_markings(store) == []


def test_nobody_empties_the_audit_log(store):
    write_audit(store, AuditEntry(0, WHEN, "张三", "hand_in", "1", ""))
    statements = ["DELETE FROM audit", "UPDATE audit SET who = ''"]
    if store.dialect.name == "postgresql":
        statements += ["TRUNCATE audit", "TRUNCATE audit RESTART IDENTITY CASCADE"]
    for statement in statements:
        with pytest.raises(Exception, match="only added to"), store.begin() as connection:
            connection.execute(text(statement))
    assert [entry.who for entry in read_audit(store)] == ["张三"]
