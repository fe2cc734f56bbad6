"""Runs the consistency rules (勾稽关系) on what is stored: figures of all files together.

Area by area, with the areas beside it and above it, so that a whole province's figures need not be
held at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import SEVERITIES, Finding, Observation, Source
from dashboard.catalogue.periods import Period
from dashboard.intake.check_against_store import BACK, known_figures
from dashboard.intake.forms.rules.check import KINDS, OF_STREETS, check, shipped_rules
from dashboard.intake.forms.rules.rules import Handed, KnownFigure
from dashboard.intake.target_checks import TargetChecks
from dashboard.services.filters import months_of, one_area
from dashboard.store.observations import areas_with_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.statements import FigureStatement, read_statements
from dashboard.store.targets import read_targets


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding about a stored figure: the submission and file in which the figure stands.

    One about a target has no submission; its ``file`` is the target's id.
    """

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
class ConsistencyResult:
    """What was found, errors first, among so many figures."""

    findings: tuple[StoredFinding, ...]
    figures: int

    def count(self, severity: str) -> int:
        """How many findings are of this severity."""
        return sum(finding.finding.severity == severity for finding in self.findings)


def check_stored(
    engine: Engine, catalogue: Catalogue, areas: Areas, area: str = "", period: str = ""
) -> ConsistencyResult:
    """Findings of every rule among the current figures.

    Of an area and all below it, and of the months of a period, where they are named; what lies
    outside is still compared with. Raises UnknownName for a name that means nothing.
    """
    there = set(areas_with_figures(engine))
    if area:
        there &= set(_below(areas, one_area(areas, area).code))
    months = months_of(period) if period else (None, None)
    task = _Task(engine, catalogue, areas, months)
    findings: list[StoredFinding] = []
    count = 0
    for head, group in _families(areas, there).items():
        new_findings, figures = task.check_group(group, head if head in there else "")
        findings += new_findings
        count += figures
    order = {rule.id: place for place, rule in enumerate(shipped_rules(catalogue))}
    findings += _of_targets(task, there)
    findings.sort(
        key=lambda finding: (
            SEVERITIES.index(finding.finding.severity),
            order.get(finding.finding.rule, -1),
        )
    )
    return ConsistencyResult(tuple(findings), count)


def _of_targets(task: _Task, codes: Iterable[str]) -> list[StoredFinding]:
    """Targets of these areas whose typed base is not what the store has for its month."""
    checks = TargetChecks(task.engine, task.catalogue, task.areas, ())
    areas = set(codes)
    targets = [
        target
        for target in read_targets(task.engine)
        if target.base is not None and not target.retired and target.area in areas
    ]
    reported = [
        base if base is not None and task.covers(base.period) else None
        for base in checks.reported(targets)
    ]
    return [
        StoredFinding(Finding("warning", doubt.rule, doubt.message, area=target.area), 0, target.id)
        for target, doubts in zip(targets, checks.base_doubts(targets, reported), strict=True)
        for doubt in doubts
    ]


def _families(areas: Areas, codes: Iterable[str]) -> dict[str, list[str]]:
    """The areas by what they lie in: those beside each other are looked at together."""
    by_parent: dict[str, list[str]] = {}
    for code in sorted(codes):
        area = areas.get(code)
        by_parent.setdefault(area.parent if area else "", []).append(code)
    return by_parent


class _Task:
    """The check of one store: its figures are read group by group."""

    def __init__(
        self,
        engine: Engine,
        catalogue: Catalogue,
        areas: Areas,
        months: tuple[Period | None, Period | None],
    ) -> None:
        self.engine, self.catalogue, self.areas = engine, catalogue, areas
        self.first, self.last = months
        rules = [rule for rule in shipped_rules(catalogue) if rule.kind == "per_person"]
        self.standards = sorted({name for rule in rules for name in rule.indicators[2:]})

    def covers(self, month: Period) -> bool:
        """Whether a month is one of those that are asked for."""
        return (self.first is None or self.first <= month) and (
            self.last is None or month <= self.last
        )

    def check_group(self, codes: Sequence[str], head: str) -> tuple[list[StoredFinding], int]:
        """Findings among areas beside each other and about their sums, and how many figures."""
        statements = self._read(codes)
        origins: dict[str, FigureStatement] = {}
        marked = [_marked(statement, origins) for statement in statements]
        known = [*self._history(codes), *self._published(codes)]
        findings = self._checked(
            marked, [kind for kind in KINDS if kind not in OF_STREETS], known, origins
        )
        if head:
            above = [_marked(statement, origins) for statement in self._read([head])]
            findings += self._checked([*above, *marked], OF_STREETS, (), origins)
        return findings, len(statements)

    def _read(self, codes: Sequence[str]) -> list[FigureStatement]:
        return read_statements(
            self.engine, Query(areas=sorted(codes), first=self.first, last=self.last)
        )

    def _history(self, codes: Sequence[str]) -> Iterator[KnownFigure]:
        """Figures of the months around those asked for; everything is there where all are."""
        if self.first is None or self.last is None:
            return
        around = (
            (self.first.plus(-BACK), self.first.plus(-1)),
            (self.last.plus(1), Period(self.last.year, 12)),
        )
        for first, last in around:
            query = Query(areas=sorted(codes), first=first, last=last)
            yield from known_figures(self.engine, query)

    def _published(self, codes: Sequence[str]) -> Iterator[KnownFigure]:
        """Standards in force in the areas above these."""
        above = {each.code for code in codes for each in self.areas.ancestors(code)}
        wanted = sorted(above - set(codes))
        if wanted and self.standards:
            yield from known_figures(self.engine, Query(self.standards, wanted, last=self.last))

    def _checked(
        self,
        marked: Sequence[Observation],
        kinds: Sequence[str],
        known: Iterable[KnownFigure],
        origins: dict[str, FigureStatement],
    ) -> list[StoredFinding]:
        handed = {mark: Handed(each.form, each.received) for mark, each in origins.items()}
        findings = check(
            marked, self.catalogue, self.areas, kinds=kinds, known=known, handed=handed
        )
        return [_stored_finding(finding, origins) for finding in findings]


def _marked(statement: FigureStatement, origins: dict[str, FigureStatement]) -> Observation:
    """The figure under a sheet's name of its own.

    A finding tells the cell it is about by sheet, row and column, and sheets of several files have
    the same name: each goes in under another one and comes out under its printed one.
    """
    observation = statement.observation
    at = observation.source
    mark = f"{statement.submission}|{at.sheet}"
    origins.setdefault(mark, statement)
    source = Source(mark, at.row, at.column)
    return observation._replace(source=source)


def _stored_finding(finding: Finding, origins: dict[str, FigureStatement]) -> StoredFinding:
    origin = origins[finding.sheet]
    named = replace(finding, sheet=origin.observation.source.sheet)
    return StoredFinding(named, origin.submission, origin.file)


def _below(areas: Areas, code: str) -> Iterator[str]:
    """The area and all below it."""
    yield code
    for child in areas.children(code):
        yield from _below(areas, child.code)
