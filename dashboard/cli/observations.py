"""The command ``observations``, and how lists leave: on the terminal whole, as files guarded."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.base.language import Text, word
from dashboard.catalogue.concepts import FigureKind, Grade
from dashboard.cli.maintenance import DONE, REFUSED
from dashboard.disclosure.row_guard import HIDE, SHOW, hide_figures
from dashboard.exports import listing
from dashboard.services.figures.observations import Filters

if TYPE_CHECKING:
    from dashboard.services.front_desk import FrontDesk

Say = Callable[[str], None]


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the command and its options."""
    listed = commands.add_parser("observations", help="print figures in base units")
    listed.add_argument("--indicator", action="append", default=[], metavar="ID|CODE|NAME")
    listed.add_argument("--area", default="", metavar="CODE|NAME")
    listed.add_argument("--children", action="store_true", help="the areas directly below too")
    listed.add_argument("--from", dest="first", default="", metavar="2018-01")
    listed.add_argument("--to", dest="last", default="", metavar="2024-12")
    listed.add_argument("--kind", action="append", default=[], choices=list(FigureKind))
    listed.add_argument("--grade", action="append", default=[], choices=list(Grade))
    listed.add_argument("--as-of", default="", metavar="2024-07-01", help="as known on that day")
    listed.add_argument(
        "--restated", action="store_true", help="figures told for merged and split areas too"
    )
    listed.add_argument("--versions", choices=["current", "all"], default="current")
    add_leaving(listed)


def add_leaving(command: argparse.ArgumentParser) -> None:
    """The options of every list that may leave the house."""
    command.add_argument("--format", choices=["csv", "json"], default="csv")
    command.add_argument("--out", default="", metavar="FILE", help="write a file instead")
    command.add_argument(
        "--small-cells",
        choices=[HIDE, SHOW],
        help="counts of people below the setting; without: hidden in a file, shown here",
    )


def hides(options: argparse.Namespace) -> bool:
    """Whether small counts are hidden in this list."""
    return (options.small_cells or (HIDE if options.out else SHOW)) == HIDE


def deliver(
    rows: Iterable[Mapping[str, object]],
    columns: tuple[str, ...],
    options: argparse.Namespace,
    say: Say,
) -> int:
    """Prints the rows or writes them to the file; returns the exit code."""
    as_csv = options.format == "csv"
    text = listing.as_csv(rows, columns) if as_csv else listing.as_json(rows)
    if not options.out:
        say(text)
        return DONE
    try:  # with a mark of its encoding, else spreadsheets misread Chinese
        Path(options.out).write_text(text, encoding="utf-8-sig" if as_csv else "utf-8", newline="")
    except OSError as error:
        unwritten = Text(
            f"无法写入 {options.out}：{error.strerror}",
            f"cannot write {options.out}: {error.strerror}",
        )
        say(unwritten[options.lang])
        return REFUSED
    size = f"{len(text.encode()) / 1024:,.0f}"
    say(word("report_written", options.lang, file=options.out, size=size))
    return DONE


def run(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    """Lists figures; raises UnknownName for a filter's word."""
    filters = Filters(
        indicators=options.indicator,
        area=options.area,
        children=options.children,
        first=options.first,
        last=options.last,
        kinds=options.kind,
        grades=options.grade,
        versions=options.versions,
        language=options.lang,
        as_of=options.as_of,
        restated=options.restated,
    )
    rows: Iterable[Mapping[str, object]] = desk.directory.observations(filters)
    if hides(options):
        rows = hide_figures(desk.release.guard(), rows)
    return deliver(rows, listing.COLUMNS, options, say)


COMMANDS = {"observations": run}
