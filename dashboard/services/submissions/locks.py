"""Keeps locked periods: months of an area and all below it, of which no figures are taken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period
from dashboard.services.access.audit import Audit
from dashboard.services.access.person import signature
from dashboard.services.context import Context
from dashboard.services.filters import months_of, one_area
from dashboard.store.locks import (
    LOCK,
    UNLOCK,
    LogEntry,
    Months,
    locks_in_force,
    read_logbook,
    write_logbook,
)
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import places_of

if TYPE_CHECKING:
    from dashboard.intake import admission


class Locks:
    """Locks periods and unlocks them, each with its reason. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Keep the logbook in the store of this context."""
        self._engine, self._areas = context.engine, context.areas
        self._audit = Audit(context.engine)

    def of_submission(self, submission: int) -> list[Text]:
        """The locks over the areas and periods of this submission, each as a sentence."""
        locks = self._admission()
        log_entries = {locks.over(*place) for place in places_of(self._engine, submission)}
        return [
            locks.refusal_text(lock)
            for lock in sorted(lock for lock in log_entries if lock is not None)
        ]

    def lock(self, area: str, period: str, by: str, reason: str) -> Months:
        """Refuses figures of an area, and of all below it, in a period from now on.

        Raises UnknownName for an area or period that means nothing, StoreError for one that is
        locked already and without a reason.
        """
        return self._log(LOCK, area, period, _decided(by, reason))

    def unlock(self, area: str, period: str, by: str, reason: str) -> Months:
        """Takes figures of a locked period again; raises as ``lock`` does."""
        return self._log(UNLOCK, area, period, _decided(by, reason))

    def _log(self, act: str, area: str, period: str, decision: Decision) -> Months:
        months = Months(one_area(self._areas(), area).code, *months_of(period))
        write_logbook(self._engine, act, months, decision)
        self._audit.note(act, f"{months}: {decision.reason}", decision.by)
        return months

    def logbook(self) -> list[LogEntry]:
        """Everything that was ever locked and unlocked, oldest first."""
        return read_logbook(self._engine)

    def in_force(self) -> list[LogEntry]:
        """The locks in force, oldest first."""
        return locks_in_force(self.logbook())

    def over(self, area: str, period: Period) -> LogEntry | None:
        """The lock that covers this area in this month, or None."""
        return self._admission().over(area, period)

    def _admission(self) -> admission.LocksInForce:
        """The locks in force, as a hand-in is checked against them."""
        # Imported here: to list locks, nobody should wait for the readers of files.
        from dashboard.intake import admission

        return admission.LocksInForce.now(self._engine, self._areas())


def _decided(by: str, reason: str) -> Decision:
    return Decision(signature(by), datetime.now(UTC), reason)
