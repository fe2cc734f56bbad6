"""Checks drafts of work reports against themselves; keeps accepted findings, exports comments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.exports.draft_comments import commented_document
from dashboard.exports.draft_list import findings_book
from dashboard.intake.drafts.acceptance import Acceptances
from dashboard.intake.drafts.check import CheckedDraft, check_draft
from dashboard.intake.drafts.draft import Draft
from dashboard.intake.drafts.reading import pasted_draft, read_draft

PASTED = ".pasted"  # the ending under which pasted text waits


@dataclass(frozen=True, slots=True)
class Judged:
    """A checked draft, the file it came in, and the notes of accepted findings by mark."""

    checked: CheckedDraft
    content: bytes
    notes: dict[str, str]

    def count(self, severity: str) -> int:
        """How many findings of a severity are not accepted."""
        marked = ((finding, self.checked.mark(finding)) for finding in self.checked.findings)
        return sum(
            finding.severity == severity and mark not in self.notes for finding, mark in marked
        )


class Drafts:
    """Checks drafts, and keeps which findings were accepted."""

    def __init__(self, home: Path) -> None:
        """Keep acceptances in this home folder."""
        self._acceptances = Acceptances(home)

    def check(self, name: str, content: bytes) -> Judged:
        """Read a file and check it; raises UnreadableDraft."""
        if name.endswith(PASTED):
            draft: Draft = pasted_draft(name.removesuffix(PASTED), content.decode("utf-8"))
            content = b""
        else:
            draft = read_draft(name, content)
        return Judged(check_draft(draft), content, self._acceptances.notes())

    def accept(self, mark: str, note: str, by: str = "") -> None:
        """Accept a finding with a note; an empty note takes it back. Raises OSError."""
        self._acceptances.accept(mark, note, by)

    def commented(self, judged: Judged, language: str) -> bytes:
        """The draft as .docx with a comment at every place of a finding."""
        return commented_document(judged.checked, judged.content, judged.notes, language)

    def listed(self, judged: Judged, language: str) -> bytes:
        """The findings and the figures read, as a workbook."""
        return findings_book(judged.checked, judged.notes, language)
