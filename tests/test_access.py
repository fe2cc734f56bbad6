"""Who is let in, and to what: each route and callback as each role, by the written table."""

import io
import re
import time
from dataclasses import replace

import pytest
from calls import CALL, call, server_callbacks
from dash import html
from hand_ins import workbook

from dashboard.base.settings import ROOT, SettingsError, read_settings
from dashboard.components.shell.fields import signature_input
from dashboard.components.shell.role_parts import for_role
from dashboard.intake import Handover
from dashboard.services.access.accounts import Wish
from dashboard.services.access.person import (
    LOCAL,
    ROLES,
    Person,
    Role,
    acting,
    acting_person,
    set_acting,
)
from dashboard.services.access.rights import ANYONE, CALLBACKS, ORIGINALS, ROUTES, may
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError
from dashboard.web.gate import callback_name
from dashboard.web.sign_in_pages import safe_path

PASSWORD = "kite-lamp-river"
FILLED = {
    "name": "marriages",
    "topic": "marriage",
    "kind": "streets",
    "suffix": "csv",
    "ref": "x/y",
}
FILLED |= {
    "number": "1",
    "token": "x",
    "version": "x",
    "place": "x.csv",
    "path": "targets",
    "rest": "x",
}
FILLED |= {"filename": "plain/plain.css", "package_name": "dash", "fingerprinted_path": "x.js"}


@pytest.fixture
def open_server(app, monkeypatch):
    """The app as others than the user of this computer reach it, with a user of each role."""
    monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, host="0.0.0.0"))
    there = {one.name for one in app.desk.accounts.all()}
    for role in ROLES:
        if role not in there:
            areas = ["990101001"] if role == "contributor" else None
            app.desk.accounts.add(role, Wish(role, areas, password=PASSWORD))
    if "archivist" not in there:
        app.desk.accounts.add("archivist", Wish("viewer", originals=True, password=PASSWORD))
    yield app.server
    set_acting(LOCAL)


def sent_form(client, path, **fields):
    """Send a form of a page, with the token that stands in it."""
    token = re.search(r'name="token" value="(\w+)"', client.get(path).text)[1]
    return client.post(path, data={"token": token} | fields)


def done_form(client, path, **fields):
    """The page to which a form leads once what it asks for is done."""
    answer = sent_form(client, path, **fields)
    assert answer.status_code == 303, answer.text
    return client.get(answer.location)


def signed_in(server, name, password=PASSWORD):
    client = server.test_client()
    answer = sent_form(client, "/sign-in", name=name, password=password)
    assert answer.status_code == 303, answer.text
    client.get("/access")
    client.environ_base["HTTP_X_CSRFTOKEN"] = client.get_cookie("_csrf_token").value
    return client


def address_of(rule):
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: FILLED[found[1]], rule)


def allowed(answer):
    return answer.status_code not in (401, 403) and "/sign-in" not in answer.headers.get(
        "Location", ""
    )


def test_the_table_names_every_route_and_every_callback(app):
    rules = {rule.rule for rule in app.server.url_map.iter_rules()}
    assert rules == set(ROUTES)
    names = {callback_name(one["callback"]) for one in server_callbacks(app).values()}
    assert names == set(CALLBACKS)


