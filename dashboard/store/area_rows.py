"""Areas that a bureau handed in, each in place of the one with its code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete

from dashboard.catalogue.concepts import Area
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
