"""Takes files in and makes submissions: a file is settled, admitted and recorded, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashboard.base.collector import collection_paused
from dashboard.base.language import Text
from dashboard.base.progress import QUIET, JobProgress
from dashboard.catalogue.area_changes import AreaChange
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.change_rules import still_standing
from dashboard.catalogue.concepts import Finding, Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.admission import LocksInForce, not_existing, same_file
from dashboard.intake.area_rights import foreign_areas, not_ones_own
from dashboard.intake.change_sheet import contradictions
from dashboard.intake.changes import REVISED, FigureDifference, compare, standing_of
from dashboard.intake.check_against_store import check_with_store
from dashboard.intake.forms import side_figures
from dashboard.intake.forms.side_figures import Key
from dashboard.intake.mapping_answers import MappingAnswers
from dashboard.intake.notes import answer_needed
from dashboard.intake.open_sheets import OpenedFile
from dashboard.intake.opened_file import (
    check_sheets,
    read,
    recognise_sheets,
    understand_sheets,
)
from dashboard.intake.submission_request import Handover, Known, SheetOutcome, stopping
from dashboard.intake.target_checks import check_targets
from dashboard.store.area_changes import read_changes
from dashboard.store.area_rows import AreaCodeTaken
from dashboard.store.data_version import data_version
from dashboard.store.earlier_submissions import CurrentFigure
from dashboard.store.locks import StoreChanged, refuse_unless_next
from dashboard.store.mappings import read_mappings
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine, StoreError
from dashboard.store.query import Query
from dashboard.store.received import ReceivedFiles, digest
from dashboard.store.record import Following, NewSubmission, record
from dashboard.store.targets import NewTargets
from dashboard.store.transaction import Decision
from dashboard.store.waiting import AlreadyDecided, OlderFigures

Judging = Callable[[Sequence[FigureDifference]], None]


@dataclass(frozen=True, slots=True)
class Store:
    """Where files go: figures into the engine, bytes beside it; and what they are read by."""

    engine: Engine
    catalogue: Catalogue
    areas: Areas
    received: ReceivedFiles
    own: frozenset[str] | None = None  # the areas of which figures are taken; None: all
    following: Following | None = None  # what else changes in the transaction of a file
    judging: Judging | None = None  # refuses, by an error, what would be revised

    def known(self, handover: Handover) -> Known:
        """What files are read by, with what was ever said of unknown lines."""
        answers = MappingAnswers(handover.mappings, read_mappings(self.engine))
        return Known(self.catalogue, self.areas, answers)


def receive(
    store: Store,
    files: Sequence[tuple[str, bytes]],
    handover: Handover,
    when: datetime,
    progress: JobProgress = QUIET,
) -> list[SheetOutcome]:
    """Takes files in, each whole or not at all; returns one receipt a sheet, in order.

    Where one sheet of a file is refused, no sheet of that file is stored; a sheet with warnings is
    refused unless the handover's note answers them. A dry run stores nothing. Raises Cancelled
    where the person cancels: nothing of the file in work is stored then, the files before it stay.
    """
    receipts: list[SheetOutcome] = []
    for name, content in files:
        file, became = hand_in(store, (name, content), handover, when, progress)
        receipts += became
        if file.areas and not any(receipt.refused for receipt in became):
            store = replace(store, areas=store.areas.joined(file.areas))  # the next file knows them
    return receipts


@collection_paused()
def hand_in(
    store: Store,
    upload: tuple[str, bytes],
    handover: Handover,
    when: datetime,
    progress: JobProgress = QUIET,
) -> tuple[OpenedFile, list[SheetOutcome]]:
    """Takes one file in: read, recognise, understand, check, settle, admit, record.

    ``upload`` is its name and bytes. A preview goes the same steps but the last. Whatever the store
    answers, every sheet has its receipt: those of the files before it are not lost.
    """
    name, content = upload
    reading = read(upload, store.known(handover), handover, progress)
    recognise_sheets(reading)
    understand_sheets(reading)
    check_sheets(reading)
    file = reading.file
    saving = Text(f"保存 {name}", f"storing {name}")
    progress.step(saving, len(file.receipts), len(file.receipts))
    while True:
        try:
            settle(store, file, handover, when)
            admitted = admit(store, file, content)
            if handover.dry_run:
                return file, admitted.receipts
            return file, _record(store, file, admitted, handover, when)
        except StoreChanged:  # a lock or an area change came meanwhile: settle and admit anew
            continue
        except AreaCodeTaken as error:  # somebody registered streets meanwhile
            return file, _refused(file, Finding("error", "area_code_taken", error.text))
        except OlderFigures:  # whoever hands it in says what to do
            raise
        except AlreadyDecided as error:  # somebody accepted, returned or withdrew it meanwhile
            return file, _refused(file, Finding("error", "already_decided", error.text))
        except StoreError as error:
            return file, _not_stored(file, error)


# ---- settle: what the store and the file itself know better ----------------------------------


def settle(store: Store, file: OpenedFile, handover: Handover, when: datetime) -> None:
    """Checks a file that is not refused against the store, and drops what is better known."""
    if any(receipt.refused for receipt in file.receipts):
        return
    month = None if handover.is_sample else Period(when.year, when.month)
    check_with_store(store.engine, file, store.catalogue, store.areas, month)
    _settle_printed(store.engine, file, store.catalogue)
    if not handover.is_sample:
        check_targets(store.engine, file, store.catalogue, store.areas)


def _known(engine: Engine, stated: Iterable[Observation]) -> dict[Key, float]:
    """The store's current values of the same indicators, areas and periods, by key."""
    indicators, areas, periods = set(), set(), set()
    for observation in stated:
        indicators.add(observation.indicator)
        areas.add(observation.area)
        periods.add(observation.period)
    if not indicators:
        return {}
    query = Query(sorted(indicators), sorted(areas), periods=sorted(periods))
    figures = read_figures(engine, query)
    return {
        (figure.indicator, figure.area, figure.period.key, figure.kind): figure.value
        for figure in figures
        if figure.value is not None
    }


