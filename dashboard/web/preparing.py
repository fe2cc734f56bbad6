"""Prepares what readers are likely to ask for next, while nobody waits for anything.

After the start and after every change of the figures the first views of the main pages are made,
then those of two other periods and of the streets; and for each page that is asked for, the pages
that it links to and its other streets. Answers are made as for a reader and kept as such, one at a
time over all processes, and only after a second of rest. Where several processes answer, they hand
over to one that prepares (``preparing_apart``); where one does, a thread of it does this too. The
thread has no lower priority than others: it would hold Python's lock while it waits its turn.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Flask, request

from dashboard.base.collector import give_back_memory
from dashboard.base.concurrency_limit import Turns
from dashboard.base.logs import failure_line
from dashboard.base.settings import LOOPBACK
from dashboard.base.shared_bytes import try_lock
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area
from dashboard.components.shell.address import LANGUAGE_COOKIE, query_of, topic_of
from dashboard.components.shell.sub_path import inside, sub_path
from dashboard.components.shell.theme_choice import THEME_COOKIE
from dashboard.services.access.person import LOCAL, Person, acting, acting_person
from dashboard.services.front_desk import FrontDesk
from dashboard.web.compression import unpacked
from dashboard.web.first_answers import CALLBACKS
from dashboard.web.gate import PREPARED_FOR
from dashboard.web.kept_answers import PAGES, may_be_kept_at
from dashboard.web.likely_calls import choice_call, choice_output, links_in, panels_in, visit_call
from dashboard.web.preparing_apart import FOLDER, REST, hand_over, note_reader

log = logging.getLogger(__name__)
LONG_REST = 10.0  # seconds without a reader after which memory is given back
POLL = 3.0  # seconds between two looks at the data version, where nothing is left to prepare
MOST_LINKS, MOST_STREETS, MOST_PERIODS = 16, 30, 2  # that are prepared of one page
MOST_LEFT = 200  # that are left to prepare; what is least likely is dropped


class Reader(NamedTuple):
    """For whom answers are prepared: all that an answer depends on, as the reader's own."""

    person: Person | None = None  # None: the one user of this computer
    cookies: str = ""
    languages: str = "zh-CN,zh"
    encodings: str = "gzip"
    below: str = ""  # the path below which the reader sees the dashboard


class Task(NamedTuple):
    """An answer to prepare: a page by its address, or a choice there of an area or a period."""

    reader: Reader
    address: str
    area: str = ""
    period: str = ""


