"""Answers whether a process of this machine runs."""

from __future__ import annotations

import os


def process_runs(number: int) -> bool:
    """Whether a process of this number runs; taken for granted where it cannot be asked."""
    if os.name != "posix":
        return True  # there a signal 0 would end the process
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
