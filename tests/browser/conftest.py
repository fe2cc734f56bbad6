"""What the tests of one file do to the store is no concern of the next file's."""

import sqlite3
from contextlib import closing

import pytest


@pytest.fixture(scope="module", autouse=True)
def taken_back(app, samples):
    """After the last test of a file the app's store holds the samples again, and nothing else."""
    yield
    with (
        closing(sqlite3.connect(samples / "dashboard.sqlite")) as old,
        closing(sqlite3.connect(app.desk.engine.url.database, timeout=30)) as new,
    ):
        old.backup(new)
    app.desk.cache.clear()
