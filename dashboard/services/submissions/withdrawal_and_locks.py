"""What may be taken back and what is closed: withdrawals, returns and locked periods."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period
from dashboard.intake.admission import Locks
from dashboard.services.context import Context, NotFound
from dashboard.services.filters import months_of, one_area
from dashboard.store import submissions as handed_in
from dashboard.store.locks import (
    LOCK,
    UNLOCK,
    LogEntry,
    Months,
    locks_in_force,
    read_logbook,
    write_logbook,
)
from dashboard.store.opening import StoreError
from dashboard.store.submissions import SubmissionRow
from dashboard.store.transaction import Decision
from dashboard.store.withdrawal import Effect, effect_of, places_of, withdraw


class Custody(Context):
    """Takes submissions back and closes periods. Thread-safe."""

    def submission(self, number: int) -> SubmissionRow:
        """The submission with this number; raises NotFound."""
        found = handed_in.read_sources(self.engine, [number])
        if number not in found:
            raise NotFound(Text(f"没有第 {number} 号报送", f"submission {number} is not known"))
        return found[number]

    def withdraw(self, submission: int, by: str, reason: str, *, returned: bool = False) -> int:
        """Takes a submission back and keeps its trace; returns how many figures it had.

        ``returned`` sends it back to whoever handed it in, to be handed in anew. Raises NotFound
        for an unknown one, StoreError for one withdrawn before, for one with figures of a locked
        period, and without a reason.
        """
        self.submission(submission)
        decision, locks = _decided(by, reason), Locks.now(self.engine, self.areas())
        for place in places_of(self.engine, submission):
            lock = locks.over(*place)
            if lock is not None:
                told = locks.told(lock)
                raise StoreError(Text(f"{told.zh}；请先解锁", f"{told.en}; unlock it first"))
        return withdraw(self.engine, submission, decision, locks.seen, returned=returned)

    def effect_of(self, submission: int) -> Effect:
        """What taking this submission back would do; raises NotFound."""
        self.submission(submission)
        return effect_of(self.engine, submission)

    def locks_of(self, submission: int) -> list[Text]:
        """The locks over the areas and periods of this submission, each as a sentence."""
        locks = Locks.now(self.engine, self.areas())
        found = {locks.over(*place) for place in places_of(self.engine, submission)}
        return [locks.told(lock) for lock in sorted(lock for lock in found if lock is not None)]

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
        months = Months(one_area(self.areas(), area).code, *months_of(period))
        write_logbook(self.engine, act, months, decision)
        return months

    def logbook(self) -> list[LogEntry]:
        """Everything that was ever locked and unlocked, oldest first."""
        return read_logbook(self.engine)

    def locks(self) -> list[LogEntry]:
        """The locks in force, oldest first."""
        return locks_in_force(self.logbook())

    def lock_over(self, area: str, period: Period) -> LogEntry | None:
        """The lock that covers this area in this month, or None."""
        return Locks.now(self.engine, self.areas()).over(area, period)


def _decided(by: str, reason: str) -> Decision:
    return Decision(by, datetime.now(UTC), reason)
