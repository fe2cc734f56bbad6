"""A command starts with what it needs: listing figures loads nothing that draws or writes files."""

import json
import os
import signal
import subprocess
import sys
from ipaddress import IPv4Address

import pytest

from dashboard.base import own_addresses

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


STARTING = """
import os, signal, sys, time
from dashboard.cli.serve import _let_starting_workers_stop
def handler(*_):
    pass
signal.signal(signal.SIGTERM, handler)
_let_starting_workers_stop(handler)
begun, begins = os.pipe()
worker = os.fork()
if not worker:
    os.write(begins, b"x")
    time.sleep(20)
    os._exit(1)
os.read(begun, 1)
os.kill(worker, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="one process serves on Windows")
def test_a_worker_that_is_stopped_before_it_serves_ends_at_once():
    run = subprocess.run([sys.executable, "-c", STARTING], capture_output=True, text=True)
    assert run.stdout.split() == [str(-signal.SIGTERM)], run.stderr


def test_the_start_names_addresses_that_can_be_opened(monkeypatch):
    monkeypatch.setattr(own_addresses, "_of_interfaces", lambda: ["127.0.0.1", "10.0.0.7"])
    monkeypatch.setattr(own_addresses, "_of_name", lambda: ["10.0.0.7", "127.0.1.1"])
    open_to_all = ["http://127.0.0.1:8050/", "http://10.0.0.7:8050/"]
    for host in ("0.0.0.0", "::"):
        assert own_addresses.addresses_to_open(host, 8050) == open_to_all
    assert own_addresses.addresses_to_open("::1", 8050, "/minzheng") == [
        "http://[::1]:8050/minzheng/"
    ]


def test_this_computers_addresses_are_found_without_asking_anybody():
    for address in own_addresses.network_addresses():
        assert IPv4Address(address)
