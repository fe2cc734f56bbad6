"""How much one reader may ask within a minute: then 429, when to come back, and nobody else."""

from dataclasses import replace

import pytest
from calls import CALL, call, server_callbacks
from test_access import open_server, signed_in  # noqa: F401 - a fixture

from dashboard.web.first_answers import page_call
from dashboard.web.rates import MOST_READERS, Allowance


@pytest.fixture
def limited(app, open_server, monkeypatch):  # noqa: F811
    """A function that sets limits and gives a client of somebody who has signed in."""

    def begin(name="editor", **limits):
        monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, **limits))
        open_server.extensions["dashboard.rates"]._left.clear()
        return signed_in(open_server, name)

    return begin


def test_a_minutes_worth_comes_at_once_and_grows_again():
    now = [0.0]
    allowance = Allowance(lambda: now[0])
    assert [allowance.take("calls", "a", 6) for _ in range(8)] == [0] * 6 + [10, 10]
    now[0] = 9.5
    assert allowance.take("calls", "a", 6) == 1
    now[0] = 10.0
    assert allowance.take("calls", "a", 6) == 0
    assert allowance.take("calls", "a", 6) == 10
    assert allowance.take("calls", "b", 6) == 0 and allowance.take("files", "a", 6) == 0
    now[0] = 10_000.0
    assert [allowance.take("calls", "a", 6) for _ in range(7)] == [0] * 6 + [10]


def test_what_is_remembered_is_bounded():
    allowance = Allowance(lambda: 0.0)
    for number in range(MOST_READERS * 4):
        allowance.take("calls", str(number), 5)
    assert len(allowance) == MOST_READERS * 3


@pytest.mark.slow
@pytest.mark.parametrize(("language", "words"), [("en", "try again in"), ("zh", "秒再试")])
def test_too_many_files_are_refused_with_a_sentence_in_the_readers_language(
    limited, language, words
):
    client = limited(files_a_minute=3)
    address = f"/api/areas?lang={language}"
    assert [client.get(address).status_code for _ in range(3)] == [200] * 3
    answer = client.get(address)
    assert answer.status_code == 429 and words in answer.json["error"]
    assert 1 <= int(answer.headers["Retry-After"]) <= 20
    assert f" {answer.headers['Retry-After']} " in answer.json["error"]
    assert client.get("/export/own-indicators.csv").status_code == 429
    assert client.get("/topic/marriage").status_code == 200, "pages are not files"


def test_calls_of_pages_and_uploads_are_counted_apart(app, limited):
    client = limited(calls_a_minute=2, uploads_a_minute=1)
    page = page_call("/help", "")
    assert [client.post(CALL, json=page).status_code for _ in range(3)] == [200, 200, 429]
    name, one = next(
        (name, one)
        for name, one in server_callbacks(app).items()
        if any(each["property"] == "contents" for each in one["inputs"])
    )
    empty = call(name, one, lambda _identity, _name: None)
    assert [client.post(CALL, json=empty).status_code == 429 for _ in range(2)] == [False, True]


def test_one_readers_haste_keeps_nobody_else_out(limited, open_server):  # noqa: F811
    client = limited(files_a_minute=1)
    assert [client.get("/api/areas").status_code for _ in range(2)] == [200, 429]
    other = signed_in(open_server, "viewer")
    assert other.get("/api/areas").status_code == 200
    assert client.get("/api/areas").status_code == 429


def test_another_address_or_session_is_the_same_reader(limited, open_server):  # noqa: F811
    client = limited(files_a_minute=1)
    assert client.get("/api/areas").status_code == 200
    again = signed_in(open_server, "editor")
    headers = {"X-Forwarded-For": "203.0.113.9"}
    assert again.get("/api/areas", headers=headers).status_code == 429


def test_nothing_limits_without_a_limit_or_the_one_user_of_this_computer(app, limited, monkeypatch):
    client = limited(files_a_minute=0)
    assert {client.get("/api/areas").status_code for _ in range(5)} == {200}
    local = replace(app.desk.settings, host="127.0.0.1", files_a_minute=1)
    monkeypatch.setattr(app.desk, "settings", local)
    alone = app.server.test_client()
    assert {alone.get("/api/areas").status_code for _ in range(3)} == {200}


def test_what_a_page_brings_along_does_not_count(limited):
    client = limited(calls_a_minute=1)
    for _ in range(3):
        assert "data-first" in client.get("/help").text
