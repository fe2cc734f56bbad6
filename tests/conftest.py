"""Fixtures that tests share: one app over a store with the samples, and a browser.

The samples are brought once for all worker processes; each gets a copy of the SQLite file.
"""

import gc
import os
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from samples_home import bring_samples
from watched import watched

from dashboard.base.settings import ROOT, read_settings
from dashboard.services.access.person import LOCAL, set_acting

# The first is the same browser without windows, where a machine has it: a third of the work a page.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    # For the certificate behind which some pages are shown: asked of each request, a page that
    # opens with many at once failed now and then (ERR_TOO_MANY_RETRIES).
    "--ignore-certificate-errors",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SEVERAL_HOSTS = ("test_on_postgres.py", "test_shared_cache.py")  # what make test-postgres runs
SAMPLES = "SAMPLES_HOME"  # names a store with the samples that stands already
STORED = "cookies,local_storage,indexeddb,service_workers,cache_storage"  # by pages, in a profile
LONGEST_WAIT = 30_000  # milliseconds for the page to show something, on a machine that is busy
settings.register_profile("any machine", deadline=None)  # a test has no say in what else runs
settings.load_profile("any machine")
LONGEST_LOAD = 600  # seconds a worker waits for another one that loads the samples


def pytest_configure():
    """Nothing that is made while modules are imported is rubbish: it is not searched for any."""
    gc.disable()


def pytest_collection_finish():
    """What was imported stays to the end: a search for rubbish passes over it."""
    gc.freeze()
    gc.enable()


def is_worker() -> bool:
    """Whether this process runs tests for another one."""
    return "PYTEST_XDIST_WORKER" in os.environ


def pytest_sessionstart(session):
    """Before a run of all tests by several workers: samples are loaded while they import theirs.

    Loaded by the first that needs them, the others would wait for it with nothing to do.
    """
    config = session.config
    is_started_whole = config.args_source is config.ArgsSource.TESTPATHS
    starts_workers = getattr(config.option, "numprocesses", None) and not is_worker()
    if is_started_whole and starts_workers and SAMPLES not in os.environ:
        shared = config._tmp_path_factory.getbasetemp()
        threading.Thread(target=_load_once, args=(shared,), daemon=True).start()


def pytest_collection_modifyitems(items):
    """Mark what runs in a browser, on the samples, or on PostgreSQL; long tests come first.

    A long test that begins last keeps one worker busy while the others have nothing to do.
    """
    for test in items:
        if Path(test.path).is_relative_to(ROOT / "tests" / "browser"):
            test.add_marker(pytest.mark.browser)
        if "samples" in test.fixturenames:
            test.add_marker(pytest.mark.samples)
        if "postgresql" in test.name or Path(test.path).name in SEVERAL_HOSTS:
            test.add_marker(pytest.mark.postgres)
        for mark in test.iter_markers("fault"):  # docs/reliability.py reads it in the run's report
            test.user_properties.append(("fault", " ¦ ".join(mark.args)))
    items.sort(key=lambda test: test.get_closest_marker("slow") is None)


@pytest.fixture(autouse=True)
def acts_alone():
    """Each test begins as the one user of this computer, whoever signed in in the one before."""
    set_acting(LOCAL)


# ---- a store with the samples ----


def _copy_store(source: Path, home: Path) -> Path:
    """The database and the files as they were received.

    What still stands in a write-ahead log comes along through SQLite; without one the file is
    whole, and copying it costs a fifth.
    """
    home.mkdir(parents=True, exist_ok=True)
    log = source / "dashboard.sqlite-wal"
    if not log.exists() or log.stat().st_size == 0:
        shutil.copyfile(source / "dashboard.sqlite", home / "dashboard.sqlite")
    else:
        with (
            closing(sqlite3.connect(source / "dashboard.sqlite")) as old,
            closing(sqlite3.connect(home / "dashboard.sqlite")) as new,
        ):
            old.backup(new)
    if (source / "received").is_dir():
        shutil.copytree(source / "received", home / "received", dirs_exist_ok=True)
    return home


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """The home folder of a store with the samples, to copy from and never to change.

    `SAMPLES_HOME` names one that stands already, for who works on what comes after the store.
    """
    if SAMPLES in os.environ:
        return Path(os.environ[SAMPLES])
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if is_worker() else base
    if not _load_once(shared):
        deadline = time.monotonic() + LONGEST_LOAD
        while not (shared / "samples.done").exists():
            if (shared / "samples.failed").exists() or time.monotonic() > deadline:
                pytest.fail("another process could not load the samples")
            time.sleep(0.1)
    return shared / "samples"


def _load_once(shared: Path) -> bool:
    """Load the samples in this folder of all processes; False where another one does."""
    try:
        (shared / "samples").mkdir()  # whoever makes the folder loads
    except FileExistsError:
        return False
    try:
        bring_samples(shared / "samples")
    except BaseException:
        (shared / "samples.failed").touch()
        raise
    (shared / "samples.done").touch()
    return True


@pytest.fixture
def own_home(samples, tmp_path):
    """A home folder with the samples in it that one test may change as it likes."""
    return _copy_store(samples, tmp_path / "home")


