"""Changes the store in one transaction: writers queue, and the current figures are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Protocol
from weakref import WeakKeyDictionary, WeakSet

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, event, select, tuple_
from sqlalchemy.exc import DatabaseError

from dashboard.base.language import Text
from dashboard.store.current import current_figures
from dashboard.store.data_version import count_up
from dashboard.store.file_in_place import GONE, FileGone, is_in_place
from dashboard.store.opening import StoreError
from dashboard.store.reader_engine import base_engine
from dashboard.store.tables import KEY, observation, revision, submission

KEYS = [revision.c[name] for name in KEY]
PLACED = tuple_(*(observation.c[name] for name in KEY))

# Revisions of submissions that count: nobody has withdrawn them.
STANDING = revision.c.submission.not_in(
    select(submission.c.id).where(submission.c.withdrawn.is_not(None))
)


class KnowsVersion(Protocol):
    """What remembers the data version for the length of a request."""

    def forget_version(self) -> None:
        """Look the version up again."""


_KNOWING: WeakKeyDictionary[Engine, WeakSet[KnowsVersion]] = WeakKeyDictionary()
_KNOWING_LOCK = Lock()


def forget_on_commit(engine: Engine, one: KnowsVersion) -> None:
    """Lets it forget the version in the thread that has changed something in this store.

    A store has one listener, however many readers come and go; they are not kept alive.
    """
    base = base_engine(engine)
    with _KNOWING_LOCK:
        known = _KNOWING.get(base)
        if known is None:
            known = _KNOWING[base] = WeakSet()
            event.listen(base, "commit", _forgetting(known))
        known.add(one)


def _forgetting(known: WeakSet[KnowsVersion]) -> Callable[[Connection], None]:
    def forget(_connection: Connection) -> None:
        with _KNOWING_LOCK:
            those = list(known)
        for one in those:
            one.forget_version()

    return forget


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided something, when (with its zone) and why."""

    by: str
    when: datetime
    reason: str

    def __post_init__(self) -> None:
        """Raises StoreError for a decision without a reason or a zone."""
        if not self.reason.strip():
            raise StoreError(Text("请填写理由", "a reason is needed"))
        if self.when.tzinfo is None:
            raise StoreError(f"{self.when}: a time with its zone is needed")


@contextmanager
def writing(engine: Engine, *, figures_only: bool = False) -> Iterator[Connection]:
    """One transaction that changes something. Counting the version first makes writers queue.

    ``figures_only`` says that it changes figures of single areas and nothing else. Raises
    StoreError where the store does not take it: locked for too long, disk full, damaged, its file
    removed or replaced. A reader's view is not written to: what it asks for is the store's own.
    """
    try:
        with base_engine(engine).begin() as connection:
            _refuse_removed(connection)
            count_up(connection, figures_only=figures_only)
            yield connection
            _refuse_removed(connection)
    except FileGone as error:
        raise StoreError(GONE) from error
    except DatabaseError as error:
        raise StoreError(
            Text(f"库未能保存：{error.orig}", f"the store did not take it: {error.orig}")
        ) from error


def _refuse_removed(connection: Connection) -> None:
    """Raises StoreError where what is written would go into a file that was removed."""
    if not is_in_place(connection):
        raise StoreError(GONE)


def replace_current(
    connection: Connection, keys: Select[Any], revisions: ColumnElement[bool]
) -> None:
    """Settle the figures with these keys anew, from these revisions.

    Not with ON CONFLICT, which does not cross the shards of a partitioned store.
    """
    connection.execute(delete(observation).where(PLACED.in_(keys)))
    names = [column.name for column in observation.columns]
    connection.execute(observation.insert().from_select(names, current_figures(revisions)))
