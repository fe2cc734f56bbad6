"""Tells since when areas are published in which months, and lets new areas follow those above."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, literal, select

from dashboard.catalogue.concepts import Area
from dashboard.store.clock import present
from dashboard.store.publication_tables import publication, published


def published_since(
    connection: Connection, periods: Collection[int]
) -> Mapping[tuple[str, int], datetime]:
    """Since when places of these months are published; without those that are not."""
    since: dict[tuple[str, int], datetime] = {}
    statement = (
        select(published.c.area, published.c.period, func.min(publication.c.effective))
        .join(publication, publication.c.id == published.c.publication)
        .where(
            published.c.period.in_(sorted(set(periods))),
            published.c.withdrawn.is_(None),
            publication.c.effective <= present(connection),
        )
        .group_by(published.c.area, published.c.period)
    )
    for code, period, moment in connection.execute(statement):
        since[code, period] = moment
    return since


def publish_as_above(connection: Connection, areas: Iterable[Area]) -> None:
    """Publish new areas where the one above is: its total less the others would give them away.

    Areas that were ever published stay as they are. What counts as published since publication was
    turned on is what was stored by then, and leads to nothing else.
    """
    acts = select(publication.c.id).where(publication.c.area != "")
    for place in areas:
        known = select(published.c.area).where(published.c.area == place.code).limit(1)
        if not place.parent or connection.execute(known).first():
            continue
        above = select(literal(place.code), published.c.period, published.c.publication).where(
            published.c.area == place.parent,
            published.c.withdrawn.is_(None),
            published.c.publication.in_(acts),
        )
        names = ["area", "period", "publication"]
        connection.execute(insert(published).from_select(names, above))


def latest_publication(connection: Connection) -> list[datetime]:
    """When the latest publication took effect; empty where none has."""
    in_force = publication.c.effective <= present(connection)
    moment = connection.scalar(select(func.max(publication.c.effective)).where(in_force))
    return [] if moment is None else [moment]
