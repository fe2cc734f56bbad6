"""Whoever asks for what was answered before gets the same answer, without work for the store."""

import re
import threading

import pytest

from benchmarks.choices import ask, choice_call
from benchmarks.counting import counted
from dashboard.base.kept_bytes import KeptBytes
from dashboard.components.panels import PANELS
from dashboard.components.shell.address import topic_of
from dashboard.services.access import person
from dashboard.web.compression import unpacked
from dashboard.web.first_answers import page_call

BROTLI = {"Accept-Encoding": "br"}
VERSION = "SELECT store_version.number \nFROM store_version"
TOPIC = "/topic/marriage?area=990101"
CHOSEN = {"area": "990101001", "period": "2026-07"}


def document(app, address, **headers):
    return app.server.test_client().get(address, headers=BROTLI | headers)


def assert_only_the_version_is_asked_again(app, call):
    first, _ = ask(app, call)
    with counted(app.desk.context.engine) as work:
        again, _ = ask(app, call)
    assert work.statements == 1
    assert again.data == first.data


def headers_without_date(answer):
    """The headers of an answer that do not change from second to second."""
    return {name: value for name, value in answer.headers.items() if name != "Date"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/topic/marriage",
        "/street",
        "/street/990101001",
        "/targets",
        "/indicators/marriages",
        "/compare",
    ],
)
def test_a_page_that_was_answered_asks_the_store_only_for_its_version(app, path):
    first = document(app, f"{path}?area=990101")
    with counted(app.desk.context.engine) as work:
        again = document(app, f"{path}?area=990101")
    assert work.statements == 1
    assert again.data == first.data
    assert headers_without_date(again) == headers_without_date(first)
    assert_only_the_version_is_asked_again(app, page_call(path, "?area=990101"))


@pytest.mark.parametrize("accepted", ["br", "gzip", "br;q=0, gzip", ""])
def test_who_takes_another_compression_gets_what_was_made(app, accepted):
    first = document(app, TOPIC)
    with counted(app.desk.context.engine) as work:
        other = document(app, TOPIC, **{"Accept-Encoding": accepted})
    assert work.statements == 1
    assert unpacked(other.data, other.headers.get("Content-Encoding", "")) == unpacked(
        first.data, first.headers["Content-Encoding"]
    )
    assert other.headers.get("Content-Encoding", "") in accepted
    assert other.headers["Vary"] == first.headers["Vary"]


@pytest.mark.parametrize("path", ["/", "/topic/marriage", "/street/990101001", "/indicators"])
def test_an_address_without_a_period_is_the_one_with_it(app, path):
    desk, client = app.desk, app.server.test_client()
    period = desk.selections.of({"area": "990101"}, "zh", topic_of(path)).period
    asks = ["?area=990101", f"?period={period}&area=990101", f"?area=990101&period={period}"]
    asks += [] if "street" in path else [""]  # its page takes the area above the street
    answers = []
    for kept in (False, True):
        for search in asks:
            if not kept:
                desk.kept.clear()
            with counted(desk.context.engine) as work:
                call = page_call(path, search)
                answer = client.post("/_dash-update-component", json=call, headers=BROTLI)
            answers.append(unpacked(answer.data, "br"))
            assert (work.statements == 1) == kept
    assert len(set(answers)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/topic/marriage?area=990101&period=2018-12", "/topic/marriage?area=990101"),
        ("/street/990101001", "/street/990101001?area=990101&period=2026-10"),
        ("/?area=990101&area=990101001", "/?area=990101001&area=990101"),
        ("/?area=nowhere", "/"),
        ("/?period=1990-01", "/?area=990101&period=2018-12"),
    ],
)
def test_addresses_that_may_show_different_pages_have_different_keys(app, one, other):
    with app.server.test_request_context("/", headers=BROTLI):
        assert app.server.answers._named(one) != app.server.answers._named(other)


def test_a_document_carries_the_page_that_was_answered(app):
    app.desk.kept.clear()
    ask(app, page_call("/topic/marriage", "?area=990101"))
    with counted(app.desk.context.engine) as work:
        assert document(app, TOPIC).status_code == 200
    assert set(work.texts) <= {"BEGIN", VERSION}


def test_a_document_is_the_same_whoever_asked_first(app):
    period = app.desk.selections.of({"area": "990101"}, "zh", "marriage").period
    asks = ["?area=990101", f"?area=990101&period={period}", f"?period={period}&area=990101"]
    made = []
    for search in asks:
        app.desk.kept.clear()
        content = unpacked(document(app, f"/topic/marriage{search}").data, "br")
        made.append(re.sub(rb'"end_id":"[^"]*"', b"", content))  # Dash's token of a page load
    assert made[0] == made[1] == made[2]
    assert f"/plain/topic/marriage?area=990101&amp;period={period}".encode() in made[0]


