"""On PostgreSQL, as several hosts use it: the same figures, a hand-in, a server started anew.

`make test-postgres` starts a server for it; elsewhere it is skipped.
"""

import json
import os
import re
import subprocess
import sys
import threading
import time

import pytest
from own_server import asked, serving
from playwright.sync_api import expect
from postgres import ADDRESS, postgres_server
from stores import postgres_database

from dashboard.base.settings import ROOT
from dashboard.store.opening import open_store

pytestmark = pytest.mark.slow
DISTRICT, TOWN = "990101", "370113107"
SHOWN = (
    f"/plain/?area={DISTRICT}",
    f"/plain/topic/marriage?area={DISTRICT}&period=2026-09",
    f"/plain/topic/assistance?area={DISTRICT}&period=2025&lang=en",
    "/plain/street/990101001",
    f"/plain/targets?area={DISTRICT}",
    f"/plain/compare?area={DISTRICT}",
    f"/api/observations?indicator=marriages&area={DISTRICT}&children=1&limit=20000",
    f"/api/observations?area={DISTRICT}&as_of=2100-01-01&limit=500&from=2025-01",
    f"/api/progress?area={DISTRICT}&period=2026-09",
    f"/api/completeness?area={DISTRICT}&period=2025",
    "/api/areas",
    "/api/indicators",
    "/api/submissions",
    f"/export/marriage/registrations.csv?area={DISTRICT}",
)
TABLE = f"""indicator,area,period,value,unit
dibao_persons,{TOWN},2025-06,1200,人
urban_dibao_persons,{TOWN},2025-06,400,人
rural_dibao_persons,{TOWN},2025-06,800,人
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The address of a database with the samples, and a home folder with their files."""
    with postgres_database() as address:
        home = tmp_path_factory.mktemp("home")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("DASHBOARD_")}
        environment |= {"DASHBOARD_HOME": str(home), "DASHBOARD_DATABASE_URL": address}
        subprocess.run(
            [sys.executable, "-m", "dashboard", "samples", "--load"],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield address, home


@pytest.fixture(scope="module")
def port(loaded):
    address, home = loaded
    with serving(home, "--workers", "2", database_url=address) as (port, _process):
        yield port


def told(content):
    """What an answer says, without the moment at which its store was filled."""
    text = content.decode("utf-8", "replace")
    text = re.sub(r'"(received|at)": ?"[^"]*"', "", text)
    return re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?|[A-Z0-9]{4}-[A-Z0-9]{4}", "", text)


def test_pages_lists_and_files_say_the_same_as_on_sqlite(port, own_home):
    with serving(own_home, "--workers", "1") as (other, _process):
        for path in SHOWN:
            status, content = asked(port, path)
            assert (path, status) == (path, 200)
            assert told(content) == told(asked(other, path)[1]), path


def test_a_table_is_handed_in_on_the_page_and_its_figure_is_shown(port, browser, tmp_path):
    file = tmp_path / "street.csv"
    file.write_text(TABLE, encoding="utf-8")
    page = browser.new_page(base_url=f"http://127.0.0.1:{port}", locale="zh-CN")
    page.goto("/submissions")
    expect(page.locator("#upload-form")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.set_input_files("#upload input[type=file]", [str(file)])
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    page.click("#hand-in")
    expect(page.locator(".receipt-stored")).to_contain_text("street.csv")
    page.goto(f"/topic/assistance?area={TOWN}")
    expect(page.locator("main")).to_contain_text("1,200")
    page.close()
    history = f"/api/history?indicator=dibao_persons&area={TOWN}&period=2025-06"
    (version,) = json.loads(asked(port, history)[1])
    assert version["value"] == 1200


@pytest.mark.fault(
    "database",
    "PostgreSQL is killed and started anew under load",
    "503 with a sentence meanwhile, no fault, and answers as soon as it is back",
)
@pytest.mark.skipif(ADDRESS not in os.environ, reason="only where make test-postgres runs it")
def test_a_database_started_anew_under_load_costs_no_fault(tmp_path):
    answers, stop = [], threading.Event()

    def read(port):
        while not stop.is_set():
            for path in ("/plain/?lang=en", "/api/submissions", "/healthz", "/submissions"):
                began = time.monotonic()
                status, content = asked(port, path)
                answers.append((path, status, time.monotonic() - began, content))

    with postgres_server() as database:
        open_store(database.address).dispose()
        with serving(tmp_path, "--workers", "2", database_url=database.address) as (port, _process):
            readers = [threading.Thread(target=read, args=(port,)) for _ in range(4)]
            for reader in readers:
                reader.start()
            time.sleep(1)
            database.stop()
            time.sleep(2)
            database.start()
            time.sleep(2)
            stop.set()
            for reader in readers:
                reader.join()
            assert {asked(port, path)[0] for path, *_ in answers} == {200}
    assert {status for _, status, _, _ in answers} == {200, 503}
    assert max(took for _, _, took, _ in answers) < 15  # 5 s at most, on a machine that is not busy
    sentences = {content.decode() for _, status, _, content in answers if status == 503}
    assert all("数据库" in one or "database" in one for one in sentences)
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")
