"""Reads earlier submissions of a form and their figures, with which a new one is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Engine, select

from dashboard.store.query import CHUNK, Query, conditions, distinct_texts
from dashboard.store.tables import KEY, observation, revision, submission

Key = tuple[str, str, int, str]


class EarlierHead(NamedTuple):
    """A submission that counts; ``period`` as the store keeps it (202409)."""

    id: int
    form: str
    area: str
    period: int


def earlier_heads(
    engine: Engine, forms: Collection[str], areas: Collection[str]
) -> list[EarlierHead]:
    """The submissions of these forms and areas that nobody has withdrawn, newest first."""
    if not forms or not areas:
        return []
    columns = [submission.c[name] for name in EarlierHead._fields]
    statement = (
        select(*columns)
        .where(
            submission.c.form.in_(distinct_texts(list(forms))),
            submission.c.area.in_(distinct_texts(list(areas))),
            submission.c.withdrawn.is_(None),
            submission.c.period.is_not(None),
        )
        .order_by(submission.c.id.desc())
    )
    with engine.connect() as connection:
        return [EarlierHead._make(row) for row in connection.execute(statement)]


def indicators_of(engine: Engine, submissions: Collection[int]) -> dict[int, frozenset[str]]:
    """The indicators of which these submissions stated any figure."""
    by_submission: defaultdict[int, set[str]] = defaultdict(set)
    with engine.connect() as connection:
        for part in _parts(submissions):
            statement = (
                select(revision.c.submission, revision.c.indicator)
                .distinct()
                .where(revision.c.submission.in_(part))
            )
            for number, indicator in connection.execute(statement):
                by_submission[number].add(indicator)
    return {number: frozenset(indicators) for number, indicators in by_submission.items()}


def figures_of(
    engine: Engine, submissions: Collection[int]
) -> dict[int, dict[Key, tuple[float, str]]]:
    """Value and status of every figure with a value that these submissions stated, by its key."""
    figures: dict[int, dict[Key, tuple[float, str]]] = {number: {} for number in submissions}
    columns = [revision.c[name] for name in (*KEY, "value", "status")]
    with engine.connect() as connection:
        for part in _parts(submissions):
            statement = (
                select(revision.c.submission, *columns)
                .where(revision.c.submission.in_(part), revision.c.value.is_not(None))
                .order_by(revision.c.submission, revision.c.sequence)
            )
            for number, i, a, p, k, value, status in connection.execute(statement):
                figures[number].setdefault((i, a, p, k), (value, status))
    return figures


def _parts(numbers: Collection[int]) -> list[list[int]]:
    ordered = sorted(set(numbers))
    return [ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK)]


class CurrentFigure(NamedTuple):
    """What is current of a figure: value in base units, status, first month, and whence."""

    value: float | None
    status: str
    since: int | None
    submission: int | None


def standing_figures(engine: Engine, query: Query) -> dict[Key, CurrentFigure]:
    """The current figures asked for, by key. Grades and an earlier moment are not asked here."""
    columns = [observation.c[name] for name in (*KEY, *CurrentFigure._fields)]
    with engine.connect() as connection:
        return {
            (i, a, p, k): CurrentFigure(*known)
            for restriction in conditions(query, observation)
            for i, a, p, k, *known in connection.execute(select(*columns).where(*restriction))
        }
