"""Takes a file through four steps: read, recognise, understand, check; nothing is stored yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePath

from dashboard.base.language import Text
from dashboard.base.progress import QUIET, JobProgress
from dashboard.catalogue.concepts import Finding, Grade, SubmissionHead
from dashboard.catalogue.grid import Grid
from dashboard.intake.boundaries import take_boundaries
from dashboard.intake.change_sheet import is_change_sheet
from dashboard.intake.corrections import correct
from dashboard.intake.forms.files.bounded import read_within_bounds
from dashboard.intake.forms.files.cells import FileRefused, Sheet, column_letter, text_of
from dashboard.intake.forms.files.geojson import is_geojson
from dashboard.intake.forms.layout import STREET_TABLE, FormRefused, Hints, Recognition
from dashboard.intake.forms.layouts import reimport
from dashboard.intake.forms.layouts.printed_changes import printed_changes
from dashboard.intake.forms.layouts.target_table import find_targets
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.rules.check import OF_ONE_CELL, WITHIN, check, check_codes
from dashboard.intake.forms.tidy import Tidied, tidy
from dashboard.intake.lists import area_list_header, take_areas, take_changes, take_targets
from dashboard.intake.mapping_answers import VOCABULARY, MappingAnswers
from dashboard.intake.new_streets import taken_codes
from dashboard.intake.open_sheets import OpenedFile, Placed, Taken
from dashboard.intake.registers.list_frame import find_list
from dashboard.intake.registers.refusals import refusal_of_list, refusal_of_persons
from dashboard.intake.registers.stored_copy import stored_copy
from dashboard.intake.registers.take import TakenRegister, take_register
from dashboard.intake.submission_request import Handover, Known, SheetOutcome, stopping
from dashboard.intake.understanding.questions import BASIS, TITLES, UNIT, is_vocabulary
from dashboard.intake.understanding.remembered_answers import STREET as STREET_ANSWER
from dashboard.intake.understanding.remembered_answers import WORD as WORD_ANSWER
from dashboard.intake.understanding.words import normal
from dashboard.store.mappings import NewMapping
from dashboard.store.record import NewSubmission

OFFICIAL_FORM = "official_form"
SHEET_STEPS = 3  # recognise, understand, check: each goes through all sheets
_NUMBER = re.compile(r"[-+]?[\d,，]*\d(?:\.\d+)?%?")
Taking = Callable[[OpenedFile], None]  # takes a sheet into a file, as what it was recognised as


@dataclass(slots=True)
class Reading:
    """A file on its way through the first four steps: what it is read by, and what became of it.

    ``sheets`` are those with tables; there are none where the file was refused or is no workbook.
    ``takings`` lead each sheet to how it is taken into ``file``.
    """

    file: OpenedFile
    known: Known
    handover: Handover
    progress: JobProgress = QUIET
    sheets: list[Sheet] = field(default_factory=list)
    takings: list[tuple[Sheet, Taking]] = field(default_factory=list)

    def step(self, number: int, sheet: Sheet, done: int) -> None:
        """Says that a sheet is begun in the step ``number`` from 0; raises Cancelled."""
        place, count = f"{self.file.name} · {sheet.name}", len(self.sheets)
        what = Text(f"读取 {place}", f"reading {place}")
        self.progress.step(what, number * count + done, SHEET_STEPS * count)


# ---- read: the tables as they are seen -------------------------------------------------------


def read(
    upload: tuple[str, bytes], known: Known, handover: Handover, progress: JobProgress = QUIET
) -> Reading:
    """Reads the sheets of a file; ``upload`` is its name and bytes.

    A file that cannot be read has a receipt that says so; one of boundaries is taken as a whole.
    Raises Cancelled, as the steps after it do.
    """
    name, content = upload
    reading = Reading(OpenedFile(name), known, handover, progress)
    receipts, stopped = reading.file.receipts, taken_codes(handover.areas, known.areas)
    if stopped is not None:
        receipts.append(SheetOutcome(name, "", findings=(stopped,)))
        return reading
    if handover.areas:
        reading.known = replace(known, areas=known.areas.joined(handover.areas))
    progress.step(Text(f"打开 {name}", f"opening {name}"), 0, 1)
    if is_geojson(name, content):
        take_boundaries(reading.file, content, reading.known.areas, handover)
        return reading
    try:
        reading.sheets = _table_sheets(read_within_bounds(name, content))
    except FileRefused as refusal:
        receipts.append(SheetOutcome(name, "", findings=(refusal.finding,)))
    return reading


def _table_sheets(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets of a file; of an exported chart its table, without what its drawing needs."""
    return [sheet for sheet in sheets if reimport.find_frame(sheet)] or sheets


