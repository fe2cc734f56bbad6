"""Reads what was handed in: submissions with their findings, and the areas a bureau keeps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, Row, exists, func, select, union

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, Finding, Level
from dashboard.catalogue.periods import Period, from_key
from dashboard.store.query import CHUNK
from dashboard.store.tables import area, area_figures, finding, revision, submission
from dashboard.store.target_tables import target, target_change


class SubmissionRow(NamedTuple):
    """A submission as the store knows it; ``figures`` and ``findings`` say how many it came with.

    ``title`` is that of the source (a document, a web address) where all figures have the same one;
    ``sha256`` the digest of the file as received, empty where it was not kept. ``returned`` says
    that a withdrawn one was sent back, to be handed in anew.
    """

    id: int
    file: str
    sheet: str
    form: str
    title: str
    area: str
    period: Period | None
    grade: str
    received: datetime
    submitted_by: str
    note: str
    is_sample: bool
    figures: int
    findings: int
    sha256: str = ""
    withdrawn: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_reason: str = ""
    returned: bool = False


_COLUMNS = [submission.c[name] for name in SubmissionRow._fields]

_LARGEST = 2**63 - 1  # a larger number is none that a database could have given


def read_submissions(engine: Engine, limit: int = 200) -> list[SubmissionRow]:
    """The latest ``limit`` submissions, newest first."""
    statement = select(*_COLUMNS).order_by(submission.c.id.desc()).limit(limit)
    with engine.connect() as connection:
        return [_submission(row) for row in connection.execute(statement)]


def read_sources(engine: Engine, submissions: Collection[int]) -> dict[int, SubmissionRow]:
    """The submissions with these numbers; unknown numbers are left out."""
    numbers = sorted(number for number in set(submissions) if 0 < number <= _LARGEST)
    sources: dict[int, SubmissionRow] = {}
    with engine.connect() as connection:
        for start in range(0, len(numbers), CHUNK):
            part = submission.c.id.in_(numbers[start : start + CHUNK])
            for row in connection.execute(select(*_COLUMNS).where(part)):
                sources[row.id] = _submission(row)
    return sources


def submissions_of_file(engine: Engine, sha256: str) -> list[SubmissionRow]:
    """What came in with exactly this file, oldest first."""
    same = (submission.c.sha256 == sha256) & (submission.c.sha256 != "")
    statement = select(*_COLUMNS).where(same).order_by(submission.c.id)
    with engine.connect() as connection:
        return [_submission(row) for row in connection.execute(statement)]


MOST_LOOKED_AT = 400  # submissions; one day often brings one from every street


def received_for(engine: Engine, areas: Collection[str], above: Collection[str]) -> list[datetime]:
    """When the latest submissions with figures of these areas came, newest first.

    ``above`` are the areas in whose name they may have been handed in too. The newest
    MOST_LOOKED_AT are told of.
    """
    named = submission.c.area.in_(["", *sorted({*areas, *above})])
    figures = exists().where(
        revision.c.submission == submission.c.id, revision.c.area.in_(sorted(set(areas)))
    )
    statement = (
        select(submission.c.received)
        .where(named, figures)
        .order_by(submission.c.id.desc())
        .limit(MOST_LOOKED_AT)
    )
    with engine.connect() as connection:
        return list(connection.execute(statement).scalars())


def files_of_samples(engine: Engine) -> list[str]:
    """The digests of the files that samples came in with, figures and targets."""
    figures = select(submission.c.sha256).where(submission.c.is_sample)
    samples = select(target.c.id).where(target.c.is_sample)
    targets = select(target_change.c.sha256).where(target_change.c.target.in_(samples))
    with engine.connect() as connection:
        digests = connection.execute(union(figures, targets)).scalars()
        return sorted(digest for digest in digests if digest)


def has_samples(engine: Engine, *, samples: bool = True) -> bool:
    """Whether any submission is a sample; with ``samples`` False, whether any is not."""
    wanted = submission.c.is_sample if samples else ~submission.c.is_sample
    statement = select(submission.c.id).where(wanted).limit(1)
    with engine.connect() as connection:
        return connection.execute(statement).first() is not None


def read_findings(engine: Engine, submission: int) -> list[Finding]:
    """What was found in a submission, in the order in which it was found."""
    statement = (
        select(finding).where(finding.c.submission == submission).order_by(finding.c.sequence)
    )
    with engine.connect() as connection:
        return [
            Finding(
                severity=row.severity,
                rule=row.rule,
                message=Text(row.message_zh, row.message_en),
                sheet=row.sheet,
                row=row.sheet_row,
                column=row.sheet_column,
                value=row.value,
                area=row.area or "",
            )
            for row in connection.execute(statement)
        ]


def read_areas(engine: Engine) -> list[Area]:
    """The areas kept in the store, by code."""
    with engine.connect() as connection:
        return [
            Area(
                code=row.code,
                name=Text(row.name_zh, row.name_en),
                level=Level(row.level),
                parent=row.parent,
                valid_from=_period(row.valid_from),
                valid_to=_period(row.valid_to),
                predecessor=row.predecessor,
                aliases=tuple(row.aliases.split("\n")) if row.aliases else (),
                tile=(row.tile_row, row.tile_column) if row.tile_row else None,
            )
            for row in connection.execute(select(area).order_by(area.c.code))
        ]


def _submission(row: Row[Any]) -> SubmissionRow:
    return SubmissionRow._make(row)._replace(period=_period(row.period))


def _period(key: int | None) -> Period | None:
    return None if key is None else from_key(key)


def first_periods(engine: Engine, submissions: Collection[int]) -> dict[int, Period]:
    """The earliest month of the figures of these submissions; without those that have none."""
    first = func.min(func.coalesce(revision.c.since, revision.c.period))
    wanted = revision.c.submission.in_(sorted(submissions))
    statement = select(revision.c.submission, first).where(wanted).group_by(revision.c.submission)
    with engine.connect() as connection:
        return {number: from_key(key) for number, key in connection.execute(statement)}


def grades_of_areas(engine: Engine) -> dict[str, str]:
    """The grade of the figures of each area, judged by one figure of each."""
    statement = select(area_figures.c.area, area_figures.c.grade)
    with engine.connect() as connection:
        return {row.area: row.grade for row in connection.execute(statement)}
