"""Takes in a sheet that is a list of institutions: rows without persons, and their figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import (
    Aggregation,
    Area,
    Finding,
    Grade,
    Observation,
    SubmissionHead,
)
from dashboard.catalogue.registers import MEASURES, OPEN, Institution, Register
from dashboard.intake.forms.files.cells import Sheet, column_letter, squeezed, text_of
from dashboard.intake.forms.layout import CELL, Citation, FormRefused, Head, Hints
from dashboard.intake.forms.mapping import UnknownRow
from dashboard.intake.forms.rules.check import WITHIN, check
from dashboard.intake.forms.title_block import missing, read_head
from dashboard.intake.open_sheets import OpenedFile, Placed
from dashboard.intake.registers.counting import Counted, as_register, count
from dashboard.intake.registers.institutions import (
    LEAVE_OUT,
    ListScope,
    ReadList,
    read_institutions,
)
from dashboard.intake.registers.kinds import RowTypes, family_of, resolve
from dashboard.intake.registers.list_frame import PERSON, UNUSED, ListColumn, ListFrame
from dashboard.intake.registers.list_notes import of_notes
from dashboard.intake.registers.stored_copy import Cells, cut_of_list, name_of_copy
from dashboard.intake.registers.street_rows import common_district
from dashboard.intake.registers.subject import Subject, subject_of
from dashboard.intake.submission_request import Handover, Known, SheetOutcome
from dashboard.store.record import NewSubmission

FORM = "register"
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class TakenRegister(Placed):
    """A list that became an arrival: how it was understood.

    ``unplaced`` are printed places that are no known area, with how many rows stand there and what
    was answered; ``dropped`` and ``unused`` are headings of columns that are not kept.
    """

    frame: ListFrame
    head: Head
    found: RowTypes
    register: Register
    observations: tuple[Observation, ...]
    unplaced: tuple[tuple[str, int, str], ...] = ()
    dropped: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    covers: str = ""
    without: tuple[str, ...] = ()  # codes of streets that no row is of
    cut: Cells = frozenset()  # that are not kept

    @property
    def mapped(self) -> tuple[tuple[str, str], ...]:
        """The printed types that were read as somebody said."""
        return tuple(self.found.used.items())

    @property
    def unknown(self) -> tuple[UnknownRow, ...]:
        """The printed types that are asked about."""
        return tuple(self.found.unknown.values())


def take_register(
    file: OpenedFile, sheet: Sheet, frame: ListFrame, known: Known, handover: Handover
) -> None:
    """The list as a submission of its own, or refused with what must be said first."""
    try:
        head = _head(sheet, frame, known, handover)
    except FormRefused as refusal:
        file.refusals[len(file.receipts)] = refusal
        area = refusal.head.area.code if refusal.head and refusal.head.area else ""
        file.receipts.append(
            SheetOutcome(file.name, sheet.name, FORM, area, findings=tuple(refusal.findings))
        )
        return
    assert head.area is not None and head.period is not None
    place = ListScope(head.area, head.period.end, handover.streets)
    read = read_institutions(sheet, frame, place, known.catalogue.registers, known.areas)
    subject = _subject(sheet, frame, head, file.name, known)
    form = f"{FORM}_{family_of(read.rows, subject, known.catalogue.registers)}"
    mappings = known.mapping_answers.of_form(form)
    everything = [*read.rows, *read.waiting]  # all questions are asked at once
    types = resolve(everything, frame, subject, known.catalogue, mappings)
    counted = count(read.rows, types.kinds, place.month, frame, sheet.name)
    if handover.covers == "all":
        counted.observations += _zeros(counted, place, known)
    register = as_register(read.rows, types.kinds, counted)
    findings = [
        *_of_sheet(sheet),
        *_of_columns(sheet, frame),
        *_of_places(read, place, known.areas, skip=handover.skip_unknown),
        *_of_types(sheet, types, skip=handover.skip_unknown),
        *read.findings,
        *(replace(finding, sheet=sheet.name) for finding in types.findings),
        *counted.findings,
        *_of_rows(sheet, frame, register),
        *of_notes(sheet, frame, read.rows, known.catalogue, known.areas),
        *check(counted.observations, known.catalogue, known.areas, kinds=WITHIN),
    ]
    taken = TakenRegister(
        len(file.receipts),
        sheet,
        frame,
        head,
        types,
        register,
        tuple(counted.observations),
        _unplaced(read, place, known.areas),
        tuple(column.heading for column in frame.of(PERSON)),
        tuple(column.heading for column in frame.of(UNUSED)),
        handover.covers,
        _without(register, place, known.areas),
        cut_of_list(sheet, frame, known.catalogue.registers),
    )
    _add(file, taken, form, findings, known, handover)


def _add(
    file: OpenedFile,
    taken: TakenRegister,
    form: str,
    findings: Sequence[Finding],
    known: Known,
    handover: Handover,
) -> None:
    head, sheet = taken.head, taken.sheet
    assert head.area is not None and head.period is not None
    submission = SubmissionHead(
        file=name_of_copy(file.name),
        sheet=sheet.name,
        form=form,
        area=head.area.code,
        period=head.period.end,
        grade=handover.grade or Grade.MANAGEMENT,
        submitted_by=handover.by,
        note=handover.note,
        is_sample=handover.is_sample,
    )
    file.taken.append(taken)
    file.printed.append([])
    file.receipts.append(
        SheetOutcome(
            file.name,
            sheet.name,
            form,
            submission.area,
            str(submission.period),
            str(submission.grade),
            len(taken.observations),
            tuple(findings),
            institutions=len(taken.register.rows),
        )
    )
    mappings = known.mapping_answers.new(form, taken.mapped, handover.by)
    file.arrivals.append(
        NewSubmission(
            submission,
            taken.observations,
            tuple(findings),
            mappings=mappings,
            register=taken.register,
        )
    )


def _head(sheet: Sheet, frame: ListFrame, known: Known, handover: Handover) -> Head:
    """Area and date of the list; raises FormRefused where nothing names them."""
    top = frame.header_rows[0]
    hints = Hints(handover.area, handover.period)
    head = read_head(sheet, top, known.catalogue, known.areas, hints)
    said = {finding.rule for finding in head.findings}
    head.evidence["layout"] = _at_names(frame)
    if head.area is None and "unknown_area" not in said:
        area, citation = _district(sheet, frame, known.areas)
        if area is not None:
            head.evidence["area"] = citation
            head = replace(head, area=area)
    findings = list(head.findings)
    for what, value in (("area", head.area), ("period", head.period)):
        if value is None and f"unknown_{what}" not in said:
            findings.append(missing(what, sheet, top))
    if findings:
        raise FormRefused(findings, replace(head, form=FORM))
    return head


def _at_names(frame: ListFrame) -> Citation:
    """The heading of the names, by which the sheet is a list."""
    name = frame.column("name")
    if name is None:
        return Citation(CELL, "")
    return Citation(CELL, name.heading, frame.header_rows[-1] + 1, column_letter(name.place))


def _district(sheet: Sheet, frame: ListFrame, areas: Areas) -> tuple[Area | None, Citation]:
    """The district whose streets the rows name, with the first of them as evidence."""
    street = frame.column("street")
    if street is None:
        return None, Citation(CELL, "")
    texts = [squeezed(sheet.spread(row, street.place)) for row in frame.rows]
    first = Citation(CELL, texts[0], frame.rows[0] + 1, column_letter(street.place))
    return common_district(texts, areas), first


def _subject(sheet: Sheet, frame: ListFrame, head: Head, file: str, known: Known) -> Subject:
    name = frame.column("name")
    top = frame.header_rows[0]
    above = [text_of(cell) for row in sheet.rows[:top] for cell in row if cell is not None]
    titles = [head.title, *above, name.heading if name else "", sheet.name, file]
    return subject_of(titles, known.catalogue.registers, known.areas, head.area)


def _zeros(counted: Counted, place: ListScope, known: Known) -> list[Observation]:
    """A zero for every street without a row, of everything the list counts: it covers them all."""
    listed = {(observation.indicator, observation.area) for observation in counted.observations}
    blank = {finding.rule for finding in counted.findings}
    streets = known.areas.children(place.area.code, place.month)
    zeros = []
    for indicator in sorted({observation.indicator for observation in counted.observations}):
        if known.catalogue.indicators[indicator].aggregation is not Aggregation.SUM:
            continue
        zeros += [
            Observation(indicator, street.code, place.month, 0.0)
            for street in streets
            if (indicator, street.code) not in listed and "register_blank" not in blank
        ]
    return zeros


def _without(register: Register, place: ListScope, areas: Areas) -> tuple[str, ...]:
    """The streets of the list's area that existed at its date and have no row."""
    listed = {row.area for row in register.rows}
    streets = areas.children(place.area.code, place.month)
    return tuple(street.code for street in streets if street.code not in listed)


