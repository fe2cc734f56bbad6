"""Takes a submission back: earlier values are current again, and the trace stays."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, and_, select, tuple_, update

from dashboard.catalogue.periods import Period, from_key
from dashboard.store.locks import refuse_if_changed
from dashboard.store.opening import StoreError
from dashboard.store.tables import revision, submission
from dashboard.store.transaction import KEYS, STANDING, Decision, replace_current, writing


def withdraw(engine: Engine, number: int, decision: Decision, seen: int | None = None) -> int:
    """Withdraw a submission; returns how many figures it had.

    Its revisions stay and count no more; what it had superseded is current again. Raises
    StoreError for a number that is not known or withdrawn already, StoreChanged where the logbook
    goes on after the entry ``seen``.
    """
    with writing(engine) as connection:
        refuse_if_changed(connection, seen)
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


def places_of(engine: Engine, number: int) -> list[tuple[str, Period]]:
    """The areas and periods a submission has figures for."""
    statement = select(revision.c.area, revision.c.period).distinct()
    with engine.connect() as connection:
        rows = connection.execute(statement.where(revision.c.submission == number))
        return sorted((area, from_key(period)) for area, period in rows)
