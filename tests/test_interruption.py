"""A hand-in that is killed, refused by disk or lock, or raced leaves the store before or after."""

import io
import multiprocessing
import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest
import xlsxwriter
from sqlalchemy import event

from dashboard.catalogue.catalogue import all_areas, read_catalogue
from dashboard.intake import Handover, Store, receive
from dashboard.store.observations import read_figures, read_revisions
from dashboard.store.opening import open_store
from dashboard.store.query import Query
from dashboard.store.received import ReceivedFiles, digest
from dashboard.store.submissions import read_findings, read_submissions

pytestmark = pytest.mark.slow

HEADINGS = ["街道", "结婚登记对数", "离婚登记对数", "孤儿数", "城市低保人数", "农村低保人数"]
STREETS = ["文昌街道", "平安街道", "崮云湖街道", "五峰山街道", "归德街道", "张夏街道"]
FORK = multiprocessing.get_context("fork") if hasattr(os, "fork") else None
BUDGET = 6  # seconds of killing
PATIENCE = 60  # seconds at most, until one was killed before it had stored anything


@pytest.fixture(scope="module")
def known():
    catalogue = read_catalogue()
    return catalogue, all_areas(catalogue, [])


def workbook(value, sheets=12):
    """A workbook of one sheet a month: streets × indicators, every figure ``value``."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for month in range(1, sheets + 1):
            sheet = book.add_worksheet(f"{month}月")
            sheet.write_string(0, 0, f"长清区2024年{month}月民政统计表")
            sheet.write_row(1, 0, HEADINGS)
            for row, street in enumerate(STREETS, start=2):
                sheet.write_row(row, 0, [street, *[value] * (len(HEADINGS) - 1)])
    return stream.getvalue()


def hand_in(folder, known, content, name="全年.xlsx", prepare=None):
    """Opens the store in this folder and hands the workbook in, as a process of its own would."""
    engine = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    if prepare:
        event.listen(engine, "connect", prepare)
        engine.dispose()
    store = Store(engine, *known, ReceivedFiles(folder / "received"))
    receipts = receive(
        store, [(name, content)], Handover(by="李", basis="year_to_date"), datetime.now(UTC)
    )
    engine.dispose()
    return receipts


def state(folder):
    """What a reader sees, after asserting that it holds together."""
    with closing(sqlite3.connect(folder / "store.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    engine = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    rows = read_submissions(engine, 10_000)
    figures = read_figures(engine, Query())
    revisions = read_revisions(engine, Query())
    assert len(revisions) == sum(row.figures for row in rows)
    for row in rows:
        assert row.findings == len(read_findings(engine, row.id))
        assert ReceivedFiles(folder / "received").read(row.sha256) is not None
    latest = {r[:4]: (r.value, r.submission) for r in revisions}
    assert {f[:4]: (f.value, f.submission) for f in figures} == latest
    engine.dispose()
    return len(rows), {figure.value for figure in figures}


@pytest.mark.fault(
    "killed",
    "`kill -9` in a hand-in",
    "the store is as before or as after; the next hand-in goes through",
)
@pytest.mark.skipif(FORK is None, reason="needs fork")
def test_a_hand_in_killed_at_any_point_leaves_the_store_as_before_or_as_after(tmp_path, known):
    start = time.monotonic()
    hand_in(tmp_path, known, workbook(1.0))
    whole = time.monotonic() - start
    before, seed = state(tmp_path), random.Random(20240901)
    assert before == (12, {1.0})
    outcomes, value = {"before": 0, "after": 0}, 1.0
    started = time.monotonic()
    while time.monotonic() - started < (BUDGET if outcomes["before"] else PATIENCE):
        value += 1.0
        child = FORK.Process(target=hand_in, args=(tmp_path, known, workbook(value)))
        child.start()
        time.sleep(seed.uniform(0, whole * 1.2))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        now = state(tmp_path)
        assert now in (before, (before[0] + 12, {value}))
        outcomes["before" if now == before else "after"] += 1
        before = now
    assert outcomes["before"], outcomes
    # the next one goes through as if nothing had happened
    assert all(receipt.id for receipt in hand_in(tmp_path, known, workbook(999.0)))
    assert state(tmp_path) == (before[0] + 12, {999.0})


@pytest.mark.fault(
    "killed",
    "`kill -9` while the store is made",
    "the next start makes it",
)
@pytest.mark.skipif(FORK is None, reason="needs fork")
def test_a_first_hand_in_killed_while_the_store_is_made_does_not_stand_in_the_way(tmp_path, known):
    seed = random.Random(7)
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        child = FORK.Process(target=hand_in, args=(folder, known, workbook(1.0, 2)))
        child.start()
        time.sleep(seed.uniform(0, 0.12))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        hand_in(folder, known, workbook(2.0, 2))
        assert state(folder) in ((2, {2.0}), (4, {2.0}))


def refused(receipts):
    """The one sentence by which each sheet is refused."""
    assert all(receipt.id is None and receipt.refused for receipt in receipts)
    return {f.message.en for r in receipts for f in r.findings if f.severity == "error"}


@pytest.mark.fault(
    "database",
    "full in the midst of a hand-in",
    "refused in a sentence, nothing of the file is stored",
)
def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_lost(tmp_path, known):
    hand_in(tmp_path, known, workbook(1.0))
    before = state(tmp_path)

    def small(connection, _):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    receipts = hand_in(tmp_path, known, workbook(2.0), prepare=small)
    (sentence,) = refused(receipts)
    assert "full" in sentence and "Traceback" not in sentence
    assert state(tmp_path) == before
    hand_in(tmp_path, known, workbook(2.0))
    assert state(tmp_path) == (24, {2.0})


@pytest.mark.fault(
    "database",
    "locked by another program in a hand-in",
    "refused in a sentence, nothing of the file is stored",
)
def test_a_locked_database_is_told_in_a_sentence_and_nothing_is_lost(tmp_path, known):
    hand_in(tmp_path, known, workbook(1.0))
    before = state(tmp_path)

    def impatient(connection, _):
        connection.execute("PRAGMA busy_timeout = 50")

    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (sentence,) = refused(hand_in(tmp_path, known, workbook(2.0), prepare=impatient))
        assert "locked" in sentence
    assert state(tmp_path) == before


def test_what_was_stored_before_the_disk_was_full_is_told_too(tmp_path, known):
    engine = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    store = Store(engine, *known, ReceivedFiles(tmp_path / "received"))
    (tmp_path / "received").mkdir()
    second = workbook(2.0)
    (tmp_path / "received" / digest(second)[:2]).write_text("in the way")
    files = [("a.xlsx", workbook(1.0)), ("b.xlsx", second)]
    receipts = receive(store, files, Handover(basis="year_to_date"), datetime.now(UTC))
    assert [receipt.id is not None for receipt in receipts] == [True] * 12 + [False] * 12
    assert "cannot be kept" in refused(receipts[12:]).pop()
    engine.dispose()
    assert state(tmp_path) == (12, {1.0})


@pytest.mark.fault(
    "computer",
    "two servers on one home folder hand in the same form at once",
    "both are recorded, one after the other, and never mixed",
)
@pytest.mark.skipif(FORK is None, reason="needs fork")
def test_two_processes_handing_in_the_same_form_at_once_are_both_recorded(tmp_path, known):
    open_store(f"sqlite:///{tmp_path / 'store.sqlite'}").dispose()
    content = {value: workbook(value) for value in (1.0, 2.0)}
    for _ in range(3):
        both = [FORK.Process(target=hand_in, args=(tmp_path, known, content[v])) for v in content]
        for process in both:
            process.start()
        for process in both:
            process.join(60)
            assert process.exitcode == 0
    count, values = state(tmp_path)
    assert count == 6 * 12
    assert len(values) == 1  # one of the two as a whole, never a mixture
    engine = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    numbers = [row.id for row in read_submissions(engine)]
    engine.dispose()
    assert numbers == list(range(6 * 12, 0, -1))


def test_the_same_bytes_at_once_are_one_file(tmp_path, known):
    files = ReceivedFiles(tmp_path)
    if FORK is None:
        pytest.skip("needs fork")
    content = os.urandom(2_000_000)
    both = [FORK.Process(target=files.keep, args=(content,)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
    (kept,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert kept.read_bytes() == content
