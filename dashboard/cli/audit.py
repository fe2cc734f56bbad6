"""Defines the command ``audit``: lists who did what."""

from __future__ import annotations

import click

from dashboard.cli.command import FORMATS, Command, open_context
from dashboard.cli.output import SHOW, Output


@click.command("audit", cls=Command, help="list who did what: sign-ins, hand-ins, exports, changes")
@click.option("--act", default="", help="of one kind, such as sign_in, hand_in, export")
@click.option("--who", default="", metavar="NAME", help="of one person")
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0])
@click.option("--out", default="", metavar="FILE", help="write a file instead")
def audit(act: str, who: str, form: str, out: str, lang: str) -> int:
    """List the audit log, newest first."""
    from dashboard.services.access.audit import COLUMNS, Audit, audit_row

    rows = map(audit_row, Audit(open_context().engine).entries(act, who))
    return Output(lang, form, out, SHOW).write(rows, COLUMNS)
