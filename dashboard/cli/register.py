"""Defines the command ``register``: lists institutions, or those behind one figure."""

from __future__ import annotations

from dataclasses import dataclass

import click

from dashboard.cli.command import Command, collected, open_context
from dashboard.cli.output import HIDE, SHOW, SMALL_CELLS, Output, release, write_file

FORMATS = ("csv", "json", "xlsx")


@dataclass(frozen=True, slots=True)
class RegisterOptions:
    """What the command line asks for; empty means everything."""

    act: str
    area: str
    type: str
    indicator: str
    period: str
    as_of: str
    format: str
    out: str
    small_cells: str | None
    lang: str


@click.command("register", cls=Command, help="list institutions: all, or those in one figure")
@click.argument("act", type=click.Choice(("list",)))
@click.option("--area", default="", metavar="CODE|NAME", help="this and all below it")
@click.option("--type", default="", metavar="NAME", help="of this type, 养老机构 or 社会组织")
@click.option(
    "--indicator", default="", metavar="ID|CODE|NAME", help="those its figure counts, with --period"
)
@click.option("--period", default="", help="of the latest lists up to then; without: of all")
@click.option("--as-of", default="", metavar="2024-07-01", help="as known on that day")
@click.option("--format", type=click.Choice(FORMATS), default=FORMATS[0])
@click.option("--out", default="", metavar="FILE", help="write a file instead; xlsx needs one")
@click.option(
    "--small-cells",
    type=click.Choice(SMALL_CELLS),
    help="few residents of a home; without: hidden in a file, shown here",
)
@collected(RegisterOptions)
def register(options: RegisterOptions) -> int:
    """List institutions; raises UnknownName for a filter's word, NotFound for no such list."""
    from dashboard.exports.register_rows import COLUMNS
    from dashboard.services.figures.register_files import RegisterFiles
    from dashboard.services.figures.registers import RegisterFilters, Registers

    context = open_context()
    asked = RegisterFilters(
        options.area, options.type, options.indicator, options.period, options.as_of
    )
    found = Registers(context).listed(asked)
    files = RegisterFiles(context, release(context))
    whole = (options.small_cells or (HIDE if options.out else SHOW)) == SHOW
    if options.format == "xlsx" or options.out.endswith(".xlsx"):
        file = options.out or "register.xlsx"
        return write_file(file, files.book(found, asked, options.lang, whole=whole), options.lang)
    output = Output(options.lang, options.format, options.out, options.small_cells)
    return output.write(files.rows(found, options.lang, whole=whole), COLUMNS)
