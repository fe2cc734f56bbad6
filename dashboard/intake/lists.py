"""Sheets that are no figures: lists of areas, of changes of areas, of targets."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from dashboard.catalogue.area_list import AreaError, read_areas
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Grade, SubmissionHead
from dashboard.forms.cells import Sheet
from dashboard.forms.target_table import find_targets, places_of, read_targets
from dashboard.intake.change_sheet import FORM, read_change_sheet
from dashboard.intake.handover import Handover, Receipt, stopping
from dashboard.intake.open_sheets import OpenedFile, Placed
from dashboard.store.record import Arrival


def take_areas(file: OpenedFile, sheet: Sheet, known: Areas) -> None:
    """A list of areas, known to the sheets and files that come after it."""
    text = io.StringIO()
    csv.writer(text).writerows(
        ["" if cell is None else _code(cell) for cell in row] for row in sheet.rows
    )
    text.seek(0)
    reader = csv.DictReader(text)
    reader.fieldnames = [str(name).strip().casefold() for name in reader.fieldnames or ()]
    try:
        found = read_areas((row for row in reader if any(row.values())), known)
    except AreaError as error:
        file.receipts.append(Receipt(file.name, sheet.name, form="areas", findings=(Finding(
            "error", "area_list", error.message, sheet.name, error.line,
            error.column, error.value),)))  # fmt: skip
        return
    file.areas += found
    file.receipts.append(Receipt(file.name, sheet.name, form="areas", areas=len(found)))


def take_changes(file: OpenedFile, sheet: Sheet, areas: Areas, handover: Handover) -> None:
    """A list of area changes as a submission of its own; judged as a whole when it is admitted."""
    stated, findings = read_change_sheet(sheet, areas.joined(file.areas), handover.area)
    if not stated and not findings:
        findings = [stopping("empty", "表中没有数据行", "the sheet has no rows", sheet.name)]
    old = areas.joined(file.areas).get(stated[0].change.old) if stated else None
    head = SubmissionHead(
        file=file.name, sheet=sheet.name, form=FORM, area=old.parent if old else "",
        period=max((one.change.period for one in stated), default=None),
        grade=handover.grade or Grade.MANAGEMENT, submitted_by=handover.by,
        note=handover.note, is_sample=handover.is_sample,
    )  # fmt: skip
    file.taken.append(Placed(len(file.receipts), sheet))
    file.receipts.append(Receipt(
        file.name, sheet.name, FORM, head.area, str(head.period or ""), str(head.grade),
        findings=tuple(findings), changes=len(stated)))  # fmt: skip
    file.arrivals.append(Arrival(head, (), tuple(findings), changes=tuple(stated)))


def take_targets(
    file: OpenedFile, sheet: Sheet, catalogue: Catalogue, areas: Areas, handover: Handover
) -> bool:
    """A table of targets; False where the sheet is none."""
    frame = find_targets(sheet)
    if frame is None:
        return False
    grade = handover.grade or Grade.MANAGEMENT
    table = read_targets(sheet, frame, catalogue, areas, handover.area)
    kept = [replace(o, grade=grade, is_sample=handover.is_sample) for o in table.targets]
    file.targets += zip(kept, places_of(table, file.name, sheet.name), strict=True)
    file.receipts.append(Receipt(file.name, sheet.name, form="targets", grade=str(grade),
                                 findings=table.findings, targets=len(kept)))  # fmt: skip
    return True


def _code(cell: object) -> str:
    """A cell of an area list as text: a code that a spreadsheet made a number keeps no fraction."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
