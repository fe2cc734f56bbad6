"""The list of commands and options: ``python docs/commands.py`` writes docs/commands.md anew."""

from __future__ import annotations

import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard.__main__ import program  # noqa: E402 - the path is set only now

FILE = ROOT / "docs" / "commands.md"
HEAD = """# Commands

Every command of `python -m dashboard`, with its arguments and options. Each also takes `--help`.
Exit codes: 0 done, 1 refused (the findings say why), 2 the command itself is wrong.
`python docs/commands.py` writes this page from the program.
"""


def page() -> str:
    """The text of docs/commands.md."""
    context = click.Context(program)
    sections = [HEAD]
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        if command is not None:
            sections.append(section(name, click.Context(command, context, name)))
    return "\n".join(sections)


def section(name: str, context: click.Context) -> str:
    """One command: what it does and a table of what it takes."""
    rows = [row(parameter, context) for parameter in context.command.get_params(context)]
    head = ["", "| takes | values | meaning |", "|---|---|---|"]
    summary = context.command.help or ""
    lines = [f"## {name}", "", summary[:1].upper() + summary[1:] + ".", *head, *filter(None, rows)]
    return "\n".join(lines) + "\n"


def row(parameter: click.Parameter, context: click.Context) -> str:
    """The line of an argument or option; nothing for ``--help``, which every command has."""
    if "--help" in parameter.opts:
        return ""
    shown = parameter.opts[0] if isinstance(parameter, click.Option) else argument_name(parameter)
    return (
        f"| `{shown}` | {values(parameter, context)} | {getattr(parameter, 'help', None) or ''} |"
    )


def argument_name(parameter: click.Parameter) -> str:
    """What stands for an argument in the usage line."""
    return (parameter.metavar or parameter.name or "").upper().strip("[]").replace("|", r"\|")


def values(parameter: click.Parameter, context: click.Context) -> str:
    """Which values are taken, the default first among its choices in bold; empty for a flag."""
    if isinstance(parameter.type, click.Choice):
        choices = [str(choice) for choice in parameter.type.choices]
        default = str(parameter.get_default(context))
        text = ", ".join(f"**{each}**" if each == default else each for each in choices)
    elif isinstance(parameter, click.Option) and not parameter.is_flag:
        text = parameter.make_metavar(context).replace("|", r"\|")
    else:
        text = ""
    if getattr(parameter, "multiple", False):
        text += " (repeatable)"
    return text + (" (required)" if parameter.required else "")


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
