"""Defines the command ``hand-ins``: lists, shows, accepts and returns what waits for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import (
    DONE,
    FORMATS,
    REFUSED,
    USAGE,
    Command,
    complain,
    open_context,
    say,
    user,
)
from dashboard.cli.output import SHOW, Output

if TYPE_CHECKING:
    from dashboard.services.context import Context
    from dashboard.services.submissions.approval import Approval

LIST, PREVIEW, ACCEPT, RETURN = "list", "show", "accept", "return"


@click.command(
    "hand-ins",
    cls=Command,
    help="list what waits for an editor, show what one would change, accept or return it",
)
@click.argument("act", type=click.Choice((LIST, PREVIEW, ACCEPT, RETURN)), default=LIST)
@click.argument("number", metavar="[NUMBER]", type=int, required=False)
@click.option("--reason", default="", metavar="TEXT", help="why it is returned; kept for good")
@click.option("--note", default="", metavar="TEXT", help="an answer to warnings of an accepted one")
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0])
def hand_ins(act: str, number: int | None, reason: str, note: str, form: str, lang: str) -> int:
    """List, preview or decide; raises NotFound and StoreError."""
    from dashboard.services.submissions.approval import Approval
    from dashboard.services.submissions.submissions import Submissions
    from dashboard.services.submissions.waiting import WAITING_COLUMNS, waiting_row

    context = open_context()
    submissions = Submissions(context)
    if act == LIST:
        rows = map(waiting_row, submissions.waiting.all())
        return Output(lang, form, "", SHOW).write(rows, WAITING_COLUMNS)
    if number is None:
        complain(word("cli_waiting_number", lang))
        return USAGE
    approval = Approval(context, submissions)
    if act == PREVIEW:
        return _show(context, approval, number, lang)
    if act == ACCEPT:
        return _accept(approval, number, note, lang)
    approval.give_back(number, reason, user())
    say(word("cli_waiting_returned", lang, number=number))
    return DONE


def _show(context: Context, approval: Approval, number: int, language: str) -> int:
    from dashboard.exports.intake_previews import Lines

    lines = Lines(context.catalogue, context.areas(), language)
    for preview in approval.preview(number):
        say(f"{preview.receipt.file} [{preview.receipt.sheet}]")
        for line in lines.of(preview):
            say(f"  {line}")
    return DONE


def _accept(approval: Approval, number: int, note: str, language: str) -> int:
    from dashboard.exports.intake_previews import finding_line

    receipts = approval.accept(number, note, user())
    for receipt in receipts:
        for finding in receipt.findings:
            say(f"  {finding_line(finding, language)}")
    if any(receipt.refused for receipt in receipts):
        say(word("waiting_refused", language))
        return REFUSED
    numbers = word("list_comma", language).join(str(one.id) for one in receipts if one.id)
    say(word("cli_waiting_accepted", language, number=number, submissions=numbers))
    return DONE
