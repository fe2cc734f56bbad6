"""Sign-in with an identity provider: who it names is signed in, and nothing else is believed."""

import time
from dataclasses import replace
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import Flask, redirect, request
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from test_access import open_server  # noqa: F401
from werkzeug.serving import make_server

from dashboard.base.settings import IdentityProvider, SettingsError, read_settings
from dashboard.services.access.accounts import Wish
from dashboard.services.access.person import Role
from dashboard.services.access.secret_key import signed
from dashboard.services.access.single_sign_on import NotSignedIn, SingleSignOn
from dashboard.web.single_sign_on_pages import ANSWER, COOKIE

CLIENT, SECRET = "dashboard", "a-secret-of-the-client"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "one"})


class Provider:
    """A small identity provider. ``claims`` are changed by tests, ``key`` signs."""

    def __init__(self):
        self.key, self.claims, self.header, self.named = KEY, {}, {"alg": "RS256"}, ""
        self.begun, self.down, self.asked = {}, False, 0
        self.app = Flask("provider")
        self.app.add_url_rule("/.well-known/openid-configuration", "d", self.describe)
        self.app.add_url_rule("/authorize", "a", self.authorize)
        self.app.add_url_rule("/token", "t", self.token, methods=["POST"])
        self.app.add_url_rule("/keys", "k", lambda: {"keys": [KEY.as_dict(private=False)]})

    def describe(self):
        self.asked += 1
        if self.down:
            return {}, 503
        return {
            "issuer": self.named or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def authorize(self):
        self.begun["code"] = request.args
        return redirect(
            f"{request.args['redirect_uri']}?"
            + urlencode({"code": "code", "state": request.args["state"]})
        )

    def token(self):
        begun = self.begun.pop(request.form["code"])
        challenge = create_s256_code_challenge(request.form["code_verifier"])
        known = request.authorization.username, request.authorization.password
        if (challenge, known) != (begun["code_challenge"], (CLIENT, SECRET)):
            return {"error": "invalid_grant"}, 400
        now = int(time.time())
        said = {"iss": self.named or self.issuer, "aud": CLIENT, "sub": "1", "iat": now}
        said |= {"exp": now + 60}
        said |= {"nonce": begun["nonce"], "preferred_username": "viewer"} | self.claims
        said = {name: value for name, value in said.items() if value is not None}
        token = jwt.encode(self.header, said, self.key, algorithms=[self.header["alg"]])
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def provider():
    one = Provider()
    served = make_server("127.0.0.1", 0, one.app, threaded=True)
    one.issuer = f"http://127.0.0.1:{served.port}"
    # It is asked that often whether it is to end; each end would take half a second otherwise.
    thread = Thread(target=served.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield one
    served.shutdown()
    thread.join()


@pytest.fixture
def office(app, open_server, provider, monkeypatch):  # noqa: F811
    """A server that is open to others and signs people in with the provider."""
    named = IdentityProvider(provider.issuer, CLIENT, SECRET)
    monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, provider=named))
    pages = app.server.view_functions["access.provider_begin"].__self__
    monkeypatch.setattr(pages, "single_sign_on", SingleSignOn(named))
    for name in ("viewer", "editor", "admin"):  # each test has a provider of its own
        app.desk.accounts.change(name, Wish(subject=""))
    return open_server


def asked_of(provider, client, following="/targets"):
    """Begin a sign-in, and sign in with the provider; the address that it leads back to."""
    begun = client.get(f"/sign-in/provider?next={following}")
    assert begun.status_code == 303, begun.text
    at = urlsplit(begun.location)
    assert begun.location.startswith(provider.issuer)
    answer = provider.app.test_client().get(f"{at.path}?{at.query}")
    back = urlsplit(answer.location)
    return f"{back.path}?{back.query}"


def reason(answer):
    return answer.get_json()["error"]


