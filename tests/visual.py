"""Pictures of pages: ``make visual`` compares them with those that ``make visual-update`` stored.

    python tests/visual.py [update] [--only NAME …] [--part N/M] [--home FOLDER] [--pictures FOLDER]

LOOKS lists about fifty: each kind of page once, and again in the themes and widths in which it is
laid out or coloured otherwise. What changes between two runs is fixed: the day, the receipts'
codes, tips and animations. What has changed is named, and before and after are left in build/looks.
Browsers and fonts draw differently: which ones drew the stored pictures stands beside them.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import waitress
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from everywhere import PAGES, PLAIN, prepared, use_theme, visit  # noqa: E402 - found only now
from looks import TALLEST, as_stored, changes, side_by_side, small, stored  # noqa: E402

FONT = "Noto Sans CJK SC"  # the one of the tests' machines
PICTURES, LEFT = ROOT / "tests" / "looks", ROOT / "build" / "looks"
DRAWN_BY = "drawn-by.txt"  # beside the pictures
TODAY = date(2026, 10, 15)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--hide-scrollbars",
]
STAGE = "stage"  # the agenda as it is presented


class Look(NamedTuple):
    """One picture: which page, in which language, at which width, in which theme."""

    page: str
    language: str
    width: int = 1440
    theme: str = "light"

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.page}.{self.language}.{self.width}.{self.theme}.webp"


DESK = {
    "zh": "overview targets marriage street streets indicators figure figure_absent submissions"
    " drafts wall compare figures report agenda stage questions receipt"
    " help_topic known unknown plain_topic",
    "en": "target elderly assistance scorecards indicator completeness meetings receipts"
    " receipt_refused help help_access no_figures",
}
LOOKS = (
    *(Look(page, language) for language, pages in DESK.items() for page in pages.split()),
    Look("overview", "en", 1440, "dark"),
    Look("targets", "zh", 1440, "dark"),
    Look("marriage", "en", 1440, "dark"),
    Look("street", "en", 1440, "dark"),
    Look("figure", "en", 1440, "dark"),
    Look("submissions", "zh", 1440, "dark"),
    Look("completeness", "zh", 1440, "dark"),
    Look("report", "zh", 1440, "dark"),
    Look("overview", "zh", 1440, "projector"),
    Look("targets", "en", 1440, "projector"),
    Look("elderly", "zh", 1440, "projector"),
    Look("street", "zh", 1440, "projector"),
    Look("stage", "zh", 1440, "projector"),
    Look("overview", "en", 390),
    Look("targets", "zh", 390),
    Look("marriage", "zh", 390),
    Look("street", "en", 390),
    Look("figure", "zh", 390),
    Look("submissions", "zh", 390),
    Look("completeness", "en", 390),
    Look("overview", "zh", 1920),
    Look("street", "en", 1920),
    Look("completeness", "zh", 1920),
)
# Days and codes of the run itself; the figures' own months are the samples' and stay.
STILL = """() => {
    const put = [
        [/\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2})?)?/g, '2026-10-15'],
        [/\\d{4}年\\d{1,2}月\\d{1,2}日( ?\\d{1,2}:\\d{2}(:\\d{2})?)?/g, '2026年10月15日'],
        [/\\b\\d{1,2} [A-Z][a-z]+ \\d{4}(,? \\d{1,2}:\\d{2})?/g, '15 Oct 2026'],
        [/\\b[A-Z][a-z]{2,8} \\d{1,2}, \\d{4}/g, 'Oct 15, 2026'],
        [/\\b[0-9A-Z]{4}-[0-9A-Z]{4}\\b/g, 'AAAA-AAAA'],
        [/\\d{2}:\\d{2}:\\d{2}/g, '09:00:00'],
    ];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        let text = node.data;
        put.forEach(([kind, fixed]) => { text = text.replace(kind, fixed); });
        if (text !== node.data) node.data = text;
    }
    document.querySelectorAll('input[type=date]').forEach(e => { e.value = '2026-10-15'; });
    document.querySelectorAll('.stage-timer').forEach(e => { e.textContent = '00:00'; });
    document.activeElement && document.activeElement.blur();
}"""


def browser_program() -> str:
    """The path of the Chromium to use; ends the program where there is none."""
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if program is None:
        raise SystemExit(f"None of {', '.join(BROWSERS)} is installed.")
    return program


def browser_and_font() -> str:
    """The browser and the Chinese font of this machine, one a line."""
    font = ["fc-match", "--format=%{family} %{fontversion}", FONT]
    return "\n".join(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        for command in ([browser_program(), "--version"], font)
    )


def reason_not_to_compare(pictures: Path = PICTURES) -> str:
    """Why the stored pictures say nothing here; empty where pages can be compared with them."""
    drawn_by = pictures / DRAWN_BY
    if not drawn_by.exists():
        return "no pictures are stored yet: make visual-update stores them"
    stored_by, here = drawn_by.read_text("utf-8").split(), browser_and_font().split()
    if stored_by != here:
        return f"the pictures were drawn by {' '.join(stored_by)}; here is {' '.join(here)}"
    return ""


class Day(date):
    """A calendar in which it is always TODAY."""

    @classmethod
    def today(cls):
        """TODAY."""
        return TODAY


def serve(home: Path) -> str:
    """Serve the samples in ``home``, as on TODAY; returns the address."""
    for name in [name for name in os.environ if name.startswith("DASHBOARD_")]:
        del os.environ[name]
    os.environ["DASHBOARD_HOME"] = str(home)
    from app import create_app
    from dashboard.__main__ import main
    from dashboard.base.settings import read_settings
    from dashboard.services.submissions import reporting

    if not (home / "dashboard.sqlite").exists() and main(["samples", "--load"]) != 0:
        raise SystemExit("The samples could not be loaded.")
    with closing(sqlite3.connect(home / "dashboard.sqlite")) as store, store:
        store.execute("DELETE FROM receipt")  # of what other tests took from the samples
    reporting.date = Day
    server = waitress.create_server(
        create_app(read_settings()).server, host="127.0.0.1", port=0, threads=8
    )
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}"


def picture(page, path: str, look: Look) -> Image.Image:
    """The picture of the page at ``path``, scaled down as it is stored."""
    use_theme(page, look.theme)
    page.set_viewport_size({"width": look.width, "height": 900})
    visit(page, path, look.language)
    page.evaluate(STILL)
    page.evaluate("() => document.fonts.ready.then(() => scrollTo(0, 0))")
    tall = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": look.width, "height": min(tall, TALLEST[look.width])}
    shot = page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")
    return small(shot, look.width)


def compare(look: Look, taken: Image.Image, file: Path) -> str:
    """What has changed since the picture was stored, as a line; empty where nothing has."""
    if not file.exists():
        return f"{look.file}: this picture is missing"
    with Image.open(file) as before:
        after = as_stored(taken)
        regions = changes(before, after, look.width)
        if not regions:
            return ""
        LEFT.mkdir(parents=True, exist_ok=True)
        side_by_side(before, after, look.width, regions).save(LEFT / f"{file.stem}.png")
    return f"{look.file}: {'; '.join(map(str, regions))}"


def take_all(looks: list[Look], home: Path, pictures: Path, update: bool) -> list[str]:
    """Store or compare every picture; returns what has changed, a line a picture."""
    from dashboard.base.settings import read_settings
    from dashboard.services.front_desk import FrontDesk

    changed = []
    with sync_playwright() as playwright:
        address = serve(home)
        browser = playwright.chromium.launch(executable_path=browser_program(), args=ARGUMENTS)
        with closing(
            browser.new_context(base_url=address, reduced_motion="reduce", locale="zh-CN")
        ) as context:
            context.set_default_timeout(60_000)
            page = context.new_page()
            pages = PAGES | PLAIN
            pages |= prepared(FrontDesk(read_settings()))
            pages[STAGE] = pages["agenda"] + "?present=1&page=2"
            for look in looks:
                taken, file = picture(page, pages[look.page], look), pictures / look.file
                if update:
                    file.write_bytes(stored(taken))
                else:
                    changed.append(compare(look, taken, file))
        browser.close()
    return list(filter(None, changed))


def options(arguments: list[str]) -> argparse.Namespace:
    """The command's options."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("act", nargs="?", choices=("compare", "update"), default="compare")
    reader.add_argument("--only", nargs="*", default=[], help="names of pages")
    reader.add_argument("--part", default="1/1", help="which part of how many")
    reader.add_argument("--home", type=Path, help="a home with the samples, which may be changed")
    reader.add_argument("--pictures", type=Path, default=PICTURES)
    return reader.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run the command; 1 where a page looks otherwise."""
    asked = options(arguments)
    part, parts = map(int, asked.part.split("/"))
    looks = [look for look in LOOKS if not asked.only or look.page in asked.only]
    looks = sorted(looks)[part - 1 :: parts]
    update = asked.act == "update"
    if update:
        asked.pictures.mkdir(parents=True, exist_ok=True)
        if not asked.only:
            for file in asked.pictures.glob("*.webp"):
                file.unlink()
            (asked.pictures / DRAWN_BY).write_text(browser_and_font() + "\n", "utf-8")
    elif reason := reason_not_to_compare(asked.pictures):
        print(f"Small changes in letters may be named, for {reason}.")
    with tempfile.TemporaryDirectory() as folder:
        changed = take_all(looks, asked.home or Path(folder) / "home", asked.pictures, update)
    done = "stored" if update else "compared"
    print("\n".join([f"{len(looks)} pictures {done}, {len(changed)} changed.", *changed]))
    if changed:
        place = LEFT.relative_to(ROOT)
        print(f"Before and after stand in {place}. `make visual-update` keeps the new ones.")
    return 1 if changed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
