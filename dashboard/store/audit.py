"""Keeps the audit log: who did what when, only added to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, insert, select

from dashboard.store.access_tables import audit
from dashboard.store.accounts import changing
from dashboard.store.opening import BUSY_SECONDS, NOTE_SECONDS

_LEAVES = ("export", "original")  # a file waits for its line, and nothing was stored before it


class AuditEntry(NamedTuple):
    """A line of the audit log; ``origin`` is the address the request came from."""

    id: int
    at: datetime
    who: str
    act: str
    what: str
    origin: str


def write_audit(engine: Engine, entry: AuditEntry) -> None:
    """Add a line; its id is given by the store. Raises StoreError."""
    values = entry._asdict()
    del values["id"]
    patience = NOTE_SECONDS if entry.act in _LEAVES else BUSY_SECONDS
    with changing(engine, patience) as connection:
        connection.execute(insert(audit), values)


def read_audit(
    engine: Engine, *, act: str = "", who: str = "", limit: int | None = None
) -> list[AuditEntry]:
    """Lines, newest first; of one act or person where named."""
    statement = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if act:
        statement = statement.where(audit.c.act == act)
    if who:
        statement = statement.where(audit.c.who == who)
    with engine.connect() as connection:
        return [AuditEntry(*row) for row in connection.execute(statement)]
