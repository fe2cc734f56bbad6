"""Checks drafts of work reports: against themselves, the store and an earlier report.

Keeps which findings were accepted; exports comments and a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.base.language import word
from dashboard.exports.draft_comments import commented_document
from dashboard.exports.draft_list import findings_book
from dashboard.intake.drafts.acceptance import Acceptances
from dashboard.intake.drafts.check import PASTED, CheckedDraft, check_file
from dashboard.intake.drafts.earlier_report import (
    RESULTS,
    Succession,
    base_findings,
    compare_reports,
    stale_findings,
)
from dashboard.services.draft_figures import AgainstStore, DraftFigures


@dataclass(frozen=True, slots=True)
class Judged:
    """A checked draft, the file it came in, and the notes of accepted findings by mark."""

    checked: CheckedDraft
    content: bytes
    notes: dict[str, str]
    store: AgainstStore = field(default_factory=AgainstStore)
    previous: str = ""  # the name of the previous report; empty: none was given
    succession: tuple[Succession, ...] = ()

    def count(self, severity: str) -> int:
        """How many findings of a severity are not accepted."""
        marked = ((finding, self.checked.mark(finding)) for finding in self.checked.findings)
        return sum(
            finding.severity == severity and mark not in self.notes for finding, mark in marked
        )

    def summary_of_succession(self, language: str) -> str:
        """How many figures changed, were copied, are new or vanished against the report before."""
        counts = {
            result: sum(succession.result == result for succession in self.succession)
            for result in RESULTS
        }
        return word("drafts_previous_summary", language, name=self.previous, **counts)


class Drafts:
    """Checks drafts, and keeps which findings were accepted."""

    def __init__(self, home: Path, figures: DraftFigures | None = None) -> None:
        """Keep acceptances in this home folder; without ``figures`` no store is looked at."""
        self._acceptances = Acceptances(home)
        self._figures = figures

    def check(
        self, files: Sequence[tuple[str, bytes]], area: str = "", *, whole: bool = False
    ) -> Judged:
        """Check the first file, against the second where there is one; raises UnreadableDraft.

        The second is the bureau's previous report. ``area`` is the code or name of the area whose
        stored figures the draft is compared with, else the one whose bureau writes; small counts
        are shown only where ``whole``.
        """
        (name, content), *earlier = files
        checked = check_file(name, content)
        store, previous, succession = AgainstStore(), "", tuple[Succession, ...]()
        if self._figures is not None:
            store = self._figures.compare(checked.read, area, whole=whole)
            checked = checked.joined(store.twice, store.findings)
        if earlier:
            then = check_file(*earlier[0]).read
            previous, succession = then.draft.name, compare_reports(checked.read, then)
            bases = base_findings(checked.read, then)
            checked = checked.joined((*stale_findings(succession), *bases))
        kept = b"" if name.endswith(PASTED) else content
        return Judged(checked, kept, self.notes(), store, previous, succession)

    def notes(self) -> dict[str, str]:
        """The notes of accepted findings by mark."""
        return self._acceptances.notes()

    def accept(self, mark: str, note: str, by: str = "") -> None:
        """Accept a finding with a note; an empty note takes it back. Raises OSError."""
        self._acceptances.accept(mark, note, by)

    def commented(self, judged: Judged, language: str) -> bytes:
        """The draft as .docx with a comment at every place of a finding."""
        return commented_document(judged.checked, judged.content, judged.notes, language)

    def listed(self, judged: Judged, language: str) -> bytes:
        """The findings and the figures read, each with what the store says, as a workbook."""
        remarks = self._remarks(judged, language)
        return findings_book(judged.checked, judged.notes, language, remarks, judged.succession)

    def _remarks(self, judged: Judged, language: str) -> dict[tuple[int, int, int], str]:
        """What the store says of each mention, by its place."""
        if self._figures is None:
            return {}
        return {
            compared.meant.mention.place: self._figures.sentence(compared, language)
            for compared in judged.store.compared
        }
