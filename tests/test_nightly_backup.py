"""The server backs up every night by a setting, keeps the latest archives, and says what failed."""

import os
import shutil
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from stores import WHEN, arrival, stated

from dashboard.base.settings import SettingsError, read_settings
from dashboard.base.shared_bytes import try_lock
from dashboard.services.access.audit import Audit
from dashboard.services.context import Context, open_context
from dashboard.services.upkeep import doctor, nightly_backup
from dashboard.services.upkeep.doctor import CheckState
from dashboard.services.upkeep.nightly_backup import NightlyBackup, archives, last_failure
from dashboard.store.backup_archive import verify
from dashboard.store.opening import open_store
from dashboard.store.record import record
from dashboard.store.restoring import restore
from dashboard.store.submissions import read_submissions

NIGHT = datetime(2026, 11, 30, 2, 0, 30)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def context(tmp_path, folder):
    settings = {
        "DASHBOARD_HOME": str(tmp_path / "home"),
        "DASHBOARD_BACKUP_FOLDER": str(folder),
        "DASHBOARD_BACKUP_KEEP": "3",
    }
    context = open_context(read_settings(settings))
    record(context.engine, [arrival(stated(1.0))], WHEN)
    yield context
    context.engine.dispose()


def test_one_archive_a_night_which_comes_back_whole(context, folder, tmp_path):
    nightly = NightlyBackup(context)
    first = nightly.step(NIGHT)
    assert first is not None and first.parent == folder
    assert nightly.step(NIGHT + timedelta(minutes=1)) is None
    assert nightly.step(NIGHT + timedelta(hours=21)) is None
    assert nightly.step(NIGHT + timedelta(days=1)) is not None
    assert len(archives(folder)) == 2
    assert [one.who for one in Audit(context.engine).entries("backup")] == ["server"] * 2
    restore(first, tmp_path / "other")
    engine = open_store(f"sqlite:///{tmp_path / 'other' / 'dashboard.sqlite'}")
    assert len(read_submissions(engine)) == 1
    engine.dispose()


@pytest.mark.fault(
    "computer",
    "it was off at the hour of the backup",
    "the backup is made at the next start",
)
def test_a_night_in_which_the_computer_was_off_is_made_up_for(context, folder):
    nightly = NightlyBackup(context)
    assert nightly.step(NIGHT) is not None
    assert nightly.step(NIGHT + timedelta(days=1, hours=7)) is not None  # at the start, at nine


def test_the_latest_archives_stay_and_those_made_by_hand(context, folder):
    by_hand = folder / "dashboard-20200101-000000.zip"
    by_hand.write_bytes(b"x")
    nightly = NightlyBackup(context)
    for day in range(5):
        assert nightly.step(NIGHT + timedelta(days=day)) is not None
    kept = [one.made.day for one in archives(folder)]
    assert kept == [4, 3, 2]
    assert by_hand.exists()


def test_an_archive_of_a_clock_that_was_ahead_does_not_stand_for_tonight(context, folder):
    nightly = NightlyBackup(context)
    assert nightly.step(NIGHT + timedelta(days=365)) is not None
    assert nightly.step(NIGHT) is not None


def test_another_process_that_is_at_it_is_left_alone(context):
    handle = try_lock(context.settings.home / "backup.lock")
    assert NightlyBackup(context).step(NIGHT) is None
    os.close(handle)
    assert NightlyBackup(context).step(NIGHT) is not None


@pytest.mark.fault(
    "files",
    "the folder for backups is not there",
    "logged, shown by `doctor`, tried again every 15 minutes and at the next start",
)
def test_a_failure_is_logged_shown_by_doctor_and_tried_again(context, folder, caplog):
    nightly, now = NightlyBackup(context), datetime.now()
    shutil.rmtree(folder)
    assert nightly.step(now) is None
    assert "not there" in caplog.text and not folder.exists()
    verdict = doctor.backups(context.settings)
    assert verdict.state is CheckState.FAIL and str(folder) in verdict.text.zh and verdict.advice.en
    folder.mkdir()
    assert nightly.step(now + timedelta(minutes=1)) is None, "not every minute"
    assert nightly.step(now + timedelta(minutes=16)) is not None
    assert last_failure(context.settings.home) is None


def test_a_server_that_is_started_anew_waits_for_no_failure_of_an_earlier_run(context, folder):
    folder.rmdir()
    runs = [replace(context.settings, shared_answers=folder / name) for name in ("one", "two")]
    first, second = (Context(run, context.catalogue, context.engine) for run in runs)
    assert NightlyBackup(first).step(NIGHT) is None
    folder.mkdir()
    assert NightlyBackup(first).step(NIGHT + timedelta(minutes=1)) is None
    assert NightlyBackup(second).step(NIGHT + timedelta(minutes=2)) is not None


@pytest.mark.fault(
    "files",
    "a backup cannot be read back",
    "it is removed; older ones stay",
)
@pytest.mark.parametrize("stage", ["verify", "add_file"])
def test_an_archive_that_cannot_be_read_back_is_none_and_older_ones_stay(
    context, folder, monkeypatch, stage
):
    nightly = NightlyBackup(context)
    for day in range(3):
        nightly.step(NIGHT + timedelta(days=day))

    def refuse(*_arguments):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(f"dashboard.store.backup.{stage}", refuse)
    assert nightly.step(NIGHT + timedelta(days=3)) is None
    assert len(archives(folder)) == 3 and len(list(folder.iterdir())) == 3
    assert all(verify(one.file).files for one in archives(folder))
    assert "Input/output error" in last_failure(context.settings.home).why.en


@pytest.mark.slow
def test_what_a_backup_that_was_killed_has_left_is_removed(context, folder):
    left, fresh = folder / ".backup-old", folder / ".backup-new"
    for one in (left, fresh):
        one.mkdir()
        (one / "archive").write_bytes(b"x")
    old = (NIGHT - timedelta(days=2)).timestamp()
    os.utime(left, (old, old))
    os.utime(fresh, (NIGHT.timestamp(), NIGHT.timestamp()))
    NightlyBackup(context).step(NIGHT)
    assert not left.exists() and fresh.exists()


def test_doctor_says_whether_backups_are_set_late_or_on_the_same_disk(context, folder, tmp_path):
    other = open_context(read_settings({"DASHBOARD_HOME": str(tmp_path / "other")}))
    verdict = doctor.backups(other.settings)
    other.engine.dispose()
    assert verdict.state is CheckState.WARN and "DASHBOARD_BACKUP_FOLDER" in verdict.advice.en
    assert doctor.backups(context.settings).state is CheckState.FAIL
    now, nightly = datetime.now(), NightlyBackup(context)
    nightly.step(now - timedelta(days=3))
    assert doctor.backups(context.settings).state is CheckState.FAIL
    nightly.step(now)
    verdict = doctor.backups(context.settings)
    assert verdict.state is CheckState.WARN and "disk" in verdict.advice.en


def test_without_the_setting_no_thread_begins(tmp_path, monkeypatch):
    other = open_context(read_settings({"DASHBOARD_HOME": str(tmp_path / "other")}))
    monkeypatch.setattr(nightly_backup.threading, "Thread", None)
    NightlyBackup(other).begin()
    assert NightlyBackup(other).step(NIGHT) is None
    other.engine.dispose()


@pytest.mark.parametrize("time", ["24:00", "2", "02:60", "noon"])
def test_a_time_that_is_none_stops_the_start(time):
    with pytest.raises(SettingsError, match="DASHBOARD_BACKUP_AT"):
        read_settings({"DASHBOARD_BACKUP_AT": time})
