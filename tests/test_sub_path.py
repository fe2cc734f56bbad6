"""Below a path of its host: every address leads there, and nobody can name another path."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.base.settings import SettingsError, read_settings
from dashboard.components.shell.sub_path import all_outside, inside, outside
from dashboard.web.below_path import serve_below
from dashboard.web.first_answers import page_call

BELOW = "/minzheng"
SLASH = "\\u002f"  # as Dash writes it
OWN = re.compile(r"""(?:(?<=\s)(?:href|src|action)="|"(?:href|src)": ?")(/[^"]*)""")


@pytest.fixture
def placed(app, monkeypatch):
    """A function that changes settings of the app, and its client."""

    def change(**settings):
        monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, **settings))
        return app.server.test_client()

    return change


def addresses(text):
    return [one for one in OWN.findall(text.replace(SLASH, "/")) if not one.startswith("//")]


SOME = ("/", "/topic/marriage", "/street/990101001", "/targets", "/plain/targets", "/access")


@pytest.mark.slow
@pytest.mark.parametrize("path", SOME)
@pytest.mark.parametrize("encoding", ["", "gzip"])  # gzip: as it is kept for the next reader
def test_every_address_of_a_page_is_below_the_path(placed, path, encoding):
    client = placed(prefix=BELOW)
    for _ in range(2):
        answer = client.get(BELOW + path, headers={"Accept-Encoding": encoding})
        text = unpacked(answer)
        found = addresses(text)
        assert answer.status_code == 200 and len(found) > 5
        assert not [one for one in found if not one.startswith(f"{BELOW}/")]
        assert f"{BELOW}{BELOW}" not in text.replace(SLASH, "/")


def unpacked(answer):
    from dashboard.web.compression import unpacked

    return unpacked(answer.data, answer.headers.get("Content-Encoding", "")).decode()


def test_a_page_that_is_asked_for_by_a_callback_is_the_one_below_the_path(placed):
    client = placed(prefix=BELOW)
    call = page_call(f"{BELOW}/topic/marriage", "?lang=en&area=990101")
    answer = client.post(f"{BELOW}/_dash-update-component", json=call)
    assert "Marriage" in answer.text and not answer.json["response"].get("failure")
    assert all(one.startswith(f"{BELOW}/") for one in addresses(answer.text))


@pytest.mark.parametrize("path", ["/healthz", f"{BELOW}/healthz", f"{BELOW}"])
def test_a_web_server_may_take_the_path_off_or_leave_it(placed, path):
    assert placed(prefix=BELOW).get(path).status_code == 200


def test_at_the_root_nothing_is_added(placed):
    text = placed(prefix="").get("/topic/marriage").text.replace(SLASH, "/")
    assert BELOW not in text and '"requests_pathname_prefix":"/"' in text


def test_readers_who_see_it_in_other_places_get_their_own_addresses(placed):
    client = placed(proxies=("127.0.0.1",))
    for below in ("", "/a", "/b/c", ""):
        headers = {"Accept-Encoding": "gzip"} | ({"X-Forwarded-Prefix": below} if below else {})
        text = unpacked(client.get("/topic/marriage", headers=headers))
        assert all(one.startswith(f"{below}/") for one in addresses(text))
        assert f'data-root="{below}/"' in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("proxies", "said"),
    [
        ((), "/evil"),  # a web server on this computer passes on what a reader writes
        (("10.0.0.5",), "/evil"),
        (("127.0.0.1",), "//evil.example"),
        (("127.0.0.1",), "/../evil"),
        (("127.0.0.1",), "/a/./b"),
        (("127.0.0.1",), "/a//b"),
        (("127.0.0.1",), "/a, /b"),
        (("127.0.0.1",), '/a"onload="alert(1)'),
        (("127.0.0.1",), "/a\\b"),
        (("127.0.0.1",), "https://evil.example"),
        (("127.0.0.1",), "/topic"),  # nobody could tell it from a page
        (("127.0.0.1",), "/" + "a" * 300),
        (("127.0.0.1",), "/\xe9\xff"),
    ],
)
def test_a_path_is_taken_from_nobody_else_and_must_be_one(placed, proxies, said):
    client = placed(proxies=proxies)
    headers = {"X-Forwarded-Prefix": said, "Accept-Encoding": ""}
    text = client.get("/plain/targets", headers=headers).text
    assert 'href="/plain/' in text and "evil" not in text and "onload" not in text


