"""Makes empty stores and observations for tests of the store.

PostgreSQL takes part where DASHBOARD_TEST_POSTGRES holds an address, as in `make test-postgres`;
each store is a database there.
"""

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from dashboard.catalogue.concepts import (
    FigureKind,
    FigureStatus,
    Grade,
    Observation,
    Source,
    SubmissionHead,
)
from dashboard.catalogue.periods import Period
from dashboard.intake import Store
from dashboard.store.opening import open_store
from dashboard.store.received import ReceivedFiles
from dashboard.store.record import NewSubmission

BACKENDS = ("sqlite", "postgresql")
WHEN = datetime(2024, 10, 8, 9, 30, tzinfo=UTC)


def fresh_store(backend, folder):
    """Yield an empty store, gone afterwards."""
    if backend == "sqlite":
        (folder / "store.sqlite").write_bytes(_empty_file())
        engine = open_store(f"sqlite:///{folder / 'store.sqlite'}")
        yield engine
        engine.dispose()
        return
    with postgres_database(_template()) as address:
        engine = open_store(address)
        yield engine
        engine.dispose()


@cache
def _empty_file() -> bytes:
    """A SQLite file as the migrations make it, once a process; test_migrations.py runs them."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite"
        open_store(f"sqlite:///{file}").dispose()
        return file.read_bytes()


@contextmanager
def postgres_database(template=""):
    """The address of a new database, empty or a copy of another one; gone afterwards."""
    owner = _owner()
    name = f"test_{uuid4().hex}"
    with owner.connect() as connection:
        source = f" TEMPLATE {template}" if template else ""
        connection.execute(text(f"CREATE DATABASE {name}{source}"))
    try:
        yield owner.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with owner.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        owner.dispose()


def _owner():
    address = os.environ.get("DASHBOARD_TEST_POSTGRES", "")
    if not address:
        pytest.skip("DASHBOARD_TEST_POSTGRES holds no address")
    return create_engine(make_url(address), isolation_level="AUTOCOMMIT")


def _template():
    """A database with an empty store, made once a process: the migrations take a second."""
    if not _made:
        owner = _owner()
        name = f"template_{uuid4().hex}"
        with owner.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        open_store(owner.url.set(database=name).render_as_string(hide_password=False)).dispose()
        owner.dispose()
        _made.append(name)
    return _made[0]


_made = []


def stated(
    value,
    indicator="marriages",
    area="370113001",
    period=(2024, 9),
    status=FigureStatus.FINAL,
    kind=FigureKind.ACTUAL,
    since=None,
    source=None,
):
    """One observation; only what a test is about needs saying."""
    return Observation(
        indicator, area, Period(*period), value, kind, status, since, source or Source()
    )


def arrival(*observations, grade=Grade.OFFICIAL, findings=(), outlines=None, **head):
    """One submission with these observations."""
    fields = {"file": "2024年9月.xlsx", "sheet": "汇总", "form": "JBZH0001", "area": "370113"}
    fields |= {"period": Period(2024, 9), "grade": grade} | head
    return NewSubmission(SubmissionHead(**fields), observations, findings, outlines=outlines or {})


def handing_in(engine, catalogue, areas):
    """What files are handed in to: this engine, with received files in a folder of their own."""
    is_file = engine.dialect.name == "sqlite"
    folder = Path(engine.url.database).parent if is_file else Path(mkdtemp())
    return Store(engine, catalogue, areas, ReceivedFiles(folder / "received"))
