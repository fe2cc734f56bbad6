"""Keeps what the current figures come to, area by area, so that no page counts them.

``held`` says how many figures an area has of an indicator, ``area_figures`` how many it has in all
and in which data version the last of them changed. Both follow from ``observation``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, select

from dashboard.catalogue.concepts import FigureKind
from dashboard.store.bulk_insert import Row, insert_rows
from dashboard.store.query import CHUNK
from dashboard.store.tables import (
    KEY,
    area_figures,
    held,
    observation,
    revision,
    shown,
    store_version,
    submission,
)

Counts = Counter[tuple[str, str, str]]  # area, indicator, "figures" or "offered" → how many

_OFFERED = (FigureKind.ACTUAL.value, FigureKind.STANDARD.value)
_KIND, _VALUE = (list(observation.columns.keys()).index(name) for name in ("kind", "value"))


def count_figures(connection: Connection, areas: Collection[str] | None = None) -> None:
    """Count the figures of these areas anew, by default of all; within a transaction."""
    for part in _parts(areas):
        counted = _held_now()
        rid = delete(held)
        if part is not None:
            counted, rid = counted.where(observation.c.area.in_(part)), rid.where(_of(part))
        connection.execute(rid)
        names = [column.name for column in held.columns]
        connection.execute(held.insert().from_select(names, counted))
        _sum_up(connection, part)


def counts_before(connection: Connection, first: int) -> Counts:
    """What the figures that submissions from this number on state come to before these are in."""
    keys = select(*(revision.c[name] for name in KEY)).where(revision.c.submission >= first)
    stated = keys.distinct().subquery()
    statement = (
        _held_now()
        .join(stated, and_(*(stated.c[name] == observation.c[name] for name in KEY)))
        .order_by(None)
    )
    counts: Counts = Counter()
    for area, indicator, figures, offered in connection.execute(statement):
        counts[area, indicator, "figures"] = figures
        counts[area, indicator, "offered"] = offered
    return counts


def counts_of(figures: Sequence[Row]) -> Counts:
    """What these rows of ``observation`` come to."""
    alike = Counter((row[1], row[0], row[_KIND], row[_VALUE] is not None) for row in figures)
    counts: Counts = Counter()
    for (area, indicator, kind, has_value), figures_alike in alike.items():
        counts[area, indicator, "figures"] += figures_alike
        if has_value and kind in _OFFERED:
            counts[area, indicator, "offered"] += figures_alike
    return counts


def add_counts(connection: Connection, before: Counts, after: Counts) -> None:
    """Bring the counts up to date with figures that came to ``before`` and now do to ``after``."""
    touched = sorted({area for area, _, _ in after})
    for part in _parts(touched):
        if not part:
            continue
        places = {(area, indicator) for area, indicator, _ in after if area in set(part)}
        known = {
            (row.area, row.indicator): (row.figures, row.offered)
            for row in connection.execute(select(held).where(_of(part)))
        }
        for place in places:
            known[place] = (
                known.get(place, (0, 0))[0] + after[*place, "figures"] - before[*place, "figures"],
                known.get(place, (0, 0))[1] + after[*place, "offered"] - before[*place, "offered"],
            )
        connection.execute(delete(held).where(_of(part)))
        insert_rows(connection, held, [(*place, *known[place]) for place in sorted(known)])
        _sum_up(connection, part)


def _held_now() -> Select[Any]:
    key = (observation.c.area, observation.c.indicator)
    offered = func.sum(case((shown(observation), 1), else_=0))
    return select(*key, func.count(), offered).group_by(*key).order_by(*key)


def _sum_up(connection: Connection, part: Sequence[str] | None) -> None:
    """Write the rows of ``area_figures``, with the version that this transaction makes."""
    rid = delete(area_figures)
    grade = (
        select(submission.c.grade)
        .join(observation, observation.c.submission == submission.c.id)
        .where(observation.c.area == held.c.area, shown(observation))
        .limit(1)
        .correlate(held)
        .scalar_subquery()
    )
    version = select(store_version.c.number).scalar_subquery()
    sums = select(
        held.c.area, func.sum(held.c.offered), func.coalesce(grade, ""), version
    ).group_by(held.c.area)
    if part is not None:
        rid, sums = rid.where(area_figures.c.area.in_(part)), sums.where(_of(part))
    connection.execute(rid)
    names = [column.name for column in area_figures.columns]
    connection.execute(area_figures.insert().from_select(names, sums))


def _of(part: Sequence[str]) -> ColumnElement[bool]:
    return held.c.area.in_(part)


def _parts(areas: Collection[str] | None) -> Iterator[Sequence[str] | None]:
    if areas is None:
        yield None
        return
    codes = sorted(set(areas))
    for start in range(0, len(codes), CHUNK):
        yield codes[start : start + CHUNK]
