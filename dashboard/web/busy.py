"""Says that the server is busy, where more is asked of it at once than it can answer soon."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request

from dashboard.base.concurrency_limit import Busy, Turns
from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.web.answers import refusal

# Requests of a process that wait for their turn: a hundred readers whose clicks all come to one.
WAITING = 120
SECONDS = 55  # that one waits at most: as long as web servers before this one wait for it
RETRY = "5"  # seconds after which a browser or program asks again
_QUICK = (
    "/own/",
    "/vendor/",
    "/assets/",
    "/_dash-component-suites/",
    "/logo",
    "/healthz",
    "/livez",
)


class TakingTurns:
    """Answers requests in turn: a few at a time, others wait, and too many are sent away."""

    def __init__(self, turns: Turns) -> None:
        """Take these turns."""
        self._turns = turns

    def answer(self, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever a view returns
        """What ``make`` answers once it is the present request's turn; raises Busy."""
        if request.path.startswith(_QUICK):
            return make()
        with self._turns.turn():
            return make()


def say_when_busy(server: Flask) -> None:
    """Answer those whose turn does not come with 503, a sentence, and when to ask again."""
    title = "server_busy_title"
    server.register_error_handler(Busy, lambda _error: later_answer(title, "server_busy"))


def later_answer(title: str, text: str) -> Response:
    """The words of these keys with status 503, and when to ask again."""
    language = reader_language()
    answer = refusal(word(text, language), 503, word(title, language))
    answer.headers["Retry-After"] = RETRY
    return answer
