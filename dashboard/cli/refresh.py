"""Brings an exported deck or document to another period: the command ``refresh``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.base.language import Text, word
from dashboard.cli.command import DONE, REFUSED, Command, open_desk, say
from dashboard.cli.output import HIDE, SHOW, SMALL_CELLS, write_file

if TYPE_CHECKING:
    from dashboard.catalogue.periods import Period


@click.command("refresh", cls=Command, help="bring an exported deck or document to another period")
@click.argument("file", metavar="FILE")
@click.option("--period", required=True, help="2026-10, 2026Q3, 2026")
@click.option("--out", default="", metavar="FILE", help="default: FILE's name with the period")
@click.option("--in-place", is_flag=True, help="write over FILE itself")
@click.option(
    "--small-cells",
    type=click.Choice(SMALL_CELLS),
    default=HIDE,
    help="counts of people below the setting",
)
def refresh(**given: Any) -> int:  # noqa: ANN401 - click passes every option by name
    """Write the file with the figures of the period and say what changed; own work stays.

    Nothing is written where nothing is brought to the period.
    """
    asked = _Refresh(**given)
    if asked.in_place and asked.out:
        both = Text("--out 与 --in-place 只能选一个", "either --out or --in-place, not both")
        say(both[asked.lang])
        return REFUSED
    return _written(asked)


@dataclass(frozen=True, slots=True)
class _Refresh:
    """What is asked for: the file, the period, where the new file goes."""

    file: str
    period: str
    out: str
    in_place: bool
    small_cells: str
    lang: str

    def target(self, month: Period) -> str:
        """The file that is written: the file's name with the period unless another is named."""
        if self.in_place:
            return self.file
        path = Path(self.file)
        return self.out or str(path.with_name(f"{path.stem}_{month}{path.suffix}"))


def _written(asked: _Refresh) -> int:
    from dashboard.exports.refresh_changes import is_updated, lines_of
    from dashboard.exports.template_files import TemplateError
    from dashboard.services.filters import months_of

    content = Path(asked.file).read_bytes()
    desk, month = open_desk(shows_small_cells=asked.small_cells == SHOW), months_of(asked.period)[1]
    try:
        renewed, changes = desk.refreshing.of(content, month)
    except TemplateError as error:
        say(error.message[asked.lang])
        return REFUSED
    for line in lines_of(changes, asked.lang):
        say(line)
    if not is_updated(changes):
        say(word("refresh_unwritten", asked.lang))
        return DONE
    return write_file(asked.target(month), renewed, asked.lang)
