"""Prepares answers in a process of its own, which ends when nothing is left to prepare.

Making the answers of some two hundred pages takes several times the memory that a process needs
that only answers: the system has it back when the process ends. What is made is found in the files
that all processes of the server share.

A watcher is forked from the serving process before that has any thread, with the program read. For
each hand-over it forks the process that prepares. Tasks come as files in the folder of this run,
which is its user's alone.
"""

from __future__ import annotations

import logging
import os
import pickle
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from dashboard.base.collector import collect_rarely
from dashboard.base.logs import failure_line, write_logs

log = logging.getLogger(__name__)
FOLDER = "preparing"  # of the tasks, in the folder of the run
REST = 1.0  # seconds without a reader after which preparing begins or goes on
_READER = "reader"  # the file that is touched while one is served
POLL = 0.5  # seconds between two looks for tasks
RETRY = 5.0  # seconds after a failure of the system, such as a lack of memory
LINGER = 120.0  # seconds without a task after which the process that prepares ends
COURTESY = 10  # how much lower its priority is than that of the processes that answer


def hand_over(folder: Path, task: object) -> None:
    """Leave a task (None: the pages that are opened first) for the process that prepares."""
    file = folder / f"{os.getpid()}.task"  # one a process: what was asked for last counts
    part = file.with_suffix(".part")
    with suppress(OSError):
        part.write_bytes(pickle.dumps(task))
        os.replace(part, file)


def take_over(folder: Path) -> list[Any]:
    """The tasks that wait, which wait no more."""
    tasks = []
    for file in sorted(folder.glob("*.task")):
        with suppress(OSError):
            held = file.replace(file.with_suffix(".held"))  # what comes meanwhile is another
            content = held.read_bytes()
            held.unlink()
            tasks.append(pickle.loads(content))  # of a process of this server
    return tasks


def note_reader(folder: Path) -> None:
    """Note that a reader is served: the process that prepares waits until none is."""
    with suppress(OSError):
        (folder / _READER).touch()


def has_reader(folder: Path) -> bool:
    """Whether a reader has been served a moment ago."""
    try:
        return time.time() - (folder / _READER).stat().st_mtime < REST
    except OSError:  # none so far
        return False


def begin(shared: Path, app: str) -> int:
    """Fork the watcher, which ends with this process; returns its number.

    ``app`` names the function that makes the app (``module:name``); the folder for the tasks is
    made in ``shared``.
    """
    folder = shared / FOLDER
    folder.mkdir(mode=0o700)
    server = os.getpid()
    return _forked(lambda: _watch(folder, app, server))


def _forked(work: Callable[[], None]) -> int:
    """The number of a new process that does this work and nothing else."""
    number = os.fork()
    if number:
        return number
    try:
        work()
    except Exception as error:
        log.error("preparing: %s", failure_line(error))
    finally:
        os._exit(0)  # none of what the process before would do at its end


def _watch(folder: Path, app: str, server: int) -> None:
    """Fork the process that prepares whenever a task waits, until the server is no more."""
    while os.getppid() == server:
        try:
            if any(folder.glob("*.task")):
                _have_prepared(folder, app, server)
        except OSError as error:
            log.error("preparing: %s", failure_line(error))
            time.sleep(RETRY)
        time.sleep(POLL)


def _have_prepared(folder: Path, app: str, server: int) -> None:
    """Fork the process that prepares, and wait for its end or the server's."""
    watcher = os.getpid()
    number = _forked(lambda: _prepare(folder, app, watcher))
    while os.waitpid(number, os.WNOHANG) == (0, 0) and os.getppid() == server:
        time.sleep(POLL)


def _prepare(folder: Path, app: str, watcher: int) -> None:
    """Prepare what is handed over, until nothing has come for some time."""
    os.nice(COURTESY)
    write_logs()
    made = resolve_name(app)()
    made.server.test_client().get("/livez")  # Dash sets itself up at its first request
    collect_rarely()
    last = time.monotonic()
    while os.getppid() == watcher and time.monotonic() - last < LINGER:
        if go_on(made, folder):
            last = time.monotonic()
        else:
            time.sleep(POLL)


def go_on(made: Any, folder: Path) -> bool:  # noqa: ANN401 - the app, whose program is read late
    """Prepare an answer while no reader is served; whether there was any to prepare."""
    for task in take_over(folder):
        made.preparing.ask(task)
    if has_reader(folder):
        return False
    try:
        return bool(made.preparing.step())
    except Exception as error:  # whatever fails: the reader who asks for it is answered so
        log.error("preparing: %s", failure_line(error))
        return False
