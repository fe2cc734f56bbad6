"""Keeps areas that a bureau handed in, each in place of the one with its code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area
from dashboard.store.opening import StoreError
from dashboard.store.query import CHUNK
from dashboard.store.tables import area


def keep_areas(connection: Connection, areas: Sequence[Area]) -> int:
    """Keep the areas, each in place of the one with its code; returns how many were kept."""
    by_code = {place.code: place for place in areas}
    codes = list(by_code)
    for start in range(0, len(codes), CHUNK):
        part = codes[start : start + CHUNK]
        connection.execute(delete(area).where(area.c.code.in_(part)))
    if by_code:
        rows = [_area(place) for place in by_code.values()]
        connection.execute(area.insert(), rows)
    return len(by_code)


class AreaCodeTaken(StoreError):
    """The code of an area that is to be registered belongs to another one by now."""

    def __init__(self, code: str, name: str, wanted: str) -> None:
        """Keeps the code, whose it is, and who was to have it."""
        super().__init__(
            Text(
                f"代码 {code} 刚刚已登记为“{name}”，不能再登记“{wanted}”；请重新登记",
                f"the code {code} has just been registered as {name} and cannot be {wanted}'s: "
                "register the streets again",
            )
        )
        self.code = code


def refuse_taken(connection: Connection, proposed: Sequence[Area]) -> None:
    """Raises AreaCodeTaken where a stored area of another name has a proposed one's code."""
    wanted = {place.code: place.name.zh for place in proposed}
    codes = list(wanted)
    for start in range(0, len(codes), CHUNK):
        statement = select(area.c.code, area.c.name_zh).where(
            area.c.code.in_(codes[start : start + CHUNK])
        )
        for code, name in connection.execute(statement):
            if name != wanted[code]:
                raise AreaCodeTaken(code, name, wanted[code])


def _area(place: Area) -> dict[str, Any]:
    return {
        "code": place.code,
        "name_zh": place.name.zh,
        "name_en": place.name.en,
        "level": str(place.level),
        "parent": place.parent,
        "valid_from": place.valid_from.key if place.valid_from else None,
        "valid_to": place.valid_to.key if place.valid_to else None,
        "predecessor": place.predecessor,
        "aliases": "\n".join(place.aliases),
        "tile_row": place.tile[0] if place.tile else None,
        "tile_column": place.tile[1] if place.tile else None,
    }
