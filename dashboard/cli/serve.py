"""Defines the command ``serve``: serves the dashboard, in several processes, until stopped."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, cast

import click

from dashboard.base.language import word
from dashboard.base.own_addresses import addresses_to_open
from dashboard.cli.command import DONE, REFUSED, Command, complain, refuse_root, say

if TYPE_CHECKING:
    from dashboard.base.settings import Settings

APP = "app:create_app"  # by name: the app stands above the command line
SERVER = "app:create_server"
PREPARING = "dashboard.web.preparing_apart:begin"
IDLE_SECONDS = 30  # that a connection may take to say what it wants
LAST_SECONDS = 30  # that work in flight has when the server is stopped
CONNECTIONS = 1000  # that a process holds at once, most of them idle
# Threads that wait for their turn (dashboard/web/busy.py), and some that say that there is no room.
SPARE_THREADS = 150


@click.command("serve", cls=Command, help="serve the dashboard")
@click.option("--host", default="")
@click.option("--port", type=int)
@click.option("--workers", type=click.IntRange(1, 64), help="processes that answer")
@click.option("--reload", is_flag=True, help="for developers: start anew when a file changes")
def serve(host: str, port: int | None, workers: int | None, reload: bool, lang: str) -> int:
    """Serve until Ctrl+C; refused (1) where the port is taken."""
    from dashboard.base.settings import read_settings

    settings = read_settings()
    settings = replace(
        settings,
        host=host or settings.host,
        port=port or settings.port,
        workers=workers or settings.workers,
    )
    if reload:
        return _serve_and_reload(settings)
    try:
        _try_port(settings)
    except OSError as error:
        complain(word("cli_port_taken", lang, port=settings.port, reason=error.strerror))
        return REFUSED
    _try_store(settings)
    if settings.needs_sign_in and not _can_sign_in(settings):
        complain(word("cli_admin_needed", lang, host=settings.host, home=settings.home))
        return REFUSED
    addresses = addresses_to_open(settings.host, settings.port, settings.prefix)
    say(word("cli_serving", lang, address=f" {word('cli_or', lang)} ".join(addresses)))
    (_serve_in_one if sys.platform == "win32" else _serve_in_several)(settings)
    return DONE


def _try_port(settings: Settings) -> None:
    """Raises OSError where nothing can listen at the port, before anything is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as trial:
        if sys.platform != "win32":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((settings.host, settings.port))


def _try_store(settings: Settings) -> None:
    """Make or migrate the store and read the catalogue; raises their errors before any worker."""
    from dashboard.base.file_refusals import foreign_files, no_right
    from dashboard.base.vendor_assets import read_vendor
    from dashboard.catalogue.catalogue import read_catalogue
    from dashboard.store.opening import StoreError, open_store

    read_vendor()
    refuse_root(settings)
    foreign = foreign_files(settings.home)
    if foreign:
        raise StoreError(no_right(foreign[0], settings.home))
    read_catalogue(settings.own_catalogue)
    open_store(settings.database_url).dispose()
    if settings.cache_url:
        from dashboard.services.shared_cache import clear_shared

        clear_shared(settings)


def _can_sign_in(settings: Settings) -> bool:
    """Whether there is an administrator; makes the secret key where there is none."""
    from dashboard.services.access.accounts import Accounts
    from dashboard.services.access.audit import Audit
    from dashboard.services.access.secret_key import secret_key
    from dashboard.services.context import open_context

    secret_key(settings.home, settings.secret_key)
    context = open_context(settings)
    try:
        return Accounts(context.engine, context.areas, Audit(context.engine)).has_admin()
    finally:
        context.engine.dispose()


def _serve_in_several(settings: Settings) -> None:
    """Serve with granian: connections wait in its own threads, requests are answered by workers.

    The workers read the settings from the environment, as this process did.
    """
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    from dashboard.base.collector import hold_for_good
    from dashboard.base.logs import LOGGING
    from dashboard.base.settings import ROOT
    from dashboard.base.shared_bytes import make_folder

    os.environ["DASHBOARD_HOST"], os.environ["DASHBOARD_PORT"] = settings.host, str(settings.port)
    shared = make_folder(settings.home)
    os.environ["DASHBOARD_SHARED_ANSWERS"] = str(shared)
    server = Server(
        SERVER,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads + SPARE_THREADS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE_SECONDS * 1000),
        websockets=False,
        log_dictconfig=LOGGING,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_SECONDS,
        factory=True,
        working_dir=ROOT,
    )
    _let_starting_workers_stop(server.signal_handler_interrupt)
    resolve_name(APP)  # once: the workers are forked and share the program's memory
    hold_for_good()
    prepares = sys.platform == "linux" and settings.cache_seconds > 0
    watcher = resolve_name(PREPARING)(shared, APP) if prepares else 0
    try:
        server.serve()
    finally:
        if watcher:
            os.kill(watcher, signal.SIGTERM)
        shutil.rmtree(shared, ignore_errors=True)


def _let_starting_workers_stop(handler: Callable[..., None]) -> None:
    """Let a worker that is told to stop before it serves end at once.

    It is forked with the ``handler`` of the server, which would take the signal and do nothing:
    the worker would be waited for and then killed. The server ends it where Ctrl+C reaches both.
    """

    def forget_handler() -> None:
        if signal.getsignal(signal.SIGTERM) == handler:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    os.register_at_fork(after_in_child=forget_handler)


def _serve_in_one(settings: Settings) -> None:
    """Serve with waitress, in one process: granian's workers need what Windows has not."""
    import waitress

    waitress.serve(
        resolve_name(SERVER)(settings),
        host=settings.host,
        port=settings.port,
        threads=settings.threads + SPARE_THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        # The gate judges them: it believes a web server on this computer alone.
        clear_untrusted_proxy_headers=False,
        ident=None,
    )


def _serve_and_reload(settings: Settings) -> int:
    """Serve with werkzeug, which starts a second process anew when a file has changed."""
    from werkzeug.serving import is_running_from_reloader, run_simple

    from dashboard.base.settings import ROOT

    files = [str(file) for folder in ("assets", "data") for file in (ROOT / folder).rglob("*.*")]
    server = resolve_name(APP)(settings).server if is_running_from_reloader() else None
    run_simple(
        settings.host,
        settings.port,
        cast(Any, server),  # the first process only watches
        use_reloader=True,
        threaded=True,
        extra_files=files,
    )
    return DONE
