"""Reads every version of one figure: where each stood, who handed it in, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, select

from dashboard.catalogue.periods import Period, from_key
from dashboard.store.tables import revision, submission


class Version(NamedTuple):
    """One statement of a figure, in base units.

    ``superseded_by`` is the next submission that states the figure and counts; None for the
    current one and for a withdrawn one. Of several statements within one submission ``statement``
    counts from 1. ``sha256`` is that of the file as received, empty where it is not kept.
    """

    indicator: str
    area: str
    period: Period
    kind: str
    value: float | None
    status: str
    since: Period | None
    submission: int
    statement: int
    grade: str
    received: datetime
    submitted_by: str
    note: str
    file: str
    sha256: str
    sheet: str
    row: int
    column: str
    title: str
    phrase: str
    withdrawn: datetime | None
    withdrawn_by: str
    withdrawn_reason: str
    superseded_by: int | None
    qualifier: str = ""  # the word that states the value as approximate


_OF_SUBMISSION = ("grade", "received", "submitted_by", "note", "file", "sha256")
_WITHDRAWAL = ("withdrawn", "withdrawn_by", "withdrawn_reason")


def read_versions(engine: Engine, indicator: str, area: str, period: Period) -> list[Version]:
    """All versions of a figure, oldest first, of every kind (actual, target, …)."""
    place = [revision.c.sheet, revision.c.sheet_row, revision.c.sheet_column]
    statement = (
        select(
            revision.c.kind,
            revision.c.value,
            revision.c.status,
            revision.c.since,
            revision.c.submission,
            *(submission.c[name] for name in _OF_SUBMISSION),
            *place,
            revision.c.title,
            revision.c.phrase,
            *(submission.c[name] for name in _WITHDRAWAL),
            revision.c.qualifier,
            submission.c.sheet,
        )
        .join(submission, submission.c.id == revision.c.submission)
        .where(
            revision.c.indicator == indicator,
            revision.c.area == area,
            revision.c.period == period.key,
        )
        .order_by(revision.c.submission, revision.c.sequence)
    )
    versions: list[Version] = []
    stated: dict[tuple[str, int], int] = {}
    with engine.connect() as connection:
        for kind, value, status, since, number, *rest, head_sheet in connection.execute(statement):
            stated[kind, number] = stated.get((kind, number), 0) + 1
            *of_submission, sheet, row, column, title, phrase, when, by, why, qualifier = rest
            known = (value, status, None if since is None else from_key(since), number)
            key = (indicator, area, period, kind)
            place_of_it = (stated[kind, number], *of_submission, sheet or head_sheet, row, column)
            origin = (title, phrase, when, by, why, None, qualifier)
            versions.append(Version._make((*key, *known, *place_of_it, *origin)))
    return _superseded(versions)


Key = tuple[str, str, Period, str]


def cells_of(engine: Engine, number: int) -> dict[tuple[str, int, str], Key]:
    """The figures of a submission by sheet, row and column of the cells in which they stood."""
    columns = [revision.c[name] for name in ("indicator", "area", "period", "kind")]
    place = [revision.c.sheet, revision.c.sheet_row, revision.c.sheet_column]
    statement = (
        select(submission.c.sheet.label("head_sheet"), *place, *columns)
        .join(submission, submission.c.id == revision.c.submission)
        .where(revision.c.submission == number, revision.c.sheet_row > 0)
        .order_by(revision.c.sequence.desc())
    )
    with engine.connect() as connection:
        return {
            (sheet or head_sheet, row, column): (indicator, area, from_key(period), kind)
            for head_sheet, sheet, row, column, indicator, area, period, kind in connection.execute(
                statement
            )
        }


def _superseded(versions: list[Version]) -> list[Version]:
    """The same with the submission that took each one's place."""
    counting: dict[str, list[int]] = {}
    for version in versions:
        if version.withdrawn is None:
            counting.setdefault(version.kind, []).append(version.submission)
    return [
        version
        if version.withdrawn is not None
        else version._replace(
            superseded_by=min(
                (n for n in counting[version.kind] if n > version.submission), default=None
            )
        )
        for version in versions
    ]
