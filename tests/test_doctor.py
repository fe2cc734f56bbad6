"""The doctor finds what is wrong with an installation, and says what to do."""

import os
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from stores import arrival, stated

from dashboard.base.settings import read_settings
from dashboard.services.context import open_context
from dashboard.services.upkeep import doctor
from dashboard.services.upkeep.doctor import CheckState
from dashboard.store.opening import VERSION_TABLE, open_store
from dashboard.store.received import ReceivedFiles
from dashboard.store.record import record

NOBODY = 65534


@pytest.fixture
def context(tmp_path):
    context = open_context(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    yield context
    context.engine.dispose()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_what_the_program_makes_is_for_its_owner_alone(tmp_path):
    before = os.umask(0o022)
    try:
        home = tmp_path / "office" / "home"
        context = open_context(read_settings({"DASHBOARD_HOME": str(home)}))
        hand_in(context)
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in home.glob("*.sqlite*")}
        verdict = doctor.permissions(context.settings)
        context.engine.dispose()
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert modes and set(modes.values()) == {0o600}
    assert verdict.state is CheckState.OK


def hand_in(context, when=None):
    sha256 = ReceivedFiles(context.settings.home / "received").keep(b"a file")
    one = arrival(stated(1.0))
    arrived = type(one)(one.head, one.observations, sha256=sha256)
    record(context.engine, [arrived], when or datetime.now(UTC))
    return ReceivedFiles(context.settings.home / "received").path(sha256)


def test_a_sound_installation_has_nothing_wrong(context):
    hand_in(context)
    verdicts = list(doctor.examine(context.settings))
    assert len(verdicts) == 1 + len(doctor.OF_STORE) + len(doctor.OF_COMPUTER)
    assert not [one for one in verdicts if one.state is CheckState.FAIL]


@pytest.mark.fault(
    "files",
    "a received file is missing or was changed",
    "`doctor` names it; figures are not affected",
)
def test_a_file_that_is_missing_or_was_changed_is_named(context):
    file = hand_in(context)
    file.chmod(0o600)
    file.write_bytes(b"another")
    verdict = doctor.files(context)
    assert verdict.state is CheckState.FAIL and "2024年9月.xlsx" in verdict.text.zh
    file.unlink()
    assert doctor.files(context).state is CheckState.FAIL and doctor.files(context).advice.en


@pytest.mark.fault(
    "database",
    "damaged",
    "`doctor` says so, and to restore the latest backup",
)
def test_a_damaged_database_is_noticed(context):
    hand_in(context)
    file = context.settings.home / "dashboard.sqlite"
    context.engine.dispose()
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")
        page = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'finding'")
        place = page.fetchone()[0]
        size = opened.execute("PRAGMA page_size").fetchone()[0]
    with file.open("r+b") as opened:
        opened.seek((place - 1) * size)
        opened.write(b"\xff" * size)
    verdict = doctor.database(context)
    assert verdict.state is CheckState.FAIL and "restore" in verdict.advice.en


def test_a_key_that_others_can_read_a_clock_that_is_behind_and_a_full_disk(context, monkeypatch):
    key = context.settings.home / "secret.key"
    key.write_text("x")
    key.chmod(0o644)
    assert doctor.permissions(context.settings).state is CheckState.FAIL
    assert f"chmod 600 {key}" in doctor.permissions(context.settings).advice.en
    assert doctor.clock(context).state is CheckState.OK
    hand_in(context, datetime.now(UTC) + timedelta(days=400))
    assert doctor.clock(context).state is CheckState.FAIL
    usage = type("Usage", (), {"free": 1024})
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path: usage)
    assert doctor.disk(context.settings).state is CheckState.FAIL


def test_a_network_share_is_told_by_the_table_of_mounts(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/vda / ext4 rw 0 0\nserver:/x /mnt/all nfs4 rw 0 0\n")
    assert doctor.file_system(tmp_path / "a", mounts) == "ext4"
    assert doctor.file_system(tmp_path.__class__("/mnt/all/home"), mounts) == "nfs4"
    assert doctor.file_system(tmp_path, tmp_path / "none") == ""


def test_the_command_says_it_in_both_languages(tmp_path, commands):
    home = tmp_path / "home"
    run = commands(home)
    code, text = run("doctor", "--lang", "en")
    assert code == 1 and f"{home} is not there" in text and "there is no database" in text
    assert "set DASHBOARD_HOME" in text and not home.exists(), "it makes nothing"
    run("locks")
    code, text = run("doctor", "--lang", "en")
    assert code == 0 and "[well] database: whole" in text and f"[well] home folder: {home}" in text
    assert "数据库" in run("doctor")[1]
    open_store(f"sqlite:///{home}/dashboard.sqlite").dispose()
    with closing(sqlite3.connect(home / "dashboard.sqlite")) as opened:
        opened.execute(f"UPDATE {VERSION_TABLE} SET version_num = '0001'")
        opened.commit()
    before = sorted(home.iterdir())
    assert "not of this version" in run("doctor", "--lang", "en")[1]
    assert sorted(home.iterdir()) == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="owners are given by root")
def test_files_of_another_user_are_named_with_the_command_that_gives_them_back(context):
    hand_in(context)
    assert doctor.home_folder(context.settings).state is CheckState.OK
    os.chown(context.settings.home, NOBODY, NOBODY)
    verdict = doctor.home_folder(context.settings)
    assert verdict.state is CheckState.FAIL and "dashboard.sqlite" in verdict.text.en
    assert verdict.advice.en.startswith("chown -R ") and verdict.advice.zh
