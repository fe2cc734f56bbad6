"""The command ``refresh``: brings an exported deck or document to another period."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.base.language import Text
from dashboard.cli.command import REFUSED, Command, open_desk, say
from dashboard.cli.output import HIDE, SHOW, SMALL_CELLS, write_file


@click.command("refresh", cls=Command, help="bring an exported deck or document to another period")
@click.argument("file", metavar="FILE")
@click.option("--period", required=True, help="2026-10, 2026Q3, 2026")
@click.option("--out", default="", metavar="FILE", help="another file; default: FILE itself")
@click.option(
    "--small-cells",
    type=click.Choice(SMALL_CELLS),
    default=HIDE,
    help="counts of people below the setting",
)
def refresh(file: str, period: str, out: str, small_cells: str, lang: str) -> int:
    """Write the file with the figures of the period and say what changed; own work stays."""
    from dashboard.exports.refresh_changes import lines_of
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
    for line in lines_of(changes, lang):
        say(line)
    return write_file(out or file, renewed, lang)
