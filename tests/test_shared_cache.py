"""Hosts share finished values through Redis; without it they answer all the same."""

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from importlib.util import find_spec

import pytest
from own_server import free_port

from dashboard.base.settings import ROOT, SettingsError, read_settings
from dashboard.services.shared_cache import SharedCache, cache_config, clear_shared

REDIS = shutil.which("redis-server") if find_spec("redis") else None
pytestmark = pytest.mark.slow
with_redis = pytest.mark.skipif(REDIS is None, reason="redis-server is not installed")
DISTRICT = "990101"
# Another host: opens the store, asks for the tiles of a district, prints the statements it took.
HOST = f"""
import sys
from flask import Flask
from sqlalchemy import event
from dashboard.base.settings import read_settings
from dashboard.services.front_desk import FrontDesk
from dashboard.services.shared_cache import cache_config
settings = read_settings()
desk = FrontDesk(settings)
app = Flask("host")
desk.cache.init_app(app, config=cache_config(settings))
statements = []
event.listen(desk.context.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
with app.app_context():
    tiles = desk.context.cached("a value", ("of", {DISTRICT!r}), lambda: [
        len(desk.submissions.latest()), len(desk.areas().children({DISTRICT!r}))])
print(tiles, sum("FROM submission" in one for one in statements))
"""


@contextlib.contextmanager
def redis_server(folder, port):
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    server = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield server
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def shared(tmp_path):
    """The address of an empty Redis."""
    if REDIS is None:
        pytest.skip("redis-server is not installed")
    port = free_port()
    with redis_server(tmp_path, port):
        yield f"redis://127.0.0.1:{port}/0"


def as_host(home, **more):
    """What another process prints, over the same store."""
    environment = {"DASHBOARD_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    environment |= {f"DASHBOARD_{name.upper()}": value for name, value in more.items()}
    done = subprocess.run(
        [sys.executable, "-c", HOST], env=environment, capture_output=True, text=True, check=True
    )
    value, _, statements = done.stdout.strip().rpartition(" ")
    return value, int(statements)


@with_redis
def test_what_one_process_has_made_another_one_finds(shared, own_home):
    first = as_host(own_home, cache_url=shared)
    assert first[1] > 0
    assert as_host(own_home, cache_url=shared) == (first[0], 0)
    assert as_host(own_home, cache_url=shared, bureau="另一个局")[1] > 0, "other settings"
    settings = read_settings({"DASHBOARD_HOME": str(own_home), "DASHBOARD_CACHE_URL": shared})
    clear_shared(settings)
    assert as_host(own_home, cache_url=shared)[1] > 0, "a server that begins finds nothing"


@with_redis
def test_a_change_of_one_host_is_seen_by_the_others(shared, own_home, commands):
    before = as_host(own_home, cache_url=shared)
    assert commands(own_home)("withdraw", "3", "--reason", "wrong month")[0] == 0
    assert as_host(own_home, cache_url=shared)[1] > 0
    assert before[1] > 0


@pytest.mark.fault(
    "server",
    "Redis does not answer",
    "figures are made without it; tried again after ten seconds",
)
@with_redis
def test_a_redis_that_is_gone_keeps_nobody_waiting(tmp_path, caplog):
    port = free_port()
    config = {"CACHE_REDIS_URL": f"redis://127.0.0.1:{port}/0", "CACHE_KEY_PREFIX": "x:"}
    with redis_server(tmp_path, port):
        cache = SharedCache.factory(None, config, [], {"default_timeout": 60})
        assert cache.set("a", [1]) and cache.get("a") == [1]
    began = time.monotonic()
    assert [cache.get("a") for _ in range(100)] == [None] * 100
    assert cache.set("a", [1]) is False and cache.clear() is False
    assert time.monotonic() - began < 5
    assert len(caplog.records) == 1, "said once, and not for each value"
    with redis_server(tmp_path, port):
        cache._silent_until = 0.0
        assert cache.set("a", [2]) and cache.get("a") == [2]


def test_hosts_that_differ_in_code_catalogue_or_settings_share_nothing(tmp_path):
    settings = read_settings(
        {"DASHBOARD_HOME": str(tmp_path), "DASHBOARD_CACHE_URL": "redis://127.0.0.1/0"}
    )
    prefix = cache_config(settings)["CACHE_KEY_PREFIX"]
    assert cache_config(replace(settings, port=9000))["CACHE_KEY_PREFIX"] == prefix
    assert cache_config(replace(settings, due_day=3))["CACHE_KEY_PREFIX"] != prefix
    settings.own_catalogue.mkdir()
    (settings.own_catalogue / "words.csv").write_text("key,zh,en\n")
    assert cache_config(settings)["CACHE_KEY_PREFIX"] != prefix


def test_without_the_setting_or_without_a_cache_each_process_keeps_its_own():
    assert cache_config(read_settings({}))["CACHE_TYPE"] == "SimpleCache"
    address = {"DASHBOARD_CACHE_URL": "redis://127.0.0.1/0", "DASHBOARD_CACHE_SECONDS": "0"}
    assert cache_config(read_settings(address))["CACHE_TYPE"] == "NullCache"
    with pytest.raises(SettingsError, match="DASHBOARD_CACHE_URL"):
        read_settings({"DASHBOARD_CACHE_URL": "memcached://x"})
