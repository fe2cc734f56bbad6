"""The command ``serve``: serves the dashboard with waitress until it is stopped."""

from __future__ import annotations

from dataclasses import replace
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, cast

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, REFUSED, Command, complain, say

if TYPE_CHECKING:
    from dashboard.base.settings import Settings

APP = "app:create_app"  # by name: the app stands above the command line


@click.command("serve", cls=Command, help="serve the dashboard")
@click.option("--host", default="")
@click.option("--port", type=int)
@click.option("--reload", is_flag=True, help="for developers: start anew when a file changes")
def serve(host: str, port: int | None, reload: bool, lang: str) -> int:
    """Serve until Ctrl+C; refused (1) where the port is taken."""
    import waitress

    from dashboard.base.settings import read_settings

    settings = read_settings()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    if reload:
        return _serve_and_reload(settings)
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


def _serve_and_reload(settings: Settings) -> int:
    """Serve with werkzeug, which starts a second process anew when a file has changed."""
    from werkzeug.serving import is_running_from_reloader, run_simple

    from dashboard.base.settings import ROOT

    files = [str(file) for folder in ("assets", "data") for file in (ROOT / folder).rglob("*.*")]
    server = _server(settings) if is_running_from_reloader() else None  # the first only watches
    run_simple(
        settings.host,
        settings.port,
        cast(Any, server),
        use_reloader=True,
        threaded=True,
        extra_files=files,
    )
    return DONE


def _server(settings: Settings) -> object:
    """The WSGI application of the app."""
    return resolve_name(APP)(settings).server
