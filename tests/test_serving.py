"""The server as it is started: many connections, several processes, work finished at the end."""

import contextlib
import json
import signal
import socket
import sys
import time

import pytest
from calls import CALL
from own_server import HOST, LONGEST, asked, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="several processes are for Linux"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with serving(home, "--workers", "2") as (port, _process):
        yield home, port


@contextlib.contextmanager
def waiting(port, *openings):
    """One connection to the server for each opening, over which nothing else is ever sent."""
    with contextlib.ExitStack() as connections:
        for opening in openings:
            connection = connections.enter_context(socket.create_connection((HOST, port)))
            connection.sendall(opening)
        yield


@pytest.mark.fault(
    "server",
    "200 connections that say nothing",
    "nobody is kept out",
)
def test_connections_that_say_nothing_shut_nobody_out(server):
    _, port = server
    half = b"GET / HTTP/1.1\r\nHost: localhost\r\n"  # and never the rest
    with waiting(port, *[b""] * 150, *[half] * 50):
        assert asked(port)[0] == 200


def test_bodies_that_never_come_shut_nobody_out(server):
    _, port = server
    head = f"POST {CALL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    with waiting(port, *[f"{head}Content-Length: 1000\r\n\r\n{{".encode()] * 40):
        assert asked(port)[0] == 200


@pytest.mark.fault(
    "server",
    "requests that are none",
    "refused; no process ends",
)
def test_hostile_requests_end_no_worker(server):
    home, port = server
    body = json.dumps({"output": "x", "inputs": [{"value": "\ud800"}]})
    for _ in range(30):
        assert asked(port, CALL, "POST", body)[0] == 400
    raw = socket.create_connection((HOST, port))
    raw.sendall(b"\x16\x03\x01\x02\x00\xff\x00GET\r\n\r\n")
    raw.close()
    assert asked(port)[0] == 200
    assert "Traceback" not in (home / "log").read_text(encoding="utf-8")


def called(port, output, outputs, inputs, state=()):
    def given(values):
        return [{"id": one, "property": prop, "value": value} for one, prop, value in values]

    body = {
        "output": output,
        "outputs": [{"id": one, "property": prop} for one, prop in outputs],
        "inputs": given(inputs),
        "state": given(state),
        "changedPropIds": [f"{inputs[0][0]}.{inputs[0][1]}"],
    }
    status, content = asked(port, CALL, "POST", json.dumps(body))
    assert status == 200, content
    return json.loads(content)["response"]


def test_work_begun_in_one_process_is_seen_from_all(server):
    _, port = server
    known = json.loads(asked(port, "/_dash-dependencies")[1])
    takes = next(one for one in known if "upload.contents" in one["output"])["output"]
    shows = next(one for one in known if "progress-card.hidden" in one["output"])["output"]
    file = "data:;base64,Lw=="
    begun = called(
        port,
        takes,
        [("upload-work", "data"), ("upload", "contents")],
        [("upload", "contents", [file])],
        [("upload", "filename", ["a.csv"]), ("upload-work", "data", None)],
    )["upload-work"]["data"]
    outputs = [
        (one.rpartition(".")[0], one.rpartition(".")[2].partition("@")[0])
        for one in shows.strip(".").split("...")
    ]
    seen = []
    for tick in range(40):  # each over a new connection: to either process
        inputs = [("upload-work", "data", begun), ("poll", "n_intervals", tick)]
        stage = called(port, shows, outputs, inputs, [("url", "search", "")])
        seen.append(stage.get("preview-card", {}).get("hidden"))
        time.sleep(0.05)
    assert seen[-1] is False and seen.count(None) == 0, seen


def test_a_port_that_is_taken_is_said_at_once(server, tmp_path):
    _, port = server
    with serving(tmp_path, port=port) as (_, process):
        assert process.wait(LONGEST) == 1
    said = (tmp_path / "log").read_text(encoding="utf-8")
    assert str(port) in said and "Traceback" not in said


@pytest.mark.fault(
    "server",
    "it is stopped (SIGTERM) while it answers",
    "the answer is finished first",
)
def test_an_answer_in_the_making_is_finished_when_the_server_is_ended(tmp_path):
    with serving(tmp_path, "--workers", "1") as (port, process):
        body = b'{"ref": "no/chart"}'
        slow = socket.create_connection((HOST, port), timeout=30)
        slow.sendall(
            b"POST /api/receipts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)
        )
        slow.sendall(body[:5])
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        time.sleep(1)
        slow.sendall(body[5:])
        assert slow.recv(100).startswith(b"HTTP/1.1 404")
        slow.close()
        assert process.wait(40) == 0
        with pytest.raises(OSError):
            asked(port)
