"""A database that was removed or is not writable is noticed: nothing is taken, health says so."""

import os
import sqlite3

import pytest
from sqlalchemy import select, update

from dashboard.base.settings import read_settings
from dashboard.services.front_desk import FrontDesk
from dashboard.store import health
from dashboard.store.file_in_place import GONE
from dashboard.store.opening import StoreError, open_store
from dashboard.store.tables import store_version
from dashboard.store.transaction import writing


@pytest.fixture
def file(tmp_path):
    return tmp_path / "dashboard.sqlite"


@pytest.fixture
def engine(file):
    engine = open_store(f"sqlite:///{file.as_posix()}")
    with writing(engine):  # a connection that stays open in the pool
        pass
    yield engine
    engine.dispose()


def write(engine):
    with writing(engine) as connection:
        connection.execute(update(store_version).values(number=7))


@pytest.mark.fault(
    "database",
    "its file is removed under the running server",
    "nothing is taken, `/healthz` answers 503 with the reason, no empty file is made",
)
def test_nothing_is_written_into_a_file_that_was_removed(engine, file):
    file.unlink()
    with pytest.raises(StoreError) as refused:
        write(engine)
    assert refused.value.text == GONE
    assert not file.exists(), "no empty file is made in its place"
    assert health.trouble_of(engine) == GONE


def test_no_new_connection_makes_an_empty_file(engine, file):
    engine.dispose()
    file.unlink()
    with pytest.raises(StoreError):
        write(engine)
    assert not file.exists()
    assert health.trouble_of(engine) is not None


@pytest.mark.fault(
    "database",
    "its file is replaced under the running server",
    "nothing is taken until the server is started anew",
)
def test_nothing_is_written_where_another_file_took_its_place(engine, file):
    copy = file.with_name("copy.sqlite")
    with sqlite3.connect(file) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    os.replace(copy, file)
    with pytest.raises(StoreError) as refused:
        write(engine)
    assert refused.value.text == GONE


@pytest.mark.fault(
    "database",
    "its file is removed in the midst of a hand-in",
    "the hand-in is refused",
)
def test_a_file_removed_in_the_midst_of_a_hand_in_takes_nothing(engine, file):
    with pytest.raises(StoreError), writing(engine) as connection:
        connection.execute(update(store_version).values(number=7))
        file.unlink()


def test_a_store_in_its_place_is_written_and_healthy(engine):
    write(engine)
    with engine.connect() as connection:
        assert connection.execute(select(store_version.c.number)).scalar_one() == 7
    assert health.trouble_of(engine) is None


def test_a_full_disk_is_said(engine, monkeypatch):
    monkeypatch.setattr(health, "LEAST_ROOM", 10**18)
    assert "50 MB" in health.trouble_of(engine).en


def test_readiness_and_liveness_are_apart(app, tmp_path, monkeypatch):
    client = app.server.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    monkeypatch.setattr(app.desk.context, "engine", desk.context.engine)
    (tmp_path / "dashboard.sqlite").unlink()
    answer = client.get("/healthz?lang=zh")
    assert answer.status_code == 503 and answer.json["status"] == "error" and answer.json["error"]
    assert client.get("/livez").status_code == 200
