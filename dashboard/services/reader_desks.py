"""Gives everybody the services over the store as he or she may see it.

Where publication is off there is one desk for all, and nothing else is done. Where it is on,
viewers have one in which drafts are not there, contributors of the same areas one that has the
drafts of these areas alone, marked, editors and administrators one in which all are, marked. All
pages, callbacks, lists and files ask the desk of the person who acts, so none of them can show what
another desk knows.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import cast

from dashboard.services.access.person import Person, Role, acting_person
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.finding_amounts import areas_of
from dashboard.store.reader_views import EVERYTHING, PUBLISHED, Reader

MOST = 64  # desks that stay open: viewers', editors', one for each group of contributors' areas
MOST_REMEMBERED = 1000  # groups of areas of which it is known what is below them


class ReaderDesks:
    """The desks of all readers of one store. Thread-safe."""

    def __init__(self, whole: FrontDesk) -> None:
        """Open others over the store of this desk, which hides and marks nothing."""
        self.whole = whole
        self._open: OrderedDict[Reader, FrontDesk] = OrderedDict()
        self._building: dict[Reader, Lock] = {}
        self._contributors: dict[tuple[str, ...], tuple[int, Reader]] = {}
        self._swap = Lock()

    def of(self, person: Person) -> FrontDesk:
        """The desk over what a person sees, as of the last look at the store."""
        if not self.whole.context.publication:
            return self.whole
        return self._seen_by(self._reader(person))

    def look_up(self) -> None:
        """Look at the store for the request of the person who acts; see ``Context.look_up``."""
        self.whole.context.look_up()
        desk = self.of(acting_person())
        if desk is not self.whole:
            desk.context.look_up()

    def forget_version(self) -> None:
        """The next request of this thread looks at the store again."""
        self.whole.context.forget_version()
        with self._swap:
            desks = list(self._open.values())
        for desk in desks:
            desk.context.forget_version()

    def _reader(self, person: Person) -> Reader:
        if person.role >= Role.EDITOR:
            return EVERYTHING
        if person.role < Role.CONTRIBUTOR:
            return PUBLISHED
        return self._contributor(person)

    def _contributor(self, person: Person) -> Reader:
        """The reader of a person's areas and all below, worked out again where areas change."""
        common, known = self.whole.context.common_version, self._contributors.get(person.areas)
        if known is not None and known[0] == common:
            return known[1]
        reader = Reader(areas_of(person, self.whole.context.areas()) or frozenset())
        if len(self._contributors) >= MOST_REMEMBERED:
            self._contributors.clear()
        self._contributors[person.areas] = (common, reader)
        return reader

    def _seen_by(self, reader: Reader) -> FrontDesk:
        """The open desk of a reader, else a new one; nobody else waits while it is made."""
        desk = self._opened(reader)
        if desk is not None:
            return desk
        with self._swap:
            building = self._building.setdefault(reader, Lock())
        with building:
            desk = self._opened(reader)  # another thread may have been faster
            if desk is None:
                desk = self.whole.as_seen_by(reader)
                self._keep(reader, desk)
        return desk

    def _opened(self, reader: Reader) -> FrontDesk | None:
        with self._swap:
            desk = self._open.get(reader)
            if desk is not None:
                self._open.move_to_end(reader)
            return desk

    def _keep(self, reader: Reader, desk: FrontDesk) -> None:
        """Keep a desk open, and close the one that nobody has asked for longest."""
        with self._swap:
            self._open[reader] = desk
            self._building.pop(reader, None)
            closed = [self._open.popitem(last=False)[1]] if len(self._open) > MOST else []
        for one in closed:
            one.context.close()


class DeskOfReader:
    """Stands for the desk of whoever acts: each name is looked up there, at the moment it is used.

    What is taken from it must not be kept beyond a request.
    """

    def __init__(self, desks: ReaderDesks) -> None:
        """Stand for one of these desks."""
        self._desks = desks

    def __getattr__(self, name: str) -> object:
        """What the desk of the person who acts has under this name."""
        return getattr(self._desks.of(acting_person()), name)


def desk_of_reader(desks: ReaderDesks) -> FrontDesk:
    """What routes, pages and callbacks take for the desk."""
    return cast(FrontDesk, DeskOfReader(desks))