NO_PATHS = ("minzheng", "/a//b", "/..", "/a/../b", "/.", "/a b", "/a?b", "/民政")


@pytest.mark.parametrize("setting", NO_PATHS)
def test_a_setting_that_is_no_path_stops_the_start(setting):
    with pytest.raises(SettingsError, match="DASHBOARD_PREFIX"):
        read_settings({"DASHBOARD_PREFIX": setting})


def test_a_setting_that_is_a_page_of_the_dashboard_stops_the_start(app, monkeypatch):
    assert read_settings({"DASHBOARD_PREFIX": "/minzheng/"}).prefix == "/minzheng"
    for prefix in ("/topic", "/plain/x", "/_dash-update-component", "/logo"):
        monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, prefix=prefix))
        with pytest.raises(SettingsError, match="DASHBOARD_PREFIX"):
            serve_below(app.server, app.desk)


def test_proxies_are_addresses(placed):
    assert read_settings({"DASHBOARD_PROXIES": "10.0.0.5, ::1"}).proxies == ("10.0.0.5", "::1")
    with pytest.raises(SettingsError, match="DASHBOARD_PROXIES"):
        read_settings({"DASHBOARD_PROXIES": "proxy.example.org"})


@pytest.mark.parametrize(
    ("peer", "proxies", "counts"),
    [
        ("127.0.0.1", (), True),
        ("::1", (), True),
        ("::ffff:127.0.0.1", (), True),
        ("10.0.0.5", (), False),
        ("10.0.0.5", ("10.0.0.5",), True),
        ("10.0.0.6", ("10.0.0.5",), False),
        ("", ("10.0.0.5",), False),
    ],
)
def test_only_a_known_web_server_says_that_a_reader_speaks_https(placed, peer, proxies, counts):
    answer = placed(proxies=proxies).get(
        "/healthz", headers={"X-Forwarded-Proto": "https"}, environ_base={"REMOTE_ADDR": peer}
    )
    assert ("Strict-Transport-Security" in answer.headers) == counts


def test_sign_in_leads_on_below_the_path_and_to_no_other_host(app, placed):
    client = placed(prefix=BELOW, host="0.0.0.0")
    answer = client.get(f"{BELOW}/topic/marriage?lang=en")
    assert answer.headers["Location"].startswith(f"{BELOW}/sign-in?lang=en&next=%2Ftopic")
    elsewhere = ("//evil.example/a", "/\\evil.example", "//evil.example", "/%2F/evil.example")
    for path in (*elsewhere, *(BELOW + one for one in elsewhere)):
        answer = client.get(path)
        place = answer.headers.get("Location", "")
        assert not place.startswith(("//", "/\\", "http://evil", "https://evil")), (path, place)
    answer = client.get(f"{BELOW}/sign-in?next=//evil.example")
    assert 'name="next" value="/"' in answer.text
    assert "Path=/minzheng;" in answer.headers["Set-Cookie"]


def test_the_language_is_kept_for_this_program_alone(placed):
    answer = placed(prefix=BELOW).get(f"{BELOW}/plain/?lang=en")
    assert "Path=/minzheng" in answer.headers["Set-Cookie"]


def test_a_text_that_looks_like_a_link_stays_a_text():
    assert outside("//evil.example", BELOW) == "//evil.example"
    assert outside("", BELOW) == "" and outside("#here", BELOW) == "#here"
    quoted = json.dumps({"text": 'he wrote "href":"/a" and  href="/b'})
    assert json.loads(all_outside(quoted, BELOW))["text"] == 'he wrote "href":"/a" and  href="/b'


@given(st.text(), st.sampled_from(["", "/a", "/b/c"]))
def test_an_address_goes_out_and_comes_back(text, below):
    address = "/" + text.lstrip("/")
    assert inside(outside(address, below), below) == address


@pytest.mark.parametrize("half", ["\ud800", "/\udfff", "/minzheng\ud800/x"])
def test_half_a_sign_in_a_path_is_no_failure(placed, half):
    client = placed(prefix=BELOW)
    call = page_call(half if half.startswith("/") else "/" + half, "")
    answer = client.post(
        f"{BELOW}/_dash-update-component", data=json.dumps(call), content_type="application/json"
    )
    assert answer.status_code < 500
