"""Hides amounts of other areas in findings and changes from whoever hands in for a street."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.base.language import Text, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Finding, Level
from dashboard.catalogue.lookup import Catalogue
from dashboard.services.access.person import Person, Role

if TYPE_CHECKING:
    from dashboard.intake import SheetOutcome, SheetPreview
    from dashboard.intake.changes import FigureDifference

# Rules that state the figure of an area above and of all areas below it.
_OF_OTHER_AREAS = ("streets", "streets_rate")
_MISSING = "missing"
_STREETS = (Level.STREET, Level.COMMUNITY)


def areas_of(person: Person, areas: Areas) -> frozenset[str] | None:
    """The areas of which a person may hand figures in; None for all."""
    if person.hands_in_everywhere:
        return None
    own = {area.code for area in areas for top in person.areas if areas.is_below(area.code, top)}
    return frozenset(own | set(person.areas))


def sees_amounts(person: Person, areas: Areas) -> bool:
    """Whether findings may state other areas' amounts: not to a viewer or a street's contributor.

    A contributor of an area with streets hands all of theirs in.
    """
    if person.hands_in_everywhere:
        return True
    own = (areas.get(code) for code in person.areas)
    return any(area is not None and area.level not in _STREETS for area in own)


def without_amounts(findings: Sequence[Finding], catalogue: Catalogue) -> tuple[Finding, ...]:
    """The findings, those that compare an area with the areas below it without their amounts."""
    rules = rules_of_others(catalogue)
    return tuple(
        replace(finding, message=_hidden(), value="*" if finding.value else "")
        if finding.rule in rules
        else finding
        for finding in findings
    )


def rules_of_others(catalogue: Catalogue) -> tuple[str, ...]:
    """The rules whose findings state amounts of other areas."""
    return tuple(str(row["id"]) for row in catalogue.rules if row["kind"] in _OF_OTHER_AREAS)


def rules_hidden_from(person: Person, areas: Areas, catalogue: Catalogue) -> tuple[str, ...]:
    """The rules of whose findings a page of figures tells this person no amounts.

    Those of other areas to whoever hands in for streets alone; none to anybody else.
    """
    if person.role != Role.CONTRIBUTOR or sees_amounts(person, areas):
        return ()
    return rules_of_others(catalogue)


def message_of(finding: Finding, hidden: Collection[str]) -> Text:
    """What a finding says, without amounts where it is of one of the ``hidden`` rules."""
    return _hidden() if finding.rule in hidden else finding.message


def _hidden() -> Text:
    return Text(*(word("finding_amounts_hidden", code) for code in ("zh", "en")))


def outcome_without_amounts(outcome: SheetOutcome, catalogue: Catalogue) -> SheetOutcome:
    """The receipt with such findings."""
    return replace(outcome, findings=without_amounts(outcome.findings, catalogue))


def own_changes(
    changes: Sequence[FigureDifference], own: frozenset[str] | None
) -> tuple[FigureDifference, ...]:
    """The changes of the figures of these areas; None for all areas."""
    return tuple(change for change in changes if own is None or change.area in own)


def without_absent_others(sheet: SheetPreview, own: frozenset[str] | None) -> SheetPreview:
    """The preview without what earlier files had of areas that its sender does not hand in for.

    A street's file states nothing of other streets, so nothing of theirs is missing from it.
    """
    changes = tuple(
        change
        for change in sheet.changes
        if change.state != _MISSING or own is None or change.area in own
    )
    return replace(sheet, changes=changes)
