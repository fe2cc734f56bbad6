"""Keeps forms that streets fill in: one for each form, area and month, until it is handed in."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    delete,
    insert,
    select,
    update,
)

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period, from_key
from dashboard.store.approval_tables import form_draft, waiting_hand_in
from dashboard.store.opening import StoreError
from dashboard.store.tables import held, revision
from dashboard.store.unversioned_writes import noting
from dashboard.store.waiting import AlreadyDecided, Verdict, WaitingState, supersede

_EDITABLE = (
    str(WaitingState.RETURNED),
    str(WaitingState.WITHDRAWN),
    str(WaitingState.SUPERSEDED),
)


class FormPlace(NamedTuple):
    """Which form it is: of which area and month."""

    area: str
    form: str
    period: Period


class FormDraft(NamedTuple):
    """What was typed so far, by indicator; ``handed_in`` says since when it is filled in no more.

    ``waiting`` is the hand-in it became last where that had to wait, ``state`` what became of
    that, ``reason`` what an editor wrote to it.
    """

    place: FormPlace
    cells: Mapping[str, str]
    changed: datetime
    changed_by: str
    handed_in: datetime | None = None
    waiting: int | None = None
    state: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be filled in: not handed in yet, or returned, or withdrawn."""
        return self.handed_in is None or self.state in _EDITABLE


def read_draft(engine: Engine, place: FormPlace) -> FormDraft | None:
    """The draft of a form; None where nobody has begun it."""
    with engine.connect() as connection:
        return _read(connection, place)


def keep_draft(engine: Engine, new: FormDraft, seen: str) -> None:
    """Keep what was typed in the place of what was there; ``seen`` is when that was changed last.

    Raises StoreError where it was changed or handed in since; see ``refuse_unless``.
    """
    place = new.place
    with noting(engine) as connection:
        before = _read(connection, place)
        refuse_unless(before, seen)
        connection.execute(delete(form_draft).where(_at(place)))
        connection.execute(
            insert(form_draft),
            {
                "area": place.area,
                "form": place.form,
                "period": place.period.key,
                "cells": json.dumps(dict(new.cells), ensure_ascii=False),
                "changed": new.changed,
                "changed_by": new.changed_by,
                "waiting": before.waiting if before else None,
            },
        )


def reopen_draft(engine: Engine, place: FormPlace) -> None:
    """Let a form that was handed in be filled in again, as a correction; raises StoreError."""
    with noting(engine) as connection:
        connection.execute(update(form_draft).where(_at(place)).values(handed_in=None))


def close_draft(
    connection: Connection, draft: FormDraft, when: datetime, waiting: int | None
) -> None:
    """Say that it is handed in, within a transaction; of two who do so at once one succeeds.

    What it became before and still waits is superseded: it states what is corrected by now.
    Raises AlreadyDecided where it was changed or handed in since it was read.
    """
    columns = form_draft.c
    earlier = _read(connection, draft.place)
    changed = connection.execute(
        update(form_draft)
        .where(_at(draft.place), columns.changed == draft.changed, columns.handed_in.is_(None))
        .values(handed_in=when, waiting=waiting)
    )
    if changed.rowcount != 1:
        raise AlreadyDecided(
            Text(
                "这张表已经报送或已被他人修改，请刷新页面",
                "this form was handed in or changed by somebody meanwhile: load the page anew",
            )
        )
    if earlier is not None and earlier.waiting is not None:
        by_number = f"#{waiting}" if waiting is not None else ""
        verdict = Verdict(WaitingState.SUPERSEDED, when, draft.changed_by, by_number)
        supersede(connection, earlier.waiting, verdict)


def refuse_unless(draft: FormDraft | None, seen: str) -> None:
    """Raises StoreError unless a form is open and was last changed at the moment ``seen``.

    ``seen`` is in ISO format, empty where there was no draft yet.
    """
    if draft is not None and not draft.is_open:
        raise StoreError(
            Text(
                "这张表已经报送；如需更正，请先点“填写更正”",
                "this form was handed in already: begin a correction first",
            )
        )
    if (draft.changed.isoformat() if draft else "") == seen:
        return
    by = draft.changed_by if draft else ""
    raise StoreError(
        Text(
            f"{by or '他人'}刚刚修改了这张表，没有保存您的修改；请刷新页面后再填",
            f"{by or 'somebody'} changed this form meanwhile, so nothing of yours was kept: "
            "load the page anew and fill it in again",
        )
    )


def drafts_of(engine: Engine, areas: Collection[str] | None) -> list[FormDraft]:
    """The drafts of these areas, or of all, those changed last first; at most 100."""
    statement = _statement().order_by(form_draft.c.changed.desc()).limit(100)
    if areas is not None:
        statement = statement.where(form_draft.c.area.in_(sorted(areas)))
    with engine.connect() as connection:
        return [_draft(row) for row in connection.execute(statement)]


def reported_indicators(engine: Engine, area: str) -> dict[int, frozenset[str]]:
    """By submission the indicators of which it states figures of an area, oldest first."""
    known = select(held.c.indicator).where(held.c.area == area)
    statement = (
        select(revision.c.submission, revision.c.indicator)
        .distinct()
        .where(revision.c.indicator.in_(known), revision.c.area == area)
        .order_by(revision.c.submission)
    )
    by_submission: dict[int, set[str]] = {}
    with engine.connect() as connection:
        for number, indicator in connection.execute(statement):
            by_submission.setdefault(number, set()).add(indicator)
    return {number: frozenset(indicators) for number, indicators in by_submission.items()}


def _at(place: FormPlace) -> ColumnElement[bool]:
    columns = form_draft.c
    return and_(
        columns.area == place.area,
        columns.form == place.form,
        columns.period == place.period.key,
    )


def _statement() -> Select[Any]:
    return select(form_draft, waiting_hand_in.c.state, waiting_hand_in.c.reason).outerjoin(
        waiting_hand_in, waiting_hand_in.c.id == form_draft.c.waiting
    )


def _read(connection: Connection, place: FormPlace) -> FormDraft | None:
    row = connection.execute(_statement().where(_at(place))).first()
    return _draft(row) if row else None


def _draft(row: Row[Any]) -> FormDraft:
    place = FormPlace(row.area, row.form, from_key(row.period))
    cells = json.loads(row.cells)
    return FormDraft(
        place,
        cells,
        row.changed,
        row.changed_by,
        row.handed_in,
        row.waiting,
        row.state or "",
        row.reason or "",
    )
