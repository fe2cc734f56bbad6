"""Reads a table of targets as a bureau hands it in: one row a target, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.targets import Target
from dashboard.intake.forms.files.cells import Sheet, text_of
from dashboard.intake.forms.layouts.target_row import CellRefused, RowReader, TargetFrame
from dashboard.intake.forms.layouts.target_words import roles_of, speaks_of_targets


@dataclass(frozen=True, slots=True)
class TargetTable:
    """The targets of a sheet with the row each stood in (from 1), or what is wrong with it."""

    targets: tuple[Target, ...]
    rows: tuple[int, ...]
    findings: tuple[Finding, ...]


def find_targets(sheet: Sheet) -> TargetFrame | None:
    """The headings of a table of targets, or None where the sheet is something else."""
    for row in sheet.top_rows:
        cells = sheet.rows[row]
        roles = roles_of(cells)
        kinds = set()
        if "kind" in roles:
            below = (text_of(line[roles["kind"]]) for line in sheet.rows[row + 1 :])
            kinds = {text.casefold() for text in below if text}
        if speaks_of_targets(cells, roles, kinds):
            return TargetFrame(row, roles)
    return None


def read_targets(
    sheet: Sheet, frame: TargetFrame, catalogue: Catalogue, areas: Areas, area: str = ""
) -> TargetTable:
    """Every row as a target in base units; errors name the cell, its value and what is expected.

    ``area`` is meant where the table has no column for it.
    """
    reader = RowReader(sheet, frame, catalogue, areas, area)
    targets: list[Target] = []
    rows: list[int] = []
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    for row in range(frame.header + 1, len(sheet.rows)):
        if not any(text_of(cell) for cell in sheet.rows[row]):
            continue
        try:
            target = reader.target(row)
            if target.id in seen:
                zh = f"与第 {seen[target.id]} 行是同一个目标；请删去其一"
                en = f"row {seen[target.id]} is the same target; remove one of them"
                raise CellRefused("indicator", "same_target", zh, en)
        except CellRefused as refusal:
            findings.append(reader.finding(row, refusal))
            continue
        seen[target.id] = row + 1
        targets.append(target)
        rows.append(row + 1)
        question = reader.against_polarity(row, target)
        findings += [question] if question else []
    if not targets and not findings:
        message = Text("目标表里没有目标", "the table of targets holds none")
        findings.append(Finding("error", "empty", message, sheet.name))
    return TargetTable(tuple(targets), tuple(rows), tuple(findings))


def places_of(table: TargetTable, file: str, sheet: str) -> Sequence[str]:
    """File, sheet and row of each target, as a person reads them."""
    return [f"{file} [{sheet}] {row}" for row in table.rows]