def _settle_printed(engine: Engine, file: OpenedFile, catalogue: Catalogue) -> None:
    """Drops figures printed beside others where the store or the file itself knows better ones."""
    everything = [figure for arrival in file.arrivals for figure in arrival.observations]
    secondary = [figure for figure in everything if figure.secondary]
    known = _known(engine, secondary)
    for observation in everything if secondary else ():
        if not observation.secondary and observation.value is not None:
            known[observation.key] = observation.value
    for number, (arrival, taken) in enumerate(zip(file.arrivals, file.taken, strict=True)):
        remaining, new_findings = side_figures.settle(
            arrival.observations, known, taken.sheet, catalogue
        )
        findings, at = (*arrival.findings, *new_findings), taken.place
        file.arrivals[number] = replace(arrival, observations=remaining, findings=findings)
        file.receipts[at] = replace(
            file.receipts[at], observations=len(remaining), findings=findings
        )


# ---- admit: came before, locked, of an area that has ended -----------------------------------


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file as the store knows it, and the locks by which it was admitted or refused."""

    receipts: list[SheetOutcome]
    arrivals: list[NewSubmission]
    locks: LocksInForce
    content: bytes  # what is kept of the file

    @property
    def is_refused(self) -> bool:
        """Whether a sheet of it is refused, and with it the file."""
        return any(receipt.refused for receipt in self.receipts)


def admit(store: Store, file: OpenedFile, content: bytes) -> Admitted:
    """Receipts and arrivals of the file with what the store already knows of it."""
    content = file.kept or content
    sha256, locks = digest(content), LocksInForce.now(store.engine, store.areas)
    receipts, arrivals = list(file.receipts), list[NewSubmission]()
    counting = tuple(read_changes(store.engine))
    standing: Sequence[AreaChange] = counting  # and what the sheets before this one add
    known = store.areas.joined(file.areas)
    for taken, arrival in zip(file.taken, file.arrivals, strict=True):
        place, sheet = taken.place, taken.sheet
        new_findings = same_file(store.engine, sha256, arrival.head.sheet)
        new_findings += locks.findings(arrival.observations)
        new_findings += not_existing(arrival.observations, known)
        if arrival.changes and not receipts[place].refused:
            new_findings += contradictions(arrival.changes, standing, known, sheet)
            pairs = [change.change for change in arrival.changes]
            standing = [*still_standing(standing, pairs), *pairs]
        findings = (*receipts[place].findings, *new_findings)
        receipts[place] = replace(receipts[place], findings=findings)
        arrivals.append(replace(arrival, findings=findings, sha256=sha256, judged_by=counting))
    if store.own is not None and (foreign := foreign_areas(file, arrivals, store.own)):
        message = not_ones_own(foreign, known)
        receipts = [replace(receipt, findings=(*receipt.findings, message)) for receipt in receipts]
    return Admitted(receipts, arrivals, locks, content)


# ---- record: whole or not at all -------------------------------------------------------------


def _record(
    store: Store, file: OpenedFile, admitted: Admitted, handover: Handover, when: datetime
) -> list[SheetOutcome]:
    """The file's receipts, with numbers where it was stored."""
    if not (handover.is_sample or handover.note.strip()):
        answered = [answer_needed(receipt, store.catalogue) for receipt in admitted.receipts]
        admitted = replace(admitted, receipts=answered)
    if admitted.is_refused:
        return [replace(receipt, targets=0) for receipt in admitted.receipts]
    return _stored(store, file, admitted, handover, when)


