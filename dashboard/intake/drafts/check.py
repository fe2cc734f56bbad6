"""Checks a draft against itself: every rule over its mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from dashboard.intake.drafts.draft import Draft
from dashboard.intake.drafts.finding import DraftFinding
from dashboard.intake.drafts.mentions import ReadDraft, read_mentions
from dashboard.intake.drafts.rules.changes import check_changes
from dashboard.intake.drafts.rules.dates import check_dates
from dashboard.intake.drafts.rules.lists import check_lists
from dashboard.intake.drafts.rules.parts import check_parts, check_streets
from dashboard.intake.drafts.rules.ratios import check_ratios
from dashboard.intake.drafts.rules.repetition import check_repetition
from dashboard.intake.drafts.rules.tables import check_tables

RULES: tuple[Callable[[ReadDraft], Iterator[DraftFinding]], ...] = (
    check_parts,
    check_streets,
    check_changes,
    check_ratios,
    check_repetition,
    check_dates,
    check_lists,
    check_tables,
)


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft, what was read in it, and what its rules object to, in reading order."""

    read: ReadDraft
    findings: tuple[DraftFinding, ...]

    @property
    def draft(self) -> Draft:
        """The draft itself."""
        return self.read.draft

    def mark(self, finding: DraftFinding) -> str:
        """The short mark under which a finding is accepted."""
        return finding.mark([passage.text for passage in self.draft.passages])

    def joined(self, more: Iterable[DraftFinding]) -> CheckedDraft:
        """The same with further findings, in reading order."""
        found = sorted((*self.findings, *more), key=lambda finding: finding.spots)
        return replace(self, findings=tuple(found))


def check_draft(draft: Draft) -> CheckedDraft:
    """Check a draft against itself."""
    read = read_mentions(draft)
    findings: dict[tuple[str, object], DraftFinding] = {}
    for rule in RULES:
        for finding in rule(read):
            findings.setdefault((finding.rule, finding.spots), finding)
    return CheckedDraft(read, tuple(sorted(findings.values(), key=lambda found: found.spots)))
