"""Defines the command ``user``: adds, changes and lists those who may sign in."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.base.settings import read_settings
from dashboard.cli.command import (
    DONE,
    REFUSED,
    Command,
    collected,
    complain,
    open_context,
    say,
    user,
)

if TYPE_CHECKING:
    from dashboard.services.access.accounts import Accounts, Wish
    from dashboard.store.accounts import StoredAccount

ACTS = ("add", "list", "change", "password", "disable", "enable", "sign-out", "token", "screen")
ROLES = ("viewer", "contributor", "editor", "admin")


@dataclass(frozen=True, slots=True)
class UserOptions:
    """What the command line asks for; None leaves as it is."""

    act: str
    name: str
    role: str | None
    area: tuple[str, ...]
    originals: bool | None
    subject: str | None
    days: int
    lang: str


def open_accounts() -> Accounts:
    """The accounts of the settings' store."""
    from dashboard.services.access.accounts import Accounts
    from dashboard.services.access.audit import Audit

    context = open_context()
    return Accounts(context.engine, context.areas, Audit(context.engine))


@click.command("user", cls=Command, help="add, change and list those who may sign in")
@click.argument("act", type=click.Choice(ACTS))
@click.argument("name", default="")
@click.option("--role", type=click.Choice(ROLES), help="without, for a new user: viewer")
@click.option(
    "--area",
    multiple=True,
    metavar="CODE|NAME",
    help="a contributor hands in for it and all below it; may be repeated",
)
@click.option(
    "--originals/--no-originals", default=None, help="may download files as they were received"
)
@click.option(
    "--subject",
    metavar='"ISSUER ID"',
    help="who this is with the identity provider; empty: whoever signs in next with this name",
)
@click.option(
    "--days",
    type=click.IntRange(1, 3650),
    default=365,
    help="how long a token lasts, with which a program reads",
)
@collected(UserOptions)
def users(options: UserOptions) -> int:
    """Do what is asked; a password is prompted for, or read as a line from the standard input."""
    accounts = open_accounts()
    if options.act == "list":
        for account in accounts.all():
            say(_line(account))
        return DONE
    if not options.name:
        complain(word("cli_user_name_needed", options.lang))
        return REFUSED
    if options.act == "token":
        say(accounts.new_token(options.name, options.days, user()))
        return DONE
    if options.act == "screen":
        say(f"{read_settings().prefix}/screen/{accounts.open_screen(options.name, user())}")
        return DONE
    _change(accounts, options)
    say(word("cli_user_done", options.lang, name=options.name, home=read_settings().home))
    return DONE


def _change(accounts: Accounts, options: UserOptions) -> None:
    name, by = options.name, user()
    if options.act == "add":
        accounts.drafted(name, _wish(options))  # refused before a password is asked for
        accounts.add(name, _wish(options, _password(options.lang)), by)
    elif options.act == "sign-out":
        accounts.sign_out_everywhere(name, by)
    else:
        accounts.get(name)
        accounts.change(name, _wish(options), by)


def _wish(options: UserOptions, password: str | None = None) -> Wish:
    from dashboard.services.access.accounts import Wish

    if options.act == "password":
        password = _password(options.lang)
    enabled = {"enable": True, "disable": False}.get(options.act)
    areas = options.area or None
    return Wish(options.role, areas, options.originals, password, enabled, options.subject)


def _password(language: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt(
        word("access_password", language), hide_input=True, confirmation_prompt=True, err=True
    )
    return typed


def _line(account: StoredAccount) -> str:
    parts = [account.name, account.role, *account.areas]
    parts += ["originals"] if account.originals else []
    parts += [account.subject] if account.subject else []
    parts += ["disabled"] if account.disabled else []
    return "  ".join(parts)
