"""Tells who acts: the person signed in, or the one user of this computer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """What somebody may do; each role may do what the ones before it may."""

    VIEWER = 1
    CONTRIBUTOR = 2  # hands in for areas of his or her own
    EDITOR = 3  # all areas, targets, commentary, agendas
    ADMIN = 4  # users, locks, samples

    @property
    def key(self) -> str:
        """The role's name as it is stored and typed."""
        return self.name.lower()


ROLES = {role.key: role for role in Role}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts. ``areas`` limit a contributor; ``originals``: may fetch received files.

    The name is empty for the one user of this computer, who does not sign in and types a name.
    """

    name: str
    role: Role
    areas: tuple[str, ...] = ()
    originals: bool = False
    origin: str = ""  # the address from which he or she acts

    @property
    def hands_in_everywhere(self) -> bool:
        """Whether files of any area are taken."""
        return self.role >= Role.EDITOR

    @property
    def signed_in(self) -> bool:
        """Whether the name is known by a sign-in."""
        return bool(self.name)


LOCAL = Person("", Role.ADMIN, originals=True)
_ACTING: ContextVar[Person] = ContextVar("acting", default=LOCAL)


def acting_person() -> Person:
    """Who acts now; without a request, or without sign-in, the one user of this computer."""
    return _ACTING.get()


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """Let this person act meanwhile."""
    token = _ACTING.set(person)
    try:
        yield
    finally:
        _ACTING.reset(token)


def set_acting(person: Person) -> None:
    """Let this person act from now on in this thread: at the start of a request."""
    _ACTING.set(person)


def signature(typed: str | None = "") -> str:
    """Who signs: the signed-in person, whatever was typed; else the typed name."""
    person = acting_person()
    return person.name if person.signed_in else (typed or "").strip()
