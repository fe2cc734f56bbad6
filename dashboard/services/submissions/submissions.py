"""Takes files in, and lists what is kept of them: submissions, findings, files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import Text
from dashboard.base.private_files import make_private_folder
from dashboard.base.progress import QUIET, JobProgress
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.services.access.audit import Audit
from dashboard.services.access.person import acting_person, signature
from dashboard.services.context import Context, NotFound
from dashboard.services.filters import UnknownName
from dashboard.services.submissions.finding_amounts import (
    FindingRights,
    areas_of,
    own_changes,
    rights_of,
)
from dashboard.services.submissions.waiting import WaitingHandIns
from dashboard.store import submissions as handed_in
from dashboard.store import withdrawal
from dashboard.store.area_changes import ChangeRow, read_change_log
from dashboard.store.mappings import (
    StoredMapping,
    forget_mapping,
    read_dropped,
    read_mappings,
    remember_mapping,
)
from dashboard.store.opening import StoreError
from dashboard.store.received import ReceivedFiles
from dashboard.store.record import Following, remove_samples
from dashboard.store.statements import statements_of
from dashboard.store.submissions import SubmissionRow
from dashboard.store.transaction import Decision
from dashboard.store.versions import cells_of
from dashboard.store.withdrawal import WithdrawalEffect, places_of

# The readers of files are imported by the methods that use them: to list what came in, nobody
# should wait for them.
if TYPE_CHECKING:
    from dashboard import intake
    from dashboard.intake.forms.cell_context import Neighbourhood
    from dashboard.services.submissions.consistency import ConsistencyResult

# Stands in the home folder where the samples are not wanted: they never come back by themselves.
UNWANTED = "samples.unwanted"
DEMO = "990101"  # the district of the samples


class Submissions:
    """Takes files in, answers for what came in and takes it back. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Keep figures in the store of this context, and the received files in its home folder."""
        self._context = context
        self._engine = context.engine
        self._areas = context.areas
        self._audit = Audit(context.engine)
        self._home = context.settings.home
        self._received = ReceivedFiles(self._home / "received")
        self.waiting = WaitingHandIns(context)

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def receive(
        self,
        files: Sequence[tuple[str, bytes]],
        handover: intake.Handover,
        progress: JobProgress = QUIET,
        following: Following | None = None,
    ) -> list[intake.SheetOutcome]:
        """Takes files in, each whole or not at all; raises Cancelled.

        Where the setting says so those of a contributor wait for an editor instead. ``following``
        changes the store in the same transaction, by the numbers that were given.
        """
        from dashboard import intake

        store = replace(self.store(handover.is_sample), following=following)
        handover = replace(handover, by=signature(handover.by))
        if self.waiting.is_needed:
            return self._shown(self.waiting.keep(store, files, handover, progress))
        receipts = intake.receive(store, files, handover, datetime.now(UTC), progress)
        for receipt in receipts:
            if receipt.id is not None and not handover.is_sample:
                self._audit.note("hand_in", described(receipt), handover.by)
        return self._shown(receipts)

    def _shown(self, receipts: list[intake.SheetOutcome]) -> list[intake.SheetOutcome]:
        """The receipts without what the person who acts may not see of other areas."""
        rights = self._finding_rights()
        return [replace(receipt, findings=rights.shown(receipt.findings)) for receipt in receipts]

    def _finding_rights(self) -> FindingRights:
        return rights_of(acting_person(), self._areas(), self._catalogue)

    def preview(
        self,
        files: Sequence[tuple[str, bytes]],
        handover: intake.Handover,
        progress: JobProgress = QUIET,
    ) -> list[intake.SheetPreview]:
        """What handing files in would do, sheet by sheet; stores nothing, raises Cancelled."""
        from dashboard import intake

        store = self.store(handover.is_sample)
        previews = intake.preview(store, files, handover, datetime.now(UTC), progress)
        return self.shown_previews(previews)

    def shown_previews(self, previews: Sequence[intake.SheetPreview]) -> list[intake.SheetPreview]:
        """Previews without what the person who acts may not see of other areas."""
        receipts = self._shown([sheet_preview.receipt for sheet_preview in previews])
        own = areas_of(acting_person(), self._areas())
        return [
            replace(sheet_preview, receipt=receipt, changes=own_changes(sheet_preview.changes, own))
            for sheet_preview, receipt in zip(previews, receipts, strict=True)
        ]

    def copy_without_persons(self, name: str, content: bytes) -> bytes | None:
        """What may wait instead of a file that names persons; None for any other file."""
        from dashboard.intake.registers.stored_copy import waiting_copy

        return waiting_copy(name, content, self._catalogue, self._areas())

    def store(self, is_sample: bool) -> intake.Store:
        """Where the person who acts hands files in, and what they are read by."""
        from dashboard import intake

        areas = self._areas()
        if not (is_sample or self.has_samples()):
            areas = areas.without(DEMO)  # no bureau's street is to be taken for one of them
        own, engine = areas_of(acting_person(), areas), self._context.intake_engine
        return intake.Store(engine, self._catalogue, areas, self._received, own)

    def withdraw(self, submission: int, by: str, reason: str, *, returned: bool = False) -> int:
        """Takes a submission back and keeps its trace; returns how many figures it had.

        ``returned`` sends it back to whoever handed it in, to be handed in anew. Raises NotFound
        for an unknown one, StoreError for one withdrawn before, for one with figures of a locked
        period, and without a reason.
        """
        self.get(submission)
        decision = Decision(signature(by), datetime.now(UTC), reason)
        from dashboard.intake.admission import LocksInForce

        locks = LocksInForce.now(self._engine, self._areas())
        for place in places_of(self._engine, submission):
            lock = locks.over(*place)
            if lock is not None:
                refusal = locks.refusal_text(lock)
                zh, en = f"{refusal.zh}；请先解锁", f"{refusal.en}; unlock it first"
                raise StoreError(Text(zh, en))
        count = withdrawal.withdraw(
            self._engine, submission, decision, locks.seen, returned=returned
        )
        self._audit.note("return" if returned else "withdraw", f"{submission}: {reason}", by)
        return count

    def effect_of(self, submission: int) -> WithdrawalEffect:
        """What taking this submission back would do; raises NotFound."""
        self.get(submission)
        return withdrawal.effect_of(self._engine, submission)

    # ---- lines that were mapped by hand -----------------------------------------------------

    def mappings(self) -> list[StoredMapping]:
        """What people have said unknown lines mean, by form."""
        return read_mappings(self._engine)

    def dropped_mappings(self) -> list[tuple[str, str]]:
        """Form and name of the mappings that were not carried over to subjects."""
        return read_dropped(self._engine)

    def remember_mapping(self, form: str, name: str, indicator: str, who: str) -> None:
        """From now on a line of this form means this indicator ("": it is left out).

        Raises UnknownName for an indicator that is not in the catalogue.
        """
        if indicator and indicator not in self._catalogue.indicators:
            raise UnknownName(
                Text(
                    f"目录里没有指标“{indicator}”",
                    f"indicator {indicator!r} is not in the catalogue",
                )
            )
        remember_mapping(self._engine, form, name, indicator, who, datetime.now(UTC))

    def forget_mapping(self, form: str, name: str, who: str) -> None:
        """Takes a mapping back; its trace stays. Raises StoreError where there is none."""
        forget_mapping(self._engine, form, name, who, datetime.now(UTC))

    def get(self, number: int) -> SubmissionRow:
        """The submission with this number; raises NotFound."""
        found = handed_in.read_sources(self._engine, [number])
        if number not in found:
            raise NotFound(Text(f"没有第 {number} 号报送", f"submission {number} is not known"))
        return found[number]

    def of_numbers(self, numbers: Collection[int]) -> list[SubmissionRow]:
        """The submissions with these numbers as they are now; unknown numbers are left out."""
        return [*handed_in.read_sources(self._engine, numbers).values()]

    def first_periods(self, numbers: Collection[int]) -> dict[int, Period]:
        """The earliest month of the figures of these submissions."""
        return handed_in.first_periods(self._engine, numbers)

    def latest(self, limit: int = 200) -> list[SubmissionRow]:
        """The latest submissions, newest first."""
        return handed_in.read_submissions(self._engine, limit)

    def findings(self, submission: int) -> list[Finding]:
        """What was found when this submission came in.

        A finding kept without its area is of that of its cell's figure.
        """
        cells = cells_of(self._engine, submission)
        findings = [
            finding
            if finding.area or place not in cells
            else replace(finding, area=cells[place][1])
            for finding in handed_in.read_findings(self._engine, submission)
            for place in [(finding.sheet, finding.row, finding.column)]
        ]
        return [*self._finding_rights().shown(findings)]

    def file(self, submission: int) -> tuple[str, bytes]:
        """Name and bytes of the file a submission came in; raises NotFound where it is not kept."""
        row = self.get(submission)
        content = self._received.read(row.sha256) if row.sha256 else None
        if content is None:
            raise NotFound(
                Text(
                    f"这里没有第 {submission} 号报送的文件",
                    f"the file of submission {submission} is not kept here",
                )
            )
        return row.file, content

    def cell_around(
        self, submission: int, sheet: str, row: int, column: str
    ) -> Neighbourhood | None:
        """What stands around a cell of a received file; None where it cannot be read again."""
        from dashboard.intake.forms.cell_context import neighbourhood

        def read() -> tuple[Neighbourhood | None]:
            try:
                name, content = self.file(submission)
            except (NotFound, StoreError):
                return (None,)
            return (neighbourhood(name, content, sheet, row, column),)

        return self._context.cached("cell", (submission, sheet, row, column), read)[0]

    def figures_at(self, submission: int) -> dict[tuple[str, int, str], FigureKey]:
        """The figures of a submission by sheet, row and column of their cells."""
        return {
            place: FigureKey(indicator, area, period, kind=kind)
            for place, (indicator, area, period, kind) in cells_of(self._engine, submission).items()
        }

    def stated(self, submission: int) -> list[Observation]:
        """The figures that a submission states, in the order of its file; none of an unknown."""
        return statements_of(self._engine, submission)

    def area_changes(self) -> list[ChangeRow]:
        """Every pair of old and new area ever handed in, oldest first, and which of them count."""
        return read_change_log(self._engine)

    def check(self, area: str = "", period: str = "") -> ConsistencyResult:
        """What the consistency rules find among the current figures; raises UnknownName."""
        from dashboard.services.submissions.consistency import check_stored

        return check_stored(self._engine, self._catalogue, self._areas(), area, period)

    # ---- samples ------------------------------------------------------------------------

    def has_samples(self) -> bool:
        """Whether sample submissions are in the store."""
        return handed_in.has_samples(self._engine)

    def has_own_submissions(self) -> bool:
        """Whether anything but samples was ever handed in."""
        return handed_in.has_samples(self._engine, samples=False)

    def remove_samples(self) -> int:
        """Takes all sample submissions out again, for good; returns how many.

        Their files go too, except those that something else came in with as well.
        """
        make_private_folder(self._home)
        (self._home / UNWANTED).touch()
        files = handed_in.files_of_samples(self._engine)
        count = remove_samples(self._engine)
        self._audit.note("samples_removed", str(count))
        for sha256 in files:
            self.waiting.discard(sha256)
        return count


def described(receipt: intake.SheetOutcome) -> str:
    """What was handed in, for the audit log."""
    parts = (f"{receipt.id}:", receipt.file, receipt.sheet, receipt.area, receipt.period)
    return " ".join(part for part in parts if part)
