"""What was backed up on SQLite is restored on PostgreSQL, and the other way round."""

import pytest
from sqlalchemy import func, select
from stores import BACKENDS, WHEN, arrival, fresh_store, postgres_database, stated

from dashboard.catalogue.concepts import FigureStatus
from dashboard.services.access.accounts import Accounts, Wish
from dashboard.services.access.audit import Audit
from dashboard.store.backup import back_up
from dashboard.store.observations import read_figures
from dashboard.store.opening import StoreError, open_store
from dashboard.store.query import Query
from dashboard.store.received import ReceivedFiles
from dashboard.store.record import record
from dashboard.store.restoring import restore
from dashboard.store.submissions import read_submissions
from dashboard.store.tables import metadata


@pytest.fixture(params=BACKENDS)
def filled(request, tmp_path):
    """A store with figures, a corrected one, an administrator and lines of the audit log."""
    home = tmp_path / "home"
    home.mkdir()
    for engine in fresh_store(request.param, home):
        sha256 = ReceivedFiles(home / "received").keep(b"a file")
        for value in (120.0, 118.5):
            one = arrival(stated(value), stated(None, "divorces", status=FigureStatus("L")))
            record(engine, [type(one)(one.head, one.observations, sha256=sha256)], WHEN)
        audit = Audit(engine)
        Accounts(engine, lambda: None, audit).add("li", Wish("admin", password="kite-lamp-river"))
        audit.note("export", "a chart")
        yield engine, home


def rows_of(engine):
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, map(tuple, connection.execute(select(table)))))
            for table in metadata.sorted_tables
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """Where an archive is restored."""
    if request.param == "sqlite":
        yield ""
        return
    with postgres_database() as empty:
        yield empty


def test_every_row_of_every_table_comes_across_and_numbers_go_on(filled, address, tmp_path):
    engine, home = filled
    archive = back_up(engine, home, tmp_path / "a.zip").file
    other = tmp_path / "other"
    restore(archive, other, address)
    copy = open_store(address or f"sqlite:///{other / 'dashboard.sqlite'}")
    before, after = rows_of(engine), rows_of(copy)
    assert {name for name, rows in before.items() if rows} >= {"revision", "account", "audit"}
    assert after == before
    assert ReceivedFiles(other / "received").read(read_submissions(copy)[0].sha256) == b"a file"
    (number,) = record(copy, [arrival(stated(99.0))], WHEN)
    assert number == 3
    assert 99.0 in {figure.value for figure in read_figures(copy, Query())}
    Audit(copy).note("export", "another chart")
    with copy.connect() as connection:
        audit = metadata.tables["audit"]
        assert connection.scalar(select(func.count()).select_from(audit)) == 3
    copy.dispose()
    if address:
        with pytest.raises(StoreError, match="empty"):
            restore(archive, tmp_path / "third", address)
