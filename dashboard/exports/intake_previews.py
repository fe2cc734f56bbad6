"""Writes preview and receipt of a hand-in for the command line: lines of text, rows for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.base.language import number, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.registers import MEASURES
from dashboard.intake import SheetOutcome, SheetPreview
from dashboard.intake.changes import MARKED, MISSING, NEW, REVISED, UNCHANGED, FigureDifference
from dashboard.intake.evidence import LISTED, Evidence
from dashboard.intake.forms.form_names import form_name
from dashboard.intake.registers.register_preview import CountedType, RegisterPreview
from dashboard.intake.unknown_line import UnknownLine

_STATES = (NEW, REVISED, UNCHANGED, MARKED, MISSING)
_LONGEST = 10  # lines of a list; the rest is counted


def receipt_row(receipt: SheetOutcome, language: str) -> dict[str, object]:
    """What became of a sheet, with its findings."""
    return {
        "id": receipt.id,
        "file": receipt.file,
        "sheet": receipt.sheet,
        "form": receipt.form,
        "area": receipt.area,
        "period": receipt.period,
        "grade": receipt.grade,
        "observations": receipt.observations,
        "areas": receipt.areas,
        "targets": receipt.targets,
        "area_changes": receipt.changes,
        "boundaries": receipt.outlines,
        "revised": [_change_row(change) for change in receipt.revised],
        "institutions": receipt.institutions,
        "findings": [
            {
                "severity": finding.severity,
                "rule": finding.rule,
                "sheet": finding.sheet,
                "row": finding.row,
                "column": finding.column,
                "value": finding.value,
                "message": finding.message[language],
            }
            for finding in receipt.findings
        ],
    }


def preview_row(preview: SheetPreview, language: str) -> dict[str, object]:
    """The same of a preview, with all that was understood, all changes and unknown lines."""
    return receipt_row(preview.receipt, language) | {
        "asks": list(preview.asks),
        "needs_note": preview.needs_note,
        "evidence": [evidence._asdict() for evidence in preview.evidence],
        "counts": {state: preview.count(state) for state in _STATES},
        "changes": [_change_row(change) for change in preview.changes],
        "unknown": [line._asdict() for line in preview.unknown],
        "register": register_row(preview.register),
        "understood": [
            cell._asdict() | {"period": str(cell.period)} for cell in preview.understood
        ],
    }


def register_row(listed: RegisterPreview | None) -> dict[str, object] | None:
    """A list of institutions as it was understood; None for any other sheet."""
    if listed is None:
        return None
    return {
        "rows": listed.rows,
        "not_counted": listed.apart,
        "counted": [counted._asdict() for counted in listed.counted],
        "unknown_streets": [unplaced_street._asdict() for unplaced_street in listed.unplaced],
        "dropped_columns": [*listed.dropped],
        "unused_columns": [*listed.unused],
        "streets_without": [*listed.without],
    }


def _change_row(change: FigureDifference) -> dict[str, object]:
    row = change._asdict() | {"period": str(change.period), "percent": change.percent}
    row.pop("grows")
    return row


def finding_line(finding: Finding, language: str) -> str:
    """A finding with its cell and what stands there, in one line."""
    cell = f"{finding.column}{finding.row}" if finding.row else ""
    parts = (finding.sheet, cell, finding.value and f"“{finding.shown_value}”")
    mark = " ".join(part for part in parts if part)
    return f"{word('severity_' + finding.severity, language)} {mark}: {finding.message[language]}"


@dataclass(frozen=True, slots=True)
class Lines:
    """Tells previews in words; areas and indicators by their names."""

    catalogue: Catalogue
    areas: Areas
    language: str

    def of(self, preview: SheetPreview) -> Iterator[str]:
        """What was recognised and where, the findings, unknown lines, and what would change."""
        yield from self.recognised(preview)
        for finding in preview.receipt.findings:
            yield finding_line(finding, self.language)
        if preview.register is not None:
            yield from self._register(preview.register)
        yield from self._cut([self._unknown(line) for line in preview.unknown])
        yield from self._changes(preview)
        if preview.needs_note:
            yield self._word("cli_needs_note")

    def recognised(self, preview: SheetPreview) -> Iterator[str]:
        """What was recognised, each with where it stands."""
        for evidence in preview.evidence:
            yield self._evidence(evidence)

    def _changes(self, preview: SheetPreview) -> Iterator[str]:
        if preview.understood or preview.changes:
            counts = {state: preview.count(state) for state in _STATES}
            yield self._word("cli_changes", **counts)
            if counts[MARKED]:
                yield self._word("cli_only_marked", count=counts[MARKED])
        for state in (REVISED, MISSING):
            changes = [change for change in preview.changes if change.state == state]
            yield from self._cut([self._change(change) for change in changes])

    def revised(self, receipt: SheetOutcome) -> Iterator[str]:
        """Which stored figures a sheet gave another value."""
        yield from self._cut([self._change(change) for change in receipt.revised])

    def _word(self, key: str, **fields: object) -> str:
        return word(key, self.language, **fields)

    def _cut(self, lines: Sequence[str]) -> Iterator[str]:
        yield from lines[:_LONGEST]
        if len(lines) > _LONGEST:
            yield self._word("cli_more", count=len(lines) - _LONGEST)

    def _evidence(self, evidence: Evidence) -> str:
        value = evidence.value
        if evidence.what == "form" and value:
            value = form_name(value, self.language)
        elif evidence.what == "area" and value:
            value = f"{self._area(value)} {value}"
        elif evidence.what == "grade":
            value = self._word(f"grade_{value}")
        elif evidence.what == "unit":
            units = [self.catalogue.units[one].name[self.language] for one in value.split(LISTED)]
            value = self._word("list_comma").join(units)
        origin = self._word(
            f"cli_from_{evidence.origin or 'nowhere'}",
            cell=f"{evidence.column}{evidence.row}",
            text=evidence.printed,
        )
        what = self._word(f"cli_read_{evidence.what}")
        return self._word("cli_evidence", what=what, value=value or "—", origin=origin)

    def _area(self, code: str) -> str:
        return self.areas.name_of(code, self.language)

    def _register(self, listed: RegisterPreview) -> Iterator[str]:
        """A list of institutions: how many, by street and type, and which streets have none."""
        yield self._word("cli_register", count=listed.rows, apart=listed.apart)
        yield from self._cut([self._counted(counted) for counted in listed.counted])
        if listed.without and listed.covers != "all":
            names = self._word("list_comma").join(map(self._area, listed.without))
            yield self._word("cli_register_without", names=names)

    def _counted(self, counted: CountedType) -> str:
        kind = self.catalogue.registers.types.get(counted.kind)
        named = kind.name[self.language] if kind else counted.kind
        sums = "".join(
            f" · {self._word(f'register_column_{name}')} {number(value, 0, self.language)}"
            for name in MEASURES
            if (value := getattr(counted, name)) is not None
        )
        return self._word(
            "cli_register_counted",
            area=self._area(counted.area),
            kind=named or self._word("preview_register_uncounted"),
            count=counted.institutions,
            sums=sums,
        )

    def _unknown(self, line: UnknownLine) -> str:
        names = [
            f"{suggestion} ({self.catalogue.indicators[suggestion].name[self.language]})"
            for suggestion in line.suggestions
        ]
        near = self._word("list_comma").join(names) or "—"
        cell = f"{line.column}{line.row}"
        return self._word("cli_unknown", cell=cell, name=line.name, near=near)

    def _change(self, change: FigureDifference) -> str:
        indicator = self.catalogue.indicators[change.indicator]
        percent = change.percent
        grown = "" if percent is None else f" ({number(percent, 1, self.language, sign=True)}%)"
        return self._word(
            f"cli_{change.state}",
            cell=f"{change.column}{change.row}",
            area=self._area(change.area),
            period=change.period,
            name=indicator.name[self.language],
            old=self._value(change.old, change),
            new=self._value(change.new, change),
            percent=grown,
            submission=change.submission or "—",
        )

    def _value(self, value: float | None, change: FigureDifference) -> str:
        if value is None:
            return "—"
        indicator = self.catalogue.indicators[change.indicator]
        decimals = 0 if float(value).is_integer() else max(indicator.decimals, 2)
        unit = indicator.unit.name[self.language]
        gap = " " if self.language == "en" else ""
        return f"{number(value, decimals, self.language)}{gap}{unit}"
