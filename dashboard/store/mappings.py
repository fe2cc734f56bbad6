"""Stores what people answered that unknown lines mean, form by form; the last answer counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from dashboard.store.opening import StoreError
from dashboard.store.tables import mapping
from dashboard.store.transaction import writing


class NewMapping(NamedTuple):
    """A line of a form by its printed name, and the indicator it means.

    ``indicator`` is empty where the line is to be left out, None where what was said before is
    taken back.
    """

    form: str
    name: str
    indicator: str | None
    by: str


class StoredMapping(NamedTuple):
    """The same as it is kept, with when it was said."""

    form: str
    name: str
    indicator: str
    by: str
    when: datetime


def read_mappings(engine: Engine) -> list[StoredMapping]:
    """The mappings that count, by form and in the order in which they were said."""
    latest: dict[tuple[str, str], StoredMapping | None] = {}
    with engine.connect() as connection:
        for row in connection.execute(select(mapping).order_by(mapping.c.id)):
            place = (row.form, row.name)
            latest.pop(place, None)
            latest[place] = (
                None
                if row.indicator is None
                else StoredMapping(row.form, row.name, row.indicator, row.written_by, row.written)
            )
    return sorted((known for known in latest.values() if known), key=lambda known: known.form)


DROPPED = "0015: dropped"  # written by the migration to mappings by subject


def read_dropped(engine: Engine) -> list[tuple[str, str]]:
    """Form and name of the mappings that a migration dropped, in the order of their names."""
    columns = mapping.c.form, mapping.c.name
    statement = select(*columns).where(mapping.c.written_by == DROPPED).order_by(*columns)
    with engine.connect() as connection:
        return [(row.form, row.name) for row in connection.execute(statement)]


def remember(connection: Connection, mappings: Sequence[NewMapping], when: datetime) -> None:
    """Keep these mappings, within a transaction of the caller's."""
    rows = [
        {
            "form": given.form,
            "name": given.name,
            "indicator": given.indicator,
            "written": when,
            "written_by": given.by,
        }
        for given in dict.fromkeys(mappings)
    ]
    if rows:
        connection.execute(mapping.insert(), rows)


def remember_mapping(
    engine: Engine, form: str, name: str, indicator: str, who: str, when: datetime
) -> None:
    """Keep one mapping; ``indicator`` is empty where the line is to be left out."""
    with writing(engine) as connection:
        remember(connection, [NewMapping(form, name, indicator, who)], when)


def forget_mapping(engine: Engine, form: str, name: str, who: str, when: datetime) -> None:
    """Take a mapping back; its trace stays. Raises StoreError where there is none."""
    if not any((mapping.form, mapping.name) == (form, name) for mapping in read_mappings(engine)):
        raise StoreError(f"{form}: “{name}” is not mapped")
    with writing(engine) as connection:
        remember(connection, [NewMapping(form, name, None, who)], when)
