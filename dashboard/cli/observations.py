"""Defines the command ``observations``: lists figures in base units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import click

from dashboard.catalogue.concepts import FigureKind, Grade
from dashboard.cli.command import Command, open_context
from dashboard.cli.output import Output, output_options, release


@click.command("observations", cls=Command, help="print figures in base units")
@click.option("--indicator", "indicators", multiple=True, metavar="ID|CODE|NAME")
@click.option("--area", default="", metavar="CODE|NAME")
@click.option("--children", is_flag=True, help="the areas directly below too")
@click.option("--from", "first", default="", metavar="2018-01")
@click.option("--to", "last", default="", metavar="2024-12")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([*map(str, FigureKind)]))
@click.option("--grade", "grades", multiple=True, type=click.Choice([*map(str, Grade)]))
@click.option("--as-of", default="", metavar="2024-07-01", help="as known on that day")
@click.option("--restated", is_flag=True, help="figures told for merged and split areas too")
@click.option("--versions", type=click.Choice(["current", "all"]), default="current")
@output_options
def observations(output: Output, **filters: object) -> int:
    """List figures; raises UnknownName for a filter's word."""
    from dashboard.disclosure.row_guard import suppress_figures, whole_rows
    from dashboard.exports import listing
    from dashboard.services.figures.figure_lists import Directory
    from dashboard.services.filters import Filters, end_of_day

    context = open_context()
    asked = Filters(language=output.language, **cast("dict[str, Any]", filters))
    rows: Iterable[Mapping[str, object]] = Directory(context).observations(asked)
    hides = output.suppresses_small_cells
    moment = end_of_day(asked.as_of) if asked.as_of else None
    rows = suppress_figures(release(context).guard(moment), rows) if hides else whole_rows(rows)
    return output.write(rows, listing.COLUMNS)
