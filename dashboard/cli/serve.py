"""The command ``serve``: serves the dashboard with waitress until it is stopped."""

from __future__ import annotations

from dataclasses import replace
from pkgutil import resolve_name
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, REFUSED, Command, complain, say

if TYPE_CHECKING:
    from dashboard.base.settings import Settings

APP = "app:create_app"  # by name: the app stands above the command line


@click.command("serve", cls=Command, help="serve the dashboard")
@click.option("--host", default="")
@click.option("--port", type=int)
def serve(host: str, port: int | None, lang: str) -> int:
    """Serve until Ctrl+C; refused (1) where the port is taken."""
    import waitress

    from dashboard.base.settings import read_settings

    settings = read_settings()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    server = _server(settings)
    say(word("cli_serving", lang, address=f"http://{settings.host}:{settings.port}/"))
    try:
        waitress.serve(
            server, host=settings.host, port=settings.port, threads=settings.threads, ident=None
        )
    except OSError as error:
        complain(word("cli_port_taken", lang, port=settings.port, reason=error.strerror))
        return REFUSED
    return DONE


def _server(settings: Settings) -> object:
    """The WSGI application of the app."""
    return resolve_name(APP)(settings).server
