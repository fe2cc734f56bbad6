"""Lists observations a page at a time, in the order of their keys, read in small parts.

However much the store holds, a page costs what it shows, and only a part of it is in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.base.whole_numbers import whole_number
from dashboard.services.context import Context
from dashboard.services.figures.observations import PART, derived, stated
from dashboard.services.figures.open_findings import Row, with_open_findings
from dashboard.services.filters import ALL, Filters, UnknownName, query_of
from dashboard.store.observations import last_key
from dashboard.store.query import Key, Query

USUAL, MOST = 5_000, 20_000  # figures of a page: where none is asked for, and the ceiling


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page: at most so many figures, those ``after`` the one named at the last page's end."""

    limit: int = USUAL
    after: str = ""


class Page(NamedTuple):
    """The rows of a page in parts, and what to ask the next page by; "" where this is the last."""

    parts: Iterator[list[Row]]
    next: str


def read_paging(limit: str, after: str) -> Paging:
    """A page as an address asks for it; raises UnknownName."""
    most = whole_number(limit) if limit else USUAL
    if most is None or not 1 <= most <= MOST:
        raise UnknownName(
            Text(
                f"limit 应为 1 到 {MOST} 的整数",
                f"limit: a whole number from 1 to {MOST} is needed",
            )
        )
    if after:
        _key(after)
    return Paging(most, after)


def page_of(context: Context, filters: Filters, paging: Paging) -> Page:
    """A page of the figures that the filters ask for; raises UnknownName for a filter's word.

    With the first page come the rates and restated figures that follow from those asked for. In a
    list of all versions, a figure comes with all of its versions.
    """
    query = query_of(context.catalogue, context.areas(), filters)
    query = replace(query, after=_key(paging.after) if paging.after else None)
    received = filters.versions == ALL or bool(filters.as_of or filters.grades)
    end = last_key(context.engine, query, paging.limit, received=received)
    return Page(_parts(context, filters, replace(query, until=end)), _text(end) if end else "")


def _parts(context: Context, filters: Filters, query: Query) -> Iterator[list[Row]]:
    engine, catalogue, areas = context.engine, context.catalogue, context.areas()
    received = filters.versions == ALL or bool(filters.as_of or filters.grades)
    if query.after is None:
        yield list(derived(engine, catalogue, areas, filters))
    after = query.after
    while True:
        part = replace(query, after=after)
        after = last_key(engine, part, PART, received=received)
        whole = replace(part, until=after or query.until)
        rows = list(stated(engine, catalogue, areas, whole, filters))
        current = filters.versions != ALL and not filters.grades
        yield with_open_findings(engine, catalogue, areas, rows, query.as_of) if current else rows
        if after is None:
            return


def _text(key: Key) -> str:
    return "|".join(map(str, key))


def _key(text: str) -> Key:
    parts = text.split("|")
    month = whole_number(parts[2], 9) if len(parts) == 4 else None
    if month is None:
        raise UnknownName(
            Text("after 应取自上一页的 Link", "after: take it from the Link of the page before")
        )
    return parts[0], parts[1], month, parts[3]
