"""Reads one file: its sheets are recognised, understood and checked; nothing is stored yet."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from dashboard.base.language import Text
from dashboard.base.progress import QUIET, Progress
from dashboard.catalogue.concepts import Finding, Grade, SubmissionHead
from dashboard.catalogue.grid import Grid
from dashboard.intake.boundaries import take_boundaries
from dashboard.intake.change_sheet import is_change_sheet
from dashboard.intake.corrections import correct
from dashboard.intake.forms.files.bounded import read_within_bounds
from dashboard.intake.forms.files.cells import column_letter, text_of
from dashboard.intake.forms.files.geojson import is_geojson
from dashboard.intake.forms.files.read import FileRefused, Sheet
from dashboard.intake.forms.layout import STREET_TABLE
from dashboard.intake.forms.layouts import reimport
from dashboard.intake.forms.layouts.printed_changes import printed_changes
from dashboard.intake.forms.recognise import FormRefused, Hints, Recognition, recognise
from dashboard.intake.forms.rules.check import WITHIN, check, check_codes
from dashboard.intake.forms.tidy import Tidied, tidy
from dashboard.intake.lists import area_list_header, take_areas, take_changes, take_targets
from dashboard.intake.mapping_answers import VOCABULARY, MappingAnswers
from dashboard.intake.new_streets import taken_codes
from dashboard.intake.open_sheets import OpenedFile, Placed, Taken
from dashboard.intake.registers.list_frame import ListFrame, find_list
from dashboard.intake.registers.refusals import refusal_of_list, refusal_of_persons
from dashboard.intake.registers.stored_copy import stored_copy
from dashboard.intake.registers.take import TakenRegister, take_register
from dashboard.intake.submission_request import Handover, Known, Receipt, stopping
from dashboard.intake.understanding.questions import is_vocabulary
from dashboard.store.record import Arrival

OFFICIAL_FORM = "official_form"
_NUMBER = re.compile(r"[-+]?[\d,，]*\d(?:\.\d+)?%?")


def _header(sheet: Sheet) -> tuple[object, ...]:
    return next((row for row in sheet.rows if any(cell not in (None, "") for cell in row)), ())


def findings_of_reading(sheet: Sheet) -> tuple[Finding, ...]:
    """What is to be said of how a sheet was read: what it hides, struck text, formats."""
    return tuple(
        Finding(
            remark.severity,
            remark.rule,
            remark.text,
            sheet.name,
            remark.row + 1,
            column_letter(remark.column) if remark.column >= 0 else "",
        )
        for remark in sheet.remarks
    )


def _take_figures(file: OpenedFile, sheet: Sheet, known: Known, handover: Handover) -> None:
    """Takes a table of figures: it is recognised, understood and checked, and becomes an arrival.

    One that is not recognised has a receipt with the refusal, and nothing arrives.
    """
    recognition = _recognised(file, sheet, known, handover)
    if recognition is None:
        return
    corrected = correct(recognition, handover.corrections, known.catalogue)
    read = _understood(sheet, recognition, known, handover)
    findings = (
        *read.findings,
        *(replace(finding, sheet=sheet.name) for finding in corrected),
        *_checked(sheet, recognition, read, known),
    )
    head = _head(file.name, sheet, recognition, read, handover)
    file.taken.append(Taken(len(file.receipts), sheet, recognition, read))
    file.printed.append(printed_changes(sheet, recognition, read.observations))
    file.receipts.append(
        Receipt(
            file.name,
            sheet.name,
            head.form,
            head.area,
            str(head.period or ""),
            str(head.grade),
            len(read.observations),
            findings,
        )
    )
    stored_as = recognition.subject or recognition.form
    new = known.mapping_answers.new(stored_as, read.mapped, handover.by)
    grid = known.catalogue.grid
    new += known.mapping_answers.new(
        VOCABULARY, _new_words(recognition, handover, grid), handover.by
    )
    file.arrivals.append(Arrival(head, read.observations, findings, mappings=new))


def _recognised(
    file: OpenedFile, sheet: Sheet, known: Known, handover: Handover
) -> Recognition | None:
    """Which layout the sheet has, and of which area and period it is; None with a refusal kept."""
    hints = _hints(file.name, known, handover)
    try:
        recognition = recognise(sheet, known.catalogue, known.areas, hints)
    except FormRefused as refusal:
        file.refusals[len(file.receipts)] = refusal
        file.refused[len(file.receipts)] = sheet
        form = refusal.head.form if refusal.head else ""
        area = refusal.head.area.code if refusal.head and refusal.head.area else ""
        refused = (*refusal.findings, *findings_of_reading(sheet))
        file.receipts.append(Receipt(file.name, sheet.name, form, area, findings=refused))
        return None
    unlike = refusal_of_list(sheet, recognition)
    if unlike is not None:
        file.receipts.append(
            Receipt(file.name, sheet.name, recognition.form, _code(recognition), findings=(unlike,))
        )
        return None
    return recognition


def _understood(sheet: Sheet, recognition: Recognition, known: Known, handover: Handover) -> Tidied:
    """The sheet's figures in base units, each with its meaning, and what was not understood."""
    stored_as = recognition.subject or recognition.form
    mappings = known.mapping_answers.of_form(stored_as, recognition.form)
    return tidy(
        sheet,
        recognition,
        known.catalogue,
        known.areas,
        skip_unknown=handover.skip_unknown,
        mappings=mappings,
    )


