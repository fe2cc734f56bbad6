"""Where files are handed in, and what is kept of them: submissions, their findings, their files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property

from dashboard import intake
from dashboard.analysis.derivation import FigureKey
from dashboard.base import jobs
from dashboard.base.progress import QUIET, Progress
from dashboard.catalogue.concepts import Finding
from dashboard.intake import upload_tray
from dashboard.intake.forms.cell_context import Neighbourhood, neighbourhood
from dashboard.intake.registers.kept_copy import waiting_copy
from dashboard.services.context import NotFound
from dashboard.services.figures.observations import Version, history
from dashboard.services.filters import UnknownName
from dashboard.services.submissions.consistency import Verdict, check_stored
from dashboard.services.submissions.withdrawal_and_locks import Custody
from dashboard.store import submissions as handed_in
from dashboard.store.area_changes import ChangeRow, read_change_log
from dashboard.store.mappings import (
    KeptMapping,
    forget_mapping,
    read_mappings,
    remember_mapping,
)
from dashboard.store.opening import StoreError
from dashboard.store.received import ReceivedFiles
from dashboard.store.record import remove_samples
from dashboard.store.submissions import SubmissionRow
from dashboard.store.versions import cells_of

# Stands in the home folder where the samples are not wanted: they never come back by themselves.
UNWANTED = "samples.unwanted"


class Registry(Custody):
    """Takes files in and answers for what came in. Thread-safe."""

    @cached_property
    def received(self) -> ReceivedFiles:
        """The files as they were received."""
        return ReceivedFiles(self.settings.home / "received")

    def receive(
        self,
        files: Sequence[tuple[str, bytes]],
        handover: intake.Handover,
        progress: Progress = QUIET,
    ) -> list[intake.Receipt]:
        """Takes files in, each whole or not at all; raises Cancelled."""
        return intake.receive(self._store(), files, handover, datetime.now(UTC), progress)

    def preview(
        self,
        files: Sequence[tuple[str, bytes]],
        handover: intake.Handover,
        progress: Progress = QUIET,
    ) -> list[intake.SheetPreview]:
        """What handing files in would do, sheet by sheet; stores nothing, raises Cancelled."""
        return intake.preview(self._store(), files, handover, datetime.now(UTC), progress)

    def _store(self) -> intake.Store:
        return intake.Store(self.engine, self.catalogue, self.areas(), self.received)

    # ---- between preview and hand-in: waiting files, long work ------------------------------

    def tray_put(self, files: Sequence[tuple[str, bytes]]) -> str:
        """Keeps files until they are handed in, for a day; returns their token, raises TrayFull."""
        return upload_tray.put(self.settings.home, files, self.settings.upload_mb)

    def tray_take(self, token: str) -> list[tuple[str, bytes]]:
        """The waiting files; raises TrayGone."""
        return upload_tray.take(self.settings.home, token)

    def tray_without_persons(self, token: str, files: Sequence[tuple[str, bytes]]) -> None:
        """Put copies without persons in the place of waiting files that name some."""
        for place, (name, content) in enumerate(files):
            copy = waiting_copy(name, content, self.catalogue, self.areas())
            if copy is not None and copy != content:
                upload_tray.replace(self.settings.home, token, place, copy)

    def tray_drop(self, token: str) -> None:
        """Takes waiting files away."""
        upload_tray.drop(self.settings.home, token)

    def job_start(self, work: Callable[[Progress], object]) -> str:
        """Runs work that takes long beside the page; returns its number."""
        return jobs.start(self.settings.home, work)

    def job_state(self, number: str) -> jobs.JobState:
        """What it is doing; raises JobGone."""
        return jobs.state(self.settings.home, number)

    def job_cancel(self, number: str) -> None:
        """Asks it to stop; raises JobGone."""
        jobs.cancel(self.settings.home, number)

    # ---- lines that were mapped by hand -----------------------------------------------------

    def mappings(self) -> list[KeptMapping]:
        """What people have said unknown lines mean, by form."""
        return read_mappings(self.engine)

    def remember_mapping(self, form: str, name: str, indicator: str, who: str) -> None:
        """From now on a line of this form means this indicator ("": it is left out).

        Raises UnknownName for an indicator that is not in the catalogue.
        """
        if indicator and indicator not in self.catalogue.indicators:
            raise UnknownName(f"indicator {indicator!r} is not in the catalogue")
        remember_mapping(self.engine, form, name, indicator, who, datetime.now(UTC))

    def forget_mapping(self, form: str, name: str, who: str) -> None:
        """Takes a mapping back; its trace stays. Raises StoreError where there is none."""
        forget_mapping(self.engine, form, name, who, datetime.now(UTC))

    def submissions(self, limit: int = 200) -> list[SubmissionRow]:
        """The latest submissions, newest first."""
        return handed_in.read_submissions(self.engine, limit)

    def findings(self, submission: int) -> list[Finding]:
        """What was found when this submission came in."""
        return handed_in.read_findings(self.engine, submission)

    def received_file(self, submission: int) -> tuple[str, bytes]:
        """Name and bytes of the file a submission came in; raises NotFound where it is not kept."""
        row = self.submission(submission)
        content = self.received.read(row.sha256) if row.sha256 else None
        if content is None:
            raise NotFound(f"the file of submission {submission} is not kept here")
        return row.file, content

    def cell_around(
        self, submission: int, sheet: str, row: int, column: str
    ) -> Neighbourhood | None:
        """What stands around a cell of a received file; None where it cannot be read again."""

        def read() -> tuple[Neighbourhood | None]:
            try:
                name, content = self.received_file(submission)
            except (NotFound, StoreError):
                return (None,)
            return (neighbourhood(name, content, sheet, row, column),)

        return self.cached("cell", (submission, sheet, row, column), read)[0]

    def figures_at(self, submission: int) -> dict[tuple[str, int, str], FigureKey]:
        """The figures of a submission by sheet, row and column of their cells."""
        return {
            place: FigureKey(indicator, area, period, kind=kind)
            for place, (indicator, area, period, kind) in cells_of(self.engine, submission).items()
        }

    def history(self, indicator: str, area: str, period: str) -> list[Version]:
        """Every version of one figure with its file and cell, oldest first; raises UnknownName."""
        return history(self.engine, self.catalogue, self.areas(), indicator, area, period)

    def area_changes(self) -> list[ChangeRow]:
        """Every pair of old and new area ever handed in, oldest first, and which of them count."""
        return read_change_log(self.engine)

    def check(self, area: str = "", period: str = "") -> Verdict:
        """What the consistency rules find among the current figures; raises UnknownName."""
        return check_stored(self.engine, self.catalogue, self.areas(), area, period)

    # ---- samples ------------------------------------------------------------------------

    def has_samples(self) -> bool:
        """Whether sample submissions are in the store."""
        return handed_in.has_samples(self.engine)

    def has_own_submissions(self) -> bool:
        """Whether anything but samples was ever handed in."""
        return handed_in.has_samples(self.engine, samples=False)

    def remove_samples(self) -> int:
        """Takes all sample submissions out again, for good; returns how many.

        Their files go too, except those that something else came in with as well.
        """
        self.settings.home.mkdir(parents=True, exist_ok=True)
        (self.settings.home / UNWANTED).touch()
        files = handed_in.files_of_samples(self.engine)
        count = remove_samples(self.engine)
        for sha256 in files:
            if not handed_in.submissions_of_file(self.engine, sha256):
                self.received.discard(sha256)
        return count
