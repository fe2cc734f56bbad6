"""What one process of a server has answered, the others need not make; nobody else can read it."""

import os
import stat
import sys
import threading

import pytest

from dashboard.base.kept_bytes import KeptBytes
from dashboard.base.shared_bytes import SharedBytes, make_folder

MIB = 1024 * 1024


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path)


def process(folder, most=MIB, seconds=60):
    """What a process keeps that shares this folder."""
    return KeptBytes(MIB, seconds, SharedBytes(folder, most, seconds))


def never():
    raise AssertionError("made anew")


def files(folder):
    return [file for file in folder.rglob("*") if file.is_file()]


def test_what_one_process_made_another_finds(folder):
    one, other = process(folder), process(folder)
    assert one.get("key", lambda: b"made", 1) == b"made"
    assert other.find("key", 1) == b"made"
    assert other.get("key", never, 1) == b"made"
    assert other.find("another key", 1) is None


def test_what_is_asked_at_once_is_made_by_one_process(folder):
    processes, made, start = [process(folder) for _ in range(6)], [], threading.Barrier(6)

    def make():
        made.append(1)
        return b"x"

    def ask(kept):
        start.wait()
        assert kept.get("key", make, 1) == b"x"

    threads = [threading.Thread(target=ask, args=(kept,)) for kept in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == (1 if sys.platform != "win32" else len(made))
    assert not list(folder.glob("*.lock"))


def test_a_later_version_empties_the_folder(folder):
    one, other = process(folder), process(folder)
    for key in ("a", "b", "c"):
        one.get(key, lambda: b"old", 1)
    assert len(files(folder)) == 3
    assert other.find("a", 2) is None
    assert not files(folder)
    assert one.get("a", lambda: b"new", 2) == b"new"
    assert [file.parent.name for file in files(folder)] == ["2"]


def test_what_was_made_of_earlier_figures_is_not_kept(folder):
    one, other = process(folder), process(folder)

    def make():
        other.find("key", 2)  # a hand-in, seen by
        one.find("key", 2)  # both, while this is being made
        return b"old"

    assert one.get("key", make, 1) == b"old"
    assert not files(folder)
    assert one.find("key", 1) is None


def test_a_file_of_another_key_is_not_taken_for_ones_own(folder):
    shared = SharedBytes(folder, MIB, 60)
    shared.keep(1, "of an administrator", b"secret")
    file = files(folder)[0]
    os.replace(file, shared._file(1, "of a viewer"))
    assert shared.find(1, "of a viewer") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_the_owner_can_read_what_is_shared(folder):
    process(folder).get("key", lambda: b"figures", 1)
    for file in [folder, folder.parent, *folder.rglob("*")]:
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_it_never_takes_more_room_than_it_may(folder):
    kept = process(folder, most=2_500)
    for number in range(10):
        kept.get(f"key {number}", lambda: b"0" * 1_000, 1)
        assert sum(file.stat().st_size for file in files(folder)) <= 2_500
    shared = SharedBytes(folder, 2_500, 60)
    assert shared.find(1, "key 9") is not None
    assert shared.find(1, "key 0") is None
    shared.keep(1, "large", b"0" * 5_000)
    assert shared.find(1, "large") is None


def test_what_is_too_old_is_made_anew(folder):
    process(folder).get("key", lambda: b"x", 1)
    for file in files(folder):
        os.utime(file, (1, 1))
    assert process(folder).get("key", lambda: b"y", 1) == b"y"


def test_without_a_cache_nothing_is_shared(folder):
    process(folder, seconds=0).get("key", lambda: b"x", 1)
    assert not files(folder)


def test_a_folder_that_cannot_be_written_to_hinders_nobody(tmp_path):
    kept = process(tmp_path / "missing")
    assert kept.get("key", lambda: b"x", 1) == b"x"
    assert kept.get("key", never, 1) == b"x"


def test_what_a_run_left_that_is_over_goes_at_the_next_start(tmp_path):
    for name in (f"{os.getpid()}-earlier", f"{2**22 + 1}-dead", "1-runs"):
        (tmp_path / "cache" / name).mkdir(parents=True)
    folder = make_folder(tmp_path)
    assert sorted(file.name for file in (tmp_path / "cache").iterdir()) == sorted(
        ["1-runs", folder.name]
    )
