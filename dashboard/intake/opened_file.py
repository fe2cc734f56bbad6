"""A file on its way in: its sheets read, recognised, tidied and checked; nothing stored yet."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field, replace

from dashboard.catalogue.area_list import AreaError, is_area_list, read_areas
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area, Finding, Grade, SubmissionHead
from dashboard.forms import own_export
from dashboard.forms.cells import text_of
from dashboard.forms.check import check
from dashboard.forms.read import FileRefused, Sheet, read_sheets
from dashboard.forms.recognise import FormRefused, Hints, Recognition, recognise
from dashboard.forms.tidy import Tidied, tidy
from dashboard.intake.handover import Handover
from dashboard.intake.said import Said
from dashboard.language import Text
from dashboard.long_work import QUIET, Progress
from dashboard.store.record import Arrival

OFFICIAL_FORM = "official_form"
_NUMBER = re.compile(r"[-+]?[\d,，]*\d(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is read by: the catalogue, the areas, what was said of unknown lines."""

    catalogue: Catalogue
    areas: Areas
    said: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one sheet. ``id`` is None where nothing was stored (refused, or a dry run)."""

    file: str
    sheet: str
    form: str = ""
    area: str = ""
    period: str = ""
    grade: str = ""
    observations: int = 0
    findings: tuple[Finding, ...] = ()
    id: int | None = None
    areas: int = 0

    @property
    def refused(self) -> bool:
        """Whether a finding forbids storing it."""
        return any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Taken:
    """A sheet that became an arrival: the place of its receipt, and how it was understood."""

    place: int
    sheet: Sheet
    found: Recognition
    read: Tidied


@dataclass(slots=True)
class OpenedFile:
    """The sheets of one file on their way in; ``refusals`` are by the place of the receipt."""

    name: str
    receipts: list[Receipt] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)  # one for each arrival
    refusals: dict[int, FormRefused] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)

    @property
    def places(self) -> list[int]:
        """The place of each arrival's receipt among the receipts."""
        return [one.place for one in self.taken]


def stopping(rule: str, zh: str, en: str, sheet: str = "") -> Finding:
    """A finding that stops the file, in both languages."""
    return Finding("error", rule, Text(zh, en), sheet=sheet)


def _header(sheet: Sheet) -> tuple[object, ...]:
    return next((row for row in sheet.rows if any(cell not in (None, "") for cell in row)), ())


def _take_areas(file: OpenedFile, sheet: Sheet, known: Areas) -> None:
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


def _code(cell: object) -> str:
    """A cell of an area list as text: a code that a spreadsheet made a number keeps no fraction."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _take_sheet(file: OpenedFile, sheet: Sheet, known: Known, handover: Handover) -> None:
    catalogue, areas = known.catalogue, known.areas
    try:
        found = recognise(sheet, catalogue, areas, Hints(handover.area, handover.period))
    except FormRefused as refusal:
        file.refusals[len(file.receipts)] = refusal
        form = refusal.head.form if refusal.head else ""
        area = refusal.head.area.code if refusal.head and refusal.head.area else ""
        file.receipts.append(Receipt(
            file.name, sheet.name, form, area, findings=tuple(refusal.findings)))  # fmt: skip
        return
    mappings = known.said.of_form(found.form)
    read = tidy(
        sheet, found, catalogue, areas, skip_unknown=handover.skip_unknown, mappings=mappings
    )
    findings = [*read.findings]
    if not read.refused:
        primary = [one for one in read.observations if not one.secondary]
        findings += check(primary, catalogue, areas)
    head = _head(file.name, sheet, found, read, handover)
    file.taken.append(Taken(len(file.receipts), sheet, found, read))
    file.receipts.append(Receipt(
        file.name, sheet.name, head.form, head.area, str(head.period or ""), str(head.grade),
        len(read.observations), tuple(findings)))  # fmt: skip
    new = known.said.new(found.form, read.mapped, handover.by)
    file.arrivals.append(Arrival(head, read.observations, tuple(findings), mappings=new))


def _head(
    name: str, sheet: Sheet, found: Recognition, read: Tidied, handover: Handover
) -> SubmissionHead:
    usual = Grade.OFFICIAL if found.layout == OFFICIAL_FORM else Grade.MANAGEMENT
    return SubmissionHead(
        file=name,
        sheet=sheet.name,
        form=read.form or found.layout,
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
    progress.step(Text(f"打开 {name}", f"opening {name}"), 0, 1)
    try:
        sheets = read_sheets(name, content)
    except FileRefused as refusal:
        file.receipts.append(Receipt(name, "", findings=(refusal.finding,)))
        return file
    # Beside the table of an exported chart stands only what its drawing needs.
    exported = [sheet for sheet in sheets if own_export.find_frame(sheet)]
    sheets = exported or sheets
    for done, sheet in enumerate(sheets):
        said = f"{name} · {sheet.name}"
        progress.step(Text(f"读取 {said}", f"reading {said}"), done, len(sheets))
        header = _header(sheet)
        if is_area_list(header):
            _take_areas(file, sheet, known.areas)
        elif header and not (len(sheets) > 1 and _is_prose(sheet)):
            _take_sheet(file, sheet, known, handover.of_sheet(name, sheet.name))
    _note_unused(file, known.said)
    if not file.receipts:
        file.receipts.append(
            Receipt(
                name,
                "",
                findings=(
                    stopping("empty", f"{name}:文件里没有表格", f"{name}: the file holds no table"),
                ),
            )
        )
    return file


def _note_unused(file: OpenedFile, said: Said) -> None:
    """Says which mappings given with this hand-in named no unknown line of the file."""
    used = [name for one in file.taken for name, _ in one.read.mapped]
    if not file.receipts:
        return
    found = []
    for name in said.unused(used):
        message = Text(
            f"本文件没有名为“{name}”的未知指标，所给的对照没有用到",
            f"this file has no unknown line called “{name}”: its mapping was not used",
        )
        found.append(Finding("note", "mapping_unused", message, file.receipts[0].sheet))
    findings = (*file.receipts[0].findings, *found)
    file.receipts[0] = replace(file.receipts[0], findings=findings)
    if 0 in file.places:
        first = file.places.index(0)
        file.arrivals[first] = replace(file.arrivals[first], findings=findings)


def _is_prose(sheet: Sheet) -> bool:
    """A cover or notes sheet: no number in it at all, as such or as text."""
    cells = (cell for row in sheet.rows for cell in row)
    return not any(
        isinstance(cell, int | float) or _NUMBER.fullmatch(text_of(cell)) for cell in cells
    )