# ---- recognise: what each sheet is -----------------------------------------------------------


def recognise_sheets(reading: Reading) -> None:
    """Recognises each sheet: figures, institutions, targets, areas or changes of areas."""
    for done, sheet in enumerate(reading.sheets):
        reading.step(0, sheet, done)
        taking = _taking(reading, sheet)
        if taking is not None:
            reading.takings.append((sheet, taking))


def _taking(reading: Reading, sheet: Sheet) -> Taking | None:
    """How the sheet is taken; None for a cover and for an empty one."""
    name, known = reading.file.name, reading.known
    register = find_list(sheet, known.catalogue, known.areas, f"{sheet.name} {name}")
    if register is None and _is_cover(sheet, reading.sheets):
        return None
    listed, given = area_list_header(sheet), reading.handover.of_sheet(name, sheet.name)
    if listed >= 0:
        return partial(take_areas, sheet=sheet, known=known.areas, header=listed)
    if is_change_sheet(sheet):
        return partial(take_changes, sheet=sheet, areas=known.areas, handover=given)
    if not _header(sheet):
        return None
    refused = refusal_of_persons(sheet, known.catalogue.registers)
    if refused is not None:
        return partial(_take_refused, SheetOutcome(name, sheet.name, findings=(refused,)))
    if register is not None:
        return partial(take_register, sheet=sheet, frame=register, known=known, handover=given)
    targets = find_targets(sheet)
    if targets is not None:
        return partial(take_targets, sheet=sheet, frame=targets, known=known, handover=given)
    return _taking_of_figures(name, sheet, known, given)


def _taking_of_figures(name: str, sheet: Sheet, known: Known, handover: Handover) -> Taking:
    """How a table of figures is taken, by its layout; or how it is refused, by what is missing."""
    try:
        recognition = recognise(sheet, known.catalogue, known.areas, _hints(name, known, handover))
    except FormRefused as refusal:
        return partial(_take_unrecognised, sheet=sheet, refusal=refusal)
    unlike = refusal_of_list(sheet, recognition)
    if unlike is not None:
        area = recognition.area.code if recognition.area else ""
        receipt = SheetOutcome(name, sheet.name, recognition.form, area, findings=(unlike,))
        return partial(_take_refused, receipt)
    return partial(
        _take_figures, sheet=sheet, recognition=recognition, known=known, handover=handover
    )


def _hints(file: str, known: Known, handover: Handover) -> Hints:
    """What the person and the bureau's vocabulary say of a sheet."""
    words = {**known.mapping_answers.words(), **handover.words}
    mapped = partial(known.mapping_answers.of_form, also=STREET_TABLE)
    stem = PurePath(file).stem
    said = handover.area, handover.period, handover.basis
    kept = known.mapping_answers.remembered()
    return Hints(*said, words, stem, mapped, handover.streets, handover.unit, kept)


def _header(sheet: Sheet) -> tuple[object, ...]:
    return next((row for row in sheet.rows if any(cell not in (None, "") for cell in row)), ())


def _is_cover(sheet: Sheet, sheets: list[Sheet]) -> bool:
    """Whether a sheet of several holds no table."""
    return len(sheets) > 1 and _is_prose(sheet) and not _is_list(sheet)


def _is_list(sheet: Sheet) -> bool:
    return area_list_header(sheet) >= 0 or is_change_sheet(sheet)


def _is_prose(sheet: Sheet) -> bool:
    """A cover or notes sheet: no number in it at all, as such or as text."""
    cells = (cell for row in sheet.rows for cell in row)
    return not any(
        isinstance(cell, int | float) or _NUMBER.fullmatch(text_of(cell)) for cell in cells
    )


# ---- understand: what each figure means ------------------------------------------------------


def understand_sheets(reading: Reading) -> None:
    """Takes each recognised sheet into the file: its figures in base units with their meanings.

    The sheets of a file are taken in order, since a list of areas names those of the next ones.
    """
    file, handover = reading.file, reading.handover
    for done, (sheet, take) in enumerate(reading.takings):
        reading.step(1, sheet, done)
        first = len(file.receipts)
        take(file)
        _note_reading(file, sheet, first)
    if not reading.sheets:
        return
    _keep_without_persons(file, reading.sheets)
    listed_in_file = {area.code for area in file.areas}
    file.areas += [area for area in handover.areas if area.code not in listed_in_file]


