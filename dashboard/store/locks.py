"""Keeps periods that take no more figures, and the logbook of who locked them and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period, from_key
from dashboard.store.opening import StoreError
from dashboard.store.tables import logbook, store_version
from dashboard.store.transaction import Decision, writing

LOCK, UNLOCK = "lock", "unlock"


class Months(NamedTuple):
    """An area and all below it, from a first to a last month."""

    area: str
    first: Period
    last: Period

    def __str__(self) -> str:
        """370113 2024-09, or 370113 2024-01..2024-12."""
        months = f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"
        return f"{self.area} {months}"


class LogEntry(NamedTuple):
    """A line of the logbook; ``act`` is LOCK or UNLOCK."""

    id: int
    months: Months
    act: str
    written: datetime
    written_by: str
    reason: str


class StoreChanged(StoreError):
    """Something was locked, unlocked or changed since the caller looked; look again."""


def read_logbook(engine: Engine) -> list[LogEntry]:
    """Everything that was ever locked and unlocked, oldest first."""
    with engine.connect() as connection:
        return _entries(connection)


def locks_in_force(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The locks that no later entry undid, oldest first."""
    latest = {entry.months: entry for entry in entries}
    return sorted(entry for entry in latest.values() if entry.act == LOCK)


def write_logbook(engine: Engine, act: str, months: Months, decision: Decision) -> None:
    """Lock or unlock these months.

    Raises StoreError where they are locked already, or where exactly they are not locked; then it
    names the locks there are.
    """
    with writing(engine) as connection:
        locks = [entry.months for entry in locks_in_force(_entries(connection))]
        if act == LOCK and months in locks:
            raise StoreError(Text(f"{months} 已经锁定", f"{months} is locked already"))
        if act == UNLOCK and months not in locks:
            named = ", ".join(map(str, locks))
            raise StoreError(
                Text(
                    f"{months} 没有锁定；已锁定的有：{named or '无'}",
                    f"{months} is not locked; locked is: {named or 'nothing'}",
                )
            )
        entry = {
            "written": decision.when,
            "written_by": decision.by,
            "act": act,
            "area": months.area,
            "first": months.first.key,
            "last": months.last.key,
            "reason": decision.reason.strip(),
        }
        connection.execute(logbook.insert(), entry)


def refuse_if_changed(connection: Connection, seen: int | None) -> None:
    """Raises StoreChanged where the logbook goes on after the entry ``seen`` (0: before all)."""
    if seen is None:
        return
    newest = connection.execute(select(func.max(logbook.c.id))).scalar() or 0
    if newest != seen:
        raise StoreChanged(
            Text(
                "其间有报告期被锁定或解锁，请再试一次",
                "a period was locked or unlocked meanwhile; try again",
            )
        )


def refuse_unless_next(connection: Connection, version: int) -> None:
    """Raises StoreChanged, within a transaction, where another one followed this data version."""
    if connection.execute(select(store_version.c.number)).scalar_one() != version + 1:
        raise StoreChanged(
            Text("其间库中的数有变化，请再试一次", "figures changed meanwhile; try again")
        )


def _entries(connection: Connection) -> list[LogEntry]:
    rows = connection.execute(select(logbook).order_by(logbook.c.id))
    return [
        LogEntry(
            row.id,
            Months(row.area, from_key(row.first), from_key(row.last)),
            row.act,
            row.written,
            row.written_by,
            row.reason,
        )
        for row in rows
    ]
