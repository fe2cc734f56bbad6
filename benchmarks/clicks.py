"""How the server answers many people at once: clients that each click once a second.

``python -m benchmarks.clicks [clients] [seconds] [options of serve]`` starts a server over a copy
of the home folder (the environment's) on a free port of this machine, and lets at most 400 clients
click for at most 600 seconds. It prints how many clicks were answered a second, the median, the
95th percentile and the slowest in milliseconds, the processor time of the server a click, and
what went wrong. A click opens a page: the one request by which the browser's script
asks for a page's content. Every client keeps one connection; the clients need processor time of the
same machine.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles

from dashboard.base.settings import ROOT, read_settings
from dashboard.web.first_answers import CALLBACKS, page_call

MOST_CLIENTS, MOST_SECONDS, WARM_SECONDS = 400, 600, 10
HOST = "127.0.0.1"
PATHS = ("/", "/topic/assistance", "/topic/elderly", "/topic/marriage", "/targets", "/indicators")
STREETS = tuple(f"990101{number:03d}" for number in range(1, 10))
PATIENCE = 60  # seconds that a client waits for an answer


class Clients:
    """The clients of a run and what they saw."""

    def __init__(self, port: int, seconds: float) -> None:
        """Click on the server at this port for so long."""
        self._port, self._end = port, time.monotonic() + seconds
        self._lock = threading.Lock()
        self.waits: list[float] = []  # milliseconds
        self.troubles: Counter[str] = Counter()

    def run(self, clients: int) -> None:
        """Let so many clients click, and wait until the last has its answer."""
        threads = [
            threading.Thread(target=self._click_on, args=(number, clients))
            for number in range(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _click_on(self, number: int, clients: int) -> None:
        choice = random.Random(number)
        time.sleep(number / clients)  # they do not all click at once
        connection = http.client.HTTPConnection(HOST, self._port, timeout=PATIENCE)
        while time.monotonic() < self._end:
            start = time.monotonic()
            trouble = _click(connection, choice)
            waited = (time.monotonic() - start) * 1000
            with self._lock:
                if trouble:
                    self.troubles[trouble] += 1
                else:
                    self.waits.append(waited)
            time.sleep(max(0.0, 1 - waited / 1000))
        connection.close()


def _click(connection: http.client.HTTPConnection, choice: random.Random) -> str:
    """Open a page; returns what went wrong, "" where nothing did."""
    body = json.dumps(page_call(choice.choice(PATHS), f"?area={choice.choice(STREETS)}"))
    headers = {"Content-Type": "application/json", "Accept-Encoding": "br, gzip"}
    try:
        connection.request("POST", CALLBACKS, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return type(error).__name__
    return "" if answer.status == 200 else str(answer.status)


def spent(process: int) -> float:
    """The processor time in seconds of a process and of those it started."""
    ticks, below = 0, [str(process)]
    while below:
        number = below.pop()
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
        below += Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(home: Path, *options: str) -> Iterator[tuple[int, int]]:
    """A server over this home folder; gives its port once it answers, and its process."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port), *options]
    environment = os.environ | {"DASHBOARD_HOME": str(home)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"the server ended with {process.returncode}")
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def copy_home(target: Path) -> None:
    """Copy the store of the environment's home folder."""
    source = read_settings().home / "dashboard.sqlite"
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target / "dashboard.sqlite")) as new,
    ):
        old.backup(new)


def main(arguments: list[str]) -> None:
    """Run and print."""
    clients = min(int(arguments[0]) if arguments else 50, MOST_CLIENTS)
    seconds = min(float(arguments[1]) if len(arguments) > 1 else 60, MOST_SECONDS)
    home = Path(tempfile.mkdtemp(prefix="clicks-"))
    try:
        copy_home(home)
        with served(home, *arguments[2:]) as (port, process):
            Clients(port, WARM_SECONDS).run(4)  # what the first page of a process costs
            run, before = Clients(port, seconds), spent(process)
            run.run(clients)
            used = spent(process) - before
    finally:
        shutil.rmtree(home, ignore_errors=True)
    waits = run.waits if len(run.waits) > 1 else [0.0, 0.0]
    each = used * 1000 / len(waits)
    print(
        f"{clients} clients, {seconds:.0f} s: {len(run.waits) / seconds:.1f} clicks a second,"
        f" median {median(waits):.0f} ms, p95 {quantiles(waits, n=20)[-1]:.0f} ms,"
        f" slowest {max(waits):.0f} ms, the server's processor time {each:.0f} ms a click;"
        f" {sum(run.troubles.values())} failed {dict(run.troubles)};"
        f" load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
