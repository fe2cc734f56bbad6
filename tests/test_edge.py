"""What reaches the server from outside: hostile values, other hosts and sites, too much at once."""

import io
import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from calls import CALL, call, server_callbacks
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.base import logs
from dashboard.base.settings import SettingsError, read_settings
from dashboard.services.front_desk import FrontDesk
from dashboard.web.access_log import AccessLog
from dashboard.web.callback_values import Malformed, checked
from dashboard.web.origin import allowed_names, is_allowed
from dashboard.web.plain_values import is_plain

JSON = "application/json"
HALF = "\ud800"  # half of a pair of surrogates: no text, and JSON can carry it
SENT = {  # what components send of these properties
    "n_clicks": [1, None],
    "n_submit": [1, None],
    "submit_n_clicks": [1, None],
    "n_intervals": [0, 3],
    "search": ["", "?lang=en", None],
    "pathname": ["/"],
    "is_open": [True, False],
    "search_value": ["x", ""],
}
HOSTILE = [
    HALF,
    "\0",
    10**30,
    -1,
    1.5,
    float("nan"),
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "=1+1",
    "区" * 5000,
    "?area=1&period=99999999&lang=xx&known=0",
    [[]],
    [None],
    {},
    {"query": 5, "path": 7},
    {"query": {"area": "x", "period": "9999-99"}, "path": "/topic/x"},
    {"act": "preview", "job": "../x", "token": "../x"},
    {"act": "hand_in", "token": "x" * 32, "answers": {}},
    {"target": "x"},
]


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.fixture
def may_change(app, own_home, monkeypatch):
    """Lets callbacks work on a store of this test's own: some remove what others read."""
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home)}))
    monkeypatch.setitem(app.server.extensions, "dashboard", desk)


def post(client, body, **headers):
    return client.post(CALL, data=json.dumps(body), content_type=JSON, headers=headers)


def usual(name, which=0):
    values = SENT.get(name, [None])
    return values[which % len(values)]


def names_of(app):
    return sorted(server_callbacks(app))


def the_page(app):
    return next(name for name in names_of(app) if "_pages_content" in name)


# ---- values ----


def test_half_a_surrogate_in_the_path_is_refused_and_the_server_goes_on(app, client, caplog):
    name = the_page(app)
    callback = app.callback_map[name]
    for _ in range(12):  # more often than there are threads
        body = call(name, callback, lambda _id, prop: {"pathname": f"/{HALF}"}.get(prop, ""))
        answer = post(client, body)
        assert answer.status_code == 400 and answer.json["error"]
    assert client.get("/healthz").status_code == 200
    assert not caplog.records


def test_every_callback_takes_what_components_send(app, client, monkeypatch):
    refused = set()
    monkeypatch.setattr("dashboard.web.request_validation.refused", refused.add)
    for name, callback in server_callbacks(app).items():
        for which in range(2):
            body = call(name, callback, lambda _id, prop, at=which: usual(prop, at))
            with app.server.test_request_context(CALL, json=body, method="POST"):
                app.server.preprocess_request()
    assert not refused


@pytest.mark.slow
def test_hostile_values_end_in_no_failure(app, client, may_change, caplog):
    for name, callback in server_callbacks(app).items():
        for value in HOSTILE:
            for place in range(2):
                seen = iter(range(100))

                def value_of(_id, prop, at=place, counter=seen, sent=value):
                    return sent if next(counter) == at else usual(prop)

                answer = post(client, call(name, callback, value_of))
                assert answer.status_code in (200, 204, 400), (name, value)
                assert b"Traceback" not in answer.data
    assert [record.getMessage() for record in caplog.records] == []


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_value_of_any_shape_makes_a_callback_fail(app, client, may_change, data):
    name = data.draw(st.sampled_from(names_of(app)))
    callback = app.callback_map[name]
    values = st.sampled_from(HOSTILE) | ANYTHING

    def value_of(_id, prop):
        return usual(prop, 1) if data.draw(st.booleans()) else data.draw(values)

    answer = post(client, call(name, callback, value_of))
    assert answer.status_code in (200, 204, 400)
    assert b"Traceback" not in answer.data


