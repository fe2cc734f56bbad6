"""What other tests do to the app's store is no concern of a file of browser tests, and back."""

import sqlite3
from contextlib import closing

import pytest

CHANGES = "PRAGMA data_version"  # another number once somebody else has written


@pytest.fixture(scope="module", autouse=True)
def taken_back(app, samples):
    """Before the first test of a file and after its last the store holds the samples alone."""
    with (
        closing(sqlite3.connect(app.desk.context.engine.url.database, timeout=30)) as own,
        closing(sqlite3.connect(samples / "dashboard.sqlite")) as source,
    ):
        source.backup(own)  # tests without a browser in the same process write into it, too
        app.desk.cache.clear()
        before = own.execute(CHANGES).fetchone()
        yield
        if own.execute(CHANGES).fetchone() == before:
            return
        source.backup(own)
    app.desk.cache.clear()
