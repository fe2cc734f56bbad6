"""Commands that look after what is stored. Each gets the desk, its options and where to say it."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard.language import word

if TYPE_CHECKING:
    from dashboard.service import FrontDesk

DONE, REFUSED = 0, 1
Say = Callable[[str], None]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the commands and their options."""
    withdraw = commands.add_parser("withdraw", help="take a submission back; its trace stays")
    withdraw.add_argument("id", type=int, metavar="ID")
    for command in (withdraw,):
        command.add_argument("--reason", required=True, metavar="TEXT", help="kept for good")


def user() -> str:
    """Who is at this computer; empty where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _withdraw(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    row = desk.submission(options.id)
    count = desk.withdraw(options.id, user(), options.reason)
    say(word("cli_withdrawn", options.lang, id=row.id, file=row.file, count=count))
    return DONE


COMMANDS: dict[str, Callable[[FrontDesk, argparse.Namespace, Say], int]] = {"withdraw": _withdraw}
