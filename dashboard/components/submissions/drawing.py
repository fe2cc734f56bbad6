"""Holds the state of one drawing of a preview: what it has drawn so far, how each sheet stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from dash.development.base_component import Component

from dashboard.catalogue.concepts import Finding
from dashboard.components.submissions.answers import Answers, Outline
from dashboard.intake.sheet_preview import SheetPreview
from dashboard.intake.sheet_questions import OF_TITLE
from dashboard.intake.understanding.questions import BASIS, UNIT, WORD
from dashboard.services.front_desk import FrontDesk

MOST_CELLS = 6000  # of one sheet's table


@dataclass(slots=True)
class Drawing:
    """One drawing of a preview: the outline and the folded parts grow with every sheet.

    ``folded`` where there are many sheets: those that need nothing are drawn when they are opened,
    and so are those beyond the first that do; ``parts`` keeps them by place.
    """

    desk: FrontDesk
    answers: Answers
    language: str
    outline: Outline
    folded: bool = False
    cells_each: int = MOST_CELLS
    opened: int = 0
    parts: dict[str, list[Component | None]] = field(default_factory=dict)


def open_findings(sheet: SheetPreview, answers: Answers) -> list[Finding]:
    """The findings that are not asked as questions beside them.

    An unknown line and an unknown street of a list of institutions are; so is an area or a period
    that could not be read, until it was answered and the answer was no use.
    """
    asked = _asked_rules(sheet, answers)
    words = {question.word for question in sheet.asked if question.kind == WORD}
    return [
        finding
        for finding in sheet.receipt.findings
        if finding.severity != "error"
        or not (finding.rule in asked or _is_asked_as_word(finding, words))
    ]


def _asked_rules(sheet: SheetPreview, answers: Answers) -> set[str]:
    """The rules whose findings are asked as questions."""
    answered = {what for file, name, what, _ in answers["sheets"] if (file, name) == _key(sheet)}
    asks_unit = "unit" not in answered and any(question.kind == UNIT for question in sheet.asked)
    questions = {
        "unknown_basis": any(question.kind == BASIS for question in sheet.asked),
        "missing_unit": asks_unit,
        "unsaid_unit": asks_unit,
        "unknown_area": sheet.unlisted,
        "unknown_street": sheet.register and sheet.register.unplaced,
        "unknown_indicator": sheet.unknown or _asks_of_title(sheet),
    }
    unread = {f"unknown_{what}" for what in sheet.asks if what not in answered}
    if sheet.lacks and "period" not in answered:
        unread.add("future_period")
    return unread | {rule for rule, is_asked in questions.items() if is_asked}


def _asks_of_title(sheet: SheetPreview) -> bool:
    return any(question.kind in OF_TITLE for question in sheet.asked)


def _is_asked_as_word(finding: Finding, words: set[str]) -> bool:
    return finding.rule == "unknown_indicator" and finding.value in words


def _key(sheet: SheetPreview) -> tuple[str, str]:
    return sheet.receipt.file, sheet.receipt.sheet


def state_of(sheet: SheetPreview, answers: Answers) -> str:
    """ask, refused, note (a note is needed) or ready."""
    if sheet.receipt.refused:
        errors = [
            finding for finding in open_findings(sheet, answers) if finding.severity == "error"
        ]
        return "refused" if errors else "ask"
    return "note" if sheet.needs_note else "ready"
