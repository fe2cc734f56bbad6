"""A named web server vouches for who has signed in with it, and nobody else does."""

from dataclasses import replace

import pytest
from calls import CALL, call, server_callbacks
from test_access import open_server, usual  # noqa: F401

from dashboard.base.settings import SettingsError, read_settings
from dashboard.services.access.accounts import Wish

NAMED = "10.0.0.5"


@pytest.fixture
def vouching(app, open_server, monkeypatch):  # noqa: F811
    settings = replace(app.desk.settings, user_header="X-Remote-User", proxies=(NAMED,))
    monkeypatch.setattr(app.desk, "settings", settings)
    if "王芳" not in {one.name for one in app.desk.accounts.all()}:
        app.desk.accounts.add(
            "王芳", Wish("contributor", ["990101001"], password="kite-lamp-river")
        )
    return open_server


def status(client, name, address=NAMED, path="/access", **more):
    headers = {"X-Remote-User": name.encode().decode("latin-1")} if name else {}
    environ = {"REMOTE_ADDR": address}
    return client.get(path, headers=headers | more, environ_overrides=environ).status_code


def test_the_name_is_taken_from_a_named_web_server_alone(vouching):
    client = vouching.test_client()
    assert status(client, "王芳") == status(client, "viewer") == 200
    for address in ("10.0.0.6", "127.0.0.1"):
        assert status(client, "王芳", address) == 303
        assert status(client, "王芳", address, **{"X-Forwarded-For": NAMED}) == 303
    assert status(client, "") == status(client, "nobody") == status(client, "viewer2") == 303


def test_role_and_areas_stay_in_the_dashboard_and_a_disabled_user_is_out(app, vouching):
    client = vouching.test_client()
    assert status(client, "王芳", path="/hand-ins") == 200
    assert status(client, "王芳", path="/access/users") == 403
    assert status(client, "viewer", path="/hand-ins") == 403
    app.desk.accounts.change("王芳", Wish(enabled=False))
    assert status(client, "王芳") == 303
    app.desk.accounts.change("王芳", Wish(enabled=True))


def test_without_the_setting_no_header_signs_anybody_in(app, vouching, monkeypatch):
    monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, user_header=""))
    assert status(vouching.test_client(), "王芳") == 303


def test_a_call_of_a_page_needs_the_token_of_this_person(app, vouching):
    client = vouching.test_client()
    output, callback = next(iter(server_callbacks(app).items()))
    body = call(output, callback, lambda _id, prop: usual(prop))
    headers = {"X-Remote-User": "viewer"}
    environ = {"REMOTE_ADDR": NAMED}
    assert (
        client.post(CALL, json=body, headers=headers, environ_overrides=environ).status_code == 403
    )
    status(client, "viewer", path="/access")
    token = {"X-CSRFToken": client.get_cookie("_csrf_token").value}
    own = client.post(CALL, json=body, headers=headers | token, environ_overrides=environ)
    assert own.status_code not in (401, 403)
    other = {"X-Remote-User": "editor"} | token
    assert client.post(CALL, json=body, headers=other, environ_overrides=environ).status_code == 403


def test_the_first_view_is_that_of_the_person_who_is_vouched_for(vouching):
    client = vouching.test_client()
    environ = {"REMOTE_ADDR": NAMED}
    for name in ("viewer", "editor"):
        headers = {"X-Remote-User": name}
        text = client.get("/", headers=headers, environ_overrides=environ).text
        assert text.count("data-first=") == 3
        assert f'"children":"{name}"' in text  # the link to his or her own account


def test_the_settings_name_of_a_header_is_one():
    assert (
        read_settings({"DASHBOARD_USER_HEADER": " X-Remote-User "}).user_header == "X-Remote-User"
    )
    with pytest.raises(SettingsError, match="USER_HEADER"):
        read_settings({"DASHBOARD_USER_HEADER": "X Remote: User"})
