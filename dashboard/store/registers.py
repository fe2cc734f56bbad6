"""Keeps and reads the institutions of lists; each came with a submission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, or_, select

from dashboard.catalogue.periods import Period, from_key
from dashboard.catalogue.registers import Institution, Register
from dashboard.store.query import CHUNK
from dashboard.store.register_tables import register_part, register_row
from dashboard.store.tables import submission

_FIELDS = [register_row.c["sheet_row" if name == "row" else name] for name in Institution._fields]


class ListedRow(NamedTuple):
    """An institution with the submission it came with.

    ``amount`` is what it adds to a figure of ``indicator``, where one was asked for.
    """

    institution: Institution
    submission: int
    period: Period
    grade: str
    received: datetime
    file: str
    sheet: str
    is_sample: bool
    amount: float | None = None
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class ListedIn:
    """Which rows of lists: in these areas, of these types, of one list date or of the latest."""

    areas: Sequence[str]
    kinds: Sequence[str] = ()
    period: Period | None = None
    as_of: datetime | None = None


def insert_register(connection: Connection, number: int, register: Register) -> None:
    """Keep the rows of one submission and what each adds to which figure."""
    rows = [
        {"submission": number, "sequence": at, "sheet_row": institution_row.row}
        | {name: value for name, value in institution_row._asdict().items() if name != "row"}
        for at, institution_row in enumerate(register.rows)
    ]
    parts = [
        {
            "submission": number,
            "indicator": institution_row.indicator,
            "sequence": institution_row.place,
        }
        | {"amount": institution_row.amount}
        for institution_row in register.parts
    ]
    if rows:
        connection.execute(register_row.insert(), rows)
    if parts:
        connection.execute(register_part.insert(), parts)


def remove_sample_registers(connection: Connection) -> None:
    """Delete the rows of sample submissions."""
    samples = select(submission.c.id).where(submission.c.is_sample)
    for table in (register_part, register_row):
        connection.execute(delete(table).where(table.c.submission.in_(samples)))


def rows_of_figure(
    engine: Engine, indicator: str, period: Period, as_of: datetime | None = None
) -> list[ListedRow]:
    """The rows that were counted to an indicator in lists of this date, wherever they are.

    In the order of the lists. Whether a list's figure is the current one of an area is for the
    caller to say: it is where the figure came with the row's submission.
    """
    same = (register_part.c.submission == register_row.c.submission) & (
        register_part.c.sequence == register_row.c.sequence
    )
    statement = (
        _rows(register_part.c.amount)
        .join(register_part, same)
        .where(register_part.c.indicator == indicator, submission.c.period == period.key)
        .where(_counts(as_of))
        .order_by(register_row.c.submission, register_row.c.sequence)
    )
    with engine.connect() as connection:
        return [_listed(row, indicator) for row in connection.execute(statement)]


def listed(engine: Engine, asked: ListedIn) -> list[ListedRow]:
    """The institutions of the lists that count, in the order of areas and names.

    Of an area and a type the list of the latest date counts, of one date the one that came last;
    with ``period`` the latest date up to it. A withdrawn submission does not count.
    """
    statement = _rows().where(_counts(asked.as_of))
    if asked.kinds:
        statement = statement.where(register_row.c.kind.in_(list(asked.kinds)))
    if asked.period is not None:
        statement = statement.where(submission.c.period <= asked.period.key)
    areas, rows = sorted(set(asked.areas)), []
    with engine.connect() as connection:
        for start in range(0, len(areas), CHUNK):
            in_areas = register_row.c.area.in_(areas[start : start + CHUNK])
            rows += [_listed(row) for row in connection.execute(statement.where(in_areas))]
    latest: dict[tuple[str, str], tuple[Period, int]] = {}
    for entry in rows:
        key = (entry.institution.area, entry.institution.kind)
        latest[key] = max(latest.get(key, (entry.period, 0)), (entry.period, entry.submission))
    listed_rows = [
        entry
        for entry in rows
        if latest[entry.institution.area, entry.institution.kind]
        == (entry.period, entry.submission)
    ]
    return sorted(listed_rows, key=lambda entry: (entry.institution.area, entry.institution.name))


def _counts(as_of: datetime | None) -> ColumnElement[bool]:
    """Whether a submission counts: not withdrawn, or at that moment received and not withdrawn."""
    counts: ColumnElement[bool] = submission.c.withdrawn.is_(None)
    if as_of is None:
        return counts
    return or_(counts, submission.c.withdrawn > as_of) & (submission.c.received <= as_of)


def _rows(*more: ColumnElement[float]) -> Select[tuple[object, ...]]:
    heads = [submission.c[name] for name in ("period", "grade", "received", "file", "is_sample")]
    return select(
        *_FIELDS,
        register_row.c.submission,
        *heads,
        submission.c.sheet.label("head_sheet"),
        *more,
    ).join(submission, submission.c.id == register_row.c.submission)


def _listed(row: object, indicator: str = "") -> ListedRow:
    values = row._mapping  # type: ignore[attr-defined]
    fields = {name: values["sheet_row" if name == "row" else name] for name in Institution._fields}
    return ListedRow(
        Institution(**fields),
        values["submission"],
        from_key(values["period"]),
        values["grade"],
        values["received"],
        values["file"],
        values["head_sheet"],
        values["is_sample"],
        values.get("amount"),
        indicator,
    )
