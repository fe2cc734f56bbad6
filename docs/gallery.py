"""A small picture of every kind of chart for docs/gallery.md: ``make gallery`` writes them.

The demo district's figures are loaded into a store of their own and served while it takes.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent))

from screenshots import IMAGES, QUERY, open_page, serve_samples

GALLERY = IMAGES / "gallery"
WIDTH = 780  # pixels of the window; the card is a little narrower
COLOURS = 64  # of a stored picture
# Of every kind one chart that shows what it is for: the page it stands on, and its name there.
SHOWN = {
    "line": ("/topic/marriage", "marriage/registrations"),
    "column": ("/topic/marriage", "marriage/marriages_by_month"),
    "bar": ("/topic/elderly", "elderly/beds_per_thousand"),
    "stacked": ("/topic/assistance", "assistance/spending_by_year"),
    "composition": ("/topic/assistance", "assistance/spending_now"),
    "season": ("/topic/marriage", "marriage/marriage_season"),
    "table": ("/topic/marriage", "marriage/marriages_table"),
    "map": ("/topic/marriage", "marriage/divorces_map"),
    "waterfall": ("/indicators/marriages", "indicator:marriages/why"),
}
# A card's title, unit, figure and sentence; what can be done with it is left out.
ONLY = """.card-foot, .table-view, .segments, .since-choice, .notes, .map-choice { display: none }
.chart-card { height: auto !important; padding: 12px !important; box-shadow: none !important }"""


def small(picture: bytes) -> Image.Image:
    """The picture in few colours: a chart has no more, and a lossless file of it is small."""
    with Image.open(io.BytesIO(picture)) as taken:
        return taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def take_gallery(browser: Browser, address: str) -> None:
    """One picture a kind and language."""
    GALLERY.mkdir(parents=True, exist_ok=True)
    for language in ("zh", "en"):
        for kind, (path, ref) in SHOWN.items():
            page = open_page(browser, f"{address}{path}?{QUERY}&lang={language}", WIDTH, 900)
            page.add_style_tag(content=ONLY)
            card = page.locator(f'[data-ref="{ref}"]')
            card.scroll_into_view_if_needed()
            page.wait_for_timeout(400)  # a figure below the fold is drawn when it comes into view
            picture = small(card.screenshot()).convert("RGB")
            picture.save(GALLERY / f"{kind}-{language}.webp", lossless=True, method=6)
            page.context.close()


def take_all() -> None:
    """Loads, serves, and writes the pictures anew."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for name in names if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit(f"None of {', '.join(names)} is installed.")
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        address = serve_samples(Path(home))
        browser = playwright.chromium.launch(
            executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        take_gallery(browser, address)
        browser.close()


if __name__ == "__main__":
    take_all()