class Preparing:
    """Makes likely answers in a thread of its own."""

    def __init__(self, server: Flask, desk: FrontDesk, turns: Turns, callbacks: Any) -> None:  # noqa: ANN401 - Dash's map
        """Ask this server, whenever these turns are idle."""
        self._server, self._desk, self._turns = server, desk, turns
        self._output = choice_output(callbacks)
        self._version, self._seen = -1, 0
        self._asked: Task | None = None
        self._todo: deque[Task] = deque(maxlen=MOST_LEFT)
        self._done: set[Task] = set()
        self._wake = threading.Event()
        self._given_back = 0  # turns that had begun when memory was given back last

    def begin(self) -> None:
        """Prepare from now on, until the process ends."""
        threading.Thread(target=self._run, daemon=True, name="preparing").start()

    def note(self, address: str) -> None:
        """Note that the reader of the present request has asked for this page."""
        if PREPARED_FOR not in request.environ:
            self._asked = Task(_present_reader(), address)
            self._wake.set()

    def ask(self, task: Task | None) -> None:
        """Prepare what the page of a task leads to, as if it had been asked for here."""
        self._asked = task or self._asked

    def step(self) -> bool:
        """Prepare one answer; returns whether there was any to prepare."""
        self._plan()
        while self._todo:
            task = self._todo.popleft()
            if task not in self._done:
                self._done.add(task)
                self._prepare(task)
                return True
        return False

    def _run(self) -> None:
        shared = self._desk.settings.shared_answers
        apart = shared / FOLDER if shared and (shared / FOLDER).is_dir() else None
        while True:
            self._wake.clear()
            try:
                is_left = self._look(apart)
            except Exception as error:  # whatever fails: the reader who asks for it is answered so
                log.error("preparing: %s", failure_line(error))
                is_left = False
            if not is_left:
                self._rest()
                self._wake.wait(POLL)
            elif not self._is_quiet():
                threading.Event().wait(REST / 4)

    def _look(self, apart: Path | None) -> bool:
        """Work where no reader is served, else say so to the process that prepares.

        Returns whether more is left.
        """
        if self._is_quiet():
            return self._work(apart)
        if apart is not None:
            note_reader(apart)
        return True

    def _is_quiet(self) -> bool:
        """Whether no reader has come since the last step, or the last one is long gone."""
        idle = self._turns.idle_seconds
        return idle >= REST or (idle > 0 and self._turns.begun == self._seen)

    def _work(self, apart: Path | None) -> bool:
        """A step here, or a hand-over to the process that prepares; whether more is left."""
        if apart is None:
            return self._step_alone()
        version = self._desk.version()
        asked, self._asked = self._asked, None
        if asked is not None or version != self._version:
            self._version = version
            hand_over(apart, asked)
        return False

    def _rest(self) -> None:
        """Give memory back, once after the last reader has been gone for long."""
        begun = self._turns.begun
        if begun != self._given_back and self._turns.idle_seconds >= LONG_REST:
            self._given_back = begun
            give_back_memory()

    def _step_alone(self) -> bool:
        """A step, unless another process is at one; returns whether more is left."""
        folder = self._desk.settings.shared_answers
        handle = try_lock(Path(folder) / "preparing.lock") if folder else -1
        if handle is None:
            threading.Event().wait(REST)
            return True
        try:
            return self.step()
        finally:
            self._seen = self._turns.begun
            if handle >= 0:
                os.close(handle)

    def _plan(self) -> None:
        """List what is to be done, where the figures or the page asked for last are others."""
        version = self._desk.version()
        if version != self._version:
            self._version = version
            self._done.clear()
            self._todo = deque(islice(self._first_views(), MOST_LEFT), MOST_LEFT)
        asked, self._asked = self._asked, None
        if asked is not None:
            self._todo.extendleft(reversed([*self._choices(asked), *self._links(asked)]))

    def _first_views(self) -> Iterator[Task]:
        """The main pages as they are opened first: of this computer's user alone.

        Where people sign in, what is prepared is theirs, once they have asked for a page.
        """
        settings = self._desk.settings
        if settings.needs_sign_in:
            return
        encodings = "br, gzip" if settings.host in LOOPBACK else "gzip"
        reader = Reader(encodings=encodings, below=settings.prefix)
        home = Task(reader, "/")
        yield home
        links = list(self._links(home))
        yield from links
        pages = {home.address: home}
        for task in links:
            pages.setdefault(_path(task.address), task)
        for page in pages.values():
            yield from self._choices(page)

    def _links(self, task: Task) -> Iterator[Task]:
        content = self._answer(task.reader, visit_call(task.address))
        links = (inside(link, task.reader.below) for link in links_in(content))
        addresses = [address for address in dict.fromkeys(links) if may_be_kept_at(address)]
        yield from (Task(task.reader, address) for address in addresses[:MOST_LINKS])

    def _choices(self, task: Task) -> list[Task]:
        """The choices of a page, of what its reader may see."""
        with acting(task.reader.person or LOCAL):
            return list(self._offered(task))

    def _offered(self, task: Task) -> Iterator[Task]:
        """Two other periods; the streets below the area of the page, or those beside it."""
        desk, (path, _, search) = self._desk, task.address.partition("?")
        if not path.startswith("/topic/") and path not in PAGES:
            return
        selection = desk.selections.of(query_of(search), "zh", topic_of(path))
        chosen, topic = selection.area, topic_of(path)
        periods = [
            period
            for period in desk.selections.periods(chosen, topic)
            if period != selection.period
        ]
        yield from (task._replace(period=str(period)) for period in periods[:MOST_PERIODS])
        near = _streets_near(desk.areas(), chosen)
        codes = [area.code for area in near if area.code != chosen][:MOST_STREETS]
        yield from (task._replace(area=code) for code in codes)

    def _prepare(self, task: Task) -> None:
        content = self._answer(task.reader, visit_call(task.address))
        chosen = {name: value for name in ("area", "period") if (value := getattr(task, name))}
        if not chosen:
            return
        path, _, search = task.address.partition("?")
        query = {**query_of(search), **chosen}
        panels = list(panels_in(content))
        if panels:
            self._answer(task.reader, choice_call(self._output, panels, path, query))
        self._answer(task.reader, visit_call(f"{path}?{urlencode(query)}"))

    def _answer(self, reader: Reader, call: dict[str, Any]) -> object:
        """What the server answers this reader; None where that is no success."""
        headers = {
            "Cookie": reader.cookies,
            "Accept-Language": reader.languages,
            "Accept-Encoding": reader.encodings,
        }
        environ = {PREPARED_FOR: reader.person, "SCRIPT_NAME": reader.below}
        client = self._server.test_client()
        answer = client.post(CALLBACKS, json=call, headers=headers, environ_overrides=environ)
        if answer.status_code != 200:
            return None
        return json.loads(unpacked(answer.get_data(), answer.headers.get("Content-Encoding", "")))


def _path(address: str) -> str:
    return address.partition("?")[0]


def _present_reader() -> Reader:
    cookies = [
        f"{name}={value}"
        for name in (LANGUAGE_COOKIE, THEME_COOKIE)
        if (value := request.cookies.get(name, "")).isalpha()
    ]
    headers = request.headers
    return Reader(
        acting_person(),
        "; ".join(cookies),
        headers.get("Accept-Language", ""),
        headers.get("Accept-Encoding", ""),
        sub_path(),
    )


def _streets_near(areas: Areas, chosen: str) -> Sequence[Area]:
    """The areas below one, else those of the area above it."""
    below = areas.children(chosen)
    above = next(iter(areas.ancestors(chosen)), None)
    return below or (areas.children(above.code) if above else ())