def _checked(sheet: Sheet, recognition: Recognition, read: Tidied, known: Known) -> list[Finding]:
    """What the rules find in the sheet by itself; nothing where it is refused already."""
    if read.refused:
        return []
    primary = [observation for observation in read.observations if not observation.secondary]
    findings = check(primary, known.catalogue, known.areas, kinds=WITHIN)
    return [*findings, *check_codes(sheet, recognition, known.catalogue)]


def _code(recognition: Recognition) -> str:
    return recognition.area.code if recognition.area else ""


def _take_table(
    file: OpenedFile, sheet: Sheet, register: ListFrame | None, known: Known, given: Handover
) -> None:
    """A sheet of targets, of institutions or of figures; one whose rows are persons is refused."""
    refused = refusal_of_persons(sheet, known.catalogue.registers)
    if refused is not None:
        file.receipts.append(Receipt(file.name, sheet.name, findings=(refused,)))
        return
    if register is not None:
        take_register(file, sheet, register, known, given)
    elif not take_targets(file, sheet, known.catalogue, known.areas, given):
        _take_figures(file, sheet, known, given)


def _hints(file: str, known: Known, handover: Handover) -> Hints:
    """What the person and the bureau's vocabulary say of a sheet."""
    words = {**known.mapping_answers.words(), **handover.words}
    mapped = partial(known.mapping_answers.of_form, also=STREET_TABLE)
    stem = PurePath(file).stem
    return Hints(handover.area, handover.period, handover.basis, words, stem, mapped)


def _new_words(recognition: Recognition, handover: Handover, grid: Grid) -> list[tuple[str, str]]:
    """The words that were explained with this hand-in and stand in a table of the sheet."""
    if recognition.understood is None:
        return []
    words = handover.words.items()
    standing = recognition.understood.words
    return [
        (word, meaning) for word, meaning in words if word in standing and is_vocabulary(word, grid)
    ]


def _head(
    name: str, sheet: Sheet, recognition: Recognition, read: Tidied, handover: Handover
) -> SubmissionHead:
    usual = Grade.OFFICIAL if recognition.layout == OFFICIAL_FORM else Grade.MANAGEMENT
    return SubmissionHead(
        file=name,
        sheet=sheet.name,
        form=read.form or recognition.layout,
        area=read.area,
        period=read.period,
        grade=handover.grade or usual,
        submitted_by=handover.by,
        note=handover.note,
        is_sample=handover.is_sample,
    )


