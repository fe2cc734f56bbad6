"""Keeps accounts of people, their sessions, and sign-ins that failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from dashboard.base.language import Text
from dashboard.store.access_tables import account, failed_sign_in, session
from dashboard.store.file_in_place import GONE, FileGone
from dashboard.store.opening import BUSY_SECONDS, StoreError, be_patient


class StoredAccount(NamedTuple):
    """Somebody who may sign in; ``areas`` are codes, ``password`` is its hash.

    ``subject``: the identity provider's issuer and lasting id of this person; "": not known yet.
    """

    name: str
    role: str
    areas: tuple[str, ...]
    password: str
    originals: bool
    made: datetime
    made_by: str
    disabled: datetime | None = None
    subject: str = ""


@contextmanager
def changing(engine: Engine, patience: int = BUSY_SECONDS) -> Iterator[Connection]:
    """One transaction that touches no figures, so the data version stays. Raises StoreError.

    ``patience``: for how many seconds it waits for another writer.
    """
    try:
        with engine.connect().execution_options(alone=True) as connection:
            be_patient(connection, patience)
            with connection.begin():
                yield connection
    except FileGone as error:
        raise StoreError(GONE) from error
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise StoreError(
            Text(f"库未能保存：{error.orig}", f"the store did not take it: {error.orig}")
        ) from error


# ---- accounts ----


def read_accounts(engine: Engine) -> list[StoredAccount]:
    """Every account, by name."""
    with engine.connect() as connection:
        return [_account(row) for row in connection.execute(select(account).order_by("name"))]


def read_account(engine: Engine, name: str) -> StoredAccount | None:
    """The account of this name."""
    with engine.connect() as connection:
        row = connection.execute(select(account).where(account.c.name == name)).first()
    return _account(row) if row else None


def add_account(engine: Engine, new: StoredAccount) -> None:
    """Keep a new account; raises StoreError where the name is taken."""
    try:
        with changing(engine) as connection:
            connection.execute(insert(account), _row(new))
    except IntegrityError as error:
        raise taken(new.name) from error


def taken(name: str) -> StoreError:
    """The refusal of a new account whose name another one has."""
    return StoreError(
        Text(
            f"已有用户“{name}”；请修改该用户（命令：user change {name}，"
            f"改密码：user password {name}）",
            f"there is a user {name!r} already: change that one (by command: user change {name},"
            f" for the password user password {name})",
        )
    )


def change_account(engine: Engine, changed: StoredAccount, *, sign_out: bool) -> None:
    """Keep an account anew; ``sign_out`` ends its sessions."""
    with changing(engine) as connection:
        values = _row(changed)
        connection.execute(update(account).where(account.c.name == changed.name), values)
        if sign_out:
            connection.execute(delete(session).where(session.c.account == changed.name))


def bind_account(engine: Engine, name: str, subject: str) -> bool:
    """Keep who an account is with the identity provider, where neither has another; or False."""
    with changing(engine) as connection:
        bound = select(account.c.name).where(account.c.subject == subject)
        if connection.execute(bound).first():
            return False
        free = (account.c.name == name) & (account.c.subject == "")
        done = connection.execute(update(account).where(free).values(subject=subject))
    return done.rowcount == 1


def _row(stored: StoredAccount) -> dict[str, object]:
    return stored._asdict() | {"areas": "\n".join(stored.areas)}


def _account(row: Row[tuple[object, ...]]) -> StoredAccount:
    values = dict(row._mapping)
    return StoredAccount(**values | {"areas": tuple(str(values["areas"]).split())})


# ---- sessions ----


class StoredSession(NamedTuple):
    """A browser in which somebody has signed in, by the digest of its token."""

    digest: str
    account: str
    made: datetime
    expires: datetime


def add_session(engine: Engine, new: StoredSession) -> None:
    """Keep a session, and forget those that have expired by the time it was made."""
    with changing(engine) as connection:
        connection.execute(delete(session).where(session.c.expires <= new.made))
        connection.execute(insert(session), new._asdict())


def account_of_session(engine: Engine, digest: str, now: datetime) -> StoredAccount | None:
    """Who has signed in with this session; None where it has ended or the account is disabled."""
    statement = (
        select(account)
        .join(session, session.c.account == account.c.name)
        .where(session.c.digest == digest, session.c.expires > now, account.c.disabled.is_(None))
    )
    with engine.connect() as connection:
        row = connection.execute(statement).first()
    return _account(row) if row else None


def end_session(engine: Engine, digest: str) -> None:
    """Forget one session."""
    with changing(engine) as connection:
        connection.execute(delete(session).where(session.c.digest == digest))


def end_sessions(engine: Engine, name: str) -> int:
    """Forget all sessions of an account; returns how many."""
    with changing(engine) as connection:
        return connection.execute(delete(session).where(session.c.account == name)).rowcount


# ---- sign-ins that failed ----


class Failures(NamedTuple):
    """How many sign-ins failed: of a name from one origin, of the name, from the origin."""

    pair: int
    name: int
    origin: int


def note_failure(engine: Engine, name: str, origin: str, at: datetime) -> None:
    """Keep that a sign-in failed."""
    with changing(engine) as connection:
        connection.execute(insert(failed_sign_in), {"name": name, "origin": origin, "at": at})


def failures_since(engine: Engine, name: str, origin: str, since: datetime) -> Failures:
    """How many sign-ins have failed since then."""
    by_name, by_origin = failed_sign_in.c.name == name, failed_sign_in.c.origin == origin
    count = select(func.count()).select_from(failed_sign_in).where(failed_sign_in.c.at > since)
    statements = (count.where(by_name, by_origin), count.where(by_name), count.where(by_origin))
    with engine.connect() as connection:
        return Failures(*(connection.execute(statement).scalar_one() for statement in statements))


def forget_failures(engine: Engine, name: str, before: datetime) -> None:
    """Forget the failures of a name, and of everybody those before then."""
    with changing(engine) as connection:
        connection.execute(
            delete(failed_sign_in).where(
                (failed_sign_in.c.name == name) | (failed_sign_in.c.at < before)
            )
        )
