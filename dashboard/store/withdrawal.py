"""Takes a submission back: earlier values are current again, and the trace stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, and_, select, tuple_, update

from dashboard.store.opening import StoreError
from dashboard.store.tables import revision, submission
from dashboard.store.transaction import KEYS, STANDING, replace_current, writing


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided something, when (with its zone) and why."""

    by: str
    when: datetime
    reason: str

    def __post_init__(self) -> None:
        """Raises StoreError for a decision without a reason or a zone."""
        if not self.reason.strip():
            raise StoreError("a reason is needed")
        if self.when.tzinfo is None:
            raise StoreError(f"{self.when}: a time with its zone is needed")


def withdraw(engine: Engine, number: int, decision: Decision) -> int:
    """Withdraw a submission; returns how many figures it had.

    Its revisions stay and count no more; what it had superseded is current again. Raises
    StoreError for a number that is not known or withdrawn already.
    """
    with writing(engine) as connection:
        figures = _mark(connection, number, decision)
        affected = select(*KEYS).where(revision.c.submission == number)
        remaining = and_(tuple_(*KEYS).in_(affected), STANDING)
        replace_current(connection, affected, remaining)
    return figures


def _mark(connection: Connection, number: int, decision: Decision) -> int:
    said = {
        "withdrawn": decision.when,
        "withdrawn_by": decision.by,
        "withdrawn_reason": decision.reason.strip(),
    }
    here = submission.c.id == number
    chosen = update(submission).where(here, submission.c.withdrawn.is_(None))
    if not connection.execute(chosen.values(said)).rowcount:
        known = connection.execute(select(submission.c.withdrawn).where(here)).first()
        raise StoreError(
            f"submission {number} is not known"
            if known is None
            else f"submission {number} was withdrawn already on {known[0]:%Y-%m-%d}"
        )
    return connection.execute(select(submission.c.figures).where(here)).scalar_one()
