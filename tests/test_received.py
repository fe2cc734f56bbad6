"""The file as received is kept, named when it comes again, and given back as it was."""

import hashlib
import json

import pytest
from flask import Flask

from dashboard.__main__ import main
from dashboard.base.settings import read_settings
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError
from dashboard.store.received import ReceivedFiles
from dashboard.web.api import blueprint

TABLE = "indicator,area,period,value,unit\norphans,370113004,2024-09,12,人\n".encode()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def load(home, tmp_path, capsys):
    """Loads these bytes under this name: (exit code, submissions)."""

    def run(content, *options, name="九月 表.csv"):
        (tmp_path / name).write_bytes(content)
        capsys.readouterr()
        code = main(["load", str(tmp_path / name), "--json", *options])
        return code, json.loads(capsys.readouterr().out)["submissions"]

    return run


def client(home):
    server = Flask("test")
    server.register_blueprint(blueprint(FrontDesk(read_settings({"DASHBOARD_HOME": str(home)}))))
    return server.test_client()


def rules(submission):
    return [found["rule"] for found in submission["findings"]]


def test_a_file_is_kept_under_its_digest_and_downloads_under_its_name(load, home):
    _, (submission,) = load(TABLE)
    digest = hashlib.sha256(TABLE).hexdigest()
    assert (home / "received" / digest[:2] / f"{digest}.bin").read_bytes() == TABLE
    answer = client(home).get(f"/api/submissions/{submission['id']}/file")
    assert (answer.status_code, answer.data) == (200, TABLE)
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E4%B9%9D%E6%9C%88%20%E8%A1%A8.csv"
    )
    assert answer.mimetype == "application/octet-stream"


def test_the_same_file_again_is_a_note_that_names_the_earlier_submission(load):
    _, (first,) = load(TABLE)
    assert rules(first) == []
    _, (asked,) = load(TABLE, "--dry-run", "--lang", "en")
    code, (second,) = load(TABLE, "--lang", "en", name="again.csv")
    assert (code, second["id"], rules(asked), rules(second)) == (
        0,
        first["id"] + 1,
        ["same_file"],
        ["same_file"],
    )
    assert f"submission {first['id']}" in second["findings"][0]["message"]
    _, (third,) = load(TABLE + b"\n")
    assert rules(third) == []


def test_a_refused_file_and_a_dry_run_leave_no_file(load, home):
    assert load(TABLE, "--dry-run")[0] == 0
    assert load(TABLE.replace(b"12", b"twelve"))[0] == 1
    assert not list(home.glob("received/**/*"))


@pytest.mark.fault(
    "files",
    "a received file is asked for and is gone",
    "404 with a sentence",
)
def test_a_submission_that_is_not_there_and_a_file_that_is_gone_are_not_found(load, home):
    _, (submission,) = load(TABLE)
    (kept,) = home.glob("received/*/*.bin")
    kept.unlink()
    browser = client(home)
    for number in (submission["id"], 999):
        answer = browser.get(f"/api/submissions/{number}/file")
        assert answer.status_code == 404 and str(number) in answer.json["error"]


@pytest.mark.fault(
    "files",
    "a received file was changed",
    "it is never given out",
)
def test_a_kept_file_that_was_changed_since_is_never_given_out(tmp_path):
    files = ReceivedFiles(tmp_path)
    sha256 = files.keep(b"as received")
    files.path(sha256).write_bytes(b"as changed!")
    with pytest.raises(StoreError, match="not the file"):
        files.read(sha256)


@pytest.mark.fault(
    "files",
    "a received file was cut short by a crash",
    "handed in again it is written anew",
)
def test_a_file_cut_short_is_written_again(tmp_path):
    files = ReceivedFiles(tmp_path)
    sha256 = files.keep(b"as received")
    files.path(sha256).write_bytes(b"as")
    assert files.keep(b"as received") == sha256
    assert files.read(sha256) == b"as received"
    assert not list(tmp_path.glob("**/*.part"))


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    (tmp_path / "received").write_text("a file in the way")
    with pytest.raises(StoreError, match="cannot be kept"):
        ReceivedFiles(tmp_path / "received").keep(b"x")