def test_a_document_without_its_first_view_is_not_cached(app, monkeypatch):
    app.desk.kept.clear()
    with monkeypatch.context() as patch:
        patch.setattr("app.first_answers", lambda _server: "")
        answer = document(app, TOPIC)
    assert (answer.status_code, b"data-first" in unpacked(answer.data, "br")) == (200, False)
    assert b"data-first" in unpacked(document(app, TOPIC).data, "br")


def test_a_choice_that_was_made_before_asks_the_store_only_for_its_version(app):
    call = choice_call(app, "/topic/marriage", CHOSEN)
    assert_only_the_version_is_asked_again(app, call)


def test_panels_that_are_kept_are_those_that_were_drawn(app):
    call = choice_call(app, "/topic/marriage", CHOSEN)
    plain = app.server.test_client().post("/_dash-update-component", json=call).get_json()
    panels = plain["response"]
    assert len(panels) > 10
    heading = next(one for name, one in panels.items() if '"heading"' in name)
    assert heading["children"][0]["type"] == "Div"
    again = app.server.test_client().post("/_dash-update-component", json=call).get_json()
    assert again == plain


@pytest.mark.slow
def test_another_reader_gets_a_page_of_his_own(app):
    usual = document(app, TOPIC)
    assert document(app, TOPIC, **{"Accept-Language": "en"}).data != usual.data
    for name, value in (("lang", "en"), ("theme", "dark")):
        client = app.server.test_client()
        client.set_cookie(name, value)
        assert client.get(TOPIC, headers=BROTLI).data != usual.data
    assert document(app, TOPIC).data == usual.data


def test_rights_are_part_of_what_is_asked(app, monkeypatch):
    with counted(app.desk.context.engine):
        document(app, TOPIC)
    viewer = person.Person("李", person.Role.VIEWER)
    monkeypatch.setattr("dashboard.web.gate.LOCAL", viewer)
    kept = app.server.answers
    with app.server.test_request_context(TOPIC, headers=BROTLI):
        own = kept._key("page", 1)
        person.set_acting(viewer)
        assert kept._key("page", 1) != own
        person.set_acting(person.LOCAL)
        assert kept._key("page", 1) == own


@pytest.mark.slow
def test_a_hand_in_makes_answers_anew(app, monkeypatch):
    with app.server.test_request_context(TOPIC, headers=BROTLI):
        assert app.server.answers._key("page", 2) != app.server.answers._key("page", 1)
    document(app, TOPIC)
    later = app.desk.version() + 1
    with monkeypatch.context() as patch:
        patch.setattr(app.desk.context, "version", lambda: later)
        with counted(app.desk.context.engine) as work:
            document(app, TOPIC)
    assert work.statements > 1
    app.desk.kept._version = 0


@pytest.mark.slow
def test_a_page_of_which_a_part_failed_is_not_kept(app, monkeypatch):
    def fails(*_arguments):
        raise ValueError("broken")

    call = choice_call(app, "/topic/marriage", CHOSEN)
    app.desk.kept.clear()
    with monkeypatch.context() as patch:
        patch.setitem(PANELS, "heading", fails)
        page, _ = ask(app, page_call("/topic/marriage", ""))
        panels, _ = ask(app, call)
        assert document(app, TOPIC).status_code == 500
    assert ask(app, page_call("/topic/marriage", ""))[0].data != page.data
    assert ask(app, call)[0].data != panels.data
    with counted(app.desk.context.engine) as work:
        document(app, TOPIC)
    assert work.statements > 1


def test_a_browser_that_has_the_page_is_not_sent_it_again(app):
    first = document(app, TOPIC)
    again = document(app, TOPIC, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/submissions", "/completeness", "/meeting", "/drafts", "/report"]
)
def test_pages_that_show_more_than_figures_are_made_each_time(app, path):
    document(app, path)
    with counted(app.desk.context.engine) as work:
        document(app, path)
    assert work.statements > 1


def test_what_was_asked_for_longest_ago_makes_room():
    kept = KeptBytes(most=25, seconds=60)
    for key in ("a", "b"):
        kept.get(key, lambda: b"0123456789")
    kept.get("a", lambda: None)
    kept.get("c", lambda: b"0123456789")
    assert kept.get("a", lambda: None) is not None
    assert kept.get("b", lambda: None) is None
    assert kept.get("d", lambda: b"0" * 100) == b"0" * 100
    assert kept.get("d", lambda: None) is None, "larger than all the room"


def test_many_who_ask_at_once_wait_for_one():
    kept, made, start = KeptBytes(most=1000, seconds=60), [], threading.Barrier(8)

    def make():
        made.append(1)
        return b"x"

    def ask_at_once():
        start.wait()
        assert kept.get("key", make) == b"x"

    threads = [threading.Thread(target=ask_at_once) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_without_a_cache_nothing_is_kept():
    kept, made = KeptBytes(most=1000, seconds=0), []
    for _ in range(2):
        kept.get("key", lambda: made.append(1) or b"x")
    assert len(made) == 2
