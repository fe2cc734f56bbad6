"""Inserts and deletes figures: a submission is stored whole or not at all."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    and_,
    delete,
    select,
    tuple_,
)

from dashboard.catalogue.area_changes import AreaChange
from dashboard.catalogue.change_list import StatedChange
from dashboard.catalogue.concepts import (
    Area,
    FigureKind,
    FigureStatus,
    Finding,
    Observation,
    SubmissionHead,
)
from dashboard.catalogue.outlines import Outline
from dashboard.catalogue.periods import Period
from dashboard.catalogue.registers import Register
from dashboard.store.area_changes import insert_changes, refuse_unless_same
from dashboard.store.area_rows import keep_areas, refuse_taken
from dashboard.store.boundaries import insert_outlines
from dashboard.store.bulk_insert import Row, insert_rows, room_for
from dashboard.store.current import newest
from dashboard.store.locks import refuse_if_changed
from dashboard.store.mappings import NewMapping, remember
from dashboard.store.opening import StoreError
from dashboard.store.published_places import publish_as_above
from dashboard.store.registers import insert_register, remove_sample_registers
from dashboard.store.reports_received import indicators_named, reported_rows
from dashboard.store.roll_ups import add_counts, count_figures, counts_before, counts_of
from dashboard.store.submissions import has_samples
from dashboard.store.tables import (
    area_change,
    boundary,
    finding,
    observation,
    reported,
    revision,
    submission,
)
from dashboard.store.targets import NewTargets, keep_targets, remove_sample_targets
from dashboard.store.transaction import KEYS, PLACED, STANDING, replace_current, writing

_REPORTED = (FigureKind.ACTUAL, FigureKind.STANDARD)  # a target stands on the pages of many areas
_REASONS = (FigureStatus.NOT_REPORTED, FigureStatus.SUPPRESSED, FigureStatus.BLANK)


# What else changes in the transaction that keeps submissions, by their numbers.
Following = Callable[[Connection, Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """One submission as it arrives: its head, its figures in order, what was found in it.

    A list of area changes has ``changes`` instead of figures, and ``judged_by`` are those that
    counted when it was found to agree with them. A file of boundaries has ``outlines`` by the codes
    of areas; a list of institutions has its rows as ``register`` beside the figures made from them.
    ``sha256`` is the digest of the file as received,
    where it is kept; ``mappings`` say what lines of this form mean, to be remembered with it.
    ``proposed`` are new areas whose codes must still be free.
    """

    head: SubmissionHead
    observations: Sequence[Observation]
    findings: Sequence[Finding] = ()
    sha256: str = ""
    changes: Sequence[StatedChange] = ()
    judged_by: Sequence[AreaChange] = ()
    mappings: Sequence[NewMapping] = ()
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    register: Register = field(default_factory=Register)
    proposed: Sequence[Area] = ()


def _refuse_unless_judged_alike(connection: Connection, arrivals: Sequence[NewSubmission]) -> None:
    """Raises StoreChanged where a change was judged by other declarations than those in force."""
    for arrival in arrivals:
        if arrival.changes:
            refuse_unless_same(connection, arrival.judged_by)


def record(
    engine: Engine,
    arrivals: Sequence[NewSubmission],
    when: datetime,
    seen: int | None = None,
    areas: Sequence[Area] = (),
    targets: NewTargets | None = None,
    *,
    following: Following | None = None,
) -> list[int]:
    """Keep the arrivals, received at ``when`` (with its zone); returns the submissions' numbers.

    All in one transaction, with areas and targets that came with them and with what is
    ``following``: any failure leaves nothing of any of them. A later submission, and a later one
    within ``arrivals``, supersedes. Raises StoreError for a figure that cannot be kept, a time
    without a zone and a store that cannot be written; StoreChanged where the logbook goes on after
    the entry ``seen`` by which the arrivals were judged; AreaCodeTaken where the code of a proposed
    area is another's by now.
    """
    if when.tzinfo is None:
        raise StoreError(f"{when}: a time with its zone is needed")
    for arrival in arrivals:
        _check(arrival)
    if not arrivals and not areas and targets is None:
        return []
    alone = not areas and targets is None and all(map(_brings_figures_only, arrivals))
    with writing(engine, figures_only=alone) as connection:
        refuse_if_changed(connection, seen)
        _refuse_unless_judged_alike(connection, arrivals)
        for arrival in arrivals:
            refuse_taken(connection, arrival.proposed)
        keep_areas(connection, areas)
        publish_as_above(connection, areas)
        if targets is not None:
            keep_targets(connection, targets)
        remember(
            connection, [mapping for arrival in arrivals for mapping in arrival.mappings], when
        )
        numbers = _record(connection, arrivals, when) if arrivals else []
        if following is not None:
            following(connection, numbers)
        return numbers


def _brings_figures_only(arrival: NewSubmission) -> bool:
    """Whether an arrival changes figures of its areas and nothing that other areas' pages show."""
    more = (arrival.changes, arrival.outlines, arrival.mappings, arrival.proposed)
    if any(more) or arrival.register.rows or arrival.register.parts:
        return False
    return all(stated.kind in _REPORTED for stated in arrival.observations)


