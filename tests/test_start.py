"""A command starts with what it needs: listing figures loads nothing that draws or writes files."""

import json
import os
import subprocess
import sys

import pytest

HEAVY = {
    "alembic",
    "dash",
    "docx",
    "flask",
    "numpy",
    "openpyxl",
    "pandas",
    "plotly",
    "pptx",
    "scipy",
    "shapely",
    "xlsxwriter",
}
PROGRAM = """
import json, sys
from dashboard.__main__ import main
answers = []
for arguments in json.loads(sys.argv[1]):
    code = main(arguments)
    answers.append((code, sorted({name.partition(".")[0] for name in sys.modules})))
print(json.dumps(answers), file=sys.stderr)
"""
HELP = [("--help",), ("targets", "--help"), ("load", "--help"), ("export", "--help")]
LISTS = [
    ("targets", "list"),
    ("observations", "--indicator", "marriages"),
    ("register", "list"),
    ("completeness",),
    ("progress",),
    ("changes",),
    ("mappings",),
    ("locks",),
    ("templates",),
]


def loaded_by(commands, home):
    """The top-level modules that commands load in a process of their own, by command.

    Each must succeed. To what one loads is added what those before it have loaded.
    """
    environment = {**os.environ, "DASHBOARD_HOME": str(home)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(commands)],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    answers = json.loads(run.stderr.splitlines()[-1])
    assert [code for code, _ in answers] == [0] * len(commands), run.stderr
    return {
        " ".join(command): set(loaded)
        for command, (_, loaded) in zip(commands, answers, strict=True)
    }


def loading(loaded, unwanted):
    """What of the unwanted each command has loaded, where it has loaded any."""
    return {command: found for command, names in loaded.items() if (found := names & unwanted)}


@pytest.mark.slow
def test_help_loads_neither_the_store_nor_what_draws(tmp_path):
    assert not loading(loaded_by(HELP, tmp_path), HEAVY | {"sqlalchemy"})


@pytest.mark.slow
def test_a_list_loads_nothing_that_draws_or_writes_files(tmp_path):
    loaded_by([("locks",)], tmp_path)  # the first command of a new home runs the migrations
    assert not loading(loaded_by(LISTS, tmp_path), HEAVY)
