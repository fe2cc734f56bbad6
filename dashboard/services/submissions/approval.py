"""Decides on hand-ins that wait: previewed, accepted, returned with a reason, or withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dashboard.base.language import Text
from dashboard.base.progress import QUIET, JobProgress
from dashboard.services.access.audit import Audit
from dashboard.services.access.person import ROLES, Person, Role, acting_person, signature
from dashboard.services.context import Context
from dashboard.services.submissions.finding_amounts import areas_of, without_absent_others
from dashboard.services.submissions.older_hand_ins import Order, order_of, revised_in
from dashboard.services.submissions.submissions import Submissions, described
from dashboard.store.accounts import read_account
from dashboard.store.opening import StoreError
from dashboard.store.waiting import (
    AlreadyDecided,
    OlderFigures,
    Verdict,
    WaitingHandIn,
    WaitingState,
    decide,
    decide_alone,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard import intake
    from dashboard.intake.changes import FigureDifference


class NotAllowed(StoreError):
    """The person who acts has no right to decide."""


class Approval:
    """Answers for what waits and decides on it. Thread-safe."""

    def __init__(self, context: Context, submissions: Submissions) -> None:
        """Decide on what waits in the store of this context."""
        self._context, self._submissions = context, submissions
        self._waiting = submissions.waiting
        self._audit = Audit(context.engine)

    def preview(self, number: int, progress: JobProgress = QUIET) -> list[intake.SheetPreview]:
        """What accepting it would do to the store as it is now; raises NotFound, StoreError."""
        from dashboard import intake

        row = self._waiting.get(number)
        files = [(row.file, self._waiting.content(row))]
        now = datetime.now(UTC)
        store = self._submissions.store(is_sample=False)
        previews = intake.preview(store, files, self._handover(row), now, progress)
        own = self._areas_of_sender(row)
        previews = [without_absent_others(sheet, own) for sheet in previews]
        return self._submissions.shown_previews(previews)

    def _areas_of_sender(self, row: WaitingHandIn) -> frozenset[str] | None:
        """The areas that whoever handed it in hands in for; None for all, and where unknown."""
        account = read_account(self._context.engine, row.made_by) if row.made_by else None
        if account is None or account.role not in ROLES:
            return None
        sender = Person(account.name, ROLES[account.role], account.areas)
        return areas_of(sender, self._context.areas())

    def order_of(self, number: int, sheets: Sequence[intake.SheetPreview]) -> Order:
        """What of its preview accepting it would put back to an older value, and what is later."""
        return order_of(self._context.engine, self._waiting.get(number), revised_in(sheets))

    def accept(
        self,
        number: int,
        note: str = "",
        by: str = "",
        *,
        puts_back: int = 0,
        progress: JobProgress = QUIET,
    ) -> list[intake.SheetOutcome]:
        """Hand the file in as it waits, through all checks and locks of now; returns receipts.

        Where they refuse it, it goes on waiting and the receipts say why. ``note`` answers warnings
        beside the note it came with; ``puts_back`` confirms how many newer figures are put back.
        The figures are signed by whoever handed them in. Raises NotFound, NotAllowed,
        AlreadyDecided where somebody else was faster, and OlderFigures where it would put back
        another number.
        """
        from dashboard import intake

        row = self._decidable(number)
        content, who, when = self._waiting.content(row), signature(by), datetime.now(UTC)
        verdict = Verdict(WaitingState.ACCEPTED, when, who, note.strip())

        def follow(connection: Any, numbers: Sequence[int]) -> None:  # noqa: ANN401 - the store's
            decide(connection, number, verdict, numbers)

        def judge(revised: Sequence[FigureDifference]) -> None:
            older = len(order_of(self._context.engine, row, revised).older)
            if older not in (0, puts_back):
                raise OlderFigures(number, older)

        store = self._submissions.store(is_sample=False)
        store = replace(store, following=follow, judging=judge)
        handover = self._handover(row, note)
        receipts = intake.receive(store, [(row.file, content)], handover, when, progress)
        if any(receipt.refused for receipt in receipts):
            self._raise_if_decided(number)
            return receipts
        for receipt in receipts:
            if receipt.id is not None:
                self._audit.note("hand_in", f"{described(receipt)} ({row.made_by})", by)
        self._audit.note("hand_in_accepted", f"{number}: {row.file} ({row.made_by})", by)
        return receipts

    def give_back(self, number: int, reason: str, by: str = "") -> None:
        """Return it to whoever handed it in; raises NotFound, NotAllowed, AlreadyDecided.

        A reason is needed, else StoreError.
        """
        row = self._decidable(number)
        if not reason.strip():
            raise StoreError(Text("请填写退回理由", "a reason is needed to return it"))
        verdict = Verdict(WaitingState.RETURNED, datetime.now(UTC), signature(by), reason.strip())
        decide_alone(self._context.engine, number, verdict)
        entry = f"{number}: {row.file} ({row.made_by}): {verdict.reason}"
        self._audit.note("hand_in_returned", entry, by)

    def take_back(self, number: int, by: str = "") -> None:
        """Withdraw it, by whoever handed it in; raises NotFound, NotAllowed, AlreadyDecided."""
        row, person = self._waiting.get(number), acting_person()
        if person.signed_in and person.name != row.made_by:
            raise NotAllowed(
                Text("只有报送人可以撤回", "only whoever handed it in can withdraw it")
            )
        verdict = Verdict(WaitingState.WITHDRAWN, datetime.now(UTC), signature(by))
        decide_alone(self._context.engine, number, verdict)
        self._audit.note("hand_in_withdrawn", f"{number}: {row.file}", by)
        self._waiting.discard(row.sha256)

    def _decidable(self, number: int) -> WaitingHandIn:
        """The hand-in, where the person who acts may decide on it and it still waits."""
        row = self._waiting.get(number)
        if acting_person().role < Role.EDITOR:
            raise NotAllowed(Text("只有编辑可以审核", "only an editor decides on it"))
        self._raise_if_decided(number)
        return row

    def _raise_if_decided(self, number: int) -> None:
        row = self._waiting.get(number)
        if row.state is WaitingState.WAITING:
            return
        if row.state is WaitingState.SUPERSEDED:
            raise AlreadyDecided(
                Text(
                    f"第 {number} 号报送的表后来又报送了更正{row.reason}，不能再接受或退回",
                    f"the form of hand-in {number} was handed in again since"
                    f"{f' ({row.reason})' if row.reason else ''}: it is not decided on any more",
                )
            )
        raise AlreadyDecided(
            Text(
                f"第 {number} 号报送已由{row.decided_by or '他人'}处理",
                f"hand-in {number} was decided on already by {row.decided_by or 'somebody'}",
            )
        )

    @staticmethod
    def _handover(row: WaitingHandIn, note: str = "") -> intake.Handover:
        """What was said with it, signed by whoever handed it in, with the editor's note."""
        from dashboard.intake.stored_handover import read_handover

        handover = read_handover(row.said)
        notes = "; ".join(text for text in (handover.note.strip(), note.strip()) if text)
        return replace(handover, by=row.made_by, note=notes)
