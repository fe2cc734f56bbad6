"""Defines the commands ``mark`` and ``markings``: words that stand at figures of an area."""

from __future__ import annotations

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, FORMATS, Command, open_context, say, user
from dashboard.cli.output import SHOW, Output


@click.command("mark", cls=Command, help="mark the figures of an area and period by words")
@click.argument("area", metavar="AREA")
@click.argument("period", metavar="PERIOD")
@click.argument("words", metavar="[WORDS]", default="")
def mark(area: str, period: str, words: str, lang: str) -> int:
    """Mark them, or without words no longer; raises UnknownName and StoreError."""
    from dashboard.services.markings import Markings

    kept = Markings(open_context()).mark(area, period, words, user())
    key = "cli_marked" if kept.words else "cli_marking_ended"
    say(word(key, lang, months=kept.months, words=kept.words))
    return DONE


@click.command("markings", cls=Command, help="list the markings of areas and periods in force")
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0])
def markings(form: str, lang: str) -> int:
    """List them, by area and months."""
    from dashboard.services.markings import Markings

    rows = [
        {
            "area": marking.months.area,
            "months": str(marking.months).partition(" ")[2],
            "words": marking.words,
            "written": marking.written.astimezone().isoformat(timespec="seconds"),
            "written_by": marking.written_by,
        }
        for marking in Markings(open_context()).all()
    ]
    columns = ("area", "months", "words", "written", "written_by")
    return Output(lang, form, "", SHOW).write(rows, columns)
