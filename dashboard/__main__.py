"""The command line: load, list observations, look after what is stored, write samples, serve.

Exit codes: 0 done, 1 refused (the findings say why), 2 the command itself is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.base.language import LANGUAGES, word
from dashboard.base.settings import SettingsError, read_settings
from dashboard.catalogue.catalogue import CatalogueError
from dashboard.cli import export, maintenance, observations, targets
from dashboard.cli import load as loading
from dashboard.cli.load import USAGE
from dashboard.cli.maintenance import DONE, REFUSED
from dashboard.services.context import NotFound
from dashboard.services.figures.observations import UnknownName
from dashboard.store.tables import StoreError

if TYPE_CHECKING:
    from dashboard.services.front_desk import FrontDesk

APP = "app:create_app"  # by name: the app stands above the command line


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    loading.add_command(commands)
    observations.add_command(commands)
    samples = commands.add_parser("samples", help="write the demo district's workbooks")
    samples.add_argument("folder", nargs="?", metavar="OUT")
    samples.add_argument("--load", action="store_true", help="load all samples")
    samples.add_argument(
        "--once", action="store_true", help="only into an empty store that never had any"
    )
    samples.add_argument("--remove", action="store_true", help="take all samples out again")
    maintenance.add_commands(commands)
    export.add_command(commands)
    targets.add_commands(commands)
    serve = commands.add_parser("serve", help="serve the dashboard")
    serve.add_argument("--host", default="")
    serve.add_argument("--port", type=int)
    for command in commands.choices.values():
        command.add_argument(
            "--lang", choices=LANGUAGES, default="zh", help="language of names and messages"
        )
    return parser


def _desk() -> FrontDesk:
    # Imported here: Dash takes a second to import, and listing figures does not need it.
    from dashboard.services.front_desk import FrontDesk

    return FrontDesk(read_settings())


def _say(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")


def _load(options: argparse.Namespace) -> int:
    return loading.run(_desk, options, _say, _complain)


def _samples(options: argparse.Namespace) -> int:
    from dashboard.cli.demo.workbooks import write_samples

    if options.folder:
        written = write_samples(Path(options.folder))
        _say(word("cli_samples_written", options.lang, count=len(written), folder=options.folder))
    if options.remove:
        _say(word("cli_samples_removed", options.lang, count=_desk().submissions.remove_samples()))
    if options.load:
        from dashboard.cli.load_samples import load

        return load(_desk(), _say, options.lang, once=options.once)
    if not (options.folder or options.remove):
        _complain(word("cli_samples_what", options.lang))
        return USAGE
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from dataclasses import replace
    from pkgutil import resolve_name

    from waitress import serve

    settings = read_settings()
    settings = replace(
        settings, host=options.host or settings.host, port=options.port or settings.port
    )
    app = resolve_name(APP)(settings)
    _say(word("cli_serving", options.lang, address=f"http://{settings.host}:{settings.port}/"))
    try:
        serve(
            app.server, host=settings.host, port=settings.port, threads=settings.threads, ident=None
        )
    except OSError as error:
        _complain(word("cli_port_taken", options.lang, port=settings.port, reason=error.strerror))
        return REFUSED
    return DONE


COMMANDS = {"load": _load, "samples": _samples, "serve": _serve}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code. Errors are told in a sentence, never a traceback."""
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    try:
        acts = maintenance.COMMANDS | targets.COMMANDS
        acts |= export.COMMANDS | observations.COMMANDS
        if options.command in acts:
            return acts[options.command](_desk(), options, _say)
        return COMMANDS[options.command](options)
    except UnknownName as error:
        _complain(error.text[options.lang])
        return USAGE
    except (NotFound, StoreError) as error:
        _complain(error.text[options.lang])
        return REFUSED
    except SettingsError as error:
        _complain(str(error))
        return USAGE
    except CatalogueError as error:
        _complain(str(error))
        return REFUSED


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main())