def _stored(
    store: Store, file: OpenedFile, admitted: Admitted, handover: Handover, when: datetime
) -> list[SheetOutcome]:
    """Stores a file that is not refused; its receipts with their numbers."""
    receipts, following = list(admitted.receipts), store.following
    if not handover.is_sample:
        receipts, following = _judged(store, file, admitted)
    targets = _new_targets(file, admitted.content, handover, when)
    if admitted.arrivals or targets is not None:
        # before the figures: no submission is ever without its file
        store.received.keep(admitted.content)
    arrivals = [replace(arrival, proposed=handover.areas) for arrival in admitted.arrivals]
    numbers = record(
        store.engine,
        arrivals,
        when,
        admitted.locks.seen,
        file.areas,
        targets,
        following=following,
    )
    if numbers or targets is not None:
        # removing samples may have taken the same file away since
        store.received.keep(admitted.content)
    for place, number in zip(file.places, numbers, strict=True):
        receipts[place] = replace(receipts[place], id=number)
    return receipts


def _judged(
    store: Store, file: OpenedFile, admitted: Admitted
) -> tuple[list[SheetOutcome], Following | None]:
    """The receipts with what they revise, and what follows if that still holds when it is kept."""
    if store.judging is None:
        return _with_revisions(store, file, admitted), store.following
    version = data_version(store.engine)
    receipts = _with_revisions(store, file, admitted)
    store.judging([change for receipt in receipts for change in receipt.revised])
    return receipts, _unchanged_since(version, store.following)


def _unchanged_since(version: int, following: Following | None) -> Following:
    """What is ``following``, where nobody has changed a figure since this version; StoreChanged."""

    def follow(connection: Any, numbers: Sequence[int]) -> None:  # noqa: ANN401 - the store's
        refuse_unless_next(connection, version)
        if following is not None:
            following(connection, numbers)

    return follow


def _with_revisions(store: Store, file: OpenedFile, admitted: Admitted) -> list[SheetOutcome]:
    """The receipts with the stored figures to which each sheet gives another value."""
    everything = [
        observation for arrival in admitted.arrivals for observation in arrival.observations
    ]
    standing, pending = standing_of(store.engine, everything), dict[Key, CurrentFigure]()
    receipts = list(admitted.receipts)
    if not standing and len(admitted.arrivals) == 1:
        return receipts  # neither the store nor another sheet holds any of these figures
    for place, arrival in zip(file.places, admitted.arrivals, strict=True):
        changes = compare(arrival.observations, standing, pending, store.catalogue)
        revised = tuple(change for change in changes if change.state == REVISED)
        receipts[place] = replace(receipts[place], revised=revised)
    return receipts


def _not_stored(file: OpenedFile, error: StoreError) -> list[SheetOutcome]:
    finding = stopping(
        "not_stored",
        f"未能保存，库中数据没有变化；请稍后重试或联系管理员（{error}）",
        f"it could not be stored and nothing was changed; try again later ({error})",
    )
    return _refused(file, finding)


def _refused(file: OpenedFile, finding: Finding) -> list[SheetOutcome]:
    """The file's receipts, each with the finding that stopped all of them."""
    return [replace(receipt, findings=(*receipt.findings, finding)) for receipt in file.receipts]


def _new_targets(
    file: OpenedFile, content: bytes, handover: Handover, when: datetime
) -> NewTargets | None:
    if not file.targets:
        return None
    decision = Decision(handover.by, when, handover.note or file.name)
    targets = [placed.target for placed in file.targets]
    places = [placed.place for placed in file.targets]
    return NewTargets(targets, decision, places, digest(content))