@pytest.mark.slow
def test_the_document_shows_the_same_table():
    page = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| `([^`]+)` \| (\w+) \|$", page)
    words = {ANYONE: "anyone", ORIGINALS: "originals"} | {one: one.key for one in Role}
    assert dict(rows) == {name: words[least] for name, least in (ROUTES | CALLBACKS).items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", [None, *ROLES, "archivist"])
def test_each_role_reaches_exactly_the_routes_of_the_table(open_server, name):
    client = signed_in(open_server, name) if name else open_server.test_client()
    person = open_server.extensions["dashboard"].accounts.person_of(
        client.get_cookie("signed-in").value if name else "", ""
    )
    for rule in open_server.url_map.iter_rules():
        if "GET" not in rule.methods:
            continue
        answer = client.get(address_of(rule.rule))
        assert allowed(answer) is may(person, ROUTES[rule.rule]), (rule.rule, answer.status)


@pytest.mark.slow
@pytest.mark.parametrize("name", [None, *ROLES])
def test_each_role_reaches_exactly_the_callbacks_of_the_table(app, open_server, name):
    client = signed_in(open_server, name) if name else open_server.test_client()
    role = ROLES[name] if name else None
    for output, callback in server_callbacks(app).items():
        body = call(output, callback, lambda _id, prop: usual(prop))
        answer = client.post(CALL, json=body)
        least = CALLBACKS[callback_name(callback["callback"])]
        right = role is not None and role >= least
        assert (answer.status_code not in (401, 403)) is right, (callback_name, answer.status)


def usual(prop):
    """What a page sends where nothing was clicked yet."""
    values = {"search": "", "pathname": "/", "is_open": False, "search_value": ""}
    return values.get(prop)


def test_an_anonymous_reader_gets_nothing_but_sign_in_its_assets_and_a_health_answer(open_server):
    client = open_server.test_client()
    answer = client.get("/topic/marriage?area=990101")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?lang=zh&next=%2Ftopic%2Fmarriage")
    for path in ("/api/observations", "/export/targets.xlsx", "/_dash-layout", "/own/x/y"):
        answer = client.get(path)
        assert (answer.status_code, list(answer.json)) == (401, ["error"]), path
    assert client.get("/healthz").json == {"status": "ok"}
    page = client.get("/sign-in?lang=en").text
    wanted = re.findall(r'(?:href|src)="(/[^"?]*)"', page)
    assert all(client.get(path).status_code == 200 for path in wanted)


def test_asking_for_the_head_alone_is_answered_like_asking_for_the_page(open_server):
    client = open_server.test_client()
    for path in ("/", "/targets", "/api/areas", "/livez", "/healthz", "/logo", "/sign-in"):
        whole, head = client.get(path), client.head(path)
        assert (head.status_code, head.location) == (whole.status_code, whole.location), path
        assert not head.data


def test_on_this_computer_alone_nobody_signs_in(app):
    client = app.server.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/access/users").status_code == 200
    assert "不需要登录" in client.get("/sign-in").text


# ---- sign-in ----


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wrong_password_and_a_wrong_name_are_told_alike(open_server, language):
    client = open_server.test_client()
    path = f"/sign-in?lang={language}"
    answers = [sent_form(client, path, name=n, password="x" * 12) for n in ("viewer", "nobody")]
    assert {answer.status_code for answer in answers} == {401}
    texts = {re.search(r'role="status">([^<]+)', answer.text)[1] for answer in answers}
    assert len(texts) == 1
    open_server.extensions["dashboard"].accounts.change("viewer", Wish(password=PASSWORD))


def test_a_form_without_its_token_is_not_taken(open_server):
    client = open_server.test_client()
    answer = client.post("/sign-in", data={"name": "viewer", "password": PASSWORD})
    assert answer.status_code == 400 and not client.get_cookie("signed-in")
    admin = signed_in(open_server, "admin")
    answer = admin.post("/access/users", data={"name": "viewer", "act": "disable", "token": "x"})
    assert answer.status_code == 400
    signed_in(open_server, "viewer")


def test_cookies_are_kept_from_scripts_and_from_plain_connections(open_server):
    client = open_server.test_client()
    token = re.search(r'name="token" value="(\w+)"', client.get("/sign-in").text)[1]
    fields = {"token": token, "name": "viewer", "password": PASSWORD}
    answer = client.post("/sign-in", data=fields, headers={"X-Forwarded-Proto": "https"})
    cookies = {one.partition("=")[0]: one for one in answer.headers.getlist("Set-Cookie")}
    for name in ("signed-in", "browser"):
        assert all(part in cookies[name] for part in ("HttpOnly", "SameSite=Lax", "Secure"))


def test_a_call_without_the_sessions_token_changes_nothing(app, open_server):
    client, other = (signed_in(open_server, "editor") for _ in range(2))
    output, callback = next(iter(server_callbacks(app).items()))
    body = call(output, callback, lambda _id, prop: usual(prop))
    assert client.post(CALL, json=body).status_code not in (401, 403)
    for token in ("", "x", other.environ_base["HTTP_X_CSRFTOKEN"]):
        headers = {"X-CSRFToken": token}
        assert client.post(CALL, json=body, headers=headers).status_code == 403
        assert client.post("/api/receipts", json={}, headers=headers).status_code == 403
    cookie = client.get_cookie("_csrf_token")
    assert cookie.same_site == "Lax" and not cookie.http_only  # scripts of the page read it


def test_a_portal_named_in_the_settings_may_frame_the_pages(app, open_server, monkeypatch):
    client = open_server.test_client()
    headers = client.get("/sign-in").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    named = read_settings({"DASHBOARD_FRAME_ANCESTORS": "https://oa.example.org"}).frame_ancestors
    monkeypatch.setattr(app.desk, "settings", replace(app.desk.settings, frame_ancestors=named))
    https = {"X-Forwarded-Proto": "https", "Sec-Fetch-Site": "same-origin"}
    page = client.get("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
    assert (
        "frame-ancestors 'self' https://oa.example.org" in page.headers["Content-Security-Policy"]
    )
    assert "X-Frame-Options" not in page.headers
    fields = {"name": "viewer", "password": PASSWORD}
    assert client.post("/sign-in", data=fields).status_code == 400  # not encrypted
    token = re.search(r'name="token" value="(\w+)"', client.get("/sign-in", headers=https).text)[1]
    answer = client.post("/sign-in", data=fields | {"token": token}, headers=https)
    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies and all("SameSite=None" in one and "Secure" in one for one in cookies)
    with pytest.raises(SettingsError, match="FRAME_ANCESTORS"):
        read_settings({"DASHBOARD_FRAME_ANCESTORS": "http://oa.example.org"})


def test_guessing_is_stopped_and_keeps_nobody_else_out(open_server):
    desk = open_server.extensions["dashboard"]
    admin_before = signed_in(open_server, "admin")
    admin_before.delete_cookie("signed-in")
    guesser = open_server.test_client()
    codes = [
        sent_form(guesser, "/sign-in", name="admin", password=f"guess number {n}").status_code
        for n in range(7)
    ]
    assert codes == [401] * 5 + [429] * 2
    # The administrator's own browser has a count of its own, and so has the server's command line.
    assert sent_form(admin_before, "/sign-in", name="admin", password=PASSWORD).status_code == 303
    desk.accounts.change("admin", Wish(password=PASSWORD))
    signed_in(open_server, "admin")


def test_a_session_ends_by_sign_out_by_a_new_password_and_in_all_browsers_at_once(open_server):
    one, other = (signed_in(open_server, "editor") for _ in range(2))
    token = re.search(r'name="token" value="(\w+)"', one.get("/access").text)[1]
    assert one.post("/sign-out", data={"token": token}).status_code == 303
    assert one.get("/access").status_code == 303 and other.get("/access").status_code == 200
    third = signed_in(open_server, "editor")
    assert sent_form(third, "/access", act="everywhere").status_code == 303
    assert other.get("/access").status_code == 303
    fourth = signed_in(open_server, "editor")
    new = "another-long-sentence"
    assert sent_form(fourth, "/access", old="wrong", password=new).status_code == 422
    assert sent_form(fourth, "/access", old=PASSWORD, password=new).status_code == 303
    assert fourth.get("/access").status_code == 303
    open_server.extensions["dashboard"].accounts.change("editor", Wish(password=PASSWORD))


@pytest.mark.parametrize(
    "asked", ["//evil.example", "/\\evil.example", "https://evil.example", "", "/sign-in?x", "/\n"]
)
def test_sign_in_leads_to_pages_of_this_server_only(asked):
    assert safe_path(asked) == "/"
    assert safe_path("/topic/marriage?area=1") == "/topic/marriage?area=1"


def test_a_program_reads_with_a_token_and_does_nothing_else_with_it(open_server):
    accounts = open_server.extensions["dashboard"].accounts
    token = accounts.new_token("contributor", 30)
    client, headers = open_server.test_client(), {"Authorization": f"Bearer {token}"}
    assert client.get("/api/areas", headers=headers).status_code == 200
    assert client.get("/api/submissions/1/file", headers=headers).status_code == 403
    assert client.get("/api/areas", headers={"Authorization": "Bearer x"}).status_code == 401
    assert client.get("/", headers=headers).status_code == 303
    assert client.post(CALL, json={}, headers=headers).status_code == 401
    accounts.sign_out_everywhere("contributor")
    assert client.get("/api/areas", headers=headers).status_code == 401


def test_the_other_language_of_sign_in_leads_to_the_same_page_afterwards(open_server):
    page = open_server.test_client().get("/sign-in?lang=zh&next=/targets").text
    assert 'href="?lang=en&amp;next=%2Ftargets"' in page


# ---- users ----


def test_an_administrator_adds_changes_and_disables_users_and_one_is_always_left(open_server):
    admin = signed_in(open_server, "admin")
    path, rights = "/access/users?lang=en", {"role": "viewer", "areas": ""}
    weak = sent_form(admin, path, act="add", name="wang", password="password12", **rights)
    assert weak.status_code == 422 and "too common" in weak.text
    assert "Longer is better" in weak.text and "office&#x27;s name" in weak.text
    named = {"act": "add", "name": "wang", "password": "minzhengju1"}
    zh = sent_form(admin, "/access/users?lang=zh", **named, **rights)
    assert zh.status_code == 422 and "长一些更好" in zh.text and "单位名称" in zh.text
    fields = {"name": "王<b>", "role": "contributor", "areas": "990101001"}
    added = done_form(admin, path, act="add", password=PASSWORD, **fields)
    assert "Done: 王&lt;b&gt;" in added.text
    assert "Done" not in admin.get(f"{path}&done=nobody").text
    assert "王&lt;b&gt;" in admin.get(path).text and "王<b>" not in admin.get(path).text
    wang = signed_in(open_server, "王<b>")
    assert done_form(admin, path, act="disable", name="王<b>").status_code == 200
    assert wang.get("/access").status_code == 303
    refused = sent_form(admin, path, act="disable", name="admin")
    assert refused.status_code == 422 and "administrator must be left" in refused.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        {"name": "zhao"},
        {"name": "zhao", "act": "", "role": "contributor", "areas": ""},
        {"name": "zhao", "act": "remove", "role": "contributor", "areas": ""},
        {"name": "zhao", "act": "change"},
        {"name": "zhao", "act": "change", "role": "contributor"},
        {"name": "zhao", "act": "change", "areas": ""},
        {"name": "zhao", "act": "password"},
        {"act": "disable"},
    ],
)
def test_a_form_of_users_that_is_not_whole_is_refused_and_takes_no_right_away(open_server, sent):
    desk, admin = open_server.extensions["dashboard"], signed_in(open_server, "admin")
    if "zhao" not in {account.name for account in desk.accounts.all()}:
        wish = Wish("contributor", ["990101001"], originals=True, password=PASSWORD)
        desk.accounts.add("zhao", wish)
    before = desk.accounts.get("zhao")
    answer = sent_form(admin, "/access/users?lang=en", **sent)
    assert answer.status_code == 400 and "nothing was changed" in answer.text
    assert desk.accounts.get("zhao") == before


# ---- the audit log ----


def test_the_audit_log_says_who_signed_in_and_what_left_and_cannot_be_changed(open_server):
    desk = open_server.extensions["dashboard"]
    archivist, admin = signed_in(open_server, "archivist"), signed_in(open_server, "admin")
    archivist.get("/export/targets.xlsx?area=990101")
    number = desk.submissions.latest(1)[0].id
    archivist.get(f"/api/submissions/{number}/file")
    lines = [(entry.who, entry.act, entry.what) for entry in desk.audit.entries(limit=6)]
    assert ("archivist", "export", "/export/targets.xlsx?area=990101") in lines
    assert ("archivist", "original", f"/api/submissions/{number}/file") in lines
    assert ("admin", "sign_in", "") in lines
    for language, said in (("zh", "下载原始文件"), ("en", "fetched an original")):
        assert said in admin.get(f"/access/audit?lang={language}").text
    assert "archivist,original" in admin.get("/access/audit.csv").text
    for statement in ("DELETE FROM audit", "UPDATE audit SET who = 'x'"):
        with pytest.raises(Exception, match="only added to"), desk.context.engine.begin() as store:
            store.exec_driver_sql(statement)


# ---- the command line ----


@pytest.fixture
def command(tmp_path, commands, monkeypatch):
    """Runs one command on an empty store, with a password on the standard input."""
    run = commands(tmp_path / "home")

    def with_password(*words, password=PASSWORD):
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        return run(*words, "--lang", "en")

    with_password.home = tmp_path / "home"
    return with_password


@pytest.mark.slow
def test_the_command_line_adds_lists_and_changes_users(command):
    assert command("user", "add", "li", password="short")[0] == 1
    code, text = command("user", "add", "li", "--role", "admin")
    assert (code, text) == (0, f"Done: li (home folder {command.home})\n")
    code, text = command("user", "add", "li")
    assert code == 1 and "there is a user 'li' already" in text and "user change li" in text
    code, text = command("user", "add", "zhao", "--role", "contributor")
    assert code == 1 and "--area CODE or NAME" in text
    assert command("user", "disable", "li")[0] == 1
    assert command("user", "add", "wang", "--originals")[0] == 0
    assert command("user", "change", "wang", "--role", "editor")[0] == 0
    assert command("user", "change", "wang", "--area", "nowhere")[0] == 2
    assert command("user", "change", "wang", "--role", "contributor")[0] == 1
    assert command("user", "list")[1] == "li  admin\nwang  editor  originals\n"
    assert command("user", "password", "nobody")[0] == 1
    code, text = command("audit", "--act", "user")
    assert code == 0 and text.count("\n") == 4 and "+ li (admin)" in text and PASSWORD not in text


@pytest.mark.slow
def test_beyond_this_computer_the_server_starts_only_with_an_administrator(command, monkeypatch):
    started = []
    monkeypatch.setattr("dashboard.cli.serve._serve_in_several", started.append)
    monkeypatch.setattr("dashboard.cli.serve._serve_in_one", started.append)
    serve = ("serve", "--host", "0.0.0.0", "--port", "58231")
    code, text = command(*serve)
    assert code == 1 and "user add NAME --role admin" in text and not started
    command("user", "add", "li", "--role", "admin")
    code, text = command(*serve)
    assert code == 0 and len(started) == 1
    assert "http://127.0.0.1:58231/" in text and "0.0.0.0" not in text
    key = command.home / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600 and len(key.read_text().strip()) == 64
    monkeypatch.setenv("DASHBOARD_HOSTS", "minzheng.example.org")
    assert read_settings().needs_sign_in


# ---- rights by area, and who acted ----

CODES = ("370113001", "370113002")
LI = Person("李", Role.CONTRIBUTOR, ("370113001",), origin="10.0.0.7")


@pytest.fixture
def desk(tmp_path):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))


def of_street(*names):
    rows = [["长清区2024年9月民政统计表"], ["街道", "结婚登记对数"]]
    return ("9月.xlsx", workbook([*rows, *([name, 12 + n] for n, name in enumerate(names))]))


def test_a_contributor_hands_in_for_areas_of_his_own_only(desk):
    areas = desk.areas()
    own, other = (next(one.name.zh for one in areas if one.code == c) for c in CODES)
    handover = Handover(note="首次", basis="in_month", by="局长")
    with acting(LI):
        (refused,) = desk.submissions.receive([of_street(own, other)], handover)
        assert refused.id is None
        assert any(one.rule == "own_areas" and other in one.message.zh for one in refused.findings)
        (preview,) = desk.submissions.preview([of_street(own, other)], handover)
        assert any(one.rule == "own_areas" for one in preview.receipt.findings)
        lists = ("地区.csv", "code,name,level,parent\n370113901,新街道,street,370113\n".encode())
        (refused,) = desk.submissions.receive([lists], handover)
        assert any(one.rule == "own_areas" for one in refused.findings)
        (taken,) = desk.submissions.receive([of_street(own)], handover)
    assert taken.id is not None, taken.findings
    (row,) = desk.submissions.latest()
    assert row.submitted_by == "李"
    (line,) = desk.audit.entries("hand_in")
    assert (line.who, line.origin) == ("李", "10.0.0.7") and "9月.xlsx" in line.what


def test_work_in_the_background_is_done_by_who_began_it(desk):
    with acting(LI):
        job = desk.jobs.start(lambda _progress: acting_person().name)
    while not desk.jobs.state(job).is_over:
        time.sleep(0.01)
    assert desk.jobs.state(job).result == "李"


def test_who_acted_is_the_signed_in_person_whatever_was_typed(desk):
    with acting(Person("王", Role.ADMIN)):
        desk.locks.lock("370113", "2024-09", "局长", "上报完成")
        desk.locks.unlock("370113", "2024-09", "局长", "更正")
    assert {entry.written_by for entry in desk.locks.logbook()} == {"王"}
    assert [(one.who, one.act) for one in desk.audit.entries()] == [
        ("王", "unlock"),
        ("王", "lock"),
    ]
    desk.locks.lock("370113", "2024-09", "局长", "上报完成")  # at this computer a name is typed
    assert desk.audit.entries(limit=1)[0].who == "局长"


@pytest.mark.parametrize("role", Role)
def test_forms_for_acts_of_other_roles_are_hidden(role):
    with acting(Person("李", role)):
        assert [bool(getattr(for_role(one, html.P("x")), "hidden", False)) for one in Role] == [
            one > role for one in Role
        ]


def test_fields_for_a_name_are_filled_and_stay_as_they_are():
    with acting(LI):
        field = signature_input("by")
    assert (field.value, field.readonly) == ("李", True)
    field = signature_input("by")
    assert (field.value, field.readonly) == ("", False)


def test_the_address_of_a_wall_screen_shows_that_page_alone_until_it_is_revoked(open_server):
    accounts = open_server.extensions["dashboard"].accounts
    token = accounts.open_screen("大厅屏幕")
    anyone = open_server.test_client()
    page = anyone.get(f"/screen/{token}?area=990101&lang=zh")
    assert page.status_code == 200
    assert "<h1>" in page.text and "wall-page" in page.text
    assert "<a " not in page.text and "<button" not in page.text
    for source in re.findall(r'(?:href|src)="(/[^"]+)"', page.text):
        assert anyone.get(source).status_code == 200, source
    anyone.set_cookie("signed-in", token)
    assert not allowed(anyone.get("/"))
    assert not allowed(anyone.get("/screen"))
    assert not allowed(anyone.get("/api/areas", headers={"Authorization": f"Bearer {token}"}))
    accounts.sign_out_everywhere("大厅屏幕")
    assert anyone.get(f"/screen/{token}").status_code == 404


def test_a_wall_screen_becomes_no_person_and_a_person_no_wall_screen(open_server):
    accounts = open_server.extensions["dashboard"].accounts
    accounts.open_screen("大厅屏幕")
    for wish in (Wish(role="admin"), Wish(password=PASSWORD)):
        with pytest.raises(StoreError):
            accounts.change("大厅屏幕", wish)
    with pytest.raises(StoreError):
        accounts.open_screen("viewer")
    token = accounts.new_token("viewer", 3)
    assert accounts.screen_of(token) == ""
    assert accounts.screen_of("") == ""


def test_a_disabled_wall_screen_shows_nothing_and_gets_no_new_address(open_server):
    accounts = open_server.extensions["dashboard"].accounts
    token = accounts.open_screen("走廊屏幕")
    accounts.change("走廊屏幕", Wish(enabled=False))
    assert accounts.screen_of(token) == ""
    with pytest.raises(StoreError):
        accounts.open_screen("走廊屏幕")
