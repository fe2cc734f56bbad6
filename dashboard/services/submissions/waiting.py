"""Lets hand-ins of contributors wait for an editor where the setting says so.

What waits is a file with what was said of it, not figures: nothing of it is in any figure, export
or receipt. It was understood and checked once, and is so again when it is accepted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dashboard.base.language import Text
from dashboard.base.progress import QUIET, JobProgress
from dashboard.catalogue.concepts import Finding
from dashboard.services.access.audit import Audit
from dashboard.services.access.person import Person, Role, acting_person
from dashboard.services.context import Context, NotFound
from dashboard.store.received import ReceivedFiles
from dashboard.store.waiting import (
    AlreadyDecided,
    WaitingHandIn,
    count_waiting,
    keep_waiting,
    one_waiting,
    read_waiting,
)

if TYPE_CHECKING:
    from dashboard import intake
    from dashboard.intake.open_sheets import OpenedFile

WAITING_COLUMNS = (
    *("id", "file", "sheets", "areas", "periods", "figures", "made", "made_by"),
    *("state", "decided", "decided_by", "reason", "submissions"),
)


class WaitingHandIns:
    """Keeps what contributors hand in until an editor decides. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Keep it in the store of this context, and its files among those received."""
        self._context, self._engine = context, context.engine
        self._audit = Audit(context.engine)
        self._received = ReceivedFiles(context.settings.home / "received")

    @property
    def is_on(self) -> bool:
        """Whether the setting lets hand-ins of contributors wait."""
        return self._context.settings.approval

    @property
    def is_needed(self) -> bool:
        """Whether what the person who acts hands in has to wait."""
        return self.is_on and acting_person().role == Role.CONTRIBUTOR

    def keep(
        self,
        store: intake.Store,
        files: Sequence[tuple[str, bytes]],
        handover: intake.Handover,
        progress: JobProgress = QUIET,
    ) -> list[intake.SheetOutcome]:
        """Let files wait that could be stored now; the receipts say under which number.

        A file that is refused, or whose warnings need a note, does not wait. Raises Cancelled.
        """
        receipts: list[intake.SheetOutcome] = []
        for upload in files:
            receipts += self._keep_one(store, upload, handover, progress)
        return receipts

    def _keep_one(
        self,
        store: intake.Store,
        upload: tuple[str, bytes],
        handover: intake.Handover,
        progress: JobProgress,
    ) -> list[intake.SheetOutcome]:
        from dashboard.intake.hand_in import hand_in
        from dashboard.intake.notes import answer_needed
        from dashboard.intake.stored_handover import written_handover

        name, content = upload
        now, trial = datetime.now(UTC), replace(handover, dry_run=True)
        file, receipts = hand_in(store, upload, trial, now, progress)
        if not handover.note.strip():
            receipts = [answer_needed(receipt, self._context.catalogue) for receipt in receipts]
        if any(receipt.refused for receipt in receipts):
            return receipts
        kept = file.kept or content  # a list of institutions without its persons
        said, holds = written_handover(handover), json.dumps(_holds(file, receipts))
        sha256 = self._received.keep(kept)
        new = WaitingHandIn(0, name, sha256, said, holds, now, handover.by)
        following = store.following

        def follow(connection: Any, number: int) -> None:  # noqa: ANN401 - the store's connection
            if following is not None:
                following(connection, [number])

        try:
            number = keep_waiting(self._engine, new, follow)
        except AlreadyDecided as error:
            finding = Finding("error", "already_waits", error.text)
            return [replace(receipt, findings=(*receipt.findings, finding)) for receipt in receipts]
        self._audit.note("hand_in_waits", f"{number}: {name}", handover.by)
        return [replace(receipt, waiting=number) for receipt in receipts]

    def all(self, limit: int | None = None) -> list[WaitingHandIn]:
        """Hand-ins that wait or waited, newest first: an editor's view of all, else one's own."""
        return read_waiting(self._engine, made_by=self._only_of(acting_person()), limit=limit)

    def count(self) -> int:
        """How many of them wait."""
        return count_waiting(self._engine, self._only_of(acting_person()))

    def get(self, number: int) -> WaitingHandIn:
        """The hand-in with this number; raises NotFound, also for somebody else's."""
        row, only = one_waiting(self._engine, number), self._only_of(acting_person())
        if row is None or only not in (None, row.made_by):
            raise NotFound(Text(f"没有第 {number} 号待审核报送", f"no hand-in {number} waits"))
        return row

    def content(self, row: WaitingHandIn) -> bytes:
        """The bytes of its file; raises NotFound and StoreError where they are gone or changed."""
        content = self._received.read(row.sha256)
        if content is None:
            raise NotFound(
                Text(
                    f"第 {row.id} 号报送的文件已不在", f"the file of hand-in {row.id} is not there"
                )
            )
        return content

    def discard(self, sha256: str) -> None:
        """Forget the bytes of a file that nothing else came in."""
        from dashboard.store.submissions import submissions_of_file
        from dashboard.store.waiting import keeps_file

        if not (submissions_of_file(self._engine, sha256) or keeps_file(self._engine, sha256)):
            self._received.discard(sha256)

    @staticmethod
    def _only_of(person: Person) -> str | None:
        """Whose hand-ins somebody sees: None is everybody's."""
        return None if person.role >= Role.EDITOR else person.name


def _holds(file: OpenedFile, receipts: Sequence[intake.SheetOutcome]) -> list[dict[str, object]]:
    """What the sheets hold, in short: for lists, which do not read the file again.

    ``area`` is that of all figures where they are of one, else the one that the sheet names.
    """
    areas = {
        place: {observation.area for observation in arrival.observations}
        for place, arrival in zip(file.places, file.arrivals, strict=True)
    }
    return [
        {
            "sheet": receipt.sheet,
            "form": receipt.form,
            "area": next(iter(of)) if len(of := areas.get(at, set())) == 1 else receipt.area,
            "period": receipt.period,
            "figures": receipt.observations,
        }
        for at, receipt in enumerate(receipts)
    ]


def holds_of(row: WaitingHandIn) -> list[dict[str, Any]]:
    """What the sheets of a hand-in hold: sheet, form, area, period and number of figures each."""
    holds: list[dict[str, Any]] = json.loads(row.holds)
    return holds


def waiting_row(row: WaitingHandIn) -> dict[str, object]:
    """A hand-in as a row of a list; moments in this computer's time."""
    holds = holds_of(row)
    decided = row.decided.astimezone().isoformat(timespec="seconds") if row.decided else ""
    return {
        "id": row.id,
        "file": row.file,
        "sheets": " ".join(dict.fromkeys(str(hold["sheet"]) for hold in holds)),
        "areas": " ".join(dict.fromkeys(str(hold["area"]) for hold in holds)),
        "periods": " ".join(dict.fromkeys(str(hold["period"]) for hold in holds)),
        "figures": sum(int(hold["figures"]) for hold in holds),
        "made": row.made.astimezone().isoformat(timespec="seconds"),
        "made_by": row.made_by,
        "state": str(row.state),
        "decided": decided,
        "decided_by": row.decided_by,
        "reason": row.reason,
        "submissions": " ".join(map(str, row.submissions)),
    }
