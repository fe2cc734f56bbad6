"""Keeps agendas of meetings and their pages. They change no figure: the data version stays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, func, select, update

from dashboard.base.language import Text
from dashboard.store.meeting_tables import meeting, meeting_page
from dashboard.store.opening import StoreError
from dashboard.store.receipt_codes import new_code
from dashboard.store.unversioned_writes import noting

CHART, TOPIC, TARGET = "chart", "topic", "target"
KINDS = (CHART, TOPIC, TARGET)
MOST_PAGES = 60  # of an agenda
_TITLE, _NOTE = 200, 2000  # characters kept


class Meeting(NamedTuple):
    """An agenda. ``held`` is the day (2024-10-08), ``known`` the moment its figures are frozen at.

    ``query`` says area, period, comparison and language of the whole.
    """

    id: str
    title: str
    held: str
    area: str
    query: str
    known: datetime
    made: datetime
    made_by: str


class MeetingPage(NamedTuple):
    """A page of an agenda: a chart, a topic or a target, with the selection it is drawn with."""

    id: int
    meeting: str
    place: int
    kind: str
    ref: str
    query: str
    note: str


_MEETING = [meeting.c[name] for name in Meeting._fields]
_PAGE = [meeting_page.c[name] for name in MeetingPage._fields]


def read_meetings(engine: Engine) -> list[Meeting]:
    """All agendas, the latest first."""
    statement = select(*_MEETING).order_by(meeting.c.held.desc(), meeting.c.made.desc())
    with engine.connect() as connection:
        return [Meeting._make(row) for row in connection.execute(statement)]


def read_meeting(engine: Engine, name: str) -> Meeting | None:
    """The agenda of this id, or None."""
    with engine.connect() as connection:
        row = connection.execute(select(*_MEETING).where(meeting.c.id == name)).first()
    return Meeting._make(row) if row else None


def read_pages(engine: Engine, name: str) -> list[MeetingPage]:
    """The pages of an agenda in order."""
    statement = (
        select(*_PAGE)
        .where(meeting_page.c.meeting == name)
        .order_by(meeting_page.c.place, meeting_page.c.id)
    )
    with engine.connect() as connection:
        return [MeetingPage._make(row) for row in connection.execute(statement)]


def checked_day(text: str) -> str:
    """A day written 2024-10-08; raises StoreError for anything else."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise StoreError(
            Text(f"“{text}”不是日期；请写如 2024-10-08", f"{text!r} is no day such as 2024-10-08")
        ) from None


def make_meeting(engine: Engine, head: Meeting) -> str:
    """Keeps a new agenda and returns its id; the one given is not looked at. Raises StoreError."""
    if not head.title.strip():
        raise StoreError(Text("请填写会议名称", "the meeting needs a title"))
    made = head._replace(
        id=new_code(), title=head.title.strip()[:_TITLE], held=checked_day(head.held)
    )
    with noting(engine) as connection:
        connection.execute(meeting.insert(), made._asdict())
    return made.id


def change_meeting(engine: Engine, name: str, title: str, held: str) -> None:
    """Another title or day; raises StoreError."""
    if not title.strip():
        raise StoreError(Text("请填写会议名称", "the meeting needs a title"))
    changes = {"title": title.strip()[:_TITLE], "held": checked_day(held)}
    with noting(engine) as connection:
        connection.execute(update(meeting).where(meeting.c.id == name).values(**changes))


def freeze_meeting(engine: Engine, name: str, known: datetime) -> None:
    """The agenda shows the figures as known at another moment from now on."""
    with noting(engine) as connection:
        moment = known.astimezone(UTC)
        connection.execute(update(meeting).where(meeting.c.id == name).values(known=moment))


def add_page(engine: Engine, page: MeetingPage) -> None:
    """A page at the end of an agenda; its id and place are not looked at. Raises StoreError."""
    if page.kind not in KINDS:
        raise StoreError(f"{page.kind} is none of {', '.join(KINDS)}")
    with noting(engine) as connection:
        last, count = connection.execute(
            select(func.max(meeting_page.c.place), func.count()).where(
                meeting_page.c.meeting == page.meeting
            )
        ).one()
        if count >= MOST_PAGES:
            raise StoreError(
                Text(f"一次会议最多{MOST_PAGES}页", f"an agenda has {MOST_PAGES} pages at most")
            )
        row = page._asdict() | {"place": (last or 0) + 1, "note": page.note[:_NOTE]}
        del row["id"]
        connection.execute(meeting_page.insert(), row)


def move_page(engine: Engine, number: int, by: int) -> None:
    """Exchanges a page with the one before (-1) or after it (1); at an end nothing happens."""
    with noting(engine) as connection:
        order = _siblings(connection, number)
        at = order.index(number) if number in order else -1
        if at < 0 or not 0 <= at + by < len(order):
            return
        order.insert(at + by, order.pop(at))
        for place, page in enumerate(order, start=1):
            changed = update(meeting_page).where(meeting_page.c.id == page)
            connection.execute(changed.values(place=place))


def note_page(engine: Engine, number: int, note: str) -> None:
    """What the speaker wants to remember on a page."""
    with noting(engine) as connection:
        changed = update(meeting_page).where(meeting_page.c.id == number)
        connection.execute(changed.values(note=note.strip()[:_NOTE]))


def remove_page(engine: Engine, number: int) -> None:
    """Takes a page off its agenda; what was asked on it stays."""
    with noting(engine) as connection:
        connection.execute(delete(meeting_page).where(meeting_page.c.id == number))


def _siblings(connection: Connection, number: int) -> list[int]:
    of = select(meeting_page.c.meeting).where(meeting_page.c.id == number).scalar_subquery()
    statement = (
        select(meeting_page.c.id)
        .where(meeting_page.c.meeting == of)
        .order_by(meeting_page.c.place, meeting_page.c.id)
    )
    return list(connection.scalars(statement))
