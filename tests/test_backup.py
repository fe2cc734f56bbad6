"""Nothing is lost: a backup under writes is consistent, is checked, and comes back whole."""

import json
import sqlite3
import threading
import zipfile
from contextlib import closing

import pytest
from alembic import command as alembic
from sqlalchemy import create_engine
from stores import WHEN, arrival, stated

from dashboard.store.backup import back_up
from dashboard.store.backup_archive import DATABASE, MANIFEST
from dashboard.store.observations import read_figures
from dashboard.store.opening import StoreError, _config, open_store
from dashboard.store.query import Query
from dashboard.store.received import ReceivedFiles
from dashboard.store.record import record
from dashboard.store.restoring import restore
from dashboard.store.submissions import read_submissions


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def store(home):
    engine = open_store(f"sqlite:///{home / DATABASE}")
    yield engine
    engine.dispose()


def handed_in(store, home, number):
    """One submission with its file."""
    content = f"file {number}".encode() * 1000
    sha256 = ReceivedFiles(home / "received").keep(content)
    figure = stated(float(number), period=(2000 + number // 12, number % 12 + 1))
    one = arrival(figure, file=f"{number}.csv")
    record(store, [type(one)(one.head, one.observations, sha256=sha256)], WHEN)


@pytest.mark.fault(
    "files",
    "a backup is made while others hand in",
    "it is of one moment, and comes back whole",
)
def test_a_backup_made_while_others_write_is_consistent_and_comes_back_whole(store, home, tmp_path):
    handed_in(store, home, 0)
    stop, count = threading.Event(), [0]

    def write():
        while not stop.is_set():
            count[0] += 1
            handed_in(store, home, count[0])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        archives = [back_up(store, home, tmp_path / f"{n}.zip").file for n in range(4)]
        while count[0] <= 4 and len(archives) < 40:  # on a busy machine few are handed in
            archives.append(back_up(store, home, tmp_path / f"{len(archives)}.zip").file)
    finally:
        stop.set()
        writer.join()
    assert count[0] > 4
    before = 0
    for number, archive in enumerate(archives):
        other = tmp_path / f"other{number}"
        restore(archive, other)
        engine = open_store(f"sqlite:///{other / DATABASE}")
        rows = read_submissions(engine)
        assert len(rows) >= max(before, 1) and len(read_figures(engine, Query())) == len(rows)
        received = ReceivedFiles(other / "received")
        assert all(received.read(row.sha256) for row in rows)
        before = len(rows)
        engine.dispose()


@pytest.mark.fault(
    "files",
    "a backup is damaged or cut short",
    "nothing is restored, what is there stays",
)
def test_a_damaged_archive_restores_nothing(store, home, tmp_path):
    handed_in(store, home, 1)
    good = back_up(store, home, tmp_path / "good.zip").file
    assert good.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(good) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    name = next(one for one in contents if one.startswith("received/"))
    about = json.loads(contents[MANIFEST])
    bad = {
        "other bytes": {name: b"x"},
        "a file is missing": {name: None},
        "no manifest": {MANIFEST: None},
        "above the folder": {
            MANIFEST: json.dumps(about | {"files": about["files"] | {"received/../../x": "0"}})
        },
        "newer": {MANIFEST: json.dumps(about | {"schema": "9999"})},
    }
    for what, changes in bad.items():
        file = tmp_path / "bad.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for one, content in (contents | changes).items():
                if content is not None:
                    archive.writestr(one, content)
        with pytest.raises(StoreError):
            restore(file, tmp_path / "new")
        assert not (tmp_path / "new" / DATABASE).exists(), what
    (tmp_path / "bad.zip").write_bytes(good.read_bytes()[:-100])
    with pytest.raises(StoreError):
        restore(tmp_path / "bad.zip", tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_what_is_there_is_replaced_only_when_asked_and_not_while_it_is_open(store, home, tmp_path):
    handed_in(store, home, 1)
    archive = back_up(store, home, tmp_path / "a.zip").file
    handed_in(store, home, 2)
    with pytest.raises(StoreError, match="--replace"):
        restore(archive, home)
    with store.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        with pytest.raises(StoreError, match="in use"):
            restore(archive, home, replace=True)
    store.dispose()
    restore(archive, home, replace=True)
    engine = open_store(f"sqlite:///{home / DATABASE}")
    assert len(read_submissions(engine)) == 1
    engine.dispose()
    (kept,) = home.glob(f"{DATABASE}.replaced-*")
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("SELECT count(*) FROM submission").fetchone() == (2,)


@pytest.mark.fault(
    "files",
    "the disk refuses in a backup",
    "a sentence, no half archive",
)
def test_a_disk_that_refuses_leaves_no_half_archive(store, home, tmp_path, monkeypatch):
    handed_in(store, home, 1)

    def refuse(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboard.store.backup.add_file", refuse)
    with pytest.raises(StoreError, match="the disk is full"):
        back_up(store, home, tmp_path / "a.zip")
    assert [one.name for one in tmp_path.iterdir()] == ["home"]


def test_before_a_migration_the_database_is_kept_as_it_was(tmp_path):
    file = tmp_path / DATABASE
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        alembic.upgrade(config, "0012")
    engine.dispose()
    open_store(f"sqlite:///{file}").dispose()
    (copy,) = tmp_path.glob(f"{DATABASE}.before-*")
    assert copy.name.endswith("-0012")
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT version_num FROM dashboard_migration").fetchone() == ("0012",)


# ---- the commands ----


def test_the_commands_back_up_restore_and_say_so_in_the_audit_log(tmp_path, commands):
    first, second = commands(tmp_path / "one"), tmp_path / "two"
    folder = tmp_path / "backups"
    folder.mkdir()
    code, text = first("backup", folder, "--lang", "en")
    assert code == 1 and "there is no database" in text and not (tmp_path / "one").exists()
    first("locks")
    code, text = first("backup", folder / "none", "--lang", "en")
    assert code == 1 and "there is no folder" in text and not (folder / "none").exists()
    code, text = first("backup", folder, "--lang", "en")
    (archive,) = folder.iterdir()
    assert code == 0 and str(archive) in text
    assert "backup" in first("audit")[1]
    run = commands(second)
    assert run("restore", archive, "--lang", "en")[0] == 0
    assert run("restore", archive, "--lang", "en")[0] == 1
    assert run("restore", archive, "--replace")[0] == 0
    assert run("restore", tmp_path / "nothing.zip")[0] == 1
