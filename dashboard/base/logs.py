"""Writes the server's log: one line an entry, whatever stands in it, and never an error of its own.

A log that fails takes the thread that wrote into it along. So text that no terminal can show is
written as escapes, and a failure names its kind and its places in the code, not the values.
"""

from __future__ import annotations

import logging
import logging.config
import sys
from types import TracebackType
from typing import TextIO

_SHAPE = "%(asctime)s %(levelname)s %(name)s %(message)s"
_MOST = 2000  # characters of a line
_PLACES = 6  # of a failure, the innermost first
_Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class OneLine(logging.Formatter):
    """Formats an entry as one line; a traceback becomes the kind of failure and its places."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, in letters that every terminal can show, at most 2,000."""
        text = super().format(record)
        line = " ".join(text.splitlines())
        return line.encode("utf-8", "backslashreplace").decode("utf-8")[:_MOST]

    def formatException(self, ei: _Failure) -> str:
        """The failure as one line."""
        return failure_line(ei[1]) if ei[1] is not None else ""


def failure_line(error: BaseException) -> str:
    """The kind of a failure and its places in the code, the innermost first; no values."""
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' < '.join(places[::-1][:_PLACES]) or 'an unknown place'}"


class SafeHandler(logging.StreamHandler[TextIO]):
    """Writes lines to the standard error stream; what cannot be written is dropped."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write an entry."""
        try:
            stream = sys.stderr
            text = self.format(record)
            known = stream.encoding or "ascii"
            stream.write(text.encode(known, "backslashreplace").decode(known) + "\n")
            stream.flush()
        except Exception:
            # Whatever fails, a closed stream or an entry whose values cannot be put into its text,
            # must not reach who wrote it; and there is nowhere to say so: this is the log.
            return

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing."""


def _is_news(record: logging.LogRecord) -> bool:
    """Whether an entry is worth a line: that many threads may wait is meant (see ``serve``)."""
    return not record.getMessage().startswith("Configuration allows spawning")


LOGGING = {  # as logging.config wants it: every logger writes through the handler above
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one line": {"()": OneLine, "format": _SHAPE}},
    "filters": {"news": {"()": lambda: _is_news}},
    "handlers": {"safe": {"()": SafeHandler, "formatter": "one line"}},
    "root": {"level": "WARNING", "handlers": ["safe"]},
    "loggers": {
        "_granian": {"level": "WARNING", "filters": ["news"]},
        "granian": {"level": "WARNING"},
    },
}


def write_logs() -> None:
    """Let every logger of this process write one line an entry, and never fail."""
    logging.config.dictConfig(LOGGING)
    logging.raiseExceptions = False
