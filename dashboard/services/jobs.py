"""Runs work that takes long in the background: begun, asked about, stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboard.base import jobs
from dashboard.base.progress import JobProgress
from dashboard.services.access.person import acting, acting_person


class Jobs:
    """The background jobs of one home folder; any process of the server can ask about them."""

    def __init__(self, home: Path) -> None:
        """Keep the jobs' states in this folder."""
        self._home = home

    def start(self, work: Callable[[JobProgress], object]) -> str:
        """Begin work in the background; return the job's id. Its result travels as JSON.

        Whoever begins it acts in it too.
        """
        person = acting_person()

        def as_person(progress: JobProgress) -> object:
            with acting(person):
                return work(progress)

        return jobs.start(self._home, as_person)

    def state(self, job: str) -> jobs.JobState:
        """How far the job is; raises JobGone."""
        return jobs.state(self._home, job)

    def cancel(self, job: str) -> None:
        """Ask it to stop at its next step; raises JobGone."""
        jobs.cancel(self._home, job)
