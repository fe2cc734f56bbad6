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
code = main(sys.argv[1:])
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"code": code, "loaded": loaded}), file=sys.stderr)
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


def loaded_by(arguments, home):
    """The top-level modules a command loads in a process of its own; it must succeed."""
    environment = {**os.environ, "DASHBOARD_HOME": str(home)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    answer = json.loads(run.stderr.splitlines()[-1])
    assert answer["code"] == 0, run.stderr
    return set(answer["loaded"])


@pytest.mark.slow
@pytest.mark.parametrize("arguments", HELP, ids=" ".join)
def test_help_loads_neither_the_store_nor_what_draws(arguments, tmp_path):
    assert not loaded_by(arguments, tmp_path) & (HEAVY | {"sqlalchemy"})


@pytest.fixture(scope="module")
def stored_home(tmp_path_factory):
    """A home whose store is made already: the first command of a new home runs the migrations."""
    home = tmp_path_factory.mktemp("start")
    loaded_by(("locks",), home)
    return home


@pytest.mark.slow
@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
def test_a_list_loads_nothing_that_draws_or_writes_files(arguments, stored_home):
    assert not loaded_by(arguments, stored_home) & HEAVY
