"""Finds the warnings a person must answer with a note before the sheet is stored.

A note is needed for every warning, but for those of rules whose row says ``no`` in ``needs_note``
(two values of one quantity are both kept and shown as disputed), and for those that only tell that
a comparison column was left out: nothing of it is stored that could mislead anybody. A comparison
column that contradicts a stored figure does need one: only the person knows whether it was revised
or mistyped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding
from dashboard.intake.submission_request import SheetOutcome

# As warnings these speak of comparison columns only; of a sheet's own figures they are errors.
LEFT_ASIDE = frozenset(
    {
        "unreadable_number",
        "unknown_unit",
        "wrong_unit",
        "missing_unit",
        "not_from_january",
        "not_one_month",
        "duplicate",
    }
)


def unanswered(findings: Iterable[Finding], catalogue: Catalogue) -> list[Finding]:
    """The warnings among the findings that need a note."""
    exempt = LEFT_ASIDE | {
        row["id"] for row in catalogue.rules if row.get("needs_note", "").casefold() == "no"
    }
    return [
        finding
        for finding in findings
        if finding.severity == "warning" and finding.rule not in exempt
    ]


def answer_needed(receipt: SheetOutcome, catalogue: Catalogue) -> SheetOutcome:
    """The receipt, refused where it has warnings that need a note."""
    warnings = unanswered(receipt.findings, catalogue)
    if not warnings:
        return receipt
    count, first = len(warnings), warnings[0]
    message = Text(
        f"有 {count} 条提醒需要说明：请逐条核对，再在“说明”栏（命令行 --note）写明原因后报送",
        f"{count} warnings need an answer: look at them, then say why in the note "
        "(--note on the command line) and hand in again",
    )
    finding = Finding("error", "note_needed", message, first.sheet, first.row, first.column)
    return replace(receipt, findings=(*receipt.findings, finding))
