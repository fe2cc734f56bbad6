"""Starts the server as people start it, in processes of its own, and asks it over HTTP."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time

from dashboard.base.settings import ROOT

HOST = "127.0.0.1"
LONGEST = 90  # seconds for a start, on a machine that is busy


def free_port():
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]


def asked(port, path="/healthz", method="GET", body=None, timeout=30):
    """Status and content of an answer, over a connection of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout)
    headers = {"Content-Type": "application/json"} if body is not None else {}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


@contextlib.contextmanager
def serving(home, *options, port=0, **settings):
    """Port and process of a server over this home; settings as ``database_url=…``."""
    port = port or free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DASHBOARD_")}
    environment |= {"DASHBOARD_HOME": str(home), "PYTHONUTF8": "1"}
    environment |= {f"DASHBOARD_{name.upper()}": str(value) for name, value in settings.items()}
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port), *options]
    log = open(home / "log", "w+", encoding="utf-8")
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        end = time.monotonic() + LONGEST
        while time.monotonic() < end and process.poll() is None:
            with contextlib.suppress(OSError):
                if asked(port)[0] == 200:
                    break
            time.sleep(0.2)
        yield port, process
    finally:
        process.kill() if process.poll() is not None else process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(60)
        process.kill()
        log.close()
