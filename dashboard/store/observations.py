"""Reads figures: the current ones, all ever received, and where there are any."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Engine, Subquery, and_, func, select

from dashboard.base.collector import collection_paused
from dashboard.catalogue.concepts import Figure, FigureStatus, Grade
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period, from_key
from dashboard.store.current import counted, current_figures, further_values, standing
from dashboard.store.published_places import published_since
from dashboard.store.query import CHUNK, Key, Query, conditions, distinct_texts
from dashboard.store.reader_engine import reader_of
from dashboard.store.tables import (
    KEY,
    area_figures,
    held,
    observation,
    revision,
    shown,
    submission,
)

NO_MARKS: frozenset[FigureMark] = frozenset()
_DRAFT = frozenset({FigureMark.DRAFT})
_period = lru_cache(maxsize=4096)(from_key)


class Revision(NamedTuple):
    """A figure as one submission stated it, and where in it; ``value`` is in base units."""

    indicator: str
    area: str
    period: Period
    kind: str
    value: float | None
    status: str
    since: Period | None
    submission: int
    grade: str
    received: datetime
    file: str
    sheet: str
    row: int
    column: str
    title: str
    phrase: str
    withdrawn: datetime | None = None
    qualifier: str = ""  # the word that states the value as approximate


class Coverage(NamedTuple):
    """For which periods an area has an indicator, and how many figures that makes."""

    area: str
    first: Period
    last: Period
    figures: int


class Holding(NamedTuple):
    """What an area has of an indicator: how many periods, the first and the last."""

    indicator: str
    area: str
    periods: int
    first: Period
    last: Period


def read_figures(engine: Engine, query: Query) -> list[Figure]:
    """The current figures, ordered by indicator, area, period and kind.

    With ``query.grades`` what would be current had only those grades been handed in; with
    ``query.as_of`` what was current then.
    """
    figures: list[Figure] = []
    with collection_paused(), engine.connect() as connection:
        for chosen in _chosen(query):
            statement = (
                select(*chosen.c, submission.c.grade)
                .join(submission, submission.c.id == chosen.c.submission)
                .order_by(*(chosen.c[name] for name in KEY))
            )
            rows = connection.execute(statement).all()
            disputed = FigureStatus.DISPUTED.value in {row[5] for row in rows}
            others = _others(connection, chosen) if disputed else {}
            read = _figures(rows, others)
            figures += _marked(engine, connection, list(read)) if disputed else read
    figures.sort(key=itemgetter(0, 1, 2, 3))  # those of PostgreSQL are in the order of its language
    return figures


def _marked(engine: Engine, connection: Connection, figures: list[Figure]) -> list[Figure]:
    """The figures, those disputed among them that are drafts marked so: their status is taken."""
    reader = reader_of(engine)
    if reader is None or not reader.marked:
        return figures
    disputed = [one for one in figures if one.status == FigureStatus.DISPUTED]
    since = published_since(connection, {one.period.key for one in disputed})
    return [
        one._replace(marks=_DRAFT)
        if one.status == FigureStatus.DISPUTED
        and one.grade != Grade.DEMO
        and (one.area, one.period.key) not in since
        else one
        for one in figures
    ]


def _figures(rows: Sequence[Any], others: Mapping[Key, tuple[float, ...]]) -> Iterator[Figure]:
    """Rows as figures. Tens of thousands make a page: texts that recur are one object each."""
    same: dict[str, str] = {}
    one_of = same.setdefault
    for i, a, p, k, value, status, since, number, qualifier, grade in rows:
        further = others.get((i, a, p, k), ()) if others else ()
        yield Figure._make(
            (
                one_of(i, i),
                one_of(a, a),
                _period(p),
                one_of(k, k),
                value,
                one_of(status, status),
                None if since is None else _period(since),
                number,
                grade,
                further,
                qualifier,
                NO_MARKS,
            )
        )


def read_values(engine: Engine, query: Query) -> Iterator[tuple[str, str, Period, str, float]]:
    """The values of the current figures: indicator, area, period, kind, value in base units.

    Figures without a value and those that give their first month are left out. In no order.
    """
    with engine.connect() as connection:
        for chosen in _chosen(query):
            names = ("indicator", "area", "period", "kind", "value")
            plainly = chosen.c.value.is_not(None), chosen.c.since.is_(None)
            statement = select(*(chosen.c[name] for name in names)).where(*plainly)
            for indicator, area, period, kind, value in connection.execute(statement).all():
                yield indicator, area, _period(period), kind, value


def _chosen(query: Query) -> Iterator[Subquery]:
    """The figures asked for as rows of ``observation``, in as many parts as the query needs."""
    counts = counted(query)
    if counts is None:
        for restriction in conditions(query, observation):
            yield select(observation).where(*restriction).subquery()
        return
    for restriction in conditions(query, revision):
        yield current_figures(counts, *restriction).subquery()


def _others(connection: Connection, chosen: Subquery) -> dict[Key, tuple[float, ...]]:
    """The further values of the disputed figures among those chosen."""
    same = [chosen.c[name] == revision.c[name] for name in (*KEY, "submission")]
    statement = (
        select(*(chosen.c[name] for name in KEY), revision.c.value)
        .join(revision, and_(*same))
        .where(chosen.c.status == FigureStatus.DISPUTED.value, revision.c.value.is_not(None))
        .order_by(revision.c.sequence)
    )
    values: defaultdict[Key, list[float]] = defaultdict(list)
    for i, a, p, k, *value in connection.execute(statement):
        values[i, a, p, k] += value
    return {key: further_values(stated) for key, stated in values.items()}


def read_revisions(engine: Engine, query: Query) -> list[Revision]:
    """Every value ever received, oldest first; within a submission as it was stated.

    Withdrawn ones too, with the moment; with ``query.as_of`` those received by then and not
    withdrawn by then.
    """
    columns = [revision.c[name] for name in (*KEY, "value", "status", "since", "submission")]
    heads = [submission.c.grade, submission.c.received, submission.c.file, submission.c.sheet]
    places = [revision.c[n] for n in ("sheet", "sheet_row", "sheet_column", "title", "phrase")]
    places += [submission.c.withdrawn, revision.c.qualifier]
    statement = select(revision.c.sequence, *columns, *heads, *places).join(
        submission, submission.c.id == revision.c.submission
    )
    counts = counted(query) if query.as_of is not None else None
    if counts is not None:
        statement = statement.where(counts)
    elif query.grades:
        statement = statement.where(submission.c.grade.in_(distinct_texts(query.grades)))
    revisions: list[tuple[int, int, Revision]] = []
    with engine.connect() as connection:
        for restriction in conditions(_by_indicator(connection, query), revision):
            for row in connection.execute(statement.where(*restriction)):
                sequence, i, a, p, k, value, status, since, number, grade, *rest = row
                received, file, head_sheet, sheet, *place = rest
                key = (i, a, _period(p), k)
                origin = (number, grade, received, file, sheet or head_sheet, *place)
                stated = Revision(*key, value, status, _since(since), *origin)
                revisions.append((number, sequence, stated))
    revisions.sort(key=lambda entry: entry[:2])
    return [stated for _, _, stated in revisions]


def _by_indicator(connection: Connection, query: Query) -> Query:
    """The query with its indicators named, where it names areas alone.

    All revisions of an area lie apart, those of an indicator together: what is asked for by area
    alone would be looked for in the whole store.
    """
    if query.indicators or not query.areas:
        return query
    names = select(func.min(revision.c.indicator).label("name")).cte("stated", recursive=True)
    following = select(func.min(revision.c.indicator)).where(revision.c.indicator > names.c.name)
    names = names.union_all(select(following.scalar_subquery()).where(names.c.name.is_not(None)))
    stated = connection.scalars(select(names.c.name).where(names.c.name.is_not(None))).all()
    return replace(query, indicators=stated) if stated else query


def last_key(engine: Engine, query: Query, most: int, *, received: bool = False) -> Key | None:
    """The key of the last of the first ``most`` figures, in the order of their keys.

    None where there are no more than these. ``received``: of every figure ever received, which are
    those that grades, an ``as_of`` or withdrawn values ask for.
    """
    table = revision if received else observation
    columns = [table.c[name] for name in KEY]
    keys: list[Key] = []
    with engine.connect() as connection:
        query = _by_indicator(connection, query) if received else query
        for restriction in conditions(query, table):
            statement = select(*columns).distinct().where(*restriction).order_by(*columns)
            keys += [(*row,) for row in connection.execute(statement.limit(most + 1))]
    keys.sort()
    return keys[most - 1] if len(keys) > most else None


def periods_of(
    engine: Engine,
    areas: Sequence[str],
    indicators: Sequence[str] = (),
    as_of: datetime | None = None,
) -> dict[str, list[Period]]:
    """For each area that has any, the periods with an actual or standard value, ascending."""
    by_area: defaultdict[str, set[int]] = defaultdict(set)
    query = Query(indicators, areas, as_of=as_of)
    figures = observation if as_of is None else revision
    statement = select(figures.c.area, figures.c.period).distinct().where(shown(figures))
    if as_of is not None:
        statement = statement.where(standing(query))
    with engine.connect() as connection:
        for restriction in conditions(query, figures):
            for area, period in connection.execute(statement.where(*restriction)):
                by_area[area].add(period)
    return {area: [_period(key) for key in sorted(keys)] for area, keys in by_area.items()}


def figures_by_period(
    engine: Engine,
    areas: Sequence[str],
    indicators: Sequence[str] = (),
    as_of: datetime | None = None,
) -> dict[Period, dict[str, int]]:
    """For each period, how many actual and standard values each of the areas has."""
    of_period: defaultdict[int, Counter[str]] = defaultdict(Counter)
    with engine.connect() as connection:
        for chosen in _chosen(Query(indicators, areas, as_of=as_of)):
            key = (chosen.c.period, chosen.c.area)
            statement = select(*key, func.count()).where(shown(chosen)).group_by(*key)
            for period, area, count in connection.execute(statement):
                of_period[period][area] += count
    return {_period(key): dict(counts) for key, counts in of_period.items()}


def indicators_of(engine: Engine, areas: Sequence[str]) -> list[str]:
    """The indicators of which any of the areas has anything, by id."""
    return sorted(_counts(engine, held.c.indicator, held.c.figures, held.c.area, areas))


def areas_with_figures(engine: Engine, indicators: Sequence[str] = ()) -> dict[str, int]:
    """For each area that has any, the number of current actual and standard values."""
    if not indicators:
        statement = select(area_figures.c.area, area_figures.c.offered)
        with engine.connect() as connection:
            rows = connection.execute(statement.where(area_figures.c.offered > 0))
            return {area: offered for area, offered in rows}
    return _counts(engine, held.c.area, held.c.offered, held.c.indicator, indicators)


def indicators_with_figures(engine: Engine) -> dict[str, int]:
    """For each indicator that has any, the number of current actual and standard values."""
    return _counts(engine, held.c.indicator, held.c.offered, held.c.area, ())


def _counts(
    engine: Engine,
    by: Column[str],
    figures: Column[int],
    within: Column[str],
    codes: Sequence[str],
) -> dict[str, int]:
    """The kept counts by area or indicator, of these codes of the other; of all where none."""
    counts: Counter[str] = Counter()
    codes, total = distinct_texts(codes), func.sum(figures)
    statement = select(by, total).group_by(by).having(total > 0)
    with engine.connect() as connection:
        for start in range(0, max(len(codes), 1), CHUNK):
            part = codes[start : start + CHUNK]
            narrowed = statement.where(within.in_(part)) if part else statement
            for code, count in connection.execute(narrowed):
                counts[code] += count
    return dict(counts)


def coverage(engine: Engine, indicator: str, as_of: datetime | None = None) -> list[Coverage]:
    """The areas that have an actual or standard value of the indicator, by code."""
    (chosen,) = _chosen(Query([indicator], as_of=as_of))
    period = chosen.c.period
    statement = (
        select(chosen.c.area, func.min(period), func.max(period), func.count())
        .where(shown(chosen))
        .group_by(chosen.c.area)
        .order_by(chosen.c.area)
    )
    with engine.connect() as connection:
        return [
            Coverage(area, _period(first), _period(last), count)
            for area, first, last, count in connection.execute(statement)
        ]


def holdings(
    engine: Engine,
    areas: Sequence[str],
    indicators: Sequence[str] = (),
    last: Period | None = None,
    as_of: datetime | None = None,
) -> list[Holding]:
    """What each of the areas has of each indicator up to ``last``: actual and standard values.

    Of all indicators where none is named.
    """
    held_figures: list[Holding] = []
    with engine.connect() as connection:
        for chosen in _chosen(Query(indicators, areas, last=last, as_of=as_of)):
            period, key = chosen.c.period, (chosen.c.indicator, chosen.c.area)
            counted_periods = func.count(period.distinct())
            statement = (
                select(*key, counted_periods, func.min(period), func.max(period))
                .where(shown(chosen))
                .group_by(*key)
                .order_by(*key)
            )
            for indicator, area, count, first, latest in connection.execute(statement):
                held_figures.append(
                    Holding(indicator, area, count, _period(first), _period(latest))
                )
    return held_figures


def _since(key: int | None) -> Period | None:
    return None if key is None else _period(key)
