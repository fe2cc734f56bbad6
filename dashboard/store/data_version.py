"""Keeps the data version: a number that grows with every transaction that changes figures."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Engine, select, update

from dashboard.store.tables import area_figures, store_version


class DataVersions(NamedTuple):
    """The data version, the last in which more than figures changed, and those of areas.

    ``areas`` holds the version in which the figures of an area changed last; ``publication`` says
    whether viewers see what is published alone.
    """

    number: int
    common: int
    areas: dict[str, int]
    publication: bool = False


def data_version(engine: Engine) -> int:
    """The version of the data as it is stored now; what is cached belongs to one of them."""
    with engine.connect() as connection:
        return connection.execute(select(store_version.c.number)).scalar_one()


def data_versions(engine: Engine, after: int) -> DataVersions:
    """The versions as they are now; of the areas those that changed after this version."""
    changed = select(area_figures.c.area, area_figures.c.version)
    with engine.connect() as connection:
        head = select(store_version.c.number, store_version.c.common, store_version.c.publication)
        number, common, is_on = connection.execute(head).one()
        rows = connection.execute(changed.where(area_figures.c.version > after)).all()
    return DataVersions(number, common, {area: version for area, version in rows}, bool(is_on))


def count_up(connection: Connection, *, figures_only: bool = False) -> None:
    """Counts the version up; within a transaction, where it makes other writers queue.

    ``figures_only`` says that nothing but figures of single areas changes.
    """
    following = {"number": store_version.c.number + 1}
    if not figures_only:
        following["common"] = store_version.c.number + 1
    connection.execute(update(store_version).values(following))
