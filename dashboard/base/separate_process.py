"""Runs one function in a process of its own, with bounded memory and time.

What others send may keep a reader busy for minutes or need gigabytes. In a process apart it can be
stopped, and readers of pages do not wait for it.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from dashboard.base.settings import ROOT

_COMMAND = (sys.executable, "-m", "dashboard.base.separate_process")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a process may take: seconds, and MiB of memory (which Windows does not bound)."""

    seconds: float
    megabytes: int


class TooMuch(RuntimeError):
    """The work took more time or memory than its bounds, or its process ended of itself."""


def run_apart(function: str, arguments: tuple[Any, ...], bounds: Bounds) -> Any:  # noqa: ANN401
    """What a function called ``module:name`` returns in a process of its own; raises TooMuch.

    Arguments and the result are pickled, and so is an exception, which is raised here.
    """
    given = pickle.dumps((function, arguments, bounds))
    try:
        done = subprocess.run(
            _COMMAND,
            input=given,
            capture_output=True,
            timeout=bounds.seconds,
            check=False,
            cwd=ROOT,
        )
    except subprocess.TimeoutExpired:
        raise TooMuch from None
    if done.returncode:
        raise TooMuch
    result, error = pickle.loads(done.stdout)  # of our own process
    if error is not None:
        raise error
    return result


def _bound(bounds: Bounds) -> None:
    """Bound the memory and the processor time of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size, seconds = bounds.megabytes * 1024 * 1024, max(1, int(bounds.seconds))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _answer(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    try:
        return work(*arguments), None
    except MemoryError:
        raise
    except Exception as error:  # travels to whoever asked
        return None, error


if __name__ == "__main__":
    # Loaded under its own name: what is unpickled must be of the same classes as what is sent.
    name, given, within = pickle.load(sys.stdin.buffer)
    _bound(within)
    sys.stdout.buffer.write(pickle.dumps(_answer(resolve_name(name), given)))