def test_a_call_with_other_inputs_than_declared_is_refused(app, client):
    name = the_page(app)
    right = call(name, app.callback_map[name], lambda _id, prop: usual(prop))
    for wrong in (
        {"inputs": right["inputs"][:1]},
        {"inputs": [*right["inputs"], right["inputs"][0]]},
        {"inputs": [{**right["inputs"][0], "id": {"type": "x"}}, right["inputs"][1]]},
        {"inputs": [{**right["inputs"][0], "property": "href"}, right["inputs"][1]]},
        {"outputs": []},
        {"outputs": right["outputs"][:1]},
        {"changedPropIds": ["elsewhere.children"]},
        {"changedPropIds": ['{"broken".n_clicks']},
        {"state": None},
    ):
        assert post(client, right | wrong).status_code == 400, wrong


def test_values_are_checked_against_the_signature_without_being_changed():
    def take(count: int | None, *names: str, pair: tuple[str, str] = ("", "")) -> object:
        return count, names, pair

    guarded = checked(take)
    assert guarded(1, "a", "b", pair=["c", "d"]) == (1, ("a", "b"), ["c", "d"])
    for wrong in (("1",), (True,), (1.0,), (1, 2), (1, HALF)):
        with pytest.raises(Malformed):
            guarded(*wrong)
    with pytest.raises(Malformed):
        guarded(1, pair=["c"])
    with pytest.raises(Malformed):
        guarded()


@pytest.mark.parametrize("value", [HALF, "a\0", 2**60, float("inf"), {HALF: 1}, [[["\0"]]]])
def test_what_no_machine_can_write_is_not_plain(value):
    assert not is_plain({"inputs": [value]})


def test_plain_json_is_plain_however_wide_and_not_however_deep():
    deep = []
    for _ in range(300):
        deep = [deep]
    assert is_plain({"a": ["区", 1, 1.5, None, True, {"b": [[]]}]})
    assert not is_plain(deep)


@pytest.mark.parametrize("address", ["/?area=%00", "/api/areas?x=a%00b", "/?" + "a" * 9000])
def test_a_query_no_page_makes_is_refused(client, address):
    assert client.get(address).status_code == 400


def test_bytes_that_are_no_text_do_no_harm_in_an_address(client):
    for address in ("/%ED%A0%80", "/topic/%ff%fe", "/?area=%ED%A0%80", "/plain/%ED%A0%80"):
        assert client.get(address).status_code in (200, 404), address


# ---- size ----


def test_a_request_that_carries_no_file_may_not_be_large(app, client):
    name = the_page(app)
    callback = app.callback_map[name]
    body = call(
        name, callback, lambda _id, prop: "/" + "x" * 5_000_000 if prop == "pathname" else ""
    )
    answer = post(client, body)
    assert answer.status_code == 413 and answer.json["error"]


def test_a_body_beyond_all_limits_is_refused_in_words(app, client):
    most = app.server.config["MAX_CONTENT_LENGTH"]
    for address in (CALL, "/api/receipts"):
        length = {"CONTENT_LENGTH": str(most + 1)}
        answer = client.post(address, content_type=JSON, environ_overrides=length)
        assert answer.status_code == 413 and answer.json["error"]


