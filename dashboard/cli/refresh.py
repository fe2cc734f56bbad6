"""The command ``refresh``: brings an exported deck to another period, in its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import Text, word
from dashboard.cli.command import REFUSED, Command, open_desk, say
from dashboard.cli.output import HIDE, SHOW, SMALL_CELLS, write_file

if TYPE_CHECKING:
    from dashboard.exports.deck_refresh import Change


@click.command("refresh", cls=Command, help="bring an exported deck (.pptx) to another period")
@click.argument("file", metavar="FILE.pptx")
@click.option("--period", required=True, help="2026-10, 2026Q3, 2026")
@click.option("--out", default="", metavar="FILE", help="another file; default: FILE itself")
@click.option(
    "--small-cells",
    type=click.Choice(SMALL_CELLS),
    default=HIDE,
    help="counts of people below the setting",
)
def refresh(file: str, period: str, out: str, small_cells: str, lang: str) -> int:
    """Write the deck with the figures of the period and say what changed; own work stays."""
    from dashboard.exports.template_files import TemplateError
    from dashboard.services.filters import months_of

    try:
        content = Path(file).read_bytes()
    except OSError as error:
        unread = Text(f"无法读取 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}")
        say(unread[lang])
        return REFUSED
    desk = open_desk(shows_small_cells=small_cells == SHOW)
    try:
        renewed, changes = desk.refreshing.of(content, months_of(period)[1])
    except TemplateError as error:
        say(error.message[lang])
        return REFUSED
    for change in changes:
        say(line_of(change, lang))
    if not changes:
        say(word("refresh_nothing", lang))
    return write_file(out or file, renewed, lang)


def line_of(change: Change, language: str) -> str:
    """A change as one line: the slide, what became of it, and the words before and after."""
    old, new = (" ".join(text.split()) for text in (change.old, change.new))
    return word(
        f"refresh_{change.what}",
        language,
        slide=change.slide,
        name=change.name,
        old=old,
        new=new,
    )
