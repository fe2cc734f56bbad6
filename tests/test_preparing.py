"""What readers are likely to ask for next is there before they ask; nothing is of other rights."""

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import request

from benchmarks.choices import ask, choice_call
from benchmarks.counting import counted
from dashboard.services.access.person import Person, Role, acting_person
from dashboard.web import gate, preparing, preparing_apart
from dashboard.web.first_answers import page_call
from dashboard.web.preparing_apart import hand_over, take_over

MARRIAGE = "/topic/marriage?area=990101"
HEADERS = {"Accept-Encoding": "br, gzip", "Accept-Language": "zh-CN,zh"}


@pytest.fixture
def prepared(app, monkeypatch):
    """Prepares for this app, of each page few links and streets."""
    monkeypatch.setattr(preparing, "MOST_LINKS", 2)
    monkeypatch.setattr(preparing, "MOST_STREETS", 2)
    monkeypatch.setattr(preparing, "MOST_PERIODS", 1)
    made = preparing.Preparing(app.server, app.desk, app.preparing._turns, app.callback_map)
    monkeypatch.setattr(app.server.answers, "on_page", made.note)
    return made


def steps(made):
    count = 0
    while made.step():
        count += 1
    return count


@pytest.mark.slow
def test_after_the_start_the_main_pages_are_there(app, prepared):
    pages, choices = 1 + 2, 2 * (1 + 2)  # the overview and the page of targets; a period, streets
    assert (steps(prepared), steps(prepared)) == (pages + choices, 0)
    client = app.server.test_client()
    for path, search in (("/", ""), ("/targets", ""), ("/", "?area=990101001")):
        call = page_call(path, search)
        with counted(app.desk.context.engine) as work:
            answer = client.post("/_dash-update-component", json=call, headers=HEADERS)
        assert (answer.status_code, work.statements) == (200, 1), path


@pytest.mark.slow
def test_of_the_page_asked_for_last_the_streets_are_there(app, prepared, monkeypatch):
    monkeypatch.setattr(prepared, "_first_views", lambda: iter(()))
    app.server.test_client().get(MARRIAGE, headers=HEADERS)
    assert steps(prepared) == 2 + (1 + 2)
    for street in ("990101001", "990101002"):
        call = choice_call(app, "/topic/marriage", {"area": street})
        with counted(app.desk.context.engine) as work:
            ask(app, call)
        assert work.statements == 1, street
    call = choice_call(app, "/topic/marriage", {"area": "990101003"})
    with counted(app.desk.context.engine) as work:
        ask(app, call)
    assert work.statements > 1


def test_on_a_street_s_view_the_others_are_prepared(app, prepared, monkeypatch):
    monkeypatch.setattr(prepared, "_first_views", lambda: iter(()))
    task = preparing.Task(preparing.Reader(), "/topic/marriage?area=990101001")
    period, street, *_ = prepared._choices(task)
    assert (period.period != "", period.area, street.area) == (True, "", "990101002")
    task = preparing.Task(preparing.Reader(), "/submissions")
    assert not list(prepared._choices(task))


def test_choices_are_listed_as_the_reader_of_the_page_sees_them(prepared, monkeypatch):
    acted = []
    monkeypatch.setattr(prepared, "_offered", lambda task: iter([acted.append(acting_person())]))
    reader = preparing.Reader(Person("王", Role.VIEWER))
    prepared._choices(preparing.Task(reader, MARRIAGE))
    assert acted == [reader.person]


def test_a_change_of_the_figures_begins_anew(app, prepared, monkeypatch):
    monkeypatch.setattr(prepared, "_prepare", lambda task: None)
    monkeypatch.setattr(prepared, "_links", lambda task: iter(()))
    monkeypatch.setattr(prepared, "_choices", lambda task: iter(()))
    assert (steps(prepared), steps(prepared)) == (1, 0)
    prepared._version -= 1
    assert (steps(prepared), steps(prepared)) == (1, 0)


@pytest.mark.slow
def test_where_people_sign_in_what_is_prepared_is_theirs(app, prepared, monkeypatch):
    from dataclasses import replace

    signed_in = replace(app.desk.settings, hosts=("dashboard.example.org",))
    monkeypatch.setattr(app.desk, "settings", signed_in)
    assert steps(prepared) == 0, "nobody has asked for anything"
    viewer = Person("李", Role.VIEWER)
    seen = []
    with app.server.test_request_context(MARRIAGE, headers=HEADERS):
        gate.set_acting(viewer)
        prepared.note(MARRIAGE)
    key = app.server.answers._key

    def noted(asked, version):
        seen.append(acting_person())
        return key(asked, version)

    monkeypatch.setattr(app.server.answers, "_key", noted)
    assert steps(prepared) == 2 + (1 + 2)
    assert set(seen) == {viewer}


