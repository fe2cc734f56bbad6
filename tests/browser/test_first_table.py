"""A new bureau, an empty store, a table of eight streets: from dropping it to a chart by street."""

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

STREETS = "东湖街道 西山街道 南门街道 北关街道 河口镇 柳林镇 石桥镇 白塔镇".split()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", autouse=True)
def taken_back():
    """Nothing: this file has a store of its own, and needs no samples."""


@pytest.fixture
def empty(tmp_path):
    """The address of the program over an empty store without samples."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "samples.unwanted").touch()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "serve", "--port", str(port)],
        cwd=ROOT,
        env={"DASHBOARD_HOME": str(home), "PATH": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/submissions", timeout=30).read()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    program.terminate()
    program.wait(30)


def table(folder, name="青石区2026年三季度低保人数统计表.xlsx"):
    book = Workbook()
    book.active.append([name.removesuffix(".xlsx")])
    book.active.append(["街道", "7月", "8月", "9月"])
    for number, street in enumerate(STREETS):
        book.active.append([street, 100 + number, 110 + number, 120 + number])
    book.save(folder / name)
    return folder / name


MOST_CLICKS = 8
COUNT_CLICKS = """addEventListener("click", (event) => {
    if (event.isTrusted) window.countClick();
}, true);"""


def test_eight_streets_of_a_new_bureau_become_a_chart_in_few_clicks(browser, empty, tmp_path):
    context = browser.new_context(base_url=empty, locale="zh-CN")
    clicks = []
    context.expose_function("countClick", lambda: clicks.append("click"))
    context.add_init_script(COUNT_CLICKS)
    page = context.new_page()
    page.goto("/submissions")
    page.wait_for_load_state("networkidle")
    page.set_input_files("#upload input[type=file]", str(table(tmp_path)))
    clicks.append("drop")
    card = page.locator(".sheet-preview")
    expect(card).to_contain_text("下列 8 个街道还没有登记")
    name, code = card.locator(".district-fields input").all()
    expect(name).to_have_value("青石区")

    page.get_by_role("button", name="登记区县和这 8 个街道").click()
    expect(page.locator("#hand-in-message")).to_contain_text("6位数字")
    code.fill("370199")
    clicks.append("a field filled in")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="登记区县和这 8 个街道").click()
    expect(page.locator(".sheet-preview.is-ready")).to_be_visible()
    expect(page.locator(".preview-overview")).to_contain_text("370199008")
    page.click("#hand-in")
    expect(page.locator(".receipt-stored")).to_contain_text("24 个数")
    page.locator(".see-figures").click()
    chart = page.locator(".chart-grid")
    expect(chart).to_contain_text("白塔镇")
    expect(chart).to_contain_text("127")
    assert clicks.count("click") == 4, clicks  # once without the code: that is said
    assert len(clicks) <= MOST_CLICKS
    context.close()
