"""Defines the commands ``lock``, ``unlock`` and ``locks``: periods that take no more figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, Command, open_context, say, user

if TYPE_CHECKING:
    from dashboard.services.submissions.locks import Locks


def _locks() -> Locks:
    from dashboard.services.submissions.locks import Locks

    return Locks(open_context())


def _options(run: Callable[..., int]) -> Callable[..., int]:
    """Add what lock and unlock ask for."""
    run = click.option("--reason", required=True, metavar="TEXT", help="kept for good")(run)
    run = click.argument("period", metavar="PERIOD", help="2024-09, 2024Q3, 2024")(run)
    return click.argument("area", metavar="AREA", help="by code or name; all below it too")(run)


@click.command("lock", cls=Command, help="take no more figures of an area's period")
@_options
def lock(area: str, period: str, reason: str, lang: str) -> int:
    """Lock a period of an area and all below it."""
    months = _locks().lock(area, period, user(), reason)
    say(word("cli_locked", lang, months=months))
    return DONE


@click.command("unlock", cls=Command, help="take figures of a locked period again")
@_options
def unlock(area: str, period: str, reason: str, lang: str) -> int:
    """Unlock a period of an area and all below it."""
    months = _locks().unlock(area, period, user(), reason)
    say(word("cli_unlocked", lang, months=months))
    return DONE


@click.command("locks", cls=Command, help="list the locked periods")
@click.option("--all", "whole", is_flag=True, help="everything locked and unlocked so far")
def locks(whole: bool, lang: str) -> int:
    """List the periods that are locked, or the whole log."""
    locks = _locks()
    entries = locks.logbook() if whole else locks.in_force()
    for entry in entries:
        say(
            word(
                f"cli_log_{entry.act}",
                lang,
                months=entry.months,
                by=entry.written_by,
                day=f"{entry.written.astimezone():%Y-%m-%d %H:%M}",
                reason=entry.reason,
            )
        )
    if not entries:
        say(word("locks_none", lang))
    return DONE
