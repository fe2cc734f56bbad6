"""What the tests of one file do to the store is no concern of the next file's."""

import sqlite3
from contextlib import closing

import pytest

CHANGES = "PRAGMA data_version"  # another number once somebody else has written


@pytest.fixture(scope="module", autouse=True)
def taken_back(app, samples):
    """After the last test of a file the app's store holds the samples again, and nothing else."""
    with closing(sqlite3.connect(app.desk.engine.url.database, timeout=30)) as own:
        before = own.execute(CHANGES).fetchone()
        yield
        if own.execute(CHANGES).fetchone() == before:
            return
        with closing(sqlite3.connect(samples / "dashboard.sqlite")) as source:
            source.backup(own)
    app.desk.cache.clear()
