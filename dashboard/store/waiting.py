"""Keeps hand-ins that wait for an editor, and what was decided on each, when and by whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from dashboard.base.language import Text
from dashboard.store.approval_tables import waiting_hand_in
from dashboard.store.opening import StoreError
from dashboard.store.unversioned_writes import noting

_LARGEST = 2**31 - 1  # a larger number is none that a database could have given


class WaitingState(StrEnum):
    """What became of a hand-in that had to wait."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"  # by an editor
    WITHDRAWN = "withdrawn"  # by whoever handed it in
    SUPERSEDED = "superseded"  # by a correction of the same form, area and period


class WaitingHandIn(NamedTuple):
    """A hand-in of one file: ``said`` and ``holds`` are JSON, ``submissions`` what it became."""

    id: int
    file: str
    sha256: str
    said: str
    holds: str
    made: datetime
    made_by: str
    state: WaitingState = WaitingState.WAITING
    decided: datetime | None = None
    decided_by: str = ""
    reason: str = ""
    submissions: tuple[int, ...] = ()


class Verdict(NamedTuple):
    """What is decided on a hand-in, when, by whom and why."""

    state: WaitingState
    when: datetime
    by: str
    reason: str = ""


class AlreadyDecided(StoreError):
    """Somebody else has decided on the hand-in since it was looked at."""


class OlderFigures(StoreError):
    """Accepting would go back to figures older than those stored, which nobody has confirmed."""

    def __init__(self, number: int, count: int) -> None:
        """Name the hand-in and how many figures it would put back."""
        super().__init__(
            Text(
                f"第 {number} 号报送早于已入库的数：接受会把 {count} 个数改回较早的值；"
                "请核对下面的变化，确要改回这些数请勾选确认",
                f"hand-in {number} is older than what is stored: accepting it would put {count} "
                "figures back to an earlier value; look at the changes and confirm that number",
            )
        )


def keep_waiting(
    engine: Engine, new: WaitingHandIn, following: Callable[[Connection, int], None] | None = None
) -> int:
    """Let a hand-in wait; returns its number. ``following`` goes into the same transaction.

    Raises StoreError, also where exactly this file of the same person waits already.
    """
    columns = waiting_hand_in.c
    same = (columns.sha256 == new.sha256) & (columns.made_by == new.made_by)
    values = new._asdict()
    del values["id"], values["submissions"]
    statement = insert(waiting_hand_in).returning(columns.id)
    with noting(engine) as connection:
        before = connection.execute(
            select(columns.id).where(same, columns.state == WaitingState.WAITING)
        ).scalar()
        if before is not None:
            raise AlreadyDecided(
                Text(
                    f"这个文件已在等待审核（第 {before} 号）",
                    f"this file waits for an editor already (no. {before})",
                )
            )
        number: int = connection.execute(statement, values | {"state": str(new.state)}).scalar_one()
        if following is not None:
            following(connection, number)
    return number


def decide(
    connection: Connection, number: int, verdict: Verdict, submissions: Sequence[int] = ()
) -> None:
    """Write down what is decided, within a transaction.

    Raises AlreadyDecided where it waits no longer: of two who decide at once one succeeds.
    """
    if not _close(connection, number, verdict, submissions="\n".join(map(str, submissions))):
        raise AlreadyDecided(
            Text(
                f"第 {number} 号报送已有人处理，请刷新页面",
                f"hand-in {number} was decided on meanwhile: load the page anew",
            )
        )


def supersede(connection: Connection, number: int, verdict: Verdict) -> None:
    """Say that a correction was handed in for it, within a transaction, where it still waits."""
    _close(connection, number, verdict)


def _close(
    connection: Connection, number: int, verdict: Verdict, submissions: str | None = None
) -> bool:
    """Write a verdict on a hand-in that still waits; returns whether it did."""
    columns = waiting_hand_in.c
    values = {
        "state": str(verdict.state),
        "decided": verdict.when,
        "decided_by": verdict.by,
        "reason": verdict.reason,
    }
    if submissions is not None:
        values["submissions"] = submissions
    still_waits = (columns.id == number) & (columns.state == str(WaitingState.WAITING))
    changed = connection.execute(update(waiting_hand_in).where(still_waits).values(values))
    return changed.rowcount == 1


def decide_alone(engine: Engine, number: int, verdict: Verdict) -> None:
    """The same in a transaction of its own, where nothing else changes."""
    with noting(engine) as connection:
        decide(connection, number, verdict)


def read_waiting(
    engine: Engine, *, made_by: str | None = None, limit: int | None = None
) -> list[WaitingHandIn]:
    """Hand-ins that wait or waited, newest first; of one person where named."""
    statement = select(waiting_hand_in).order_by(waiting_hand_in.c.id.desc()).limit(limit)
    if made_by is not None:
        statement = statement.where(waiting_hand_in.c.made_by == made_by)
    with engine.connect() as connection:
        return [_row(row) for row in connection.execute(statement)]


def one_waiting(engine: Engine, number: int) -> WaitingHandIn | None:
    """The hand-in with this number."""
    if not 0 < number <= _LARGEST:
        return None
    statement = select(waiting_hand_in).where(waiting_hand_in.c.id == number)
    with engine.connect() as connection:
        row = connection.execute(statement).first()
    return _row(row) if row else None


def count_waiting(engine: Engine, made_by: str | None = None) -> int:
    """How many wait; of one person where named."""
    columns = waiting_hand_in.c
    statement = select(func.count()).where(columns.state == str(WaitingState.WAITING))
    if made_by is not None:
        statement = statement.where(columns.made_by == made_by)
    with engine.connect() as connection:
        return connection.execute(statement).scalar_one()


def keeps_file(engine: Engine, sha256: str) -> bool:
    """Whether a hand-in that was not withdrawn has this file."""
    columns = waiting_hand_in.c
    statement = select(columns.id).where(
        columns.sha256 == sha256, columns.state != str(WaitingState.WITHDRAWN)
    )
    with engine.connect() as connection:
        return connection.execute(statement.limit(1)).first() is not None


def _row(row: Row[tuple[object, ...]]) -> WaitingHandIn:
    values = dict(row._mapping)
    numbers = tuple(int(number) for number in str(values["submissions"]).split())
    state = WaitingState(str(values["state"]))
    return WaitingHandIn(**values | {"submissions": numbers, "state": state})
