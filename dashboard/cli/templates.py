"""Defines ``templates`` and ``slide-template``: saved reports, and templates of slides."""

from __future__ import annotations

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, REFUSED, Command, open_context, say
from dashboard.cli.output import write_file


@click.command("templates", cls=Command, help="list the saved reports and the bureau's slides")
@click.option("--show", default="", metavar="FILE.pptx", help="what goes where in these slides")
def templates(show: str, lang: str) -> int:
    """List the saved reports, each with who saved it when, and the bureau's own slides."""
    if show:
        return _show(show, lang)
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


def _show(name: str, lang: str) -> int:
    """Print of each use which layout it takes, and where its texts stand."""
    from dashboard.exports.template_files import TemplateError, read_slides
    from dashboard.exports.template_preview import preview_of

    try:
        preview = preview_of(read_slides(open_context().settings.home, name))
    except TemplateError as error:
        say(error.message[lang])
        return REFUSED
    for used in preview.layouts:
        use = word(f"template_use_{used.use}", lang)
        say(word("template_use", lang, use=use, layout=used.layout))
        for place in used.places:
            key = "template_place_added" if place.is_added else "template_place"
            say("  " + word(key, lang, field=word(f"template_{place.field}", lang)))
    return DONE


@click.command("slide-template", cls=Command, help="write the shipped .pptx template")
@click.argument("out", metavar="OUT.pptx")
def slide_template(out: str, lang: str) -> int:
    """Write the template that slides are made with unless the bureau has its own."""
    from dashboard.exports.slide_template import template_bytes

    return write_file(out, template_bytes(), lang)
