"""Defines the command ``doctor``: examines an installation and says what to do."""

from __future__ import annotations

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, REFUSED, Command, say


@click.command("doctor", cls=Command, help="examine database, files, disk, clock; say what to do")
def doctor(lang: str) -> int:
    """Print one line a check; exit code 1 where something is wrong."""
    from dashboard.base.settings import read_settings
    from dashboard.services.upkeep.doctor import CheckState, examine

    code = DONE
    for verdict in examine(read_settings()):
        state = word(f"doctor_{verdict.state}", lang)
        say(f"[{state}] {verdict.name[lang]}: {verdict.text[lang]}")
        if verdict.advice[lang]:
            say(f"    → {verdict.advice[lang]}")
        if verdict.state is CheckState.FAIL:
            code = REFUSED
    return code