def _unplaced(read: ReadList, place: ListScope, areas: Areas) -> tuple[tuple[str, int, str], ...]:
    matches = []
    for number, (text, rows) in enumerate(read.unplaced.items()):
        sentence = place.streets.get(text) or place.streets.get(str(number), "")
        known = areas.find(sentence, place.area.code) if sentence not in ("", LEAVE_OUT) else []
        code = known[0].code if len(known) == 1 else ""
        matches.append((text, len(rows), LEAVE_OUT if sentence == LEAVE_OUT else code))
    return tuple(matches)


def _of_sheet(sheet: Sheet) -> list[Finding]:
    """What a reader must know of how the sheet was read: hidden rows, struck text.

    Comments may name persons and are not repeated.
    """
    return [
        Finding(
            remark.severity,
            remark.rule,
            remark.text,
            sheet.name,
            max(remark.row + 1, 0),
            column_letter(remark.column) if remark.column >= 0 else "",
        )
        for remark in sheet.remarks
        if remark.rule != "footnote"
    ]


def _of_columns(sheet: Sheet, frame: ListFrame) -> list[Finding]:
    """What is said of columns that are not kept, or that two headings claim."""
    findings = []
    row = frame.header_rows[-1] + 1
    persons, unused = frame.of(PERSON), frame.of(UNUSED)
    if persons:
        named_zh, named_en = _headings(persons, "、"), _headings(persons, ", ")
        message = Text(
            f"涉及个人的列已去掉，不保存：{named_zh}",
            f"columns about persons were dropped and are not kept: {named_en}",
        )
        findings.append(_at(sheet, row, persons[0], "persons_dropped", message))
    if unused:
        named_zh, named_en = _headings(unused, "、"), _headings(unused, ", ")
        message = Text(
            f"没有用到、也不保存的列：{named_zh}", f"columns not used and not kept: {named_en}"
        )
        findings.append(_at(sheet, row, unused[0], "columns_left_out", message))
    for role in MEASURES:
        columns = frame.of(role)
        if len(columns) > 1:
            named_zh, named_en = _headings(columns, "、"), _headings(columns, ", ")
            message = Text(
                f"“{named_zh}”说的是同一个数，不知以哪一列为准，均未计入；请只留一列",
                f"{named_en} say the same number; none was summed: keep one of them",
            )
            findings.append(
                Finding(
                    "warning",
                    "two_columns",
                    message,
                    sheet.name,
                    row,
                    column_letter(columns[1].place),
                )
            )
    return findings


