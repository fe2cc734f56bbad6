"""Files in, submissions out: read, recognise, tidy, check, record; each whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from dashboard.admission import Locks, same_file
from dashboard.catalogue.area_list import AreaError, is_area_list, read_areas
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area, Finding, Grade, SubmissionHead
from dashboard.forms.check import check
from dashboard.forms.read import FileRefused, Sheet, read_sheets
from dashboard.forms.recognise import FormRefused, Hints, Recognition, recognise
from dashboard.forms.tidy import Tidied, tidy
from dashboard.language import Text
from dashboard.store.locks import StoreChanged
from dashboard.store.opening import Engine, StoreError
from dashboard.store.received import ReceivedFiles, digest
from dashboard.store.record import Arrival, record

OFFICIAL_FORM = "official_form"


@dataclass(frozen=True, slots=True)
class Handover:
    """What a person says when handing files in; empty means: read it from the file."""

    area: str = ""
    period: str = ""
    grade: Grade | None = None
    skip_unknown: bool = False
    dry_run: bool = False
    by: str = ""
    note: str = ""
    is_sample: bool = False


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
class Store:
    """Where files go: figures into the engine, bytes beside it; and what they are read by."""

    engine: Engine
    catalogue: Catalogue
    areas: Areas
    received: ReceivedFiles


@dataclass(slots=True)
class _File:
    """The sheets of one file on their way in."""

    name: str
    receipts: list[Receipt] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # of each arrival's receipt
    areas: list[Area] = field(default_factory=list)


def _error(rule: str, zh: str, en: str, sheet: str = "") -> Finding:
    return Finding("error", rule, Text(zh, en), sheet=sheet)


def _header(sheet: Sheet) -> tuple[object, ...]:
    return next((row for row in sheet.rows if any(cell not in (None, "") for cell in row)), ())


def _take_areas(file: _File, sheet: Sheet, known: Areas) -> None:
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


def _take_sheet(
    file: _File, sheet: Sheet, catalogue: Catalogue, areas: Areas, handover: Handover
) -> None:
    try:
        found = recognise(sheet, catalogue, areas, Hints(handover.area, handover.period))
    except FormRefused as refusal:
        file.receipts.append(Receipt(file.name, sheet.name, findings=tuple(refusal.findings)))
        return
    read = tidy(sheet, found, catalogue, areas, skip_unknown=handover.skip_unknown)
    findings = [*read.findings]
    if not read.refused:
        findings += check(read.observations, catalogue, areas)
    head = _head(file.name, sheet, found, read, handover)
    file.places.append(len(file.receipts))
    file.receipts.append(Receipt(
        file.name, sheet.name, head.form, head.area, str(head.period or ""), str(head.grade),
        len(read.observations), tuple(findings)))  # fmt: skip
    file.arrivals.append(Arrival(head, read.observations, tuple(findings)))


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


def _read_file(
    name: str, content: bytes, catalogue: Catalogue, areas: Areas, handover: Handover
) -> _File:
    file = _File(name)
    try:
        sheets = read_sheets(name, content)
    except FileRefused as refusal:
        file.receipts.append(Receipt(name, "", findings=(refusal.finding,)))
        return file
    for sheet in sheets:
        header = _header(sheet)
        if is_area_list(header):
            _take_areas(file, sheet, areas)
        elif header and not (len(sheets) > 1 and _is_prose(sheet)):
            _take_sheet(file, sheet, catalogue, areas, handover)
    if not file.receipts:
        file.receipts.append(
            Receipt(
                name,
                "",
                findings=(
                    _error("empty", f"{name}:文件里没有表格", f"{name}: the file holds no table"),
                ),
            )
        )
    return file


def _is_prose(sheet: Sheet) -> bool:
    """A cover or notes sheet: no number in it at all."""
    return not any(isinstance(cell, int | float) for row in sheet.rows for cell in row)


def receive(
    store: Store, files: Sequence[tuple[str, bytes]], handover: Handover, when: datetime
) -> list[Receipt]:
    """Takes files in, each whole or not at all; returns one receipt a sheet, in order.

    Where one sheet of a file is refused, no sheet of that file is stored. A dry run stores nothing.
    """
    receipts: list[Receipt] = []
    for name, content in files:
        file = _read_file(name, content, store.catalogue, store.areas, handover)
        receipts += _taken(store, file, content, handover, when)
    return receipts


def _taken(
    store: Store, file: _File, content: bytes, handover: Handover, when: datetime
) -> list[Receipt]:
    """The file's receipts, whatever becomes of it: those of the files before it are not lost."""
    try:
        return _stored(store, file, content, handover, when)
    except StoreChanged:  # a period was locked or unlocked meanwhile: judge anew
        return _taken(store, file, content, handover, when)
    except StoreError as error:
        finding = _error(
            "not_stored",
            f"未能保存，库中数据没有变化；请稍后重试或联系管理员（{error}）",
            f"it could not be stored and nothing was changed; try again later ({error})",
        )
        return [
            replace(receipt, findings=(*receipt.findings, finding)) for receipt in file.receipts
        ]


def _admit(
    store: Store, file: _File, sha256: str, locks: Locks
) -> tuple[list[Receipt], list[Arrival]]:
    """Receipts and arrivals of the file with what the store already knows of it."""
    receipts, arrivals = list(file.receipts), []
    for place, arrival in zip(file.places, file.arrivals, strict=True):
        found = same_file(store.engine, sha256, arrival.head.sheet)
        found += locks.findings(arrival.observations)
        findings = (*receipts[place].findings, *found)
        receipts[place] = replace(receipts[place], findings=findings)
        arrivals.append(replace(arrival, findings=findings, sha256=sha256))
    return receipts, arrivals


def _stored(
    store: Store, file: _File, content: bytes, handover: Handover, when: datetime
) -> list[Receipt]:
    """The file's receipts, with numbers where it was stored."""
    locks = Locks.now(store.engine, store.areas)
    receipts, arrivals = _admit(store, file, digest(content), locks)
    if handover.dry_run or any(receipt.refused for receipt in receipts):
        return receipts
    if arrivals:
        store.received.keep(content)  # before the figures: no submission is ever without its file
    numbers = record(store.engine, arrivals, when, locks.seen, file.areas)
    for place, number in zip(file.places, numbers, strict=True):
        receipts[place] = replace(receipts[place], id=number)
    return receipts
