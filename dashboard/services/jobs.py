"""Runs work that takes long in the background: begun, asked about, stopped.

What a job comes to may hold drafts: who sees less than whoever began it is answered as if there
were none.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from dashboard.base import jobs
from dashboard.base.progress import JobProgress
from dashboard.services.access.person import acting, acting_person
from dashboard.services.context import Context


class Jobs:
    """The background jobs of one home folder; any process of the server can ask about them."""

    def __init__(self, context: Context) -> None:
        """Keep the jobs' states in the home folder of this context."""
        self._context, self._home = context, context.settings.home

    def start(self, work: Callable[[JobProgress], object]) -> str:
        """Begin work in the background; return the job's id. Its result travels as JSON.

        Whoever begins it acts in it too.
        """
        person = acting_person()

        def as_person(progress: JobProgress) -> object:
            with acting(person):
                return work(progress)

        number = jobs.start(self._home, as_person)
        beginner = json.dumps([self._context.reader, person.name])
        self._beginner(number).write_text(beginner, encoding="utf-8")
        return number

    def state(self, job: str) -> jobs.JobState:
        """How far the job is; raises JobGone, also where its result is not for who asks."""
        found = jobs.state(self._home, job)
        self._refuse_others(job)
        return found

    def cancel(self, job: str) -> None:
        """Ask it to stop at its next step; raises JobGone as ``state``."""
        self.state(job)
        jobs.cancel(self._home, job)

    def _refuse_others(self, job: str) -> None:
        """Raises JobGone but for who began it, readers who see the same and those who see all.

        The areas of who began it may change meanwhile: a file registers new ones.
        """
        try:
            reader, name = json.loads(self._beginner(job).read_text(encoding="utf-8"))
        except FileNotFoundError:
            reader, name = "", ""
        is_own = bool(name) and name == acting_person().name
        if not is_own and not self._context.is_open(reader):
            raise jobs.JobGone(f"job {job} is not this reader's")

    def _beginner(self, job: str) -> Path:
        return self._home / "jobs" / f"{job}.by"
