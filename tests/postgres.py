"""Starts a PostgreSQL server of its own: a free port of this computer, a temporary folder.

``python tests/postgres.py`` runs on it what is to work there as on SQLite: store, hand-in, API, the
shared cache and a journey in the browser. ``make test-postgres`` installs the packages before.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parts[4]))
ADDRESS = "DASHBOARD_TEST_POSTGRES"
# A server that may forget everything with its folder: nobody waits for the disk.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def is_installed():
    return bool(PROGRAMS) or shutil.which("initdb") is not None


class PostgresServer:
    """A cluster in a folder, which can be stopped and started again."""

    def __init__(self, folder, port=None):
        self.port = port or free_port()
        self._data = Path(folder) / "data"
        self._log = Path(folder) / "log"

    @property
    def address(self):
        return f"postgresql://tester@127.0.0.1:{self.port}/postgres"

    def make(self):
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(self._data.parent, "postgres")
        locale = ("--encoding=UTF8", "--locale=C")
        self._run("initdb", "-D", self._data, "-U", "tester", "-A", "trust", "-N", *locale)

    def start(self):
        options = f"-p {self.port} -h 127.0.0.1 -k {self._data.parent} {QUICK}"
        self._run("pg_ctl", "-D", self._data, "-l", self._log, "-w", "-o", options, "start")

    def stop(self, mode="immediate"):
        self._run("pg_ctl", "-D", self._data, "-m", mode, "-w", "stop")

    def _run(self, program, *arguments):
        path = PROGRAMS[-1] / program if PROGRAMS else shutil.which(program)
        become = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        command = [*become, path, *arguments]
        done = subprocess.run(
            list(map(str, command)),
            cwd=self._data.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            log = self._log.read_text() if self._log.exists() else ""
            raise RuntimeError(f"{program} failed: {done.stdout or ''} {log[-2000:]}")


@contextmanager
def postgres_server():
    """A server that runs meanwhile; its folder is removed."""
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(folder)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def main(arguments):
    if not is_installed():
        print("SKIPPED: the tests on PostgreSQL, which is not installed here", file=sys.stderr)
        return 0
    with postgres_server() as server:
        environment = {**os.environ, ADDRESS: server.address}
        command = [sys.executable, "-m", "pytest", *(arguments or ["-n", "2", "-m", "postgres"])]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
