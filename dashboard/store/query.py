"""Defines what figures are asked for, and makes SQL conditions of a bearable length of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, tuple_

from dashboard.catalogue.periods import Period

# SQLite takes 32,766 bound values in one statement: three lists of this length and some to spare.
CHUNK = 10_000


Key = tuple[str, str, int, str]  # indicator, area, period's key, kind: the order of the tables


@dataclass(frozen=True, slots=True)
class Query:
    """Which figures. An empty sequence restricts nothing; ``first`` and ``last`` are included.

    ``grades`` asks for what would be current if no other grade had ever been handed in, ``as_of``
    (with its zone) for what was current at that moment. ``after`` and ``until`` bound a page: keys
    in their order, the first excluded, the last included.
    """

    indicators: Sequence[str] = ()
    areas: Sequence[str] = ()
    first: Period | None = None
    last: Period | None = None
    periods: Sequence[Period] = ()
    kinds: Sequence[str] = ()
    grades: Sequence[str] = ()
    as_of: datetime | None = None
    after: Key | None = None
    until: Key | None = None


def conditions(query: Query, table: Table) -> Iterator[list[ColumnElement[bool]]]:
    """The query's conditions on the key columns of ``table``: usually one set of them.

    Long lists give several sets, whose answers do not overlap. Grades and ``as_of`` are left
    to the caller.
    """
    always: list[ColumnElement[bool]] = []
    if query.first is not None:
        always.append(table.c.period >= query.first.key)
    if query.last is not None:
        always.append(table.c.period <= query.last.key)
    if query.kinds:
        always.append(table.c.kind.in_(distinct_texts(query.kinds)))
    key = tuple_(table.c.indicator, table.c.area, table.c.period, table.c.kind)
    if query.after is not None:
        always.append(key > query.after)
    if query.until is not None:
        always.append(key <= query.until)
    lists = (
        _parts(table.c.indicator, distinct_texts(query.indicators)),
        _parts(table.c.area, distinct_texts(query.areas)),
        _parts(table.c.period, sorted({period.key for period in query.periods})),
    )
    for parts in product(*lists):
        yield [*always, *(part for part in parts if part is not None)]


def distinct_texts(values: Sequence[str]) -> list[str]:
    """Each value once, in order, as plain text: PostgreSQL's driver would send an enum's name."""
    return sorted({str(value) for value in values})


def _parts(column: Column[Any], values: Sequence[str | int]) -> list[ColumnElement[bool] | None]:
    if not values:
        return [None]
    return [column.in_(values[start : start + CHUNK]) for start in range(0, len(values), CHUNK)]
