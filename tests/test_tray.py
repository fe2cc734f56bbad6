"""Files that wait between preview and hand-in: whole or not at all, by token only, for a day."""

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake import upload_tray

FILES = [("2024年9月.xlsx", b"PK\x03\x04"), ("../../etc/passwd", b"x"), ("a\0b.csv", b"")]


def test_files_come_back_as_they_were_put_in_order(tmp_path):
    token = upload_tray.put(tmp_path, FILES)
    assert upload_tray.take(tmp_path, token) == FILES
    assert upload_tray.take(tmp_path, token) == FILES  # taking leaves them there


def test_no_name_of_a_file_becomes_a_path(tmp_path):
    upload_tray.put(
        tmp_path, [("../../outside.bin", b"x"), ("/abs.bin", b"y"), ("C:\\w.bin", b"z")]
    )
    there = {file.name for file in tmp_path.rglob("*") if file.is_file()}
    assert there == {"0.bin", "1.bin", "2.bin", "names.json"}


def test_two_entries_have_tokens_of_their_own(tmp_path):
    tokens = {upload_tray.put(tmp_path, FILES) for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 32 for token in tokens)


def test_dropped_files_are_gone(tmp_path):
    token, other = upload_tray.put(tmp_path, FILES), upload_tray.put(tmp_path, FILES[:1])
    upload_tray.drop(tmp_path, token)
    with pytest.raises(upload_tray.TrayGone):
        upload_tray.take(tmp_path, token)
    upload_tray.drop(tmp_path, token)
    assert upload_tray.take(tmp_path, other) == FILES[:1]


HOSTILE = ["", ".", "..", "../received", "a/../../x", "%2e%2e", "*" * 32, "." * 32, "x" * 31 + "\n"]


@pytest.mark.parametrize("token", HOSTILE)
def test_a_hostile_token_reads_and_removes_nothing(tmp_path, token):
    kept = upload_tray.put(tmp_path, FILES)
    (tmp_path / "names.json").write_text('["0"]')
    (tmp_path / "0.bin").write_bytes(b"secret")
    with pytest.raises(upload_tray.TrayGone):
        upload_tray.take(tmp_path, token)
    upload_tray.drop(tmp_path, token)
    assert (tmp_path / "0.bin").exists()
    assert upload_tray.take(tmp_path, kept) == FILES


@given(st.text(max_size=40))
def test_no_text_is_a_token_by_chance(tmp_path_factory, token):
    home = tmp_path_factory.getbasetemp()
    with pytest.raises(upload_tray.TrayGone):
        upload_tray.take(home, token)


def test_what_waited_for_more_than_a_day_is_gone_and_removed(tmp_path):
    token = upload_tray.put(tmp_path, FILES)
    old = time.time() - upload_tray.DAY - 5
    os.utime(tmp_path / "tray" / token, (old, old))
    with pytest.raises(upload_tray.TrayGone):
        upload_tray.take(tmp_path, token)
    assert (tmp_path / "tray" / token).exists()
    upload_tray.put(tmp_path, FILES)
    assert not (tmp_path / "tray" / token).exists()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([("big.xlsx", bytes(1024 * 1024 + 1))], "larger than 1 MiB"),
        ([(f"{n}.csv", b"x") for n in range(101)], "101 files"),
        ([(f"{n}.csv", bytes(1024 * 1024)) for n in range(51)], "too many files are waiting"),
    ],
)
def test_what_is_too_much_is_refused_and_leaves_nothing(tmp_path, files, reason):
    with pytest.raises(upload_tray.TrayFull, match=reason):
        upload_tray.put(tmp_path, files, most_mb=1)
    assert not list((tmp_path / "tray").iterdir())


def test_a_damaged_entry_is_gone_rather_than_half_there(tmp_path):
    token = upload_tray.put(tmp_path, FILES)
    (tmp_path / "tray" / token / "1.bin").unlink()
    with pytest.raises(upload_tray.TrayGone):
        upload_tray.take(tmp_path, token)
