"""Requests that no page of this program sends are refused in words, without a trace in the log."""

import logging
import re

import pytest
from calls import CALL, call, server_callbacks

JSON = "application/json"
GARBAGE = [
    b"[]",
    b"null",
    b"1",
    b"{}",
    b"[" * 100_000,
    b'{"output": "x.children", "inputs": []}',
    b'{"output": ["x"], "outputs": [], "inputs": [], "changedPropIds": []}',
    b'{"output": "url.search", "outputs": {}, "inputs": [5], "changedPropIds": []}',
    b'{"output": "url.search", "outputs": {}, "inputs": [[[[]], "x"]], "changedPropIds": []}',
    b'{"output": "url.search", "outputs": {}, "inputs": {}, "changedPropIds": []}',
    b'{"output": "url.search", "outputs": {}, "inputs": [], "changedPropIds": 7}',
]


@pytest.fixture
def client(app, caplog):
    with app.server.test_client() as client, caplog.at_level(logging.ERROR):
        yield client
    assert not caplog.records


@pytest.mark.parametrize("body", GARBAGE, ids=range(len(GARBAGE)))
def test_what_calls_no_callback_is_refused(client, body):
    client.get("/healthz")
    answer = client.post(CALL, data=body, content_type=JSON)
    assert (answer.status_code, answer.mimetype) == (400, JSON) and answer.json["error"]


def test_a_call_as_pages_send_it_is_answered(client, app):
    callbacks = server_callbacks(app)
    name = "remove-confirm.displayed"
    answer = client.post(CALL, json=call(name, callbacks[name], lambda _id, _prop: None))
    assert answer.status_code == 200


def test_a_callback_of_the_browser_is_not_called_here(client, app):
    client.get("/healthz")
    name = "url.search"
    body = call(name, app.callback_map[name], lambda _id, _prop: None)
    assert client.post(CALL, json=body).status_code == 400


def test_json_nested_without_end_is_refused(client):
    assert client.post("/api/receipts", data=b"[" * 100_000, content_type=JSON).status_code == 400


def test_a_number_no_submission_can_have_is_not_known(client, command):
    assert client.get(f"/api/submissions/{10**30}/file").status_code == 404
    code, said = command("withdraw", str(10**30), "--reason", "x", "--lang", "en")
    assert (code, said.strip()) == (1, f"submission {10**30} is not known")


def test_a_path_out_of_a_package_is_not_found(client):
    inside = "/_dash-component-suites/dash/"
    assert client.get(f"{inside}..%2f..%2f..%2fapp.py").status_code == 404


def test_an_unknown_format_is_refused_before_anything_is_read(client):
    answer = client.get("/api/observations?format=../../etc/passwd")
    assert answer.status_code == 400 and {"csv", "json"} <= set(
        re.findall("[a-z]+", answer.json["error"])
    )