def test_no_request_can_name_for_whom_it_is(app, monkeypatch):
    from dataclasses import replace

    signed_in = replace(app.desk.settings, hosts=("dashboard.example.org",))
    monkeypatch.setattr(app.desk, "settings", signed_in)
    for name in (gate.PREPARED_FOR, gate.PREPARED_FOR.upper()):
        answer = app.server.test_client().post(
            "/_dash-update-component", json=page_call("/", ""), headers={**HEADERS, name: "x"}
        )
        assert answer.status_code == 401


def test_readers_come_first(app, prepared, monkeypatch):
    turns = app.preparing._turns
    with turns.turn():
        assert not prepared._is_quiet()
    assert not prepared._is_quiet(), "somebody was there a moment ago"
    monkeypatch.setattr(preparing, "REST", 0.0)
    assert prepared._is_quiet()


def test_a_reader_s_own_language_and_theme_are_noted(app, prepared):
    client = app.server.test_client()
    client.set_cookie("theme", "dark")
    client.set_cookie("signed-in", "secret")
    with client:
        client.get(MARRIAGE, headers=HEADERS)
        assert request.cookies["signed-in"] == "secret"
    assert prepared._asked.reader.cookies == "theme=dark"


def test_a_signed_in_reader_s_document_carries_its_first_view(app, monkeypatch):
    from dataclasses import replace

    signed_in = replace(app.desk.settings, hosts=("dashboard.example.org",))
    monkeypatch.setattr(app.desk, "settings", signed_in)
    viewer = Person("李", Role.VIEWER)
    monkeypatch.setattr(app.desk.accounts, "person_of", lambda token, origin: viewer)
    answer = app.server.test_client().get(MARRIAGE)
    assert answer.status_code == 200
    assert 'data-first="/_dash-update-component"' in answer.text


def test_several_processes_hand_over_to_one_that_prepares(app, prepared, tmp_path):
    asked = preparing.Task(preparing.Reader(Person("li", Role.VIEWER)), "/targets")
    assert prepared._work(tmp_path) is False
    assert take_over(tmp_path) == [None], "the pages that are opened first, once a version"
    with counted(app.desk.context.engine) as work:
        prepared._work(tmp_path)
    assert (take_over(tmp_path), work.statements) == ([], 1), "nothing is made here"
    for task in (asked._replace(address="/"), asked):
        prepared.ask(task)
        prepared._work(tmp_path)
    assert take_over(tmp_path) == [asked], "what was asked for last counts"
    assert take_over(tmp_path) == []


def test_a_task_that_comes_while_another_is_taken_over_is_kept(tmp_path, monkeypatch):
    hand_over(tmp_path, 1)
    read = Path.read_bytes

    def replaced_meanwhile(file):
        hand_over(tmp_path, 2)
        return read(file)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", replaced_meanwhile)
        assert take_over(tmp_path) == [1]
    assert take_over(tmp_path) == [2]


def test_the_process_that_prepares_waits_while_a_reader_is_served(app, prepared, tmp_path):
    apart = tmp_path / preparing_apart.FOLDER
    apart.mkdir()
    assert not preparing_apart.has_reader(apart)
    with app.preparing._turns.turn():
        assert prepared._look(apart), "somebody is served"
    assert preparing_apart.has_reader(apart)
    seen = []
    made = SimpleNamespace(
        preparing=SimpleNamespace(step=lambda: seen.append("step"), ask=seen.append)
    )
    preparing_apart.go_on(made, apart)
    assert seen == []
    os.utime(apart / "reader", (1, 1))
    preparing_apart.go_on(made, apart)
    assert seen == ["step"]


def test_a_failure_of_the_system_ends_no_watcher(tmp_path, monkeypatch):
    hand_over(tmp_path, None)
    server, tried = os.getppid(), []

    def forked(_work):
        tried.append(1)
        if len(tried) == 1:
            raise BlockingIOError
        monkeypatch.setattr(os, "getppid", lambda: 0)
        raise ChildProcessError

    monkeypatch.setattr(preparing_apart, "_forked", forked)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    preparing_apart._watch(tmp_path, "", server)
    assert len(tried) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_the_process_that_prepares_ends_with_its_server(tmp_path):
    """A server that ends leaves no watcher: it looks whose child it is."""
    begin = f"begin(Path({str(tmp_path)!r}), 'app:create_app')"
    imports = "from pathlib import Path; from dashboard.web.preparing_apart import begin"
    command = [sys.executable, "-c", f"{imports}; print({begin})"]
    # the watcher holds the output open for as long as it runs
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout)
