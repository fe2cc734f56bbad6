"""Files in, submissions out: what was read is settled, admitted, recorded; or nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Observation
from dashboard.forms.side_figures import Key, settle
from dashboard.intake.admission import Locks, same_file
from dashboard.intake.opened_file import Handover, OpenedFile, Receipt, read_file, stopping
from dashboard.store.locks import StoreChanged
from dashboard.store.observations import Query, read_figures
from dashboard.store.opening import Engine, StoreError
from dashboard.store.received import ReceivedFiles, digest
from dashboard.store.record import Arrival, record
from dashboard.store.targets import NewTargets
from dashboard.store.transaction import Decision

__all__ = ["Handover", "Receipt", "Store", "receive"]


@dataclass(frozen=True, slots=True)
class Store:
    """Where files go: figures into the engine, bytes beside it; and what they are read by."""

    engine: Engine
    catalogue: Catalogue
    areas: Areas
    received: ReceivedFiles


def _known(engine: Engine, stated: Iterable[Observation]) -> dict[Key, float]:
    """The store's current values of the same indicators, areas and periods, by key."""
    indicators, areas, periods = set(), set(), set()
    for one in stated:
        indicators.add(one.indicator)
        areas.add(one.area)
        periods.add(one.period)
    if not indicators:
        return {}
    query = Query(sorted(indicators), sorted(areas), periods=sorted(periods))
    figures = read_figures(engine, query)
    return {
        (one.indicator, one.area, one.period.key, one.kind): one.value
        for one in figures
        if one.value is not None
    }


def _settle_beside(engine: Engine, file: OpenedFile, catalogue: Catalogue) -> None:
    """Drops figures printed beside others where the store or the file itself knows better ones."""
    everything = [one for arrival in file.arrivals for one in arrival.observations]
    known = _known(engine, (one for one in everything if one.secondary))
    for one in everything:
        if not one.secondary and one.value is not None:
            known[one.key] = one.value
    for place, (arrival, (at, sheet)) in enumerate(zip(file.arrivals, file.taken, strict=True)):
        kept, found = settle(arrival.observations, known, sheet, catalogue)
        findings = (*arrival.findings, *found)
        file.arrivals[place] = Arrival(arrival.head, kept, findings)
        file.receipts[at] = replace(file.receipts[at], observations=len(kept), findings=findings)


def receive(
    store: Store, files: Sequence[tuple[str, bytes]], handover: Handover, when: datetime
) -> list[Receipt]:
    """Takes files in, each whole or not at all; returns one receipt a sheet, in order.

    Where one sheet of a file is refused, no sheet of that file is stored. A dry run stores nothing.
    """
    receipts: list[Receipt] = []
    for name, content in files:
        file = read_file(name, content, store.catalogue, store.areas, handover)
        receipts += _taken(store, file, content, handover, when)
    return receipts


def _taken(
    store: Store, file: OpenedFile, content: bytes, handover: Handover, when: datetime
) -> list[Receipt]:
    """The file's receipts, whatever becomes of it: those of the files before it are not lost."""
    try:
        return _stored(store, file, content, handover, when)
    except StoreChanged:  # a period was locked or unlocked meanwhile: judge anew
        return _taken(store, file, content, handover, when)
    except StoreError as error:
        finding = stopping(
            "not_stored",
            f"未能保存，库中数据没有变化；请稍后重试或联系管理员（{error}）",
            f"it could not be stored and nothing was changed; try again later ({error})",
        )
        return [
            replace(receipt, findings=(*receipt.findings, finding)) for receipt in file.receipts
        ]


def _admit(
    store: Store, file: OpenedFile, sha256: str, locks: Locks
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


def _new_targets(
    file: OpenedFile, content: bytes, handover: Handover, when: datetime
) -> NewTargets | None:
    if not file.targets:
        return None
    decision = Decision(handover.by, when, handover.note or file.name)
    targets, places = zip(*file.targets, strict=True)
    return NewTargets(targets, decision, places, digest(content))


def _stored(
    store: Store, file: OpenedFile, content: bytes, handover: Handover, when: datetime
) -> list[Receipt]:
    """The file's receipts, with numbers where it was stored."""
    if not any(receipt.refused for receipt in file.receipts):
        _settle_beside(store.engine, file, store.catalogue)
    locks = Locks.now(store.engine, store.areas)
    receipts, arrivals = _admit(store, file, digest(content), locks)
    if handover.dry_run:
        return receipts
    if any(receipt.refused for receipt in receipts):
        return [replace(receipt, targets=0) for receipt in receipts]
    if arrivals:
        store.received.keep(content)  # before the figures: no submission is ever without its file
    targets = _new_targets(file, content, handover, when)
    if targets is not None:
        store.received.keep(content)
    numbers = record(store.engine, arrivals, when, locks.seen, file.areas, targets)
    for place, number in zip(file.places, numbers, strict=True):
        receipts[place] = replace(receipts[place], id=number)
    return receipts