def test_who_the_provider_names_is_signed_in_with_the_rights_of_the_user_here(office, provider):
    client = office.test_client()
    page = client.get("/sign-in?next=/targets&lang=zh").text
    assert "/sign-in/provider?lang=zh&amp;next=%2Ftargets" in page and "用单位账号登录" in page
    answer = client.get(asked_of(provider, client))
    assert (answer.status_code, answer.location) == (303, "/targets")
    assert client.get("/access").text.count("viewer") >= 1
    assert client.get("/access/users").status_code == 403
    cookie = client.get_cookie("signed-in")
    assert cookie.http_only and client.get_cookie(COOKIE) is None
    person = office.extensions["dashboard"].accounts.person_of(cookie.value, "")
    assert (person.name, person.role) == ("viewer", Role.VIEWER)


def test_an_issuer_is_the_same_with_a_slash_at_its_end(office, provider):
    client, provider.named = office.test_client(), f"{provider.issuer}/"
    assert client.get(asked_of(provider, client)).status_code == 303
    provider.claims = {"iss": provider.issuer}  # but the token says it as the description does
    assert client.get(asked_of(provider, client)).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example.org"},
        {"aud": "another"},
        {"aud": ["another", CLIENT], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"preferred_username": None},
        {"preferred_username": ["viewer"]},
        {"preferred_username": "nobody-here"},
        {"preferred_username": "viewer" + " " * 60 + "x"},
        {"at_hash": "AAAA"},
        {"sub": None},
        {"sub": ""},
        {"sub": '1"; reboot "'},
    ],
    ids=str,
)
def test_a_token_that_is_not_meant_for_this_sign_in_signs_nobody_in(office, provider, claims):
    provider.claims, client = claims, office.test_client()
    answer = client.get(asked_of(provider, client))
    assert answer.status_code == 403 and reason(answer)
    assert client.get_cookie("signed-in") is None


def test_a_name_that_passes_to_another_person_signs_nobody_in(office, provider):
    accounts = office.extensions["dashboard"].accounts

    def status(name, subject):
        provider.claims, client = {"preferred_username": name, "sub": subject}, office.test_client()
        return client.get(asked_of(provider, client)).status_code

    assert [status("viewer", "1"), status("viewer", "2"), status("viewer", "1")] == [303, 403, 303]
    assert status("editor", "1") == 403, "the person of another account"
    accounts.change("viewer", Wish(subject=""))
    assert status("viewer", "2") == 303, "whoever signs in next"


def test_an_administrator_s_subject_is_named_by_command(office, provider):
    accounts, client = office.extensions["dashboard"].accounts, office.test_client()
    provider.claims = {"preferred_username": "admin"}
    answer, subject = client.get(asked_of(provider, client)), f"{provider.issuer} 1"
    assert answer.status_code == 403
    assert f'user change admin --subject "{subject}"' in reason(answer)
    accounts.change("admin", Wish(subject=subject))
    assert client.get(asked_of(provider, client)).status_code == 303


@pytest.mark.parametrize("how", ["other key", "shared secret", "no signature"])
def test_a_token_is_signed_with_the_provider_s_own_key(office, provider, how):
    client = office.test_client()
    if how == "other key":
        provider.key = OTHER
    elif how == "shared secret":
        provider.key, provider.header = OctKey.import_key(SECRET * 2), {"alg": "HS256"}
    else:
        provider.key, provider.header = OctKey.import_key(SECRET * 2), {"alg": "none"}
    answer = client.get(asked_of(provider, client))
    assert answer.status_code == 403 and client.get_cookie("signed-in") is None


def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(office, provider):
    client, other = office.test_client(), office.test_client()
    back = asked_of(provider, client)
    for browser, address in (
        (other, back),  # without the cookie
        (client, back.replace("state=", "state=x")),
        (client, f"{ANSWER}?code=code"),
        (client, ANSWER),
    ):
        answer = browser.get(address)
        assert answer.status_code == 400 and browser.get_cookie("signed-in") is None
    text = client.get_cookie(COOKIE).value.partition(".")[0]
    client.set_cookie(COOKIE, f"{text}.{signed(b'another', 'provider', text)}")
    assert client.get(back).status_code == 400


def test_a_code_is_taken_once_and_by_the_browser_that_began(office, provider):
    client = office.test_client()
    back, kept = asked_of(provider, client), client.get_cookie(COOKIE).value
    assert client.get(back).status_code == 303
    client.set_cookie(COOKIE, kept)
    assert client.get(back).status_code == 403  # the provider gives no second token