def _take_figures(
    file: OpenedFile, sheet: Sheet, recognition: Recognition, known: Known, handover: Handover
) -> None:
    """Takes a table of figures: it is understood and becomes an arrival."""
    corrected = correct(recognition, handover.corrections, known.catalogue)
    tidied = _understood(sheet, recognition, known, handover)
    findings = (
        *tidied.findings,
        *(replace(finding, sheet=sheet.name) for finding in corrected),
    )
    head = _head(file.name, sheet, recognition, tidied, handover)
    file.taken.append(Taken(len(file.receipts), sheet, recognition, tidied))
    file.printed.append(printed_changes(sheet, recognition, tidied.observations))
    file.receipts.append(
        SheetOutcome(
            file.name,
            sheet.name,
            head.form,
            head.area,
            str(head.period or ""),
            str(head.grade),
            len(tidied.observations),
            findings,
        )
    )
    stored_as = recognition.subject or recognition.form
    new = known.mapping_answers.new(stored_as, tidied.mapped, handover.by)
    words = _new_words(recognition, handover, known.catalogue.grid)
    new += known.mapping_answers.new(VOCABULARY, words, handover.by)
    new += _new_answers(sheet, recognition, known, handover)
    file.arrivals.append(NewSubmission(head, tidied.observations, findings, mappings=new))


def _take_unrecognised(file: OpenedFile, sheet: Sheet, refusal: FormRefused) -> None:
    """Takes a table of figures that was not recognised: it has a receipt, and nothing arrives."""
    file.refusals[len(file.receipts)] = refusal
    file.refused[len(file.receipts)] = sheet
    form = refusal.head.form if refusal.head else ""
    area = refusal.head.area.code if refusal.head and refusal.head.area else ""
    findings = (*refusal.findings, *findings_of_reading(sheet))
    file.receipts.append(SheetOutcome(file.name, sheet.name, form, area, findings=findings))


def _take_refused(receipt: SheetOutcome, file: OpenedFile) -> None:
    """Takes a sheet that is refused whatever it means: it has a receipt, and nothing arrives."""
    file.receipts.append(receipt)


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


def _new_words(recognition: Recognition, handover: Handover, grid: Grid) -> list[tuple[str, str]]:
    """The words that were explained with this hand-in and stand in a table of the sheet."""
    if recognition.understood is None:
        return []
    words = handover.words.items()
    standing = recognition.understood.words
    return [
        (word, meaning) for word, meaning in words if word in standing and is_vocabulary(word, grid)
    ]


def _new_answers(
    sheet: Sheet, recognition: Recognition, known: Known, handover: Handover
) -> list[NewMapping]:
    """What was answered of this form with this hand-in, and is asked again with its next month."""
    answered, understood = recognition.answered, recognition.understood
    if answered is None or understood is None or not answered.form.district or handover.is_sample:
        return []
    given = {BASIS: handover.basis, UNIT: handover.unit}
    needed = given.keys() & answered.needed  # where the basis is asked, the unit is asked after it
    said = {kind: text for kind, text in given.items() if text and needed}
    said |= _explained(handover.words, understood.words, known.catalogue.grid)
    printed = _printed(sheet)
    said |= {
        STREET_ANSWER + label: area
        for label, area in handover.streets.items()
        if normal(label) in printed and not label.isdecimal()
    }
    return known.mapping_answers.new_answers(answered.form, said, handover.by)


def _explained(words: Mapping[str, str], standing: Collection[str], grid: Grid) -> dict[str, str]:
    """What the title says, and headings of known words, which are no vocabulary."""
    explained = {
        word: meaning
        for word, meaning in words.items()
        if word in standing and not is_vocabulary(word, grid)
    }
    for title in TITLES:
        if title in words:
            explained[TITLES[0]] = words[title]
    return {WORD_ANSWER + word: meaning for word, meaning in explained.items()}


def _printed(sheet: Sheet) -> set[str]:
    """What stands in the cells of a sheet, as labels are compared."""
    return {normal(text_of(cell)) for row in sheet.rows for cell in row if cell is not None}


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


