"""Keeps questions raised in meetings: on which page, who answers by when, the answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Engine, select, update

from dashboard.base.language import Text
from dashboard.store.meeting_tables import question
from dashboard.store.meetings import checked_day
from dashboard.store.opening import StoreError
from dashboard.store.unversioned_writes import noting

_LONGEST = 2000  # characters kept


class Question(NamedTuple):
    """A question. ``kind``, ``ref`` and ``query`` say what was shown; ``done`` is None while open.

    ``due`` is a day or "".
    """

    id: int
    meeting: str
    kind: str
    ref: str
    query: str
    asked: str
    owner: str
    due: str
    raised: datetime
    raised_by: str
    done: datetime | None
    done_by: str
    answer: str


_COLUMNS = [question.c[name] for name in Question._fields]


def note_question(engine: Engine, asked: Question) -> None:
    """Keeps a question; its id and moment are set here. Raises StoreError for an empty one."""
    if not asked.asked.strip():
        raise StoreError(Text("请写下问题", "the question is empty"))
    row = asked._asdict() | {
        "asked": asked.asked.strip()[:_LONGEST],
        "owner": asked.owner.strip()[:200],
        "due": checked_day(asked.due) if asked.due.strip() else "",
        "raised": datetime.now(UTC),
        "done": None,
    }
    del row["id"]
    with noting(engine) as connection:
        connection.execute(question.insert(), row)


def close_question(engine: Engine, number: int, by: str, answer: str) -> None:
    """The question is answered; raises StoreError without a name or an answer."""
    if not by.strip() or not answer.strip():
        raise StoreError(
            Text("请填写办理人和办理结果", "who has done it, and what was found, are needed")
        )
    closing = {"done_by": by.strip()[:200], "answer": answer.strip()[:_LONGEST]}
    with noting(engine) as connection:
        changed = update(question).where(question.c.id == number)
        connection.execute(changed.values(done=datetime.now(UTC), **closing))


def open_question(engine: Engine, number: int) -> None:
    """The question is open again; what was answered stays beside it."""
    with noting(engine) as connection:
        connection.execute(update(question).where(question.c.id == number).values(done=None))


def read_questions(engine: Engine, *, only_open: bool = False) -> list[Question]:
    """Questions: the open ones first, by due date, those without one last; then the answered."""
    statement = select(*_COLUMNS)
    if only_open:
        statement = statement.where(question.c.done.is_(None))
    with engine.connect() as connection:
        every = [Question._make(row) for row in connection.execute(statement)]
    open_ones = sorted(
        (raised_question for raised_question in every if raised_question.done is None),
        key=lambda raised_question: (raised_question.due or "9", raised_question.id),
    )
    answered = [raised_question for raised_question in every if raised_question.done is not None]
    answered.sort(key=lambda raised_question: str(raised_question.done), reverse=True)
    return open_ones + answered