def test_what_the_provider_refuses_is_said_in_words(office, provider):
    client = office.test_client()
    state = parse_qs(urlsplit(asked_of(provider, client)).query)["state"][0]
    answer = client.get(f"{ANSWER}?error=access_denied&state={state}&lang=zh")
    assert (answer.status_code, reason(answer)) == (
        403,
        "身份认证服务没有确认登录（access_denied）",
    )
    assert "script" not in client.get(f"{ANSWER}?error=<script>&state={state}").text


def test_an_address_of_another_site_is_not_gone_on_to(office, provider):
    client = office.test_client()
    assert client.get(asked_of(provider, client, "//evil.example.org")).location == "/"


@pytest.mark.parametrize("trouble", ["down", "another issuer", "gone"])
def test_a_provider_that_cannot_be_asked_leaves_the_password(office, provider, app, trouble):
    pages = app.server.view_functions["access.provider_begin"].__self__
    if trouble == "gone":
        named = IdentityProvider("http://127.0.0.1:9", CLIENT, SECRET)
        pages.single_sign_on = SingleSignOn(named)
    provider.down = trouble == "down"
    provider.named = "https://other.example.org" if trouble == "another issuer" else ""
    client = office.test_client()
    answer = client.get("/sign-in/provider")
    assert answer.status_code == 503 and client.get("/sign-in").status_code == 200


def test_a_provider_is_described_once_an_hour(provider):
    one = SingleSignOn(IdentityProvider(provider.issuer, CLIENT, SECRET))
    for _ in range(3):
        one.begin("https://dashboard.example.org/back")
    assert provider.asked == 1


def test_a_provider_that_is_down_is_asked_again_after_some_seconds(provider):
    one = SingleSignOn(IdentityProvider(provider.issuer, CLIENT, SECRET))

    def begin():
        return one.begin("https://dashboard.example.org/back")

    provider.down = True
    for _ in range(3):
        with pytest.raises(NotSignedIn):
            begin()
    assert provider.asked == 1
    provider.down = False
    one._again = 1e-9  # the seconds are over
    with one._asking, pytest.raises(NotSignedIn):
        begin()  # while another asks nobody waits
    assert begin() and provider.asked == 2
    assert begin() and provider.asked == 2


def test_an_unverified_address_names_nobody(provider):
    named = IdentityProvider(provider.issuer, CLIENT, SECRET, "email")
    for is_verified in (False, None, "true", True):
        one = SingleSignOn(named)
        url, attempt = one.begin("https://dashboard.example.org/back")
        provider.begun["code"] = {
            name: values[0] for name, values in parse_qs(urlsplit(url).query).items()
        }
        provider.claims = {"email": "li@example.org", "email_verified": is_verified}
        if is_verified is True:
            assert one.vouched(attempt, "code", "https://x/back").name == "li@example.org"
        else:
            with pytest.raises(NotSignedIn):
                one.vouched(attempt, "code", "https://x/back")


def test_it_is_off_where_no_provider_is_named(open_server):  # noqa: F811
    client = open_server.test_client()
    assert "provider" not in client.get("/sign-in").text
    assert client.get("/sign-in/provider").status_code == 404
    assert client.get(ANSWER).status_code == 404


def test_settings_of_a_provider_are_checked():
    whole = {"ISSUER": "https://login.example.org/realm/", "CLIENT": "c", "SECRET": "s"}

    def read(**changed):
        named = whole | changed
        return read_settings({f"DASHBOARD_OIDC_{name}": text for name, text in named.items()})

    assert read().provider == IdentityProvider("https://login.example.org/realm", "c", "s")
    assert read(CLAIM="email").provider.claim == "email"
    assert read(ISSUER="").provider is None
    for changed in (
        {"CLIENT": ""},
        {"SECRET": ""},
        {"ISSUER": "http://login.example.org"},
        {"ISSUER": "https://a@b.example.org"},
        {"ISSUER": "login.example.org"},
    ):
        with pytest.raises(SettingsError):
            read(**changed)
