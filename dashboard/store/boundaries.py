"""Reads and keeps outlines of areas. Each came with a submission; nothing is overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, or_, select

from dashboard.catalogue.outlines import Outline
from dashboard.store.query import CHUNK
from dashboard.store.tables import boundary, submission


def insert_outlines(connection: Connection, number: int, outlines: Mapping[str, Outline]) -> None:
    """Keep the outlines of one submission, by the codes of their areas."""
    rows = [
        {"submission": number, "area": code, "rings": json.dumps(outline.rings)}
        for code, outline in outlines.items()
    ]
    if rows:
        connection.execute(boundary.insert(), rows)


def read_outlines(
    engine: Engine, areas: Iterable[str], as_of: datetime | None = None
) -> dict[str, Outline]:
    """The outlines that count of these areas, by code: of each what came last.

    A withdrawn submission does not count. With ``as_of`` those that counted at that moment.
    """
    counts: ColumnElement[bool] = submission.c.withdrawn.is_(None)
    if as_of is not None:
        counts = or_(counts, submission.c.withdrawn > as_of) & (submission.c.received <= as_of)
    codes, outlines = sorted(set(areas)), {}
    with engine.connect() as connection:
        for start in range(0, len(codes), CHUNK):
            part = boundary.c.area.in_(codes[start : start + CHUNK])
            latest = (
                select(boundary.c.area, func.max(boundary.c.submission).label("submission"))
                .join(submission, submission.c.id == boundary.c.submission)
                .where(part, counts)
                .group_by(boundary.c.area)
                .subquery()
            )
            same = (boundary.c.area == latest.c.area) & (
                boundary.c.submission == latest.c.submission
            )
            for row in connection.execute(
                select(boundary.c.area, boundary.c.rings).join(latest, same)
            ):
                outlines[row.area] = _outline(row.rings)
    return outlines


def _outline(text: str) -> Outline:
    return Outline(tuple(tuple((float(x), float(y)) for x, y in ring) for ring in json.loads(text)))
