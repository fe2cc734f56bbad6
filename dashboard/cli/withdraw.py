"""Defines the commands ``withdraw`` and ``return``: take a submission back, or send it back."""

from __future__ import annotations

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, Command, open_context, say, user

_identity = click.argument("identity", metavar="ID", type=int)
_reason = click.option("--reason", required=True, metavar="TEXT", help="kept for good")


@click.command("withdraw", cls=Command, help="take a submission back; its trace stays")
@_identity
@_reason
def withdraw(identity: int, reason: str, lang: str) -> int:
    """Withdraw a submission; raises NotFound and StoreError."""
    return _withdraw(identity, reason, lang, returned=False)


@click.command("return", cls=Command, help="send a submission back, to be handed in anew")
@_identity
@_reason
def send_back(identity: int, reason: str, lang: str) -> int:
    """Return a submission, so that it is expected anew; raises NotFound and StoreError."""
    return _withdraw(identity, reason, lang, returned=True)


def _withdraw(identity: int, reason: str, language: str, returned: bool) -> int:
    from dashboard.services.submissions.submissions import Submissions

    submissions = Submissions(open_context())
    row = submissions.get(identity)
    count = submissions.withdraw(identity, user(), reason, returned=returned)
    message = "cli_returned" if returned else "cli_withdrawn"
    say(word(message, language, id=row.id, file=row.file, count=count))
    return DONE
