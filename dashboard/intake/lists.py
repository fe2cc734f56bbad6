"""Takes in sheets that are no figures: lists of areas, of changes of areas, of targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.catalogue.area_list import AreaError, column_of, is_area_list, read_areas
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Finding, Grade, SubmissionHead
from dashboard.intake.change_sheet import FORM, read_change_sheet
from dashboard.intake.forms.files.cells import Sheet, text_of
from dashboard.intake.forms.layouts.target_row import TargetFrame
from dashboard.intake.forms.layouts.target_table import places_of, read_targets
from dashboard.intake.open_sheets import OpenedFile, Placed, PlacedTarget
from dashboard.intake.submission_request import Handover, Known, SheetOutcome, stopping
from dashboard.store.record import NewSubmission

_ABOVE = 10  # rows in which the headings of a list are looked for


def area_list_header(sheet: Sheet) -> int:
    """The row with the headings of a list of areas, a title may stand above it; -1 for none."""
    rows = enumerate(sheet.rows[:_ABOVE])
    return next((at for at, row in rows if is_area_list(map(text_of, row))), -1)


def take_areas(file: OpenedFile, sheet: Sheet, known: Areas, header: int) -> None:
    """A list of areas below ``header``, known to the sheets and files that come after it."""
    headings = [text_of(cell) for cell in sheet.rows[header]]
    names = [column_of(heading) for heading in headings]
    rows = [
        {name: text_of(cell) for name, cell in zip(names, row, strict=True) if name}
        for row in sheet.rows[header + 1 :]
    ]
    try:
        areas = read_areas(rows, known, first_line=header + 2)
        _refuse_twice(areas, file.areas)
        if not areas:
            message = Text("表中没有数据行", "the sheet has no rows")
            raise AreaError(header + 2, "code", "", message)
    except AreaError as error:
        written = dict(zip(names, headings, strict=True)).get(error.column, error.column)
        file.receipts.append(
            SheetOutcome(
                file.name,
                sheet.name,
                form="areas",
                findings=(
                    Finding(
                        "error",
                        "area_list",
                        error.message,
                        sheet.name,
                        error.line,
                        written,
                        error.value,
                    ),
                ),
            )
        )
        return
    file.areas += areas
    file.listed[len(file.receipts)] = sheet
    file.receipts.append(SheetOutcome(file.name, sheet.name, form="areas", areas=len(areas)))


def take_changes(file: OpenedFile, sheet: Sheet, areas: Areas, handover: Handover) -> None:
    """A list of area changes as a submission of its own; judged as a whole when it is admitted."""
    stated, findings = read_change_sheet(sheet, areas.joined(file.areas), handover.area)
    if not stated and not findings:
        findings = [stopping("empty", "表中没有数据行", "the sheet has no rows", sheet.name)]
    old = areas.joined(file.areas).get(stated[0].change.old) if stated else None
    head = SubmissionHead(
        file=file.name,
        sheet=sheet.name,
        form=FORM,
        area=old.parent if old else "",
        period=max((stated_change.change.period for stated_change in stated), default=None),
        grade=handover.grade or Grade.MANAGEMENT,
        submitted_by=handover.by,
        note=handover.note,
        is_sample=handover.is_sample,
    )
    file.taken.append(Placed(len(file.receipts), sheet))
    file.receipts.append(
        SheetOutcome(
            file.name,
            sheet.name,
            FORM,
            head.area,
            str(head.period or ""),
            str(head.grade),
            findings=tuple(findings),
            changes=len(stated),
        )
    )
    file.arrivals.append(NewSubmission(head, (), tuple(findings), changes=tuple(stated)))


def take_targets(
    file: OpenedFile, sheet: Sheet, frame: TargetFrame, known: Known, handover: Handover
) -> None:
    """A table of targets below the headings of ``frame``."""
    grade = handover.grade or Grade.MANAGEMENT
    table = read_targets(sheet, frame, known.catalogue, known.areas, handover.area)
    targets = [replace(o, grade=grade, is_sample=handover.is_sample) for o in table.targets]
    at, places = len(file.receipts), places_of(table, file.name, sheet.name)
    file.listed[at] = sheet
    file.targets += [
        PlacedTarget(target, at, sheet, row, frame.columns, place)
        for target, row, place in zip(targets, table.rows, places, strict=True)
    ]
    file.receipts.append(
        SheetOutcome(
            file.name,
            sheet.name,
            form="targets",
            grade=str(grade),
            findings=table.findings,
            targets=len(targets),
        )
    )


def _refuse_twice(areas: Sequence[Area], before: Sequence[Area]) -> None:
    """Refuses an area that another sheet of the file gives too; raises AreaError."""
    codes = {place.code for place in before}
    for area in areas:
        if area.code in codes:
            message = Text("本文件的另一张表已有该代码", "another sheet of the file has this code")
            raise AreaError(0, "code", area.code, message)
