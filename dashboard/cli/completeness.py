"""Defines the command ``completeness``: who has handed in which form for which period."""

from __future__ import annotations

import click

from dashboard.cli.command import FORMATS, Command, open_context
from dashboard.cli.output import Output


@click.command("completeness", cls=Command, help="who has handed in which form for when")
@click.option("--area", default="", metavar="CODE|NAME", help="and those directly below")
@click.option("--period", default="", help="2024-09, 2024Q3, 2024")
@click.option("--form", default="", metavar="F")
@click.option("--format", "file_format", type=click.Choice(FORMATS), default=FORMATS[0])
def completeness(area: str, period: str, form: str, file_format: str, lang: str) -> int:
    """List what is expected with what has come; raises UnknownName for a filter's word."""
    from dashboard.services.selections import Selections
    from dashboard.services.submissions.reporting import COMPLETENESS_COLUMNS, Reporting

    context = open_context()
    rows = Reporting(context, Selections(context)).rows(area, period, form, lang)
    return Output(lang, file_format).write(rows, COMPLETENESS_COLUMNS)
