"""A file on its way in: its sheets read, recognised, tidied and checked; nothing stored yet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dashboard.catalogue.area_list import AreaError, is_area_list, read_areas
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area, Finding, Grade, SubmissionHead
from dashboard.catalogue.targets import Target
from dashboard.forms import own_export
from dashboard.forms.cells import text_of
from dashboard.forms.check import WITHIN, check, check_codes
from dashboard.forms.printed_changes import printed_changes
from dashboard.forms.read import FileRefused, Sheet, read_sheets
from dashboard.forms.recognise import FormRefused, Hints, Recognition, recognise
from dashboard.forms.rules import PrintedChange
from dashboard.forms.target_table import find_targets, places_of, read_targets
from dashboard.forms.tidy import Tidied, tidy
from dashboard.intake.change_sheet import FORM, is_change_sheet, read_change_sheet
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


class SheetAnswers(NamedTuple):
    """What a person says of one sheet alone; empty means: as the handover says."""

    area: str = ""
    period: str = ""
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """What a person says when handing files in; empty means: read it from the file.

    ``note`` answers warnings. ``mappings`` say what lines of unknown indicators mean: form ("" for
    any) and printed name, to an indicator's id or to "" where the line is to be left out.
    ``sheets`` are answers about single sheets, by file and sheet.
    """

    area: str = ""
    period: str = ""
    grade: Grade | None = None
    skip_unknown: bool = False
    dry_run: bool = False
    by: str = ""
    note: str = ""
    is_sample: bool = False
    mappings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sheets: Mapping[tuple[str, str], SheetAnswers] = field(default_factory=dict)

    def of_sheet(self, file: str, sheet: str) -> Handover:
        """The handover with what was said of this sheet alone."""
        said = self.sheets.get((file, sheet))
        if said is None:
            return self
        return replace(
            self,
            area=said.area or self.area,
            period=said.period or self.period,
            grade=said.grade or self.grade,
        )


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
    changes: int = 0  # of areas
    targets: int = 0

    @property
    def refused(self) -> bool:
        """Whether a finding forbids storing it."""
        return any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Placed:
    """A sheet that became an arrival, and the place of its receipt."""

    place: int
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Taken(Placed):
    """A sheet of figures that became an arrival: how it was understood."""

    found: Recognition
    read: Tidied


@dataclass(slots=True)
class OpenedFile:
    """The sheets of one file on their way in; ``refusals`` are by the place of the receipt."""

    name: str
    receipts: list[Receipt] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    taken: list[Placed] = field(default_factory=list)  # one for each arrival
    refusals: dict[int, FormRefused] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)
    targets: list[tuple[Target, str]] = field(default_factory=list)  # with the place of each
    printed: list[list[PrintedChange]] = field(default_factory=list)  # an arrival's 同比, 环比

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


def _take_changes(file: OpenedFile, sheet: Sheet, areas: Areas, handover: Handover) -> None:
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


def _take_targets(
    file: OpenedFile, sheet: Sheet, catalogue: Catalogue, areas: Areas, handover: Handover
) -> bool:
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
        findings += check(primary, catalogue, areas, kinds=WITHIN)
        findings += check_codes(sheet, found, catalogue)
    head = _head(file.name, sheet, found, read, handover)
    file.taken.append(Taken(len(file.receipts), sheet, found, read))
    file.printed.append(printed_changes(sheet, found, read.observations))
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
        elif is_change_sheet(sheet):
            _take_changes(file, sheet, known.areas, handover.of_sheet(name, sheet.name))
        elif header and not (len(sheets) > 1 and _is_prose(sheet)):
            given = handover.of_sheet(name, sheet.name)
            if not _take_targets(file, sheet, known.catalogue, known.areas, given):
                _take_sheet(file, sheet, known, given)
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
    read = [one.read for one in file.taken if isinstance(one, Taken)]
    used = [name for one in read for name, _ in one.mapped]
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
