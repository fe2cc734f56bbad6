"""Defines the command ``hand-ins``: lists, shows, accepts and returns what waits for an editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import (
    DONE,
    FORMATS,
    REFUSED,
    USAGE,
    Command,
    collected,
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


@dataclass(frozen=True, slots=True)
class HandInOptions:
    """What the command line says: which hand-in, what is done, and why."""

    act: str
    number: int | None
    reason: str
    note: str
    put_back: int
    layout: str
    lang: str


@click.command(
    "hand-ins",
    cls=Command,
    help="list what waits for an editor, show what one would change, accept or return it",
)
@click.argument("act", type=click.Choice((LIST, PREVIEW, ACCEPT, RETURN)), default=LIST)
@click.argument("number", metavar="[NUMBER]", type=int, required=False)
@click.option("--reason", default="", metavar="TEXT", help="why it is returned; kept for good")
@click.option("--note", default="", metavar="TEXT", help="an answer to warnings of an accepted one")
@click.option(
    "--put-back",
    type=click.IntRange(0),
    default=0,
    metavar="COUNT",
    help="accept it although so many newer figures are stored",
)
@click.option("--format", "layout", type=click.Choice(FORMATS), default=FORMATS[0])
@collected(HandInOptions)
def hand_ins(options: HandInOptions) -> int:
    """List, preview or decide; raises NotFound and StoreError."""
    from dashboard.services.submissions.approval import Approval
    from dashboard.services.submissions.submissions import Submissions
    from dashboard.services.submissions.waiting import WAITING_COLUMNS, waiting_row

    context = open_context()
    submissions = Submissions(context)
    act, number, lang = options.act, options.number, options.lang
    if act == LIST:
        rows = map(waiting_row, submissions.waiting.all())
        return Output(lang, options.layout, "", SHOW).write(rows, WAITING_COLUMNS)
    if number is None:
        complain(word("cli_waiting_number", lang))
        return USAGE
    approval = Approval(context, submissions)
    if act == PREVIEW:
        return _show(context, approval, number, lang)
    if act == ACCEPT:
        return _accept(approval, number, options)
    approval.give_back(number, options.reason, user())
    say(word("cli_waiting_returned", lang, number=number))
    return DONE


def _show(context: Context, approval: Approval, number: int, language: str) -> int:
    from dashboard.exports.intake_previews import Lines

    lines = Lines(context.catalogue, context.areas(), language)
    previews = approval.preview(number)
    for preview in previews:
        say(f"{preview.receipt.file} [{preview.receipt.sheet}]")
        for line in lines.of(preview):
            say(f"  {line}")
    order = approval.order_of(number, previews)
    if order.older:
        say(word("waiting_older", language, count=len(order.older)))
    if order.later:
        numbers = word("list_comma", language).join(map(str, order.later))
        say(word("waiting_later", language, numbers=numbers))
    return DONE


def _accept(approval: Approval, number: int, options: HandInOptions) -> int:
    from dashboard.exports.intake_previews import finding_line

    language = options.lang
    receipts = approval.accept(number, options.note, user(), puts_back=options.put_back)
    for receipt in receipts:
        for finding in receipt.findings:
            say(f"  {finding_line(finding, language)}")
    if any(receipt.refused for receipt in receipts):
        say(word("waiting_refused", language))
        return REFUSED
    numbers = word("list_comma", language).join(
        str(receipt.id) for receipt in receipts if receipt.id
    )
    say(word("cli_waiting_accepted", language, number=number, submissions=numbers))
    return DONE
