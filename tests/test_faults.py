"""Faults of the computer around the dashboard: each ends in a sentence and an intact store."""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from datetime import timedelta

import pytest
from alembic import command as alembic
from sqlalchemy import create_engine, insert
from stores import WHEN, arrival, stated

from dashboard.base.settings import ROOT, read_settings
from dashboard.exports.chromium import PrintError, printed
from dashboard.services.upkeep import doctor
from dashboard.store.observations import read_figures
from dashboard.store.opening import StoreError, _config, open_store
from dashboard.store.query import Query
from dashboard.store.record import record
from dashboard.store.submissions import read_submissions
from dashboard.store.tables import revision

pytestmark = pytest.mark.slow
FORK = multiprocessing.get_context("fork") if hasattr(os, "fork") else None
needs_fork = pytest.mark.skipif(FORK is None, reason="needs fork")
needs_namespaces = pytest.mark.skipif(not shutil.which("unshare"), reason="there is no unshare")
DISTRICT = "990101"
AT_MOST = 5.0  # seconds until a sentence comes, on a machine that is not busy
BUSY = 4  # times as long on one that is


def is_intact(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# ---- killed ----


@needs_fork
@pytest.mark.fault(
    "killed",
    "`kill -9` in a migration",
    "the store is of the old version or of the new one, with every figure; the next start goes on",
)
def test_a_migration_killed_at_any_point_is_made_up_for_at_the_next_start(tmp_path):
    old, rows = tmp_path / "old.sqlite", 30_000
    engine = create_engine(f"sqlite:///{old}")
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        alembic.upgrade(config, "0012")
        head = "(file, sheet, form, title, area, period, grade, received, submitted_by, note,"
        connection.exec_driver_sql(
            f"INSERT INTO submission {head} is_sample, figures, findings, sha256) VALUES ('a', '1',"
            " 'f', '', '370113', 202409, 'official', '2024-10-08', '李', '', 0, 1, 0, '')"
        )
        names = [one["name"] for one in _columns(connection, "revision")]
        kept = [column.name for column in revision.columns if column.name in names]
        figures = [_figure(number, kept) for number in range(rows)]
        connection.execute(insert(revision).values(figures[0]))
        for start in range(1, rows, 5000):
            connection.execute(insert(revision), figures[start : start + 5000])
    engine.dispose()
    seed, killed = random.Random(20261130), 0
    undisturbed = shutil.copy(old, tmp_path / "undisturbed.sqlite")
    began = time.monotonic()
    open_store(f"sqlite:///{undisturbed}").dispose()
    whole = time.monotonic() - began
    for number in range(10):
        file = tmp_path / f"{number}.sqlite"
        shutil.copy(old, file)
        child = FORK.Process(target=open_store, args=(f"sqlite:///{file}",))
        child.start()
        child.join(seed.uniform(0.05, 1.0) * whole)
        if child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
            killed += 1
        child.join()
        store = open_store(f"sqlite:///{file}")
        with store.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM revision").scalar()
        store.dispose()
        assert count == rows and is_intact(file)
    assert killed


def _columns(connection, table):
    rows = connection.exec_driver_sql(f"PRAGMA table_info({table})").mappings()
    return list(rows)


def _figure(number, names):
    values = {
        "indicator": f"i{number % 300}",
        "area": f"{number // 300:09}",
        "period": 202409,
        "kind": "actual",
        "submission": 1,
        "row": number,
        "value": float(number),
        "status": "A",
        "sheet": "1",
        "cell_row": number,
        "cell_column": "C",
    }
    return {name: values.get(name, None if name == "since" else "") for name in names}


@pytest.mark.fault(
    "killed",
    "`kill -9` in an export on the command line",
    "there is no file, or the file before; never half of one",
)
def test_an_export_killed_at_any_point_leaves_no_half_file(own_home, tmp_path):
    out, seed = tmp_path / "report.pptx", random.Random(7)
    environment = {"DASHBOARD_HOME": str(own_home), "PATH": os.environ["PATH"]}
    words = ["export", "marriage", "--area", DISTRICT, "--format", "pptx", "--out", str(out)]
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-m", "dashboard", *words],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        time.sleep(seed.uniform(0.5, 6))
        child.kill()
        child.wait()
        assert not out.exists() or zipfile.is_zipfile(out)
    assert is_intact(own_home / "dashboard.sqlite")
    subprocess.run(
        [sys.executable, "-m", "dashboard", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with zipfile.ZipFile(out) as opened:
        assert opened.testzip() is None


@needs_fork
@pytest.mark.fault(
    "killed", "Chromium is killed while it prints", "a sentence says that it did not finish"
)
def test_chromium_killed_while_it_prints_is_said(tmp_path, monkeypatch):
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\nkill -9 $$\n")
    browser.chmod(0o755)
    monkeypatch.setenv("DASHBOARD_CHROMIUM", str(browser))
    with pytest.raises(PrintError, match="did not finish") as refused:
        printed("<p>figures</p>")
    assert "没有完成" in refused.value.message.zh


# ---- the database ----


@pytest.mark.fault(
    "database",
    "locked by another program for minutes",
    "pages are shown; a file does not leave, for the audit log cannot note it: 503 with a sentence",
)
def test_while_the_database_is_locked_pages_are_shown_and_files_wait_shortly(app):
    file = app.desk.context.engine.url.database
    client, path = app.server.test_client(), f"/export/marriage/registrations.csv?area={DISTRICT}"
    assert client.get(path).status_code == 200
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        answer = client.get(path)
        assert time.monotonic() - began < AT_MOST * BUSY
        assert answer.status_code == 503 and "locked" in answer.get_json()["error"]
        assert client.get(f"/plain/topic/marriage?area={DISTRICT}&lang=en").status_code == 200
    assert client.get(path).status_code == 200


@pytest.mark.fault(
    "database",
    "a page of its file is overwritten",
    "`doctor` says that it is damaged, no backup is made of it and no migration tried",
)
def test_a_damaged_database_is_neither_migrated_nor_backed_up(tmp_path, commands):
    run = commands(tmp_path)
    engine = open_store(f"sqlite:///{tmp_path / 'dashboard.sqlite'}")
    many = [stated(float(n), period=(2000 + n // 12, n % 12 + 1)) for n in range(240)]
    record(engine, [arrival(*many)], WHEN)
    engine.dispose()
    file = tmp_path / "dashboard.sqlite"
    damage(file, "revision")
    code, text = run("backup", tmp_path / "a.zip", "--lang", "en")
    assert code == 1 and "damaged" in text and not (tmp_path / "a.zip").exists()
    code, text = run("doctor", "--lang", "en")
    assert code == 1 and "damaged" in text
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("UPDATE dashboard_migration SET version_num = '0020'")
        opened.commit()
    with pytest.raises(StoreError, match="damaged"):
        open_store(f"sqlite:///{file}")
    assert not list(tmp_path.glob("*.before-migration*"))


def damage(file, table):
    """Overwrites the page in which a table begins."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")
        found = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
        (place,), (size,) = found.fetchone(), opened.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek((place - 1) * size)
        opened.write(b"\xff" * size)


# ---- the computer ----


@pytest.mark.fault(
    "computer",
    "the clock is set back by a year",
    "the latest hand-in is still the current one; `doctor` says that the clock is wrong",
)
def test_a_clock_set_back_does_not_bring_older_figures_back(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'dashboard.sqlite'}")
    record(store, [arrival(stated(120.0))], WHEN + timedelta(days=9000))
    record(store, [arrival(stated(118.0))], WHEN)
    assert [figure.value for figure in read_figures(store, Query())] == [118.0]
    assert [row.id for row in read_submissions(store)] == [2, 1]
    store.dispose()
    from dashboard.services.context import open_context

    context = open_context(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    assert doctor.clock(context).state is doctor.CheckState.FAIL
    context.engine.dispose()


TROUBLES = f"""
set -eu
mount --make-rprivate /
mount -t tmpfs -o size=24m none /mnt
export DASHBOARD_HOME=/mnt PYTHONUTF8=1 HOME=/mnt
python={sys.executable}
$python - > /dev/shm/faults-$$.csv <<'END'
print("indicator,area,period,value,unit")
for year in range(2000, 2025):
    for month in range(1, 13):
        print(f"marriages,370113,{{year}}-{{month:02}},{{month * 10}},对")
END
small=/dev/shm/faults-$$.csv
trap 'rm -f $small' EXIT
load="$python -m dashboard load $small --basis year_to_date --note again --lang en"
step() {{ echo "== $1"; shift; "$@" 2>&1 || echo "exit $?"; }}
cd {ROOT}
step first $load
dd if=/dev/zero of=/mnt/filler bs=64k 2>/dev/null || true
step full $load
step doctor $python -m dashboard doctor --lang en
rm /mnt/filler
step room $load
mount -o remount,ro /mnt
step readonly $load
mount -o remount,rw /mnt
step writable $load
$python - <<'END'
import sqlite3
database = sqlite3.connect("/mnt/dashboard.sqlite")
print("==", "state")
print(*database.execute("PRAGMA integrity_check").fetchone())
print(*database.execute("SELECT count(*) FROM submission").fetchone())
END
"""


@pytest.fixture(scope="module")
def troubled():
    """What commands say on a disk of 24 MB that is full, has room again, is read-only, writable."""
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", TROUBLES],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    if "== first" not in done.stdout:
        pytest.skip("this computer lets nobody mount a disk")
    assert done.returncode == 0, done.stdout + done.stderr
    parts = done.stdout.split("== ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


@needs_namespaces
@pytest.mark.fault(
    "computer",
    "the disk is full (a disk of 24 MB)",
    "a hand-in is refused in a sentence and nothing of it is stored; with room again"
    " the next one goes through",
)
def test_a_full_disk_refuses_a_hand_in_and_takes_the_next_one(troubled):
    assert "exit" not in troubled["first"]
    assert "exit 1" in troubled["full"] and "Traceback" not in troubled["full"]
    assert "the disk is full" in troubled["full"] and "the disk is full" in troubled["doctor"]
    assert "exit" not in troubled["room"]
    assert troubled["state"].split() == ["ok", "3"]


@needs_namespaces
@pytest.mark.fault(
    "computer",
    "the disk becomes read-only",
    "a hand-in is refused in a sentence; once it can be written the next one goes through",
)
def test_a_disk_that_became_read_only_refuses_a_hand_in_and_takes_the_next_one(troubled):
    assert "exit 1" in troubled["readonly"] and "Traceback" not in troubled["readonly"]
    assert "exit" not in troubled["writable"]