def read_file(
    name: str, content: bytes, known: Known, handover: Handover, progress: Progress = QUIET
) -> OpenedFile:
    """Every sheet of a file recognised, tidied and checked; nothing is stored yet.

    Tells ``progress`` of every sheet, and goes through with its Cancelled.
    """
    file = OpenedFile(name)
    stopped = taken_codes(handover.areas, known.areas)
    if stopped is not None:
        file.receipts.append(Receipt(name, "", findings=(stopped,)))
        return file
    known = replace(known, areas=known.areas.joined(handover.areas)) if handover.areas else known
    progress.step(Text(f"打开 {name}", f"opening {name}"), 0, 1)
    if is_geojson(name, content):
        take_boundaries(file, content, known.areas, handover)
        return file
    try:
        sheets = _table_sheets(read_within_bounds(name, content))
    except FileRefused as refusal:
        file.receipts.append(Receipt(name, "", findings=(refusal.finding,)))
        return file
    for done, sheet in enumerate(sheets):
        place = f"{name} · {sheet.name}"
        progress.step(Text(f"读取 {place}", f"reading {place}"), done, len(sheets))
        register = find_list(sheet, known.catalogue, known.areas, f"{sheet.name} {name}")
        if register is not None or not _is_cover(sheet, sheets):
            _take(file, sheet, register, known, handover)
    _keep_without_persons(file, sheets)
    listed_in_file = {area.code for area in file.areas}
    file.areas += [area for area in handover.areas if area.code not in listed_in_file]
    _note_unused(file, known.mapping_answers)
    if not file.receipts:
        nothing = stopping("empty", f"{name}:文件里没有表格", f"{name}: the file holds no table")
        file.receipts.append(Receipt(name, "", findings=(nothing,)))
    return file


def _keep_without_persons(file: OpenedFile, sheets: list[Sheet]) -> None:
    """Keeps a copy without the columns of persons in place of a file that holds a register."""
    lists = {one.sheet.name: one.cut for one in file.taken if isinstance(one, TakenRegister)}
    if lists:
        taken = {placed.sheet.name for placed in file.taken}
        file.kept = stored_copy([sheet for sheet in sheets if sheet.name in taken], lists)


def _table_sheets(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets of a file; of an exported chart its table, without what its drawing needs."""
    return [sheet for sheet in sheets if reimport.find_frame(sheet)] or sheets


def _is_cover(sheet: Sheet, sheets: list[Sheet]) -> bool:
    """Whether a sheet of several holds no table."""
    return len(sheets) > 1 and _is_prose(sheet) and not _is_list(sheet)


def _is_list(sheet: Sheet) -> bool:
    return area_list_header(sheet) >= 0 or is_change_sheet(sheet)


def _take(
    file: OpenedFile, sheet: Sheet, register: ListFrame | None, known: Known, handover: Handover
) -> None:
    """Takes one sheet as what it is; says how it was read where its figures do not say so."""
    first, listed = len(file.receipts), area_list_header(sheet)
    if listed >= 0:
        take_areas(file, sheet, known.areas, listed)
    elif is_change_sheet(sheet):
        take_changes(file, sheet, known.areas, handover.of_sheet(file.name, sheet.name))
    elif _header(sheet):
        given = handover.of_sheet(file.name, sheet.name)
        _take_table(file, sheet, register, known, given)
    read = [one.place for one in file.taken if isinstance(one, Taken | TakenRegister)]
    told = {*read, *file.refusals}
    for place in range(first, len(file.receipts)):
        if place not in told:
            findings = (*file.receipts[place].findings, *findings_of_reading(sheet))
            file.receipts[place] = replace(file.receipts[place], findings=findings)


def _note_unused(file: OpenedFile, answers: MappingAnswers) -> None:
    """Says which mappings given with this hand-in named no unknown line of the file."""
    used = [name for placed in file.taken for name, _ in _mapped(placed)]
    if not file.receipts:
        return
    new_findings = []
    for name in answers.unused(used):
        message = Text(
            f"本文件没有名为“{name}”的未知指标，所给的对照没有用到",
            f"this file has no unknown line called “{name}”: its mapping was not used",
        )
        new_findings.append(Finding("note", "mapping_unused", message, file.receipts[0].sheet))
    findings = (*file.receipts[0].findings, *new_findings)
    file.receipts[0] = replace(file.receipts[0], findings=findings)
    if 0 in file.places:
        first = file.places.index(0)
        file.arrivals[first] = replace(file.arrivals[first], findings=findings)


def _mapped(taken: Placed) -> tuple[tuple[str, str], ...]:
    """The printed names of a sheet that were read as somebody said."""
    if isinstance(taken, TakenRegister):
        return taken.mapped
    return taken.read.mapped if isinstance(taken, Taken) else ()


def _is_prose(sheet: Sheet) -> bool:
    """A cover or notes sheet: no number in it at all, as such or as text."""
    cells = (cell for row in sheet.rows for cell in row)
    return not any(
        isinstance(cell, int | float) or _NUMBER.fullmatch(text_of(cell)) for cell in cells
    )