def _note_reading(file: OpenedFile, sheet: Sheet, first: int) -> None:
    """Adds how a sheet was read to its receipts, from ``first`` on, that do not say it yet."""
    read = [placed.place for placed in file.taken if isinstance(placed, Taken | TakenRegister)]
    noted = {*read, *file.refusals}
    for place in range(first, len(file.receipts)):
        if place not in noted:
            findings = (*file.receipts[place].findings, *findings_of_reading(sheet))
            file.receipts[place] = replace(file.receipts[place], findings=findings)


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


def _keep_without_persons(file: OpenedFile, sheets: list[Sheet]) -> None:
    """Keeps a copy without the columns of persons in place of a file that holds a register."""
    lists = {one.sheet.name: one.cut for one in file.taken if isinstance(one, TakenRegister)}
    if lists:
        taken = {placed.sheet.name for placed in file.taken}
        file.kept = stored_copy([sheet for sheet in sheets if sheet.name in taken], lists)


# ---- check: what the rules find in each sheet by itself --------------------------------------


def check_sheets(reading: Reading) -> None:
    """Adds to each sheet of figures what the rules find in it by itself.

    Lists bring their own findings. What only the store can contradict is found by settling.
    """
    file = reading.file
    if not reading.sheets:
        return
    for number, placed in enumerate(file.taken):
        reading.step(2, placed.sheet, number)
        if isinstance(placed, Taken):
            _add_findings(file, number, _checked(placed, reading.known))
    _note_unused(file, reading.known.mapping_answers)
    _note_unused_streets(reading)
    if not file.receipts:
        name = file.name
        nothing = stopping("empty", f"{name}:文件里没有表格", f"{name}: the file holds no table")
        file.receipts.append(SheetOutcome(name, "", findings=(nothing,)))


def _add_findings(file: OpenedFile, number: int, findings: list[Finding]) -> None:
    """Adds findings to the arrival with this number and to its receipt."""
    arrival, place = file.arrivals[number], file.taken[number].place
    everything = (*arrival.findings, *findings)
    file.arrivals[number] = replace(arrival, findings=everything)
    file.receipts[place] = replace(file.receipts[place], findings=everything)


def _checked(taken: Taken, known: Known) -> list[Finding]:
    """What the rules find in the sheet by itself; of a refused one only what each cell shows."""
    primary = [observation for observation in taken.read.observations if not observation.secondary]
    if taken.read.refused:
        return check(primary, known.catalogue, known.areas, kinds=OF_ONE_CELL)
    findings = check(primary, known.catalogue, known.areas, kinds=WITHIN)
    return [*findings, *check_codes(taken.sheet, taken.found, known.catalogue)]


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
    _add_notes(file, new_findings)


def _note_unused_streets(reading: Reading) -> None:
    """Says which streets given with this hand-in stand in no street table or list of the file."""
    file, streets = reading.file, reading.handover.streets
    if not streets or not file.receipts:
        return
    printed = set[str]().union(*map(_printed, _with_streets(file, reading.sheets)))
    notes = []
    for name in streets:
        if name.isdecimal() or normal(name) in printed:  # a number is of an unknown place
            continue
        message = Text(
            f"本文件按街道填报的表格和名录中没有“{name}”，所给的街道没有用到",
            f"no table of streets and no list of this file names “{name}”: its area was not used",
        )
        notes.append(Finding("note", "street_unused", message, file.receipts[0].sheet))
    _add_notes(file, notes)


def _with_streets(file: OpenedFile, sheets: list[Sheet]) -> list[Sheet]:
    """The sheets in which a person may say what a street is; forms and lists of figures are not."""
    others = {
        placed.sheet.name
        for placed in file.taken
        if isinstance(placed, Taken) and placed.found.understood is None
    }
    return [sheet for sheet in sheets if sheet.name not in others]


def _add_notes(file: OpenedFile, notes: list[Finding]) -> None:
    """Adds what is to be noted of the whole file to its first receipt."""
    if not notes:
        return
    findings = (*file.receipts[0].findings, *notes)
    file.receipts[0] = replace(file.receipts[0], findings=findings)
    if 0 in file.places:
        first = file.places.index(0)
        file.arrivals[first] = replace(file.arrivals[first], findings=findings)


def _mapped(taken: Placed) -> tuple[tuple[str, str], ...]:
    """The printed names of a sheet that were read as somebody said."""
    if isinstance(taken, TakenRegister):
        return taken.mapped
    return taken.read.mapped if isinstance(taken, Taken) else ()
