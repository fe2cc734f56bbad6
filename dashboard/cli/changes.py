"""Defines the command ``changes``: lists merges, splits and renamings of areas handed in."""

from __future__ import annotations

import click

from dashboard.cli.command import Command, open_context
from dashboard.cli.output import Output


@click.command("changes", cls=Command, help="list the area changes handed in so far, as CSV")
@click.option("--json", "as_json", is_flag=True)
def changes(as_json: bool, lang: str) -> int:
    """List every area change with its submission."""
    from dashboard.exports import listing
    from dashboard.services.submissions.submissions import Submissions

    context = open_context()
    areas, submissions = context.areas(), Submissions(context)
    rows = [listing.change_row(row, areas, lang) for row in submissions.area_changes()]
    return Output(lang, "json" if as_json else "csv").write(rows, listing.CHANGE_COLUMNS)
