"""The consistency rules (勾稽关系) on what is stored: figures of all files against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.filters import months_of, one_area
from dashboard.forms.check import check
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.statements import Statement, read_statements

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding about a stored figure: the submission and file in which the figure stands."""

    finding: Finding
    submission: int
    file: str

    @property
    def place(self) -> str:
        """File, sheet and cell, as a person reads them."""
        cell = f"{self.finding.column}{self.finding.row}" if self.finding.row else ""
        sheet = f"[{self.finding.sheet}]" if self.finding.sheet else ""
        return " ".join(part for part in (self.file, sheet, cell) if part)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, errors first, among so many figures."""

    findings: tuple[StoredFinding, ...]
    figures: int

    def count(self, severity: str) -> int:
        """How many findings are of this severity."""
        return sum(found.finding.severity == severity for found in self.findings)


def check_stored(
    engine: Engine, catalogue: Catalogue, areas: Areas, area: str = "", period: str = ""
) -> Verdict:
    """Findings of every rule among the current figures.

    Of an area and all below it, and of the months of a period, where they are named; raises
    UnknownName for a name that means nothing.
    """
    places = list(_below(areas, one_area(areas, area).code)) if area else []
    first, last = months_of(period) if period else (None, None)
    statements = read_statements(engine, Query(areas=places, first=first, last=last))
    # A finding tells the cell it is about by sheet, row and column. Sheets of several files have
    # the same name, so each goes in under a name of its own and comes out under its printed one.
    origins: dict[str, Statement] = {}
    marked = [_marked(statement, origins) for statement in statements]
    findings = [_found(finding, origins) for finding in check(marked, catalogue, areas)]
    findings.sort(key=lambda found: SEVERITIES.index(found.finding.severity))
    return Verdict(tuple(findings), len(statements))


def _marked(statement: Statement, origins: dict[str, Statement]) -> Observation:
    source = statement.observation.source
    mark = f"{statement.submission}|{source.sheet}"
    origins.setdefault(mark, statement)
    return statement.observation._replace(source=source._replace(sheet=mark))


def _found(finding: Finding, origins: dict[str, Statement]) -> StoredFinding:
    origin = origins[finding.sheet]
    named = replace(finding, sheet=origin.observation.source.sheet)
    return StoredFinding(named, origin.submission, origin.file)


def _below(areas: Areas, code: str) -> Iterator[str]:
    """The area and all below it."""
    yield code
    for child in areas.children(code):
        yield from _below(areas, child.code)
