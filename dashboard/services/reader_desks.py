"""Gives everybody the services over the store as he or she may see it.

Where publication is off there is one desk for all, and nothing else is done. Where it is on,
viewers have one in which drafts are not there, contributors one with the drafts of their own areas,
editors and administrators one in which drafts are marked. All pages, callbacks, lists and files ask
the desk of the person who acts, so none of them can show what another desk knows.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import cast

from dashboard.services.access.person import Person, Role, acting_person
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.finding_amounts import areas_of
from dashboard.store.reader_views import EVERYTHING, PUBLISHED, Reader

MOST = 16  # desks that stay open: one for all viewers, one for each group of contributors' areas


class ReaderDesks:
    """The desks of all readers of one store. Thread-safe."""

    def __init__(self, whole: FrontDesk) -> None:
        """Open others over the store of this desk, which hides and marks nothing."""
        self.whole = whole
        self._open: OrderedDict[Reader, FrontDesk] = OrderedDict()
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
        return Reader(areas_of(person, self.whole.context.areas()) or frozenset())

    def _seen_by(self, reader: Reader) -> FrontDesk:
        with self._swap:
            if reader not in self._open:
                self._open[reader] = self.whole.as_seen_by(reader)
            self._open.move_to_end(reader)
            if len(self._open) > MOST:
                _, oldest = self._open.popitem(last=False)
                oldest.context.engine.dispose()
            return self._open[reader]


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
