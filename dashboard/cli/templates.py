"""Defines ``templates`` and ``slide-template``: saved reports, and templates of slides."""

from __future__ import annotations

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, Command, open_context, say
from dashboard.cli.output import write_file


@click.command("templates", cls=Command, help="list the saved reports and the bureau's slides")
def templates(lang: str) -> int:
    """List the saved reports, each with who saved it when, and the bureau's own slides."""
    from dashboard.exports.template_files import own_slides
    from dashboard.services.reports.plans import Plans

    context = open_context()
    rows = Plans(context).all()
    for row in rows:
        day = f"{row.written.astimezone():%Y-%m-%d %H:%M}"
        fields = {"name": row.name, "version": row.version, "day": day}
        say(word("cli_template", lang, by=row.written_by or "—", **fields))
    if not rows:
        say(word("cli_template_none", lang))
    for name in own_slides(context.settings.home):
        say(word("cli_slides", lang, name=name))
    return DONE


@click.command("slide-template", cls=Command, help="write the shipped .pptx template")
@click.argument("out", metavar="OUT.pptx")
def slide_template(out: str, lang: str) -> int:
    """Write the template that slides are made with unless the bureau has its own."""
    from dashboard.exports.slide_template import template_bytes

    return write_file(out, template_bytes(), lang)
