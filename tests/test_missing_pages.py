"""An address that names what is not there answers 404, in words, and is not kept."""

import pytest

from benchmarks.choices import ask
from dashboard.components.shell.plain import WORK_PAGES
from dashboard.web.first_answers import page_call

UNKNOWN = [
    "/no-such-page",
    "/topic/none",
    "/topic/none?area=990101",
    "/topic/marriage?area=nowhere",
    "/street/nowhere",
    "/indicators/none",
    "/indicators/marriages?area=nowhere",
    "/indicators?area=nowhere",
    "/indicators?topic=none",
    "/?area=nowhere",
    "/targets?area=nowhere",
    "/targets?target=none",
    "/street?area=nowhere",
    "/scorecards?area=nowhere",
    "/compare?area=nowhere",
    "/compare?areas=990101,nowhere",
    "/compare?indicator=none",
    "/completeness?area=nowhere",
    "/figure?indicator=none&area=990101&period=2026-09",
    "/figure",
    "/meeting/none",
    "/help/none",
    "/receipt/0000",
    "/submissions?submission=99999999",
    "/submissions?submission=x",
]


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_is_not_there_is_not_found(app, address):
    answer = app.server.test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert 'id="react-entry-point"' in answer.text


@pytest.mark.parametrize(
    "address", [one for one in UNKNOWN if not one.startswith(tuple(WORK_PAGES))]
)
def test_nor_on_the_page_without_scripts(app, address):
    answer = app.server.test_client().get(f"/plain{address}")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_it_is_not_kept(app):
    client = app.server.test_client()
    app.desk.kept.clear()
    for address in ("/topic/none", "/indicators/none", "/?area=nowhere"):
        assert client.get(address).status_code == 404
        path, _, search = address.partition("?")
        answer, _ = ask(app, page_call(path, f"?{search}" if search else ""))
        assert answer.status_code == 200  # Dash puts a page into the frame only then
    assert not app.desk.kept._entries


def test_an_address_that_only_looks_like_a_page_is_none(app):
    client = app.server.test_client()
    assert client.get("/topic/marriage?area=990101").status_code == 200
    assert client.get("/topic/marriage%3Farea=990101").status_code == 404
