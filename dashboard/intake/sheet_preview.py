"""Previews a hand-in: how it was understood, what was found, what it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from dashboard.base.collector import collection_paused
from dashboard.base.language import Text
from dashboard.base.progress import QUIET, JobProgress
from dashboard.catalogue.concepts import FigureKind, FigureStatus, Observation
from dashboard.catalogue.periods import Period
from dashboard.intake import previous_submission
from dashboard.intake.changes import FigureDifference, compare, standing_of
from dashboard.intake.evidence import Evidence, evidence_of, evidence_of_refusal
from dashboard.intake.forms.files.cells import Sheet, column_letter, column_place, text_of
from dashboard.intake.forms.ledger import MOST_ALIKE
from dashboard.intake.forms.mapping import UnknownRow
from dashboard.intake.hand_in import Store, admit, settle
from dashboard.intake.mapping_answers import MappingAnswers
from dashboard.intake.new_streets import Unlisted, unlisted_streets
from dashboard.intake.notes import unanswered
from dashboard.intake.open_sheets import OpenedFile, Taken
from dashboard.intake.opened_file import (
    check_sheets,
    read,
    recognise_sheets,
    understand_sheets,
)
from dashboard.intake.registers.register_preview import (
    RegisterPreview,
    evidence_of_register,
    register_preview,
    unknown_types,
)
from dashboard.intake.registers.take import TakenRegister
from dashboard.intake.sheet_as_read import PrintedSheet, printed_sheet
from dashboard.intake.sheet_questions import (
    Asked,
    asked_in,
    asked_of,
    is_asked_of_title,
    waits_for_word,
)
from dashboard.intake.submission_request import Handover, SheetOutcome
from dashboard.intake.suggestions import Suggestions
from dashboard.intake.understanding.gaps import no_year
from dashboard.intake.unknown_line import UnknownLine
from dashboard.store.earlier_submissions import CurrentFigure, Key
from dashboard.store.record import NewSubmission

AREA, PERIOD = "area", "period"
YEAR, MONTH = "year", "month"
_FUTURE = "future_period"


class UnderstoodCell(NamedTuple):
    """A cell and the figure it was read as, in base units; row and column as a person counts."""

    sheet: str
    row: int
    column: str
    printed: str
    indicator: str
    area: str
    period: Period
    kind: FigureKind
    value: float | None
    status: FigureStatus
    secondary: bool  # printed beside another period's figure, for comparison


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """One sheet as it would be stored, or why it would not be.

    ``asks`` names what the person must say before it can be stored (area, period). ``needs_note``:
    warnings are to be answered and the handover has no note. ``asked`` are questions about its
    basis and its words; ``remembered`` are the answers of earlier hand-ins by which it was read,
    by name; ``unlisted`` its streets that no list knows. Where the sheet is refused, the changes
    are those of its own figures without the comparison columns.
    """

    receipt: SheetOutcome
    evidence: tuple[Evidence, ...] = ()
    understood: tuple[UnderstoodCell, ...] = ()
    changes: tuple[FigureDifference, ...] = ()
    unknown: tuple[UnknownLine, ...] = ()
    asks: tuple[str, ...] = ()
    lacks: str = ""  # of the period only this is asked: YEAR, or MONTH where the year is not over
    needs_note: bool = False
    register: RegisterPreview | None = None
    asked: tuple[Asked, ...] = ()
    unlisted: Unlisted | None = None
    printed: PrintedSheet | None = None
    is_correctable: bool = False  # by handover.corrections
    remembered: Mapping[str, str] = field(default_factory=dict)
    worded: frozenset[str] = frozenset()  # unknown lines that another question answers

    def count(self, state: str) -> int:
        """How many changes are of this state: new, revised, unchanged, marked or missing."""
        return sum(change.state == state for change in self.changes)


@collection_paused()
def preview(
    store: Store,
    files: Sequence[tuple[str, bytes]],
    handover: Handover,
    when: datetime,
    progress: JobProgress = QUIET,
) -> list[SheetPreview]:
    """What handing these files in would do; one answer a sheet, in order. Stores nothing.

    New, revised and unchanged are against the store's current figures, or against an earlier sheet
    of the same hand-in where that states the figure too. Missing are figures that the last
    submission of the same form and area had and this sheet has not: the last one of the same
    period figure by figure, or where this period was never handed in, that of the nearest earlier
    period by indicator and area; ``last_time`` says how it is found. ``when`` is when it would be
    received. Raises Cancelled where the person cancels.
    """
    known = store.known(handover)
    suggestions = Suggestions(store.catalogue)
    pending: dict[Key, CurrentFigure] = {}
    previews: list[SheetPreview] = []
    for name, content in files:
        reading = read((name, content), known, handover, progress)
        recognise_sheets(reading)
        understand_sheets(reading)
        check_sheets(reading)
        file = reading.file
        comparing = Text(f"与库中比较 {name}", f"comparing {name} with the store")
        progress.step(comparing, len(file.receipts), len(file.receipts))
        stated = [arrival.observations for arrival in file.arrivals]  # with what settling drops
        is_refused = any(receipt.refused for receipt in file.receipts)
        settle(store, file, handover, when)
        admitted = admit(store, file, content)
        receipts, arrivals = admitted.receipts, admitted.arrivals
        to_store = [_to_store(arrival, is_refused) for arrival in arrivals]
        changes = _changes(store, arrivals, to_store, stated, pending)
        answers = _sheets(store, file, receipts, handover)
        for number, taken in enumerate(file.taken):
            if isinstance(taken, TakenRegister):
                answers[taken.place] = SheetPreview(
                    receipts[taken.place],
                    tuple(evidence_of_register(name, taken, arrivals[number].head, handover)),
                    changes=tuple(changes[number]),
                    unknown=unknown_types(taken, store.catalogue),
                    needs_note=_needs_note(receipts[taken.place], store, handover),
                    register=register_preview(taken),
                )
                continue
            if not isinstance(taken, Taken):  # a list of area changes: its findings say all
                continue
            given = handover.of_sheet(name, taken.sheet.name)
            lacks = MONTH if _lacks_month(taken, receipts[taken.place]) else ""
            answers[taken.place] = SheetPreview(
                receipts[taken.place],
                tuple(evidence_of(name, taken, arrivals[number].head, given)),
                tuple(_understood(taken.sheet, stated[number])),
                tuple(changes[number]),
                tuple(_unknown(taken, suggestions, known.mapping_answers)),
                (PERIOD,) if lacks else (),
                lacks,
                _needs_note(receipts[taken.place], store, handover),
                asked=asked_of(taken),
                unlisted=_unlisted(
                    store,
                    receipts[taken.place],
                    handover,
                    taken.found.title,
                    assignable=taken.found.understood is not None,
                ),
                remembered=_remembered(taken),
                worded=_worded(taken),
                printed=printed_sheet(taken.sheet),
                is_correctable=taken.found.understood is not None,
            )
        previews += answers
    return previews


def _to_store(arrival: NewSubmission, is_refused: bool) -> list[Observation]:
    """A sheet's figures; of a refused file without those stated beside another period's."""
    return [one for one in arrival.observations if not (is_refused and one.secondary)]


def _sheets(
    store: Store, file: OpenedFile, receipts: Sequence[SheetOutcome], handover: Handover
) -> list[SheetPreview]:
    """An answer for every receipt: what is known of those that did not become an arrival."""
    answers = []
    for place, receipt in enumerate(receipts):
        refusal = file.refusals.get(place)
        if refusal is None:
            needs_note = _needs_note(receipt, store, handover)
            listed = file.listed.get(place)
            printed = printed_sheet(listed) if listed is not None else None
            answers.append(SheetPreview(receipt, needs_note=needs_note, printed=printed))
            continue
        rules = {finding.rule for finding in refusal.findings}
        asks = tuple(what for what in (AREA, PERIOD) if f"unknown_{what}" in rules)
        given = handover.of_sheet(file.name, receipt.sheet)
        evidence = evidence_of_refusal(file.name, receipt.sheet, refusal, given)
        title = refusal.head.title if refusal.head else ""
        assignable = bool(refusal.questions)
        unlisted = _unlisted(store, receipt, handover, title, assignable=assignable)
        asked = asked_in(refusal.findings, refusal.questions)
        answers.append(
            SheetPreview(
                receipt,
                tuple(evidence),
                asks=asks,
                lacks=YEAR
                if any(question.text == no_year().text for question in refusal.questions)
                else "",
                asked=asked,
                unlisted=unlisted,
                printed=printed_sheet(file.refused[place]) if place in file.refused else None,
            )
        )
    return answers


def _lacks_month(taken: Taken, receipt: SheetOutcome) -> bool:
    """Whether a sheet states nothing but a year that is not over: up to which month it counts."""
    span = taken.found.period
    if span is None or _FUTURE not in {finding.rule for finding in receipt.findings}:
        return False
    return span.is_year and {observation.period for observation in taken.read.observations} == {
        span.end
    }


def _unlisted(
    store: Store, receipt: SheetOutcome, handover: Handover, title: str, *, assignable: bool
) -> Unlisted | None:
    """The streets that could be registered, and own levels whose rows were left out.

    ``assignable``: a person may say which areas unknown labels are.
    """
    new = {area.code: area for area in handover.areas}
    area = new.get(receipt.area) or store.areas.get(receipt.area)
    street = unlisted_streets(receipt.findings, area, (title, receipt.sheet, receipt.file))
    if street is None or assignable:
        return street
    return street._replace(labels=()) if street.names else None


def _remembered(taken: Taken) -> dict[str, str]:
    """The answers of earlier hand-ins by which a sheet was read."""
    answered = taken.found.answered
    return {one.name: one.answer for one in answered.applied} if answered else {}


def _worded(taken: Taken) -> frozenset[str]:
    """The names of the lines that wait for nothing but what is asked once for all of them."""
    understood = taken.found.understood
    if understood is None:
        return frozenset()
    by_word: dict[bool, set[str]] = {True: set(), False: set()}
    for question in understood.questions:
        names = {understood.line_names.get(place, "") for place in question.cells}
        by_word[waits_for_word(question) or is_asked_of_title(question)] |= names
    return frozenset(by_word[True] - by_word[False])


def _changes(
    store: Store,
    arrivals: Sequence[NewSubmission],
    kept: Sequence[Sequence[Observation]],
    read: Sequence[Sequence[Observation]],
    pending: dict[Key, CurrentFigure],
) -> list[list[FigureDifference]]:
    """The changes of each sheet of a file: one query for what stands, a few for last time."""
    everything = [observation for observations in kept for observation in observations]
    standing = standing_of(store.engine, everything)
    sheets = [
        previous_submission.ArrivedSheet(arrival.head, observations)
        for arrival, observations in zip(arrivals, read, strict=True)
    ]
    missing = previous_submission.missing_since(store.engine, sheets)
    return [
        [*compare(observations, standing, pending, store.catalogue), *gone]
        for observations, gone in zip(kept, missing, strict=True)
    ]


def _understood(sheet: Sheet, observations: Sequence[Observation]) -> list[UnderstoodCell]:
    cells = []
    for observation in observations:
        at = observation.source
        printed = text_of(sheet.cell(at.row - 1, column_place(at.column)))
        cells.append(
            UnderstoodCell(
                sheet.name,
                at.row,
                at.column,
                printed,
                observation.indicator,
                observation.area,
                observation.period,
                observation.kind,
                observation.value,
                observation.status,
                observation.secondary,
            )
        )
    return cells


def _unknown(taken: Taken, suggestions: Suggestions, answers: MappingAnswers) -> list[UnknownLine]:
    """The unknown lines; what a line was mapped to in other tables is proposed first."""
    subject = taken.found.subject or taken.found.form

    return [
        UnknownLine(
            taken.sheet.name,
            line.row + 1,
            column_letter(line.column),
            line.name,
            line.code,
            line.heading,
            _meanings(
                line, suggestions, answers.proposed(line.name, subject), near=at < MOST_ALIKE
            ),
        )
        for at, line in enumerate(taken.read.unknown)
    ]


def _meanings(
    line: UnknownRow, suggestions: Suggestions, proposed: tuple[str, ...], *, near: bool
) -> tuple[str, ...]:
    """What a line may mean: what was said before, then by name where its place is ``near``."""
    alike = suggestions.of(line.name, line.unit) if near else ()
    return tuple(dict.fromkeys([*proposed, *alike]))


def _needs_note(receipt: SheetOutcome, store: Store, handover: Handover) -> bool:
    answered = handover.is_sample or bool(handover.note.strip())
    return not answered and bool(unanswered(receipt.findings, store.catalogue))