# ---- hosts and sites ----


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8050", "127.0.0.1.evil.example", ""]
)
def test_a_request_under_another_name_is_refused(client, host):
    for address in ("/", "/healthz", "/api/areas", "/plain/"):
        assert client.get(address, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8050", "127.0.0.1:8050", "[::1]:8050"])
def test_the_names_of_this_computer_are_served(client, host):
    assert client.get("/api/areas", headers={"Host": host}).status_code == 200


def test_settings_name_further_hosts():
    known = read_settings({"DASHBOARD_HOSTS": "Minzheng.example.org, 10.0.0.5"})
    names = allowed_names(known)
    assert is_allowed("minzheng.example.org:443", names, by_number=False)
    assert is_allowed("10.0.0.5", names, by_number=False)
    assert not is_allowed("10.0.0.6", names, by_number=False)
    assert not is_allowed("localhost:http", names, by_number=False)
    with pytest.raises(SettingsError, match="DASHBOARD_HOSTS"):
        read_settings({"DASHBOARD_HOSTS": "http://x/"})


def test_on_a_network_any_address_in_digits_is_served_and_no_other_name():
    names = allowed_names(read_settings({"DASHBOARD_HOST": "0.0.0.0"}))
    assert is_allowed("192.168.3.4:8050", names, by_number=True)
    assert not is_allowed("evil.example", names, by_number=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
def test_nothing_is_changed_from_another_site(app, client, headers):
    name = the_page(app)
    body = call(name, app.callback_map[name], lambda _id, prop: usual(prop))
    assert post(client, body, **headers).status_code == 403
    assert client.post("/api/receipts", json={"ref": "x"}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_pages_of_our_own_and_programs_are_answered(app, client, headers):
    name = the_page(app)
    body = call(name, app.callback_map[name], lambda _id, prop: usual(prop))
    assert post(client, body, **headers).status_code == 200


# ---- faults ----


def test_a_failure_is_one_line_under_a_number_the_reader_sees(app, client, caplog, monkeypatch):
    def fail(*_given):
        raise ValueError("区 13800000000")  # a value that may be personal

    monkeypatch.setattr(app.desk.submissions, "latest", fail)
    answer = client.get("/api/submissions")
    (line,) = [record.getMessage() for record in caplog.records]
    assert answer.status_code == 500
    assert answer.json["reference"] in line and "ValueError at tests/test_edge.py" in line
    assert "13800000000" not in line and "\n" not in line
    assert b"Traceback" not in answer.data


def test_a_part_that_fails_says_under_which_number(app, client, caplog, monkeypatch):
    name = the_page(app)
    monkeypatch.setattr(app.desk.selections, "of", lambda *_given: 1 / 0)
    body = call(name, app.callback_map[name], lambda _id, prop: usual(prop))
    answer = post(client, body)
    (line,) = [record.getMessage() for record in caplog.records]
    reference = line.partition("fault ")[2][:8]
    assert answer.status_code == 200 and reference in answer.get_data(as_text=True)


def test_where_even_the_answer_about_a_failure_fails_a_sentence_is_sent(app, client, monkeypatch):
    monkeypatch.setattr(app.server, "full_dispatch_request", lambda: 1 / 0)
    monkeypatch.setattr(app.server, "handle_exception", lambda error: 1 / 0)
    answer = client.get("/")
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")


def test_the_log_writes_anything_in_one_line_and_never_fails(monkeypatch):
    written = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stderr", written)
    handler = logs.SafeHandler()
    handler.setFormatter(logs.OneLine("%(message)s"))
    try:
        raise KeyError(HALF)
    except KeyError:
        failure = sys.exc_info()
    handler.emit(logging.LogRecord("x", 40, "", 1, f"区\n{HALF}\r\n%s", ("a",), failure))
    handler.emit(logging.LogRecord("x", 40, "", 1, "%d", ("no number",), None))
    written.seek(0)
    (line,) = written.read().splitlines()  # what cannot be put together is dropped
    assert line.startswith("\\u533a \\ud800 a KeyError at ")
    written.close()
    handler.emit(logging.LogRecord("x", 40, "", 1, "the stream is closed", (), None))


def test_a_line_of_the_log_names_no_values():
    record = logging.LogRecord("x", 40, "", 1, f"a\n{HALF}", (), None)
    assert logs.OneLine("%(message)s").format(record) == "a \\ud800"


# ---- the lines of requests ----


def test_each_request_has_a_line_without_its_query_in_the_file_of_its_day(app, client):
    folder = app.desk.settings.home / "logs"
    before = sum(len(file.read_text().splitlines()) for file in folder.glob("access-*.log"))
    client.get("/api/areas?lang=en")
    client.get("/topic/%E5%8C%BA%0A%ED%A0%80 x")
    client.get("/assets/plain/plain.css")
    lines = sorted(folder.glob("access-*.log"))[-1].read_text().splitlines()
    assert len(lines) - before == 2
    areas, topic = (line.split(" ") for line in lines[-2:])
    assert len(areas) == len(topic) == 8 and areas[3:6] == ["GET", "/api/areas", "200"]
    assert "lang" not in lines[-2] and topic[4].startswith("/topic/\\u533a\\n")


def test_files_of_requests_are_removed_when_they_are_too_old(tmp_path):
    log = AccessLog(tmp_path / "logs", days=2)
    for day in (1, 2, 3):
        log.write("区\n", datetime(2026, 11, day, tzinfo=UTC))
    names = sorted(file.name for file in (tmp_path / "logs").iterdir())
    assert names == ["access-2026-11-02.log", "access-2026-11-03.log"]
    (tmp_path / "x").write_text("")
    AccessLog(tmp_path / "x", days=2).write("a", datetime(2026, 11, 1, tzinfo=UTC))  # no folder
