"""What a reader waits for on each page: first and largest paint, shifts, blocked time, bytes.

``python -m benchmarks.vitals [home]`` over a home folder with the samples in it (by default the
environment's), in a headless Chromium at 1440 × 900, on this machine. Each page is opened cold (a
new window, nothing kept) and warm (again in the same window), at the machine's own speed and slowed
down to a quarter. First paint and largest paint are milliseconds from the start of the navigation;
blocked is the sum of what tasks after the first paint took beyond 50 ms each; shift is the sum of
layout shifts without a reader's doing (below 0.1 is good); medians of a few runs; "nan" where the
browser told of no largest paint.
"""

from __future__ import annotations

import shutil
import sys
import threading
from math import nan
from statistics import median
from typing import NamedTuple

import waitress
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from app import create_app
from dashboard.base.settings import read_settings

RUNS = 3
SPEEDS = (1, 4)  # how many times slower than this machine
QUERY = "area=990101&period=2026-09&lang=zh"
PAGES = (
    "/",
    "/targets",
    "/topic/assistance",
    "/topic/elderly",
    "/topic/marriage",
    "/street/990101001",
    "/indicators",
    "/indicators/marriages",
    "/submissions",
    "/completeness",
    "/report",
    "/meeting",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = 1000  # milliseconds after the last answer, in which late paints and shifts are seen
WATCH = """() => {
    window.seen = {shift: 0, largest: 0, tasks: []};
    window.watchers = []; // each is asked once more at the end for what it has not told yet
    const watch = (type, see) => {
        const one = new PerformanceObserver(list => list.getEntries().forEach(see));
        one.observe({type, buffered: true});
        window.watchers.push(() => one.takeRecords().forEach(see));
    };
    watch('layout-shift', one => { if (!one.hadRecentInput) window.seen.shift += one.value; });
    watch('largest-contentful-paint', one => { window.seen.largest = one.startTime; });
    watch('longtask', one => window.seen.tasks.push([one.startTime, one.duration]));
}"""
READ = """() => {
    window.watchers.forEach(rest => rest());
    const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const loaded = [...performance.getEntriesByType('resource'),
        ...performance.getEntriesByType('navigation')];
    const blocked = window.seen.tasks.filter(([start, took]) => start + took > first)
        .reduce((sum, [, took]) => sum + Math.max(took - 50, 0), 0);
    return [first, window.seen.largest, blocked, window.seen.shift,
        loaded.reduce((sum, one) => sum + one.transferSize, 0) / 1024,
        loaded.filter(one => one.transferSize).length];
}"""
DRAWN = """() => document.querySelector('main h1') && !document.querySelector('._dash-loading')
    && [...document.querySelectorAll('.js-plotly-plot')].every(e => e.querySelector('.main-svg'))"""


class Vitals(NamedTuple):
    """One opening of a page: milliseconds, a share, kibibytes and answers that travelled."""

    first: float
    largest: float
    blocked: float
    shift: float
    kilobytes: float
    requests: float


def serve(home: str | None) -> str:
    """Serves the home folder on a free port; returns the address."""
    app = create_app(read_settings({"DASHBOARD_HOME": home} if home else None))
    server = waitress.create_server(app.server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}"


def opened(context: BrowserContext, address: str, slower: int) -> Vitals:
    """Opens the page in a new tab and reads what it took."""
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.add_init_script(f"({WATCH})()")
    page.goto(address)
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(QUIET)
    found = Vitals(*page.evaluate(READ))
    page.close()
    return found


def measured(browser: Browser, address: str, slower: int) -> tuple[Vitals, Vitals]:
    """Medians of the page cold and warm."""
    cold, warm = [], []
    for _ in range(RUNS):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        cold.append(opened(context, address, slower))
        warm.append(opened(context, address, slower))
        context.close()
    return tuple(Vitals(*map(median, zip(*runs, strict=True))) for runs in (cold, warm))  # type: ignore[return-value]


def main() -> int:
    """Prints a row for each page, speed, cold and warm."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        print(f"none of {', '.join(BROWSERS)} is installed", file=sys.stderr)
        return 1
    address = serve(sys.argv[1] if len(sys.argv) > 1 else None)
    heads = ("first ms", "largest ms", "blocked ms", "shift", "KB", "requests")
    print(f"{'page':22} slower      " + "".join(f" {head:>10}" for head in heads))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for path in PAGES:
            for slower in SPEEDS:
                pair = measured(browser, f"{address}{path}?{QUERY}", slower)
                for state, one in zip(("cold", "warm"), pair, strict=True):
                    print(
                        f"{path:22} {slower:>5}× {state:5} {one.first:10.0f}"
                        f" {one.largest or nan:10.0f} {one.blocked:10.0f} {one.shift:10.3f}"
                        f" {one.kilobytes:10.0f} {one.requests:10.0f}"
                    )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
