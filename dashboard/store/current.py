"""Selects which of the values ever received for a figure is the current one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Function,
    Over,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from dashboard.catalogue.concepts import FigureStatus
from dashboard.store.bulk_insert import Row
from dashboard.store.query import Query, distinct_texts
from dashboard.store.tables import KEY, observation, revision, submission

# 1.1 万元 and 11,000 元 differ in the last bit only: one value, not two
TOLERANCE = 1e-9

_SUBMISSION, _VALUE, _STATUS, _SINCE = (
    list(revision.columns.keys()).index(name) for name in ("submission", "value", "status", "since")
)
_SUBMISSION_OF_FIGURE = list(observation.columns.keys()).index("submission")


def counted(query: Query, of: FromClause = revision) -> ColumnElement[bool] | None:
    """Whether a revision's submission counts for the query; None where the current figures do."""
    if not query.grades and query.as_of is None:
        return None
    head = submission.alias()  # the query itself may read submissions too
    terms = [head.c.id == of.c.submission]
    if query.grades:
        terms.append(head.c.grade.in_(distinct_texts(query.grades)))
    if query.as_of is None:
        terms.append(head.c.withdrawn.is_(None))
    else:
        terms.append(head.c.received <= query.as_of)
        terms.append(or_(head.c.withdrawn.is_(None), head.c.withdrawn > query.as_of))
    # asked of each revision found by its key: IN would make SQLite start from the submissions
    return exists().where(*terms)


def standing(query: Query) -> ColumnElement[bool]:
    """Whether a revision is of the latest submission that counts for the query and has its figure.

    Says where there is a figure without sorting the revisions, as ``current_figures`` must.
    """
    counts, later = counted(query), revision.alias()
    assert counts is not None, "of the current figures nobody needs to ask"
    above = counted(query, later)
    same = [later.c[name] == revision.c[name] for name in KEY]
    newer = exists().where(*same, later.c.submission > revision.c.submission, above)  # type: ignore[arg-type]
    return and_(counts, ~newer)


def current_figures(*restriction: ColumnElement[bool]) -> Select[Any]:
    """The current figure of each key among the revisions so restricted, as rows of ``observation``.

    The latest submission wins, whatever it says and whatever its grade. Where it states one key
    several times, the first value stands, and two different values make the figure disputed.
    """
    key = [revision.c[name] for name in KEY]
    value, sequence = revision.c.value, revision.c.sequence

    def latest(aggregate: Function[Any]) -> Over[Any]:
        # Over the rows so far and their peers: on rows of rank 1, over the latest submission's.
        # The same window each time, so that the rows are sorted once.
        return aggregate.over(partition_by=key, order_by=revision.c.submission.desc())

    spread = latest(func.max(value)) - latest(func.min(value))
    disputed = spread > literal(TOLERANCE) * latest(func.max(func.abs(value)))
    first_value = latest(func.min(case((value.is_not(None), sequence))))
    ranked = (
        select(
            *key,
            value,
            case((disputed, FigureStatus.DISPUTED.value), else_=revision.c.status).label("status"),
            revision.c.since,
            revision.c.submission,
            revision.c.qualifier,
            sequence,
            latest(func.rank()).label("rank"),
            func.coalesce(first_value, latest(func.min(sequence))).label("first"),
        )
        .where(*restriction)
        .subquery()
    )
    return select(*(ranked.c[column.name] for column in observation.columns)).where(
        ranked.c.rank == 1, ranked.c.sequence == ranked.c.first
    )


def newest(revisions: Sequence[Row]) -> list[Row]:
    """What ``current_figures`` says of submissions that are later than all others.

    Takes their rows of ``revision``, the qualifier last, ordered by key, submission and sequence;
    gives rows of ``observation`` in the order of their keys. In Python, for a large submission
    would spend more time in the windows of SQL than in being inserted.
    """
    figures: list[Row] = []
    statements: list[Row] = []
    before: Row = ()
    for row in revisions:
        indicator, area, period, kind, submission, _, value, status, since, *_ = row
        figure = (indicator, area, period, kind, value, status, since, submission, row[-1])
        if before[:4] != figure[:4]:
            statements = [row]
            figures.append(figure)
        elif submission == before[_SUBMISSION_OF_FIGURE]:
            statements.append(row)
            figures[-1] = _settled(statements)
        else:
            statements = [row]  # a later submission supersedes
            figures[-1] = figure
        before = figure
    return figures


def _settled(statements: Sequence[Row]) -> Row:
    """One submission's statements of a figure as a row of ``observation``."""
    first, status = statements[0], statements[0][_STATUS]
    if len(statements) > 1:
        valued = [row for row in statements if row[_VALUE] is not None]
        first = valued[0] if valued else first
        values, status = [row[_VALUE] for row in valued], first[_STATUS]
        if values and max(values) - min(values) > TOLERANCE * max(map(abs, values)):
            status = FigureStatus.DISPUTED.value
    stated = (first[_VALUE], status, first[_SINCE], first[_SUBMISSION], first[-1])
    return (*first[:4], *stated)


def further_values(values: Iterable[float]) -> tuple[float, ...]:
    """Of the values of a disputed figure, as stated, those that differ from all before them."""
    different: list[float] = []
    for value in values:
        if not any(math.isclose(value, held, rel_tol=TOLERANCE) for held in different):
            different.append(value)
    return tuple(different[1:])
