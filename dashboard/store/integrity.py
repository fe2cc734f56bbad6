"""Asks whether what is stored is whole: the database itself, and the files its rows name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, func, select, union
from sqlalchemy.exc import SQLAlchemyError

from dashboard.store.approval_tables import waiting_hand_in
from dashboard.store.tables import submission
from dashboard.store.waiting import WaitingState


def integrity_troubles(engine: Engine) -> list[str]:
    """What the engine finds wrong with its own file; nothing where it is whole."""
    if engine.dialect.name != "sqlite":
        return []
    try:
        with engine.connect() as connection:
            lines = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    except SQLAlchemyError as error:
        return [str(getattr(error, "orig", None) or error)]
    troubles = [str(line) for line in lines if line != "ok"]
    return troubles + [f"{row[0]} -> {row[2]}" for row in broken]


def named_files(engine: Engine) -> list[tuple[str, str]]:
    """Digest and name of each received file that a submission came in, or that waits."""
    recorded = select(submission.c.sha256, submission.c.file).where(submission.c.sha256 != "")
    waiting = select(waiting_hand_in.c.sha256, waiting_hand_in.c.file).where(
        waiting_hand_in.c.state != str(WaitingState.WITHDRAWN)
    )
    named = union(recorded, waiting).subquery()
    statement = (
        select(named.c.sha256, func.min(named.c.file))
        .group_by(named.c.sha256)
        .order_by(named.c.sha256)
    )
    with engine.connect() as connection:
        return [(sha256, file) for sha256, file in connection.execute(statement)]


def latest_moment(engine: Engine) -> datetime | None:
    """When the latest submission was received."""
    with engine.connect() as connection:
        return connection.execute(select(func.max(submission.c.received))).scalar()