@pytest.fixture
def commands(monkeypatch, capsys):
    """A function that takes a home folder and returns one that runs commands on its store.

    That one takes the words of a command and returns (exit code, what it printed).
    """
    from dashboard.__main__ import main

    def on(home):
        monkeypatch.setenv("DASHBOARD_HOME", str(home))

        def run(*arguments):
            capsys.readouterr()
            code = main([str(argument) for argument in arguments])
            captured = capsys.readouterr()
            return code, captured.out + captured.err

        return run

    return on


@pytest.fixture
def command(own_home, commands):
    """Runs one command on a store with the samples: (exit code, what it printed)."""
    return commands(own_home)


@pytest.fixture(scope="session")
def samples_desk(samples):
    """What pages are made from, over the samples; as in the app it keeps what it has made."""
    from flask import Flask

    from dashboard.services.front_desk import FrontDesk

    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(samples)}))
    desk.cache.init_app(Flask(__name__, root_path=str(ROOT)), config={"CACHE_TYPE": "SimpleCache"})
    return desk


# ---- the app, once per process: Dash registers callbacks once ----


@pytest.fixture(scope="session")
def app(samples, tmp_path_factory):
    """The Dash app over a copy of the store with the samples; tests leave its figures alone."""
    from app import create_app

    home = _copy_store(samples, tmp_path_factory.mktemp("home"))
    return create_app(read_settings({"DASHBOARD_HOME": str(home)}))


@pytest.fixture
def desk(app):
    """What the app's pages are made from, within a request as theirs is."""
    with app.server.test_request_context("/"):
        yield app.desk


@pytest.fixture(autouse=True)
def nothing_answered_yet(request):
    """No answer of another test is kept: a test may change what pages are made of."""
    if "app" in request.fixturenames:
        request.getfixturevalue("app").desk.kept.clear()


@pytest.fixture(scope="session")
def served(app):
    """The address of the app, served by waitress on a free port: ``http://127.0.0.1:…``."""
    import waitress

    server = waitress.create_server(
        app.server, host="127.0.0.1", port=0, threads=8, clear_untrusted_proxy_headers=False
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    server.task_dispatcher.shutdown()


# ---- a browser ----


@pytest.fixture(scope="session")
def chromium():
    """Playwright's way to start Chromium, and the system's program; nothing is downloaded."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=LONGEST_WAIT)
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        pytest.fail(f"none of {', '.join(BROWSERS)} is installed; `make test` installs one")
    with sync_playwright() as playwright:
        yield playwright.chromium, program


@pytest.fixture(scope="session")
def browser(chromium):
    """A browser whose windows know nothing of each other: for first visits and own settings."""
    kind, program = chromium
    started = kind.launch(executable_path=program, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def profile(chromium, served, tmp_path_factory):
    """The profile in which all pages are opened, at 1440 × 900: an office's browser, long in use.

    It keeps the files and the compiled scripts of the pages before, which halves the work a page.
    """
    kind, program = chromium
    context = kind.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=program,
        args=ARGUMENTS,
        **_window(served),
    )
    context.set_default_timeout(LONGEST_WAIT)
    yield context
    context.close()


def _window(served):
    """What a window is: its base address, size and language."""
    return {
        "base_url": served,
        "viewport": {"width": 1440, "height": 900},
        "locale": "zh-CN",
    }


def _forget(profile, served):
    """Closes all pages and forgets what they left: cookies, what they stored, permissions."""
    blank, *others = profile.pages  # the browser ends with its last page
    for page in others:
        page.close()
    profile.clear_cookies()
    profile.clear_permissions()
    session = profile.new_cdp_session(blank)
    session.send("Storage.clearDataForOrigin", {"origin": served, "storageTypes": STORED})
    session.detach()


@pytest.fixture
def troubles():
    """What went wrong in the page so far; a test that expects an error takes it out."""
    return []


@pytest.fixture
def page(profile, served, troubles):
    """A page at 1440 × 900 with ``served`` as its base address: ``page.goto("/")``.

    The test fails at its end when the page logged an error or asked another host for anything.
    """
    with watched(profile, served, troubles):
        yield profile.new_page()
        _forget(profile, served)
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def first_page(browser, served, troubles):
    """As ``page``, in a window that has never seen the dashboard."""
    context = browser.new_context(**_window(served))
    context.set_default_timeout(LONGEST_WAIT)
    with watched(context, served, troubles):
        yield context.new_page()
        context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture(scope="module")
def window(profile, served):
    """The window of all tests of a file, with its troubles: what was chosen in it stays."""
    troubles = []
    with watched(profile, served, troubles):
        yield profile, troubles
        _forget(profile, served)


@pytest.fixture
def tab(window):
    """A new page in that window; for sweeps over many pages, else as ``page``."""
    context, troubles = window
    troubles.clear()
    one = context.new_page()
    yield one
    one.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def accessibility(page):
    """A function that asks axe-core for violations of WCAG 2.2 AA on the page: a list of texts."""
    from barriers import violations

    return lambda: violations(page)


@pytest.fixture
def triggered():
    """Sets which property of which component called: ``triggered(ids.LOCK, "n_clicks", 1)``."""
    from dash._callback_context import context_value
    from dash._utils import AttributeDict

    tokens = []

    def by(name, prop="n_clicks", value=1, **more):
        inputs = [{"prop_id": f"{name}.{prop}", "value": value}]
        tokens.append(context_value.set(AttributeDict(triggered_inputs=inputs, **more)))

    yield by
    for token in reversed(tokens):
        context_value.reset(token)
