"""Runs the command line ``python -m dashboard``: finds a command by its name.

Exit codes: 0 done, 1 refused (the findings say why), 2 the command itself is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from dashboard.base.collector import collect_rarely
from dashboard.cli.command import USAGE

# Command -> its module in dashboard.cli and its name there; imported only when it is asked for.
COMMANDS = {
    "load": "load:load",
    "observations": "observations:observations",
    "register": "register:register",
    "samples": "samples:samples",
    "hand-ins": "approval:hand_ins",
    "form": "form:form",
    "withdraw": "withdraw:withdraw",
    "return": "withdraw:send_back",
    "completeness": "completeness:completeness",
    "locks": "lock:locks",
    "check": "check:check",
    "check-report": "check_report:check_report",
    "read-report": "read_report:read_report",
    "changes": "changes:changes",
    "declare": "declare:declare",
    "mappings": "mappings:mappings",
    "mark": "markings:mark",
    "markings": "markings:markings",
    "publication": "publication:publication",
    "publish": "publication:publish",
    "unpublish": "publication:unpublish",
    "lock": "lock:lock",
    "unlock": "lock:unlock",
    "export": "export:export",
    "refresh": "refresh:refresh",
    "templates": "templates:templates",
    "slide-template": "templates:slide_template",
    "progress": "progress:progress",
    "targets": "targets:targets",
    "user": "users:users",
    "audit": "audit:audit",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "doctor": "doctor:doctor",
    "serve": "serve:serve",
}
HELP = """Load files, list figures, look after what is stored, write reports and samples, serve.

Exit codes: 0 done, 1 refused (the findings say why), 2 the command itself is wrong.
"""
INTERRUPTED = 130  # what a shell makes of Ctrl+C
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """The commands of the table above, in its order."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"dashboard.cli.{module}"), name)
        return command


program = Commands("dashboard", help=HELP, context_settings=SETTINGS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Refusals are sentences, never a traceback."""
    try:
        code: int = program.main(arguments, prog_name="python -m dashboard", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except click.Abort:
        return INTERRUPTED
    return code


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    collect_rarely()
    sys.exit(main())
