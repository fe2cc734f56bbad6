"""Runs work that goes on after a page was answered: started here, asked about from any process.

A job runs in a thread; what it is doing stands in a small file that every process of the server can
read. Whether its process still lives is told by the file's time, which a second thread keeps fresh.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard.base.language import Text
from dashboard.base.processes import process_runs
from dashboard.base.progress import Cancelled, JobProgress

RUNNING, DONE, FAILED, CANCELLED = "running", "done", "failed", "cancelled"
DAY = 24 * 3600  # seconds that a job's end can be asked about
BEAT = 1.0  # seconds between two signs of life
DEAD_WITHOUT_PROCESS, DEAD = 3.0, 60.0  # seconds without one after which it is given up
_OFTEN = 0.2  # seconds between two reports of a step: thousands of steps must not cost a write each
_RUNNING: weakref.WeakSet[threading.Thread] = weakref.WeakSet()  # the threads of this process
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class JobGone(LookupError):
    """There is no job of this number: never was, or ended more than a day ago."""


@dataclass(frozen=True, slots=True)
class JobState:
    """What a job is doing: ``what`` after ``done`` of ``total`` steps; its result once it is done.

    ``state`` is running, done, failed or cancelled. A job whose process died is failed.
    """

    state: str
    what: Text
    done: int
    total: int
    result: object = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state != RUNNING


def start(home: Path, work: Callable[[JobProgress], object]) -> str:
    """Runs ``work`` in a thread of its own and returns the job's number.

    What the work returns must be plain enough for JSON. An error of the work goes where errors of
    threads go (the log) and makes the job a failed one.
    """
    folder = home / "jobs"
    folder.mkdir(parents=True, exist_ok=True)
    _remove_old(folder)
    number = secrets.token_urlsafe(16)
    report = _Report(folder / f"{number}.json")
    report.write(JobState(RUNNING, Text("", ""), 0, 0))
    thread = threading.Thread(target=_run, args=(report, work), daemon=True, name=f"job {number}")
    _RUNNING.add(thread)
    thread.start()
    return number


def wait_for_jobs(seconds: float) -> None:
    """Wait until the jobs of this process are over, at most so long."""
    end = time.monotonic() + seconds
    for thread in list(_RUNNING):
        thread.join(max(0.0, end - time.monotonic()))


def state(home: Path, number: str) -> JobState:
    """What this job is doing; raises JobGone."""
    file = _file(home, number)
    try:
        changed = file.stat().st_mtime
        row = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise JobGone(f"job {number} is not known") from error
    what = Text(row["what"]["zh"], row["what"]["en"])
    now = row["state"]
    if now == RUNNING and not _lives(int(row["process"]), time.time() - changed):
        now = FAILED
    return JobState(now, what, row["done"], row["total"], row.get("result"))


def cancel(home: Path, number: str) -> None:
    """Asks a job to stop at its next step; one that is over stays as it is. Raises JobGone."""
    state(home, number)
    _file(home, number).with_suffix(".cancel").touch()


class _Report:
    """Where a running job writes what it is doing."""

    def __init__(self, file: Path) -> None:
        self.file, self.last = file, JobState(RUNNING, Text("", ""), 0, 0)
        self._written = 0.0
        self._cancel = file.with_suffix(".cancel")

    def step(self, what: Text, done: int, total: int) -> None:
        """Writes the step down; raises Cancelled where somebody asked for it."""
        self.last = JobState(RUNNING, what, done, total)
        if self._cancel.exists():
            raise Cancelled
        if time.monotonic() - self._written >= _OFTEN:
            self.write(self.last)

    def write(self, now: JobState) -> None:
        """Writes the state, whole or not at all."""
        row = {
            "state": now.state,
            "what": {"zh": now.what.zh, "en": now.what.en},
            "done": now.done,
            "total": now.total,
            "result": now.result,
            "process": os.getpid(),
        }
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
        os.replace(part, self.file)
        self._written = time.monotonic()

    def over(self, how: str, result: object = None) -> None:
        """Writes how it ended, after the last step."""
        last = self.last
        self.write(JobState(how, last.what, last.done, last.total, result))
        self._cancel.unlink(missing_ok=True)


def _run(report: _Report, work: Callable[[JobProgress], object]) -> None:
    over = threading.Event()
    threading.Thread(target=_beat, args=(report.file, over), daemon=True).start()
    how, result = FAILED, None
    try:
        result = work(report)
        json.dumps(result)
        how = DONE
    except Cancelled:
        how = CANCELLED
    finally:
        over.set()
        report.over(how, result if how == DONE else None)


def _beat(file: Path, over: threading.Event) -> None:
    while not over.wait(BEAT):
        try:
            os.utime(file)
        except OSError:
            return  # removed: nobody asks any more


def _lives(process: int, silent: float) -> bool:
    """Whether a job that has been silent for so many seconds still runs."""
    if silent > DEAD:
        return False
    return silent < DEAD_WITHOUT_PROCESS or process_runs(process)


def _file(home: Path, number: str) -> Path:
    if not _ID.fullmatch(number):
        raise JobGone("this is no job's number")
    return home / "jobs" / f"{number}.json"


def _remove_old(folder: Path) -> None:
    for file in folder.iterdir():
        try:
            if time.time() - file.stat().st_mtime > DAY:
                file.unlink()
        except OSError:
            continue  # another process was faster
