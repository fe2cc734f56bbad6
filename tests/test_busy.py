"""Where too many ask at once, those for whom there is no room are told so: nobody hangs."""

import threading

import pytest

from dashboard.base.concurrency_limit import Busy, Turns
from dashboard.base.language import word
from dashboard.web import busy
from dashboard.web.first_answers import CALLBACKS, page_call

BROTLI, BROWSER = {"Accept-Encoding": "br"}, {"Accept": "text/html"}


@pytest.fixture
def full(app, monkeypatch):
    """The app, all of whose places are taken, and where nobody may wait."""
    turns = Turns(1, 0, 0.01)
    monkeypatch.setattr(app.server.answers._turns, "_turns", turns)
    begun, over = threading.Event(), threading.Event()

    def work():
        with turns.turn():
            begun.set()
            over.wait()

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait()
    yield app.server.test_client()
    over.set()
    thread.join()


def test_a_page_says_that_the_server_is_busy_and_when_to_ask_again(full):
    answer = full.get("/topic/marriage?lang=en", headers=BROTLI | BROWSER)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == busy.RETRY
    assert answer.mimetype == "text/html"
    plain = full.get("/topic/marriage?lang=en", headers=BROWSER)
    assert word("server_busy", "en") in plain.text
    assert "Content-Security-Policy" in plain.headers


@pytest.mark.parametrize("path", ["/api/indicators", "/export/marriage/marriages_by_street.csv"])
def test_a_program_gets_the_same_as_json(full, path):
    answer = full.get(path)
    assert answer.status_code == 503
    assert answer.json["error"] == word("server_busy", "zh")
    assert answer.headers["Retry-After"] == busy.RETRY


def test_a_choice_is_sent_away_with_a_status_that_the_page_s_script_repeats(full):
    answer = full.post(CALLBACKS, json=page_call("/report", ""), headers=BROTLI)
    assert (answer.status_code, answer.mimetype) == (503, "application/json")


@pytest.mark.parametrize("path", ["/livez", "/healthz", "/logo"])
def test_what_is_quick_is_answered_all_the_same(full, path):
    assert full.get(path).status_code == 200


@pytest.mark.slow
def test_what_was_answered_before_needs_no_turn(app, request):
    call = page_call("/topic/marriage", "?area=990101")
    post = {"json": call, "headers": BROTLI}
    first = app.server.test_client().post(CALLBACKS, **post)
    full = request.getfixturevalue("full")
    assert full.post(CALLBACKS, **post).data == first.data


def test_more_wait_for_their_turn_than_work_and_no_more_than_may():
    turns, begun, over = Turns(2, 3, 30), threading.Semaphore(0), threading.Event()
    seen, together, most = [], [], []
    lock = threading.Lock()

    def work():
        try:
            with turns.turn():
                with lock:
                    together.append(1)
                    most.append(len(together))
                begun.release()
                over.wait()
                with lock:
                    together.pop()
                seen.append("done")
        except Busy:
            seen.append("busy")
            begun.release()

    threads = [threading.Thread(target=work) for _ in range(9)]
    for thread in threads:
        thread.start()
    for _ in range(2 + 4):  # two work, three wait, four are sent away
        begun.acquire()
    over.set()
    for thread in threads:
        thread.join()
    assert (seen.count("done"), seen.count("busy")) == (5, 4)
    assert max(most) == 2


def test_nobody_waits_for_ever():
    turns = Turns(1, 5, 0.01)
    with turns.turn():
        said = []

        def ask():
            try:
                with turns.turn():
                    said.append("turn")
            except Busy:
                said.append("busy")

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        with turns.turn():
            said.append("within its own turn")
    assert said == ["busy", "within its own turn"]
