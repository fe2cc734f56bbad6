"""Reads and keeps changes of areas. Each came with a submission; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, select

from dashboard.catalogue.area_changes import AreaChange, ChangeKind, ChangeRule
from dashboard.catalogue.change_list import StatedChange
from dashboard.catalogue.periods import from_key
from dashboard.store.locks import StoreChanged
from dashboard.store.tables import area_change, submission


class ChangeRow(NamedTuple):
    """A pair with the submission that states it; ``counts`` where no later one replaces it."""

    change: AreaChange
    row: int
    counts: bool
    file: str
    sheet: str
    received: datetime
    submitted_by: str
    sha256: str
    withdrawn: datetime | None


def read_changes(engine: Engine) -> list[AreaChange]:
    """The changes that count: of each old area and month what its latest submission states."""
    with engine.connect() as connection:
        return [row.change for row in _rows(connection) if row.counts]


def read_change_log(engine: Engine) -> list[ChangeRow]:
    """Every pair ever handed in, oldest first; replaced and withdrawn ones too."""
    with engine.connect() as connection:
        return _rows(connection)


def refuse_unless_same(connection: Connection, judged_by: Sequence[AreaChange]) -> None:
    """Raises StoreChanged where other changes count by now than those given."""
    if [row.change for row in _rows(connection) if row.counts] != list(judged_by):
        raise StoreChanged("changes of areas came in meanwhile; try again")


def insert_changes(connection: Connection, number: int, changes: Sequence[StatedChange]) -> None:
    """Keep the pairs of one submission with the rows they stood in."""
    rows: list[dict[str, Any]] = [
        {
            "submission": number,
            "sequence": sequence,
            "period": stated.change.period.key,
            "kind": str(stated.change.kind),
            "old": stated.change.old,
            "new": stated.change.new,
            "rule": str(stated.change.rule),
            "share": stated.change.share,
            "source": stated.change.source,
            "sheet_row": stated.row,
        }
        for sequence, stated in enumerate(changes)
    ]
    if rows:
        connection.execute(area_change.insert(), rows)


def _rows(connection: Connection) -> list[ChangeRow]:
    heads = [submission.c[name] for name in ("file", "sheet", "received", "submitted_by")]
    statement = (
        select(area_change, *heads, submission.c.sha256, submission.c.withdrawn)
        .join(submission, submission.c.id == area_change.c.submission)
        .order_by(area_change.c.submission, area_change.c.sequence)
    )
    rows = connection.execute(statement).all()
    latest = {(row.period, row.old): row.submission for row in rows if row.withdrawn is None}
    return [
        ChangeRow(
            AreaChange(
                from_key(row.period),
                ChangeKind(row.kind),
                row.old,
                row.new,
                ChangeRule(row.rule),
                row.share,
                row.source,
                row.submission,
            ),
            row.sheet_row,
            row.withdrawn is None and latest[row.period, row.old] == row.submission,
            row.file,
            row.sheet,
            row.received,
            row.submitted_by,
            row.sha256,
            row.withdrawn,
        )
        for row in rows
    ]
