"""Defines what every command shares: exit codes, output, language, refusals in one sentence.

A command is a click command of the class ``Command``; its function returns an exit code: 0 done,
1 refused (the findings say why), 2 the command itself is wrong. The modules of this package import
services, exports and the store inside their functions: ``--help`` needs none of them.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from dashboard.base.language import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from dashboard.base.language import Text
    from dashboard.base.settings import Settings
    from dashboard.services.context import Context
    from dashboard.services.front_desk import FrontDesk

DONE, REFUSED, USAGE = 0, 1, 2
FORMATS = ("csv", "json")  # of a list
T = TypeVar("T")
_WRONG_PATHS = (FileNotFoundError, IsADirectoryError, NotADirectoryError, FileExistsError)
LANGUAGE = click.Option(
    ["--lang"],
    type=click.Choice(LANGUAGES),
    default=DEFAULT_LANGUAGE,
    help="language of names and messages",
)


class Command(click.Command):
    """A command with ``--lang`` that answers an expected refusal with a sentence and its code."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own parameters, the language, and ``--help``."""
        own = len(self.params)
        params = super().get_params(ctx)
        return [*params[:own], LANGUAGE, *params[own:]]

    def get_short_help_str(self, limit: int = 45) -> str:
        """The text for the list of commands, never cut."""
        return self.help or ""

    def invoke(self, ctx: click.Context) -> int:
        """Run the command; returns its exit code, raises what is no expected refusal."""
        try:
            return super().invoke(ctx) or DONE
        except Exception as error:  # ``refusal`` knows which are expected; the others are raised
            answer = refusal(error, ctx.params["lang"])
            if answer is None:
                raise
            sentence, code = answer
            complain(sentence)
            return code


def collected(make: Callable[..., T]) -> Callable[[Callable[[T], int]], Callable[..., int]]:
    """Give a command's function its many options as one value, made by ``make(**options)``."""

    def collect(run: Callable[[T], int]) -> Callable[..., int]:
        @wraps(run)
        def with_options(**given: object) -> int:
            return run(make(**given))

        return with_options

    return collect


def refusal(error: Exception, language: str) -> tuple[str, int] | None:
    """The sentence and exit code of an expected refusal; None for a fault of the program."""
    from dashboard.base.settings import SettingsError
    from dashboard.catalogue.catalogue import CatalogueError
    from dashboard.services.context import NotFound
    from dashboard.services.filters import UnknownName
    from dashboard.store.opening import StoreError

    if isinstance(error, UnknownName):
        return error.text[language], USAGE
    if isinstance(error, NotFound | StoreError | CatalogueError):
        return error.text[language], REFUSED
    if isinstance(error, SettingsError):
        return str(error), USAGE
    if isinstance(error, OSError) and error.filename:
        return _of_file(error)[language], USAGE if isinstance(error, _WRONG_PATHS) else REFUSED
    return None


def _of_file(error: OSError) -> Text:
    """Why a file that a command was given, or one of the home folder, cannot be used."""
    from dashboard.base.file_refusals import why_not
    from dashboard.base.settings import read_settings

    return why_not(error, Path(), read_settings().home)


def say(text: str) -> None:
    """Print a text on the standard output, ending with one line break."""
    click.echo(text, nl=not text.endswith("\n"))


def complain(text: str) -> None:
    """Print a text on the standard error."""
    click.echo(text, err=True)


def open_context(*, made: bool = True) -> Context:
    """What a service works on, over the store of the settings; raises what ``refusal`` answers.

    Without ``made`` the store has to be there, and root may come to it whoever it belongs to:
    nothing is written that its owner has to read.
    """
    from dashboard.base.settings import read_settings
    from dashboard.services import context
    from dashboard.store.opening import refuse_missing

    settings = read_settings()
    if made:
        refuse_root(settings)
    else:
        refuse_missing(settings.database_url)
    return context.with_drafts_marked(context.open_context(settings))


def refuse_root(settings: Settings) -> None:
    """Raises StoreError where root would write into the home folder of another user."""
    from dashboard.base.file_refusals import is_root_in_anothers, not_as_root
    from dashboard.store.opening import StoreError

    if is_root_in_anothers(settings.home):
        raise StoreError(not_as_root(settings.home))


def open_desk(*, shows_small_cells: bool = False) -> FrontDesk:
    """All services over the store of the settings. Their import takes long: lists need one.

    With ``shows_small_cells`` nothing that they release is hidden, whatever the settings say.
    """
    from dashboard.base.settings import read_settings
    from dashboard.services.front_desk import FrontDesk
    from dashboard.store.reader_views import EVERYTHING

    settings = read_settings()
    refuse_root(settings)
    desk = FrontDesk(replace(settings, small_cells=0) if shows_small_cells else settings)
    return desk.as_seen_by(EVERYTHING) if desk.context.publication else desk


def user() -> str:
    """Who is at this computer; empty where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
