"""Opens transactions that change no figure: the data version stays, and what is cached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from dashboard.base.language import Text
from dashboard.store.opening import BUSY_SECONDS, StoreError, be_patient


@contextmanager
def noting(engine: Engine, patience: int = BUSY_SECONDS) -> Iterator[Connection]:
    """One transaction that notes something down; raises StoreError where it is not taken.

    ``patience``: for how many seconds it waits for another writer.
    """
    try:
        with engine.connect().execution_options(alone=True) as connection:
            be_patient(connection, patience)
            with connection.begin():
                yield connection
    except DatabaseError as error:
        raise StoreError(
            Text(f"库未能保存：{error.orig}", f"the store did not take it: {error.orig}")
        ) from error