def _record(connection: Connection, arrivals: Sequence[NewSubmission], when: datetime) -> list[int]:
    numbers = [_insert_submission(connection, arrival, when) for arrival in arrivals]
    revisions = _in_order_of_keys(zip(numbers, arrivals, strict=True))
    room_for(connection, len(revisions))
    insert_rows(connection, revision, revisions)
    before, figures = counts_before(connection, min(numbers)), newest(revisions)
    if connection.dialect.name != "sqlite":
        # Not with ON CONFLICT, which does not cross the shards of a partitioned store. IN and not
        # ≥ on the revisions themselves; writers wait for each other, so the numbers are ours.
        arrived = select(submission.c.id).where(submission.c.id >= min(numbers))
        keys = select(*KEYS).where(revision.c.submission.in_(arrived))
        connection.execute(delete(observation).where(PLACED.in_(keys)))
    insert_rows(connection, observation, figures, replace=True)
    add_counts(connection, before, counts_of(figures))
    for number, arrival in zip(numbers, arrivals, strict=True):
        insert_changes(connection, number, arrival.changes)
        insert_outlines(connection, number, arrival.outlines)
        insert_register(connection, number, arrival.register)
        insert_rows(connection, reported, reported_rows(number, arrival.observations))
    _insert_all(
        connection,
        finding.insert(),
        [
            _finding(number, sequence, noted)
            for number, arrival in zip(numbers, arrivals, strict=True)
            for sequence, noted in enumerate(arrival.findings)
        ],
    )
    return numbers


def remove_samples(engine: Engine) -> int:
    """Delete every sample submission; what it had superseded is current again.

    Returns the number of submissions removed. Raises StoreError for a store that cannot be written.
    """
    if not has_samples(engine):
        return 0
    samples = select(submission.c.id).where(submission.c.is_sample)
    affected = select(*KEYS).where(revision.c.submission.in_(samples))
    standing = and_(tuple_(*KEYS).in_(affected), revision.c.submission.not_in(samples), STANDING)
    with writing(engine) as connection:
        replace_current(connection, affected, standing)
        count_figures(connection)
        connection.execute(delete(revision).where(revision.c.submission.in_(samples)))
        connection.execute(delete(area_change).where(area_change.c.submission.in_(samples)))
        connection.execute(delete(boundary).where(boundary.c.submission.in_(samples)))
        connection.execute(delete(finding).where(finding.c.submission.in_(samples)))
        connection.execute(delete(reported).where(reported.c.submission.in_(samples)))
        remove_sample_targets(connection)
        remove_sample_registers(connection)
        return connection.execute(delete(submission).where(submission.c.is_sample)).rowcount


def _insert_all(connection: Connection, statement: Insert, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def _check(arrival: NewSubmission) -> None:
    for stated in arrival.observations:
        value = stated.value
        if value is not None and stated.status not in _REASONS and math.isfinite(value):
            continue
        if (value is None) != (stated.status in _REASONS):
            reason = f"the value {value} with the status {stated.status}"
        elif value is not None and not math.isfinite(value):
            reason = f"{value} is not a number"
        else:
            continue
        raise StoreError(f"{arrival.head.file}: {' '.join(map(str, stated.key))}: {reason}")


def insert_submission(connection: Connection, values: Mapping[str, object]) -> int:
    """Insert the row of a submission, within a transaction; returns its number."""
    result = connection.execute(submission.insert().returning(submission.c.id), dict(values))
    number: int = result.scalar_one()
    return number


def _insert_submission(connection: Connection, arrival: NewSubmission, when: datetime) -> int:
    head = arrival.head
    titles = {stated.source.title for stated in arrival.observations}
    values = {
        "file": head.file,
        "sheet": head.sheet,
        "form": head.form,
        "title": titles.pop() if len(titles) == 1 else "",
        "area": head.area,
        "period": _key(head.period),
        "grade": str(head.grade),
        "received": when,
        "submitted_by": head.submitted_by,
        "note": head.note,
        "is_sample": head.is_sample,
        "figures": len(arrival.observations) + len(arrival.changes) + len(arrival.outlines),
        "findings": len(arrival.findings),
        "sha256": arrival.sha256,
        "indicators": indicators_named(head.form, arrival.observations),
    }
    return insert_submission(connection, values)


def _in_order_of_keys(numbered: Iterable[tuple[int, NewSubmission]]) -> list[Row]:
    """The figures as rows of ``revision``, in its columns' order, by key, submission and sequence.

    So neighbours go in together. First by indicator and area, then within them: a table brings
    many of each, and short lists that are nearly in order are quickly sorted.
    """
    places: dict[tuple[str, str], list[Row]] = defaultdict(list)
    kinds = {kind: kind.value for kind in FigureKind}
    statuses = {status: status.value for status in FigureStatus}
    for number, arrival in numbered:
        for sequence, stated in enumerate(arrival.observations):
            indicator, area_code, period, value, kind, status, since, source, *rest = stated
            _, qualifier, rounding = rest
            sheet, sheet_row, sheet_column, title, phrase = source
            places[indicator, area_code].append(
                (
                    indicator,
                    area_code,
                    period.year * 100 + period.month,
                    kinds[kind],
                    number,
                    sequence,
                    None if value is None else float(value),
                    statuses[status],
                    None if since is None else since.key,
                    sheet,
                    sheet_row,
                    sheet_column,
                    title,
                    phrase,
                    rounding,
                    qualifier,
                )
            )
    rows: list[Row] = []
    for place in sorted(places):
        rows += sorted(places[place])
    return rows


def _finding(number: int, sequence: int, noted: Finding) -> dict[str, Any]:
    return {
        "submission": number,
        "sequence": sequence,
        "severity": noted.severity,
        "rule": noted.rule,
        "sheet": noted.sheet,
        "sheet_row": noted.row,
        "sheet_column": noted.column,
        "value": noted.value,
        "message_zh": noted.message.zh,
        "message_en": noted.message.en,
        "area": noted.area or None,
    }


def _key(period: Period | None) -> int | None:
    return None if period is None else period.key
