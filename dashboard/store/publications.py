"""Keeps what is published: turned on and off, published at once or later, withdrawn, listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    case,
    exists,
    func,
    insert,
    select,
    update,
)

from dashboard.base.language import Text
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.periods import Period, from_key, months_counted
from dashboard.store.clock import present
from dashboard.store.data_version import data_versions
from dashboard.store.locks import Months
from dashboard.store.opening import StoreError
from dashboard.store.publication_tables import publication, published
from dashboard.store.query import CHUNK
from dashboard.store.tables import observation, reported, shown, store_version
from dashboard.store.tables import submission as submissions
from dashboard.store.transaction import writing

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)  # when what was stored before took effect
_ALL = ""  # the area of what counts as published when publication is turned on


class Publication(NamedTuple):
    """What was published by one act: how many areas' months, and how many of them still are.

    ``effective`` is when it takes effect; ALWAYS of what was stored when publication was turned on.
    """

    id: int
    months: Months
    effective: datetime
    written: datetime
    written_by: str
    places: int
    standing: int


def is_on(engine: Engine) -> bool:
    """Whether viewers see what is published alone."""
    return data_versions(engine, 0).publication


def turn_on(engine: Engine, by: str, when: datetime) -> int:
    """Turn publication on: each area's months that have figures of its own count as published.

    Returns how many months these are; raises StoreError where it is on already.
    """
    with writing(engine) as connection:
        _switch(connection, on=True)
        of_a_period = observation.c.kind.not_in((FigureKind.TARGET, FigureKind.PLAN))
        stated = select(observation.c.area, observation.c.period).distinct().where(of_a_period)
        places = sorted((code, key) for code, key in connection.execute(stated))
        periods = sorted({key for _, key in places})
        if periods:
            months = Months(_ALL, from_key(periods[0]), from_key(periods[-1]))
            _insert(connection, months, places, (ALWAYS, when, by))
    return len(periods)


def turn_off(engine: Engine) -> None:
    """Turn publication off: everybody sees everything; raises StoreError where it is off."""
    with writing(engine) as connection:
        _switch(connection, on=False)


def publish(
    engine: Engine,
    months: Months,
    areas: Collection[str],
    at: datetime | None,
    by: str,
) -> int:
    """Publish months of areas, at a time or, without one, at once.

    Returns how many places (an area in a month) were drafts before; raises StoreError where none
    was, where an earlier month of the year stays a draft, or publication is off.
    """
    with writing(engine) as connection:
        _refuse_off(connection)
        written = present(connection)  # once nobody else writes: two who publish are in order
        effective = max(at or written, written)
        wanted = [(code, key) for code in sorted(set(areas)) for key in _keys(months)]
        standing = and_(published.c.withdrawn.is_(None), publication.c.effective <= effective)
        covered = _places(connection, months, areas, standing)
        new = [place for place in wanted if place not in covered]
        if not new:
            raise StoreError(Text(f"{months} 已经发布", f"{months} is published already"))
        _refuse_gap(connection, months, areas, standing)
        _insert(connection, months, new, (effective, written, by))
    return len(new)


def withdraw_publication(
    engine: Engine, months: Months, areas: Collection[str], above: Sequence[str], by: str
) -> int:
    """Make months of areas drafts again; returns how many places were published or scheduled.

    ``above`` are the areas above the one that is named. Raises StoreError where nothing is
    published, and where an area above with figures of its own is, or a later month of the year:
    their totals would give the figures away.
    """
    standing = published.c.withdrawn.is_(None)
    with writing(engine) as connection:
        upper = _places(connection, months, above, standing)
        upper &= _reported_places(connection, months, above)
        covered = _places(connection, months, areas, standing)
        if not covered:
            raise StoreError(Text(f"{months} 没有发布", f"{months} is not published"))
        if upper:
            code = sorted(upper)[0][0]
            raise StoreError(
                Text(
                    f"{code} 也已发布，其合计会透露下级的数；请撤回 {code}",
                    f"{code} is published too, and its total would give these figures away:"
                    f" withdraw {code}",
                )
            )
        _refuse_followed(connection, months, areas)
        values = {"withdrawn": present(connection), "withdrawn_by": by}
        for part in _parts(areas):
            same = and_(standing, published.c.area.in_(part), _within(months))
            connection.execute(update(published).where(same).values(values))
    return len(covered)


def read_publications(engine: Engine, most: int | None = None) -> list[Publication]:
    """All that was ever published, newest first, or so many of it."""
    counts = (
        select(
            published.c.publication,
            func.count().label("places"),
            func.sum(case((published.c.withdrawn.is_(None), 1), else_=0)).label("standing"),
        )
        .group_by(published.c.publication)
        .subquery()
    )
    statement = (
        select(publication, counts.c.places, counts.c.standing)
        .join(counts, counts.c.publication == publication.c.id)
        .order_by(publication.c.id.desc())
        .limit(most)
    )
    with engine.connect() as connection:
        return [
            Publication(
                row.id,
                Months(row.area, from_key(row.first), from_key(row.last)),
                row.effective,
                row.written,
                row.written_by,
                row.places,
                row.standing,
            )
            for row in connection.execute(statement)
        ]


def draft_places(engine: Engine) -> dict[Period, list[str]]:
    """The months that are not published, latest first, with the areas that have reported them."""
    places: defaultdict[Period, list[str]] = defaultdict(list)
    with engine.connect() as connection:
        in_force = exists().where(
            published.c.publication == publication.c.id,
            published.c.area == reported.c.area,
            published.c.period == reported.c.period,
            published.c.withdrawn.is_(None),
            publication.c.effective <= present(connection),
        )
        counts = and_(submissions.c.withdrawn.is_(None), ~submissions.c.is_sample)
        statement = (
            select(reported.c.period, reported.c.area)
            .distinct()
            .join(submissions, submissions.c.id == reported.c.submission)
            .where(counts, ~in_force)
            .order_by(reported.c.period.desc(), reported.c.area)
        )
        for period, code in connection.execute(statement):
            places[from_key(period)].append(code)
    return dict(places)


def _switch(connection: Connection, *, on: bool) -> None:
    if bool(connection.execute(select(store_version.c.publication)).scalar_one()) is on:
        zh, en = ("开启", "on") if on else ("关闭", "off")
        raise StoreError(Text(f"发布已经{zh}", f"publication is {en} already"))
    connection.execute(update(store_version).values(publication=on))


def _refuse_off(connection: Connection) -> None:
    if not connection.execute(select(store_version.c.publication)).scalar_one():
        raise StoreError(
            Text(
                "发布没有开启：所有人都看到全部数据；先由管理员开启",
                "publication is off: everybody sees everything; an administrator turns it on first",
            )
        )


def _refuse_gap(
    connection: Connection, months: Months, areas: Collection[str], standing: ColumnElement[bool]
) -> None:
    """Raises StoreError where an earlier month of the year has figures of these areas as drafts.

    A sum since January less the month's own figure would give them away.
    """
    january = Period(months.first.year, 1)
    if months.first == january:
        return
    earlier = Months(months.area, january, months.first.plus(-1))
    drafts = _reported_places(connection, earlier, areas)
    drafts -= _places(connection, earlier, areas, standing)
    if drafts:
        first = from_key(min(key for _, key in drafts))
        raise StoreError(
            Text(
                f"{first} 还是草稿，{months.first} 的累计数会透露它；请从 {first} 起一并发布"
                f"（{first}..{months.last}）",
                f"{first} is a draft, which the year to date of {months.first} would give away:"
                f" publish from {first} on ({first}..{months.last})",
            )
        )


def _refuse_followed(connection: Connection, months: Months, areas: Collection[str]) -> None:
    """Raises StoreError where a later month of the year is published or scheduled."""
    december = Period(months.last.year, 12)
    if months.last == december:
        return
    later = Months(months.area, months.last.plus(1), december)
    standing = _places(connection, later, areas, published.c.withdrawn.is_(None))
    if standing:
        last = from_key(max(key for _, key in standing))
        raise StoreError(
            Text(
                f"{last} 已发布，其累计数会透露较早的月份；请一并撤回（{months.first}..{last}）",
                f"{last} is published, and its year to date would give earlier months away:"
                f" withdraw {months.first}..{last}",
            )
        )


def _reported_places(
    connection: Connection, months: Months, areas: Collection[str]
) -> set[tuple[str, int]]:
    """The places of these areas in these months that have figures, samples aside."""
    sample = exists().where(
        submissions.c.id == observation.c.submission, submissions.c.is_sample.is_(True)
    )
    statement = select(observation.c.area, observation.c.period).distinct()
    within = observation.c.period.between(months.first.key, months.last.key)
    found: set[tuple[str, int]] = set()
    for part in _parts(areas):
        narrowed = statement.where(
            shown(observation), within, observation.c.area.in_(part), ~sample
        )
        found.update((code, key) for code, key in connection.execute(narrowed))
    return found


def _insert(
    connection: Connection,
    months: Months,
    places: Iterable[tuple[str, int]],
    signed: tuple[datetime, datetime, str],
) -> None:
    """Keep one act with the places it covers; ``signed``: effective, written, by whom."""
    effective, written, by = signed
    row = {"area": months.area, "first": months.first.key, "last": months.last.key}
    row |= {"effective": effective, "written": written, "written_by": by}
    result = connection.execute(insert(publication), row)
    number = result.inserted_primary_key[0]  # type: ignore[index]
    rows = [{"area": code, "period": key, "publication": number} for code, key in places]
    connection.execute(insert(published), rows)


def _places(
    connection: Connection, months: Months, areas: Collection[str], condition: ColumnElement[bool]
) -> set[tuple[str, int]]:
    """The places of these areas in these months that are covered so."""
    statement = select(published.c.area, published.c.period).join(
        publication, publication.c.id == published.c.publication
    )
    covered: set[tuple[str, int]] = set()
    for part in _parts(areas):
        narrowed = statement.where(condition, published.c.area.in_(part), _within(months))
        covered.update((code, key) for code, key in connection.execute(narrowed))
    return covered


def _within(months: Months) -> ColumnElement[bool]:
    return published.c.period.between(months.first.key, months.last.key)


def _parts(areas: Collection[str]) -> Iterable[Sequence[str]]:
    codes = sorted(set(areas))
    return (codes[start : start + CHUNK] for start in range(0, len(codes), CHUNK))


def _keys(months: Months) -> list[int]:
    count = months_counted(months.first, months.last)
    return [months.first.plus(at).key for at in range(count)]
