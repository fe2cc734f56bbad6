"""Reads what the current figures say where they were stated: the revisions behind them, by cell."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Engine, and_, select

from dashboard.catalogue.concepts import FigureKind, FigureStatus, Observation, Source
from dashboard.catalogue.periods import Period, from_key
from dashboard.store.query import Query, conditions
from dashboard.store.tables import KEY, observation, revision, submission


class FigureStatement(NamedTuple):
    """One statement of a current figure; the submission's file and form beside it.

    ``received`` is the month of the hand-in, None of a sample.
    """

    observation: Observation
    submission: int
    file: str
    form: str = ""
    received: Period | None = None


def read_statements(engine: Engine, query: Query) -> list[FigureStatement]:
    """All statements of the current figures, by submission and in the order of its file.

    A disputed figure has several. Of the query, grades and ``as_of`` are not looked at.
    """
    same = [observation.c[name] == revision.c[name] for name in (*KEY, "submission")]
    places = [revision.c[n] for n in ("sheet", "sheet_row", "sheet_column", "title", "phrase")]
    heads = ("file", "sheet", "form", "received", "is_sample")
    columns = [revision.c[name] for name in (*KEY, "value", "status", "since", "submission")]
    statement = (
        select(
            *columns,
            *places,
            revision.c.qualifier,
            revision.c.rounding,
            revision.c.sequence,
            *(submission.c[name] for name in heads),
        )
        .select_from(observation)
        .join(revision, and_(*same))
        .join(submission, submission.c.id == revision.c.submission)
    )
    statements: list[tuple[int, int, FigureStatement]] = []
    with engine.connect() as connection:
        for restriction in conditions(query, observation):
            rows = connection.execute(statement.where(*restriction))
            statements += [_placed(tuple(row)) for row in rows]
    statements.sort(key=lambda entry: entry[:2])
    return [stated for *_, stated in statements]


def statements_of(engine: Engine, number: int) -> list[Observation]:
    """All figures that a submission states, in the order of its file, also superseded ones."""
    names = (*KEY, "value", "status", "since", "sheet", "sheet_row", "sheet_column")
    columns = [revision.c[name] for name in (*names, "title", "phrase", "qualifier", "rounding")]
    statement = (
        select(*columns).where(revision.c.submission == number).order_by(revision.c.sequence)
    )
    with engine.connect() as connection:
        return [_observed(tuple(row)) for row in connection.execute(statement)]


def _observed(row: tuple[Any, ...]) -> Observation:
    i, a, p, k, value, status, since, *place, qualifier, rounding = row
    began = None if since is None else from_key(since)
    figure = (i, a, from_key(p), value, FigureKind(k), FigureStatus(status), began, Source(*place))
    return Observation(*figure, qualifier=qualifier, rounding=rounding)


def _placed(row: tuple[Any, ...]) -> tuple[int, int, FigureStatement]:
    """Submission, place in its file and statement of a row of the store."""
    i, a, p, k, value, status, since, number, sheet, *place, qualified, half, order = row[:-5]
    file, head, form, received, is_sample = row[-5:]
    month = None if is_sample else Period(received.year, received.month)
    began = None if since is None else from_key(since)
    at = Source(sheet or head, *place)
    kind, held = FigureKind(k), FigureStatus(status)
    figure = (i, a, from_key(p), value, kind, held, began, at)
    stated = Observation(*figure, qualifier=qualified, rounding=half)
    return number, order, FigureStatement(stated, number, file, form or "", month)
