"""Pictures of every page for the documents: ``make screenshots`` writes docs/images/*.webp.

A store of its own with the samples in it is served for as long as it takes; the one in use is not
touched.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import parse_qsl

import openpyxl
import waitress
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard.cli.demo.workbooks import write_samples  # noqa: E402 - found only now

IMAGES = ROOT / "docs" / "images"
QUALITY = 80  # of WebP: letters stay sharp at a third of the size of a PNG
DISTRICT, STREET, PERIOD = "990101", "990101001", "2026-09"
QUERY = f"area={DISTRICT}&period={PERIOD}"
PAGES = {
    "overview": "/",
    "targets": "/targets",
    "assistance": "/topic/assistance",
    "elderly": "/topic/elderly",
    "organisations": "/topic/organisations",
    "marriage": "/topic/marriage",
    "street": f"/street/{STREET}",
    "indicators": "/indicators",
    "indicator": "/indicators/marriages",
    "submissions": "/submissions",
    "completeness": "/completeness",
    "report": "/report",
}
# An address with more to say, and the size of the picture.
OTHERS = {
    "telephone": (f"/?{QUERY}", 390, 844),
    "figure": (f"/figure?indicator=marriages&{QUERY}", 1440, 900),
    "scorecard": (f"/street/{STREET}?{QUERY}&print=1", 1000, 1240),
}
AGENDA = (  # one page each: its kind, what it shows
    ("chart", "marriage/registrations"),
    ("chart", "assistance/dibao_people_by_street"),
    ("topic", "elderly"),
)
# Title and day; the English one lies before, so that neither tells of the other.
MEETINGS = {
    "zh": ("局长办公会", f"{PERIOD}-28"),
    "en": ("Heads of office", f"{PERIOD}-21"),
}
DRAWN = """() => document.querySelector('main')
    && !document.querySelector('._dash-loading')
    && [...document.querySelectorAll('.js-plotly-plot')].every(e => e.querySelector('.main-svg'))"""


def serve_samples(home: Path) -> str:
    """Loads the samples into ``home`` and serves them; returns the address."""
    os.environ["DASHBOARD_HOME"] = str(home)
    from app import create_app
    from dashboard.__main__ import main
    from dashboard.base.settings import read_settings

    if main(["samples", "--load"]) != 0:
        raise SystemExit("The samples could not be loaded.")
    app = create_app(read_settings())
    server = waitress.create_server(app.server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}"


def open_page(browser: Browser, address: str, width: int, height: int) -> Page:
    """The page in a window of its own, drawn and quiet; whoever asks closes its context."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(address)
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    return page


def keep(page: Page, name: str) -> None:
    """Write the picture and close the window."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").save(IMAGES / f"{name}.webp", quality=QUALITY, method=6)
    page.context.close()


def take_pictures(browser: Browser, address: str) -> None:
    """One picture a page and language at desk width, and the overview as a telephone shows it."""
    for language in ("zh", "en"):
        for name, path in PAGES.items():
            area = STREET if name == "street" else DISTRICT
            query = f"area={area}&period={PERIOD}&lang={language}"
            keep(open_page(browser, f"{address}{path}?{query}", 1440, 900), f"{name}-{language}")
        for name, (path, width, height) in OTHERS.items():
            page = open_page(browser, f"{address}{path}&lang={language}", width, height)
            keep(page, f"{name}-{language}")


def take_meeting(browser: Browser, address: str) -> None:
    """An agenda of two charts and a topic, and the slide of its first chart."""
    from dashboard.base.settings import read_settings
    from dashboard.services.front_desk import FrontDesk

    desk = FrontDesk(read_settings())
    for language, (title, held) in MEETINGS.items():
        selection = desk.selections.of(dict(parse_qsl(QUERY)), language)
        meeting = desk.meetings.make(selection, title, held)
        for kind, ref in AGENDA:
            desk.meetings.add(kind, ref, selection, meeting)
        here = f"{address}/meeting/{meeting}?{QUERY}&lang={language}"
        keep(open_page(browser, here, 1440, 900), f"meeting-{language}")
        page = open_page(browser, f"{here}&present=1", 1600, 900)
        page.keyboard.press("ArrowRight")
        page.wait_for_selector(".slide.is-on .js-plotly-plot .main-svg")
        page.wait_for_timeout(1000)  # a slide fades in
        keep(page, f"slide-{language}")


def take_preview(browser: Browser, address: str, folder: Path) -> None:
    """A workbook with a wrong sum, as it is previewed before it is handed in."""
    file = corrected_workbook(folder)
    for language in ("zh", "en"):
        page = open_page(browser, f"{address}/submissions?lang={language}", 1440, 1000)
        page.set_input_files("#upload input[type=file]", file)
        page.wait_for_selector(".sheet-preview")
        page.wait_for_load_state("networkidle")
        keep(page, f"preview-{language}")


def corrected_workbook(folder: Path) -> Path:
    """The demo district's report of October 2026 with two figures changed."""
    write_samples(folder)
    (whole,) = folder.glob("*月报_2026.xlsx")
    book = openpyxl.load_workbook(whole)
    for name in book.sheetnames[:-1]:
        del book[name]
    for row in book.active.iter_rows():
        if "离婚登记" in str(row[0].value):
            row[3].value += 25
        if str(row[0].value).startswith("A 城市低保累计"):
            row[3].value += 100
    file = folder / "示例区_2026年10月更正.xlsx"
    book.save(file)
    return file


def take_all() -> None:
    """Loads, serves, and writes all pictures anew."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for name in names if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit(f"None of {', '.join(names)} is installed.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        address = serve_samples(Path(home))
        browser = playwright.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        take_pictures(browser, address)
        take_meeting(browser, address)
        take_preview(browser, address, Path(home))
        browser.close()


if __name__ == "__main__":
    take_all()