def _headings(columns: Sequence[ListColumn], comma: str) -> str:
    return comma.join(column.heading for column in columns[:_MOST_NAMED])


def _at(sheet: Sheet, row: int, column: ListColumn, rule: str, message: Text) -> Finding:
    return Finding("note", rule, message, sheet.name, row, column_letter(column.place))


def _of_places(read: ReadList, place: ListScope, areas: Areas, *, skip: bool) -> list[Finding]:
    """A finding for every printed place that is no street of the list's area."""
    findings = []
    name_zh, name_en = areas.name_of(place.area.code, "zh"), areas.name_of(place.area.code, "en")
    for (text, count_, code), rows in zip(
        _unplaced(read, place, areas), read.unplaced.values(), strict=True
    ):
        if code not in ("", LEAVE_OUT):
            continue
        left_out = skip or code == LEAVE_OUT
        zh, en = (f"“{text}”", repr(text)) if text else ("没有写明街道的", "no street")
        tail_zh = "，这些行未读入" if left_out else "；请指明是哪个街道，或略过"
        tail_en = ": these rows were left out" if left_out else ": say which it is, or leave it out"
        message = Text(
            f"{zh}（{count_} 行）不是{name_zh}的街道{tail_zh}",
            f"{en} ({count_} rows) is no street of {name_en}{tail_en}",
        )
        severity = "note" if left_out else "error"
        findings.append(
            Finding(severity, "unknown_street", message, read.sheet, rows[0] + 1, "", text)
        )
    return findings


