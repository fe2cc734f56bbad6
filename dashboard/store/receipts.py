"""Reads and writes receipts of exports: which view, with the figures as known at which moment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from dashboard.store.data_version import data_version
from dashboard.store.meeting_tables import receipt
from dashboard.store.opening import NOTE_SECONDS, StoreError
from dashboard.store.published_places import latest_publication, published_since
from dashboard.store.reader_engine import limited_reader
from dashboard.store.receipt_codes import new_code, normal_code
from dashboard.store.tables import submission
from dashboard.store.target_tables import target_change
from dashboard.store.unversioned_writes import noting

_TRIES = 5


class View(NamedTuple):
    """What can be opened again; ``kind`` is chart, report or view.

    ``ref`` is a chart's ref, a plan as JSON or a page's path, ``query`` what its address says of
    area, period, comparison and language.
    """

    kind: str
    ref: str
    query: str


class Receipt(NamedTuple):
    """A receipt. ``known`` is the moment of the figures, ``version`` the store's data version.

    ``covers`` are its figures with their values as JSON, "" where they were not stated.
    """

    code: str
    kind: str
    ref: str
    query: str
    known: datetime
    version: int
    made: datetime
    made_by: str
    covers: str = ""

    @property
    def view(self) -> View:
        """What is opened again."""
        return View(self.kind, self.ref, self.query)


_COLUMNS = [receipt.c[name] for name in Receipt._fields]


def last_change(engine: Engine) -> datetime:
    """When figures or targets last changed, of what is committed; now for an empty store.

    Not the present moment: a hand-in that is still being taken has received its time already, and
    would slip into what is opened again as known now.
    """
    asked = [
        func.max(submission.c.received),
        func.max(submission.c.withdrawn),
        func.max(target_change.c.written),
    ]
    with engine.connect() as connection:
        moments = [moment for column in asked if (moment := connection.scalar(select(column)))]
        if limited_reader(engine):  # for who sees what is published alone, that is a change too
            moments += latest_publication(connection)
    return max(moments, default=datetime.now(UTC))


class Basis(NamedTuple):
    """On what a receipt stands: ``known`` is the moment of an earlier state, None of the latest.

    ``version`` is the data version the figures were read at, None of the present one; ``covers``
    gives the figures as JSON when it is asked for.
    """

    known: datetime | None = None
    version: int | None = None
    covers: Callable[[], str] = str


LATEST = Basis()


def take_receipt(engine: Engine, view: View, by: str = "", basis: Basis = LATEST) -> Receipt:
    """The receipt of a view: the one given before for the same figures, else a new one.

    Raises StoreError where it cannot be kept.
    """
    known = basis.known
    number = data_version(engine) if basis.version is None else basis.version
    moment = known or last_change(engine)
    same = [*view, known.astimezone(UTC).isoformat() if known else "", number]
    reader = limited_reader(engine)
    if reader:
        same.append(reader.name)
    digest = hashlib.sha256(json.dumps(same, ensure_ascii=False).encode()).hexdigest()
    with engine.connect() as connection:
        earlier = _of_digest(connection, digest)
    if earlier:
        return earlier
    covers = basis.covers()
    with noting(engine, NOTE_SECONDS) as connection:
        again = _of_digest(connection, digest)
        if again:
            return again
        for _ in range(_TRIES):
            code = new_code()
            taken = select(receipt.c.code).where(receipt.c.code == code)
            if connection.execute(taken).first():
                continue
            made = Receipt(code, *view, moment, number, datetime.now(UTC), by, covers)
            connection.execute(receipt.insert(), made._asdict() | {"digest": digest})
            return made
    raise StoreError("no code is free")


def find_receipt(engine: Engine, text: str) -> Receipt | None:
    """The receipt of a code as somebody wrote it; None for a mistyped or unknown one."""
    code = normal_code(text)
    if not code:
        return None
    with engine.connect() as connection:
        row = connection.execute(select(*_COLUMNS).where(receipt.c.code == code)).first()
        return next(_seen(engine, connection, [Receipt._make(row)]), None) if row else None


def receipts_covering(engine: Engine, fragment: str, most: int) -> list[Receipt]:
    """The latest receipts whose list of figures holds this piece of JSON, newest first."""
    holds = receipt.c.covers.contains(fragment, autoescape=True)
    return _latest(engine, holds, lambda one: fragment in one.covers, most)


def latest_receipts(engine: Engine, most: int) -> list[Receipt]:
    """The latest receipts that say what they cover, newest first."""
    return _latest(engine, receipt.c.covers != "", lambda one: bool(one.covers), most)


def _latest(
    engine: Engine, condition: ColumnElement[bool], fits: Callable[[Receipt], bool], most: int
) -> list[Receipt]:
    """The latest receipts, of which ``fits`` says whether what their reader sees of them counts."""
    statement = select(*_COLUMNS).where(condition).order_by(receipt.c.made.desc(), receipt.c.code)
    fitting: list[Receipt] = []
    with engine.connect() as connection:
        for start in count(0, most):
            rows = connection.execute(statement.limit(most).offset(start)).all()
            seen = _seen(engine, connection, [Receipt._make(row) for row in rows])
            fitting += [one for one in seen if fits(one)]
            if len(fitting) >= most or len(rows) < most:
                return fitting[:most]
    return fitting


def _seen(engine: Engine, connection: Connection, receipts: Sequence[Receipt]) -> Iterator[Receipt]:
    """The receipts with those of their figures that were published when they were given."""
    reader = limited_reader(engine)
    if not reader:
        yield from receipts
        return
    rows = [json.loads(one.covers) if one.covers else [] for one in receipts]
    since = published_since(connection, {_key(row[2]) for covered in rows for row in covered})
    for one, covered in zip(receipts, rows, strict=True):
        seen = [
            row
            for row in covered
            if row[1] in (reader.drafts or ())
            or ((moment := since.get((row[1], _key(row[2])))) and moment <= one.known)
        ]
        text = json.dumps(seen, ensure_ascii=False, separators=(",", ":")) if seen else ""
        yield one._replace(covers=text)


def _key(period: str) -> int:
    """The key of a month as covers write it: 2024-09."""
    return int(period.replace("-", ""))


def _of_digest(connection: Connection, digest: str) -> Receipt | None:
    row = connection.execute(select(*_COLUMNS).where(receipt.c.digest == digest)).first()
    return Receipt._make(row) if row else None
