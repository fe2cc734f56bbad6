"""Hides amounts of other areas in findings and changes from whoever hands in for a street."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.base.language import Text, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.lookup import Catalogue
from dashboard.services.access.person import Person

if TYPE_CHECKING:
    from dashboard.intake import SheetPreview
    from dashboard.intake.changes import FigureDifference

# Rules that state the figure of an area above and of all areas below it.
_OF_OTHER_AREAS = ("streets", "streets_rate")
_MISSING = "missing"


def areas_of(person: Person, areas: Areas) -> frozenset[str] | None:
    """The areas of which a person may hand figures in; None for all."""
    if person.hands_in_everywhere:
        return None
    own = {area.code for area in areas for top in person.areas if areas.is_below(area.code, top)}
    return frozenset(own | set(person.areas))


@dataclass(frozen=True, slots=True)
class FindingRights:
    """Of which findings amounts are stated to somebody.

    ``own`` are the areas of which he or she hands figures in, None for all; ``rules`` those whose
    findings state the amounts of an area and of all areas below it.
    """

    own: frozenset[str] | None
    rules: frozenset[str]

    def states(self, rule: str, area: str) -> bool:
        """Whether amounts of a finding of this rule about this area ("": not known) are stated."""
        return self.own is None or rule not in self.rules or area in self.own

    def hidden_of(self, area: str) -> tuple[str, ...]:
        """The rules of whose findings about this area no amounts are stated."""
        return tuple(sorted(rule for rule in self.rules if not self.states(rule, area)))

    def shown(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings, without amounts where these are not stated."""
        return tuple(
            finding
            if self.states(finding.rule, finding.area)
            else replace(finding, message=_hidden(), value="*" if finding.value else "")
            for finding in findings
        )


def rights_of(person: Person, areas: Areas, catalogue: Catalogue) -> FindingRights:
    """The rights of a person: a contributor of an area with streets hands all of theirs in."""
    rules = {str(row["id"]) for row in catalogue.rules if row["kind"] in _OF_OTHER_AREAS}
    return FindingRights(areas_of(person, areas), frozenset(rules))


def message_of(finding: Finding, hidden: Collection[str]) -> Text:
    """What a finding says, without amounts where it is of one of the ``hidden`` rules."""
    return _hidden() if finding.rule in hidden else finding.message


def _hidden() -> Text:
    return Text(*(word("finding_amounts_hidden", code) for code in ("zh", "en")))


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