def _of_types(sheet: Sheet, types: RowTypes, *, skip: bool) -> list[Finding]:
    """A finding for every printed type of no known indicator."""
    findings = []
    for printed, line in types.unknown.items():
        tail_zh = "，未计入（仍保留在名录中）" if skip else "；请说明它对应哪个指标，或不计入"
        tail_en = ": not counted (kept in the list)" if skip else ": say which indicator counts it"
        zh = f"类型“{printed}”不认识" if printed != "?" else "名录没有写明机构类型"
        en = f"the type {printed!r} is not known" if printed != "?" else "the list names no type"
        message = Text(zh + tail_zh, en + tail_en)
        findings.append(
            Finding(
                "note" if skip else "error",
                "unknown_indicator",
                message,
                sheet.name,
                line.row + 1,
                column_letter(line.column),
                printed,
            )
        )
    return findings


def _of_rows(sheet: Sheet, frame: ListFrame, register: Register) -> list[Finding]:
    """What the rows say against each other: listed twice, more nursing beds than beds."""
    findings, seen = [], dict[tuple[str, str], int]()
    column = frame.column("name")
    letter = column_letter(column.place) if column else ""
    for row in register.rows:
        first = seen.setdefault((row.area, row.name), row.row)
        if first != row.row:
            message = Text(
                f"“{row.name}”在第 {first} 行和第 {row.row} 行各列了一次",
                f"{row.name!r} stands both in row {first} and in row {row.row}",
            )
            findings.append(
                Finding("warning", "listed_twice", message, sheet.name, row.row, letter)
            )
        for text in _more_than_beds(row):
            findings.append(
                Finding("warning", "register_of_which", text, sheet.name, row.row, letter)
            )
    apart = [institution for institution in register.rows if institution.standing != OPEN]
    if apart:
        message = Text(
            f"{len(apart)} 家在名录日期已终止或尚未运营，不计入机构数",
            f"{len(apart)} had ended or not begun at the list's date and are not counted",
        )
        findings.append(Finding("note", "not_counted", message, sheet.name))
    return findings


def _more_than_beds(institution: Institution) -> list[Text]:
    beds, texts = institution.beds, []
    for number, zh, en in (
        (institution.nursing_beds, "护理型床位", "nursing beds"),
        (institution.residents, "入住人数", "residents"),
    ):
        if beds is not None and number is not None and number > beds:
            row = institution.row
            texts.append(Text(f"第 {row} 行{zh}多于床位", f"row {row}: more {en} than beds"))
    return texts


def counts_of(register: Register) -> Mapping[str, int]:
    """How many rows number to each type, by the type's id; "" for those that number to none."""
    counts: dict[str, int] = {}
    for row in register.rows:
        if row.standing == OPEN:
            counts[row.kind] = counts.get(row.kind, 0) + 1
    return counts
