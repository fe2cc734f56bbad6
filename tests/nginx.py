"""Starts a real nginx before the app, by the example of the documents."""

import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

import pytest

from dashboard.base.settings import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
needs_nginx = pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")), reason="nginx and openssl are not installed"
)


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def example(folder, port, backend, below=""):
    """The example, with ports and certificate of this test.

    ``below``: the path below which it shows the dashboard, as the documents say.
    """
    server = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("server_name minzheng.example.org;", "server_name 127.0.0.1;"),
        ("/etc/ssl/minzheng.crt", f"{folder}/a.crt"),
        ("/etc/ssl/minzheng.key", f"{folder}/a.key"),
        ("http://127.0.0.1:8050", backend),
    ):
        assert old in server
        server = server.replace(old, new)
    if below:
        assert "location / {" in server
        server = server.replace("location / {", f"location {below}/ {{")
    paths = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;"
        f"events {{}} http {{ access_log off; {paths}\n{server} }}"
    )


@contextmanager
def running(folder, port, backend, below=""):
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    made = ("-keyout", f"{folder}/a.key", "-out", f"{folder}/a.crt", "-days", "2", "-nodes")
    subprocess.run(
        ("openssl", "req", "-x509", "-newkey", "rsa:2048", *made, *subject),
        check=True,
        capture_output=True,
    )
    (folder / "nginx.conf").write_text(example(folder, port, backend, below))
    server = subprocess.Popen((NGINX, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"))
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(10)


def wait_for(port):
    for _ in range(100):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("nginx does not listen")
