"""Takes a submission back: earlier values are current again, and the trace stays."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Engine, and_, func, select, tuple_, update

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period, from_key
from dashboard.store.current import current_figures
from dashboard.store.locks import refuse_if_changed
from dashboard.store.opening import StoreError
from dashboard.store.roll_ups import count_figures
from dashboard.store.tables import KEY, observation, revision, submission
from dashboard.store.transaction import (
    KEYS,
    PLACED,
    STANDING,
    Decision,
    replace_current,
    writing,
)

EXAMPLES = 20  # of the values that would come back


def withdraw(
    engine: Engine,
    number: int,
    decision: Decision,
    seen: int | None = None,
    *,
    returned: bool = False,
) -> int:
    """Withdraw a submission; returns how many figures it had.

    Its revisions stay and count no more; what it had superseded is current again. ``returned``
    says that it was sent back to be handed in anew. Raises StoreError for a number that is not
    known or withdrawn already, StoreChanged where the logbook goes on after the entry ``seen``.
    """
    with writing(engine) as connection:
        refuse_if_changed(connection, seen)
        figures = _mark(connection, number, decision, returned)
        affected = select(*KEYS).where(revision.c.submission == number)
        standing = and_(tuple_(*KEYS).in_(affected), STANDING)
        replace_current(connection, affected, standing)
        of_number = select(revision.c.area).distinct().where(revision.c.submission == number)
        count_figures(connection, connection.execute(of_number).scalars().all())
    return figures


def _mark(connection: Connection, number: int, decision: Decision, returned: bool) -> int:
    fields = {
        "withdrawn": decision.when,
        "withdrawn_by": decision.by,
        "withdrawn_reason": decision.reason.strip(),
        "returned": returned,
    }
    of_number = submission.c.id == number
    chosen = update(submission).where(of_number, submission.c.withdrawn.is_(None))
    if not connection.execute(chosen.values(fields)).rowcount:
        known = connection.execute(select(submission.c.withdrawn).where(of_number)).first()
        if known is None:
            raise StoreError(Text(f"没有第 {number} 号报送", f"submission {number} is not known"))
        day = f"{known[0].astimezone():%Y-%m-%d}"
        raise StoreError(
            Text(
                f"第 {number} 号报送已于 {day} 撤回",
                f"submission {number} was withdrawn already on {day}",
            )
        )
    return connection.execute(select(submission.c.figures).where(of_number)).scalar_one()


class Returning(NamedTuple):
    """A value that would be current again, and the one it would take the place of."""

    indicator: str
    area: str
    period: Period
    kind: str
    now: float | None
    then: float | None
    submission: int  # the one it came with


class WithdrawalEffect(NamedTuple):
    """What taking a submission back would do.

    Of its ``figures``, ``current`` are current now; of these ``back`` get an earlier value back
    and the others are gone. ``returning`` holds the first of them, those that differ before others.
    """

    figures: int
    current: int
    back: int
    returning: tuple[Returning, ...]

    @property
    def gone(self) -> int:
        """How many figures would have no value at all any more."""
        return self.current - self.back


def effect_of(engine: Engine, number: int) -> WithdrawalEffect:
    """What taking this submission back would do; nothing is changed."""
    its_keys = select(*KEYS).where(revision.c.submission == number)
    mine = and_(PLACED.in_(its_keys), observation.c.submission == number)
    own = select(*(observation.c[name] for name in KEY)).where(mine)
    others = and_(tuple_(*KEYS).in_(own), STANDING, revision.c.submission != number)
    then = current_figures(others).subquery()
    same = and_(*(then.c[name] == observation.c[name] for name in KEY))
    then_keys = [then.c[name] for name in KEY]
    now, before = observation.c.value.label("now"), then.c.value.label("then")
    rows = select(*then_keys, now, before, then.c.submission).join(observation, same)
    figures = select(submission.c.figures).where(submission.c.id == number)
    with engine.connect() as connection:
        stated = connection.execute(figures).scalar() or 0
        current = connection.execute(select(func.count()).where(mine)).scalar_one()
        changed = connection.execute(rows.order_by(now == before, *then_keys)).all()
    shown = tuple(
        Returning._make(row)._replace(period=from_key(row.period)) for row in changed[:EXAMPLES]
    )
    return WithdrawalEffect(stated, current, len(changed), shown)


def places_of(engine: Engine, number: int) -> list[tuple[str, Period]]:
    """The areas and periods a submission has figures for."""
    statement = select(revision.c.area, revision.c.period).distinct()
    with engine.connect() as connection:
        rows = connection.execute(statement.where(revision.c.submission == number))
        return sorted((area, from_key(period)) for area, period in rows)
