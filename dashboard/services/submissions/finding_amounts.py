"""Hides amounts of other areas in findings from whoever hands in for a street alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.base.language import Text, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.lookup import Catalogue
from dashboard.services.access.person import Person

if TYPE_CHECKING:
    from dashboard.intake import SheetOutcome

# Rules that state the figure of an area above and of all areas below it.
_OF_OTHER_AREAS = ("streets", "streets_rate")


def sees_amounts(person: Person, areas: Areas) -> bool:
    """Whether findings may state other areas' amounts: not to a viewer or a street's contributor.

    A contributor of an area with areas below it hands all of theirs in.
    """
    if person.hands_in_everywhere:
        return True
    return any(areas.children(code) for code in person.areas)


def without_amounts(findings: Sequence[Finding], catalogue: Catalogue) -> tuple[Finding, ...]:
    """The findings, those that compare an area with the areas below it without their amounts."""
    rules = {str(row["id"]) for row in catalogue.rules if row["kind"] in _OF_OTHER_AREAS}
    hidden = Text(*(word("finding_amounts_hidden", code) for code in ("zh", "en")))
    return tuple(
        replace(finding, message=hidden, value="*" if finding.value else "")
        if finding.rule in rules
        else finding
        for finding in findings
    )


def outcome_without_amounts(outcome: SheetOutcome, catalogue: Catalogue) -> SheetOutcome:
    """The receipt with such findings."""
    return replace(outcome, findings=without_amounts(outcome.findings, catalogue))
