"""Defines the command ``progress``: lists how targets stand against time elapsed."""

from __future__ import annotations

import click

from dashboard.cli.command import Command, open_context
from dashboard.cli.output import Output, output_options, release


@click.command("progress", cls=Command, help="how targets stand against time elapsed")
@click.option("--area", default="", metavar="CODE|NAME")
@click.option("--period", default="", help="2024-06, 2024Q2, 2024; without: the latest")
@click.option("--children", is_flag=True, help="the areas directly below too")
@click.option("--as-of", default="", metavar="2024-07-01", help="as known on that day")
@output_options
def progress(area: str, period: str, children: bool, as_of: str, output: Output) -> int:
    """List the targets with status, completion and gap; raises UnknownName for a filter's word."""
    from dashboard.disclosure.progress_rows import PROGRESS_COLUMNS, progress_rows
    from dashboard.disclosure.row_guard import suppress_progress
    from dashboard.services.filters import end_of_day
    from dashboard.services.targets.targets import Targets

    context = open_context()
    standings = Targets(context).progress(area, period, children, as_of)
    if output.suppresses_small_cells:
        guard = release(context).guard(end_of_day(as_of) if as_of else None)
        rows = suppress_progress(guard, standings, output.language)
    else:
        rows = progress_rows(standings, context.catalogue, context.areas(), output.language)
    return output.write(rows, PROGRESS_COLUMNS)
