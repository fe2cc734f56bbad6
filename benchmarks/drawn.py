"""How long a page takes until it is drawn, beside a static page with the same charts and tables.

The static page is the limit: one document with the figures of all charts in it, and plotly's
script. Rounds are interleaved; every loading is in a new browser context.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from statistics import median
from typing import Any

import waitress
from flask import Flask, Response, g
from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.base import vendor_assets
from dashboard.web.security_headers import inline_scripts

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FIRST = re.compile(r'data-first="/_dash-update-component">([^<]*)<')
OTHER = "2026-08"  # the period that is chosen
DRAWN = """() => document.querySelector('main h1') &&
    document.querySelectorAll('.js-plotly-plot').length > 0 &&
    [...document.querySelectorAll('.js-plotly-plot')].every(e => e.querySelector('.main-svg'))"""
# From the event that chooses a period to the last change of the page before half a second of rest.
CHOOSE = """(choose) => new Promise((done) => {
    let last = 0, start = 0;
    const watcher = new MutationObserver(() => { last = performance.now(); });
    watcher.observe(document.body, {subtree: true, childList: true, attributes: true});
    start = performance.now();
    choose === 'static' ? window.update() : (() => {
        const box = document.getElementById('period-choice');
        const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
        set.call(box, choose);
        box.dispatchEvent(new Event('change', {bubbles: true}));
    })();
    const wait = () => (last && performance.now() - last > 500)
        ? done(last - start) : setTimeout(wait, 50);
    wait();
})"""


def _figures(part: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """All figures of charts in an answer."""
    if isinstance(part, dict):
        if part.get("type") == "Graph" and "figure" in part.get("props", {}):
            yield part["props"]["figure"]
            return
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _figures(each)


def static_page(server: Flask, address: str) -> str:
    """A document with the charts of a page, in both periods, and nothing else."""
    client = server.test_client()
    figures = []
    for asked in (address, f"{address}&period={OTHER}"):
        found = FIRST.search(client.get(asked).text)
        figures.append(list(_figures(json.loads(found[1]))) if found else [])
    data = json.dumps(figures).replace("<", "\\u003c")
    script = (
        "const [first, other] = JSON.parse(document.getElementById('figures').textContent);"
        "const boxes = first.map((f) => { const b = document.createElement('div');"
        "b.style.height = '320px'; document.querySelector('main').append(b);"
        "Plotly.newPlot(b, f.data, f.layout); return b; });"
        "window.update = () => other.forEach((f, at) => boxes[at] &&"
        " Plotly.react(boxes[at], f.data, f.layout));"
    )
    return (
        f"<!DOCTYPE html><html><head>{vendor_assets.vendor_tags('zh')}</head><body><main><h1>-</h1>"
        f'</main><script type="application/json" id="figures">{data}</script>'
        f"<script>{script}</script></body></html>"
    )


def _add_static(server: Flask, text: str) -> str:
    def answer() -> Response:
        g.inline_scripts = inline_scripts(text)
        return Response(text, mimetype="text/html")

    server._got_first_request = False  # a page of the benchmark alone
    server.add_url_rule("/benchmark", "benchmark", answer)
    return "/benchmark"


def _timed(browser: Browser, address: str, choice: str) -> tuple[float, float, int, float]:
    """Milliseconds to drawn, and from a choice to drawn; requests and kilobytes of the loading."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page: Page = context.new_page()
    page.goto(address)
    page.wait_for_function(DRAWN)
    drawn = page.evaluate("() => performance.now()")
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate("""() => [...performance.getEntriesByType('resource'),
        ...performance.getEntriesByType('navigation')].map((one) => one.transferSize)""")
    chosen = page.evaluate(CHOOSE, choice)
    context.close()
    return drawn, chosen, len(loaded), sum(loaded) / 1024


def drawn_lines(server: Flask, address: str, rounds: int) -> Iterator[str]:
    """A line each for the static page and the dashboard's."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        yield "no browser is installed: nothing is drawn"
        return
    pages = {"static": _add_static(server, static_page(server, address)), "dashboard": address}
    served = waitress.create_server(server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=served.run, daemon=True).start()
    runs: dict[str, list[tuple[float, float, int, float]]] = {name: [] for name in pages}
    with sync_playwright() as playwright:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        for _ in range(rounds):
            for name, path in pages.items():
                choice = "static" if name == "static" else OTHER
                where = f"http://127.0.0.1:{served.effective_port}{path}"
                runs[name].append(_timed(browser, where, choice))
        browser.close()
    yield "| page | loaded, drawn, ms | period chosen, drawn, ms | requests | KB |"
    yield "|---|---|---|---|---|"
    for name, several in runs.items():
        drawn, chosen, requests, size = (list(one) for one in zip(*several, strict=True))
        cells = [
            f"{median(each):.0f} ({min(each):.0f}–{max(each):.0f})" for each in (drawn, chosen)
        ]
        yield f"| {name} | {' | '.join(cells)} | {median(requests):.0f} | {median(size):.0f} |"
