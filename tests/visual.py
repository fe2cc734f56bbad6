"""``make visual`` compares every page with its stored picture; ``make visual-update`` stores them.

    python tests/visual.py [update] [--few] [--home FOLDER] [--only NAME …] [--pictures FOLDER]

Every page in both languages, at three widths, in every theme, on the samples. What moves is
stopped: the day, the receipts' codes, tips and animations. What has changed is named, and a picture
of before and after is left in build/looks. Another browser or font draws otherwise: which ones drew
the stored pictures stands beside them, and ``same_hand`` says whether they are the ones here.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from datetime import date
from itertools import product
from pathlib import Path

import waitress
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from everywhere import PAGES, THEMES, prepared, use_theme, visit  # noqa: E402 - found only now
from looks import SMALL, TALLEST, as_stored, changes, side_by_side, small, stored  # noqa: E402

FONT = "Noto Sans CJK SC"  # the one of the tests' machines
DRAWN_BY = "drawn-by.txt"  # beside the pictures
PICTURES, LEFT = ROOT / "tests" / "looks", ROOT / "build" / "looks"
LANGUAGES = ("zh", "en")
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
STAGE = "stage"
# A look at each kind of page, in each language, theme and width: --few.
FEW = (
    ("overview", "zh", 1440, "light"),
    ("overview", "en", 390, "dark"),
    ("marriage", "en", 1440, "dark"),
    ("elderly", "zh", 1440, "projector"),
    ("targets", "zh", 390, "light"),
    ("street", "en", 1920, "light"),
    ("completeness", "zh", 1440, "dark"),
    ("submissions", "en", 1440, "light"),
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
        put.forEach(([kind, one]) => { text = text.replace(kind, one); });
        if (text !== node.data) node.data = text;
    }
    document.querySelectorAll('input[type=date]').forEach(e => { e.value = '2026-10-15'; });
    document.querySelectorAll('.stage-timer').forEach(e => { e.textContent = '00:00'; });
    document.activeElement && document.activeElement.blur();
}"""


def browser_program() -> str:
    """The path of the Chromium to use; ends the program where there is none."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit(f"None of {', '.join(BROWSERS)} is installed.")
    return program


def hand() -> str:
    """The browser and the Chinese font of this machine, as one text."""
    font = ["fc-match", "--format=%{family} %{fontversion}", FONT]
    commands = ([browser_program(), "--version"], font)
    return "\n".join(
        subprocess.run(one, capture_output=True, text=True, check=True).stdout.strip()
        for one in commands
    )


def same_hand(pictures: Path = PICTURES) -> bool:
    """Whether the stored pictures were drawn by the browser and font of this machine."""
    file = pictures / DRAWN_BY
    return file.exists() and file.read_text("utf-8").strip() == hand()


class Day(date):
    """A calendar in which it is always TODAY."""

    @classmethod
    def today(cls):
        """TODAY."""
        return TODAY


def serve(home: Path) -> str:
    """Serves the samples in ``home``, as on TODAY; returns the address."""
    for name in [name for name in os.environ if name.startswith("DASHBOARD_")]:
        del os.environ[name]
    os.environ["DASHBOARD_HOME"] = str(home)
    from app import create_app
    from dashboard.__main__ import main
    from dashboard.base.settings import read_settings
    from dashboard.services.submissions import reporting

    if not (home / "dashboard.sqlite").exists() and main(["samples", "--load"]) != 0:
        raise SystemExit("The samples could not be loaded.")
    reporting.date = Day
    server = waitress.create_server(
        create_app(read_settings()).server, host="127.0.0.1", port=0, threads=8
    )
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{server.effective_port}"


def picture(page, path: str, language: str, width: int, theme: str) -> Image.Image:
    """The kept picture of the page at ``path``; the page that is open is used where it is that."""
    use_theme(page, theme)
    if page.shown != (path, language, width):
        page.set_viewport_size({"width": width, "height": 900})
        visit(page, path, language)
        page.shown = (path, language, width)
    page.evaluate(STILL)
    page.evaluate("() => document.fonts.ready.then(() => scrollTo(0, 0))")
    tall = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST[width])}
    shot = page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")
    return small(shot, width)


def wanted(few: bool, only: list[str]) -> list[tuple[str, str, int, str]]:
    """Which pictures: name, language, width, theme; those of one opened page side by side."""
    names = [*PAGES, "agenda", "receipt", STAGE]
    found = FEW if few else product(names, LANGUAGES, SMALL, THEMES)
    return [one for one in found if not only or one[0] in only]


def look_at_all(page, looks, pictures: Path, update: bool) -> list[str]:
    """Takes or compares every picture; returns what has changed, a line a page."""

    def post(path, content):
        return page.request.post(path, data=content).json()

    pages = PAGES | prepared(post)
    pages[STAGE] = pages["agenda"] + "?present=1&page=2"
    changed = []
    for name, language, width, theme in looks:
        file = pictures / f"{name}.{language}.{width}.{theme}.webp"
        taken = picture(page, pages[name], language, width, theme)
        if update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(stored(taken))
            continue
        if not file.exists():
            changed.append(f"{file.stem}: no picture is stored")
            continue
        with Image.open(file) as before:
            after = as_stored(taken)
            found = changes(before, after, width)
            if found:
                LEFT.mkdir(parents=True, exist_ok=True)
                side_by_side(before, after, width, found).save(LEFT / f"{file.stem}.png")
        if found:
            changed.append(f"{file.stem}: " + "; ".join(map(str, found)))
    return changed


def look_with(asked: argparse.Namespace, looks, home: Path) -> int:
    """Takes or compares the pictures in this process; 1 where a page looks otherwise."""
    update = asked.act == "update"
    with sync_playwright() as playwright:
        address = serve(home)
        browser = playwright.chromium.launch(executable_path=browser_program(), args=ARGUMENTS)
        with closing(
            browser.new_context(base_url=address, reduced_motion="reduce", locale="zh-CN")
        ) as context:
            context.set_default_timeout(60_000)
            page = context.new_page()
            page.shown = None
            changed = look_at_all(page, looks, asked.pictures, update)
        browser.close()
    done = "stored" if update else "compared"
    print("\n".join([f"{len(looks)} pictures {done}, {len(changed)} changed.", *changed]))
    return 1 if changed else 0


def look_together(arguments: list[str], names: list[str], home: Path, processes: int) -> int:
    """The same in several processes, each with a share of the pages and a home of its own."""
    where = os.environ | {"DASHBOARD_HOME": str(home)}
    load = [sys.executable, "-m", "dashboard", "samples", "--load", "--once"]
    subprocess.run(load, cwd=ROOT, env=where, check=True)
    running = []
    for at in range(processes):
        own = home.with_name(f"{home.name}-{at}")
        shutil.copytree(home, own)
        share = ["--share", "--home", str(own), "--only", *names[at::processes]]
        running.append(subprocess.Popen([sys.executable, __file__, *arguments, *share]))
    return max([one.wait() for one in running])


def main(arguments: list[str]) -> int:
    """Runs the command; 1 where a page looks otherwise."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("act", nargs="?", choices=("compare", "update"), default="compare")
    reader.add_argument("--few", action="store_true", help="a look at each kind of page only")
    reader.add_argument("--only", nargs="*", default=[], help="names of pages")
    reader.add_argument("--home", type=Path, help="a home with the samples, which may be changed")
    reader.add_argument("--pictures", type=Path, default=PICTURES)
    reader.add_argument("--share", action="store_true", help=argparse.SUPPRESS)
    asked = reader.parse_args(arguments)
    looks = wanted(asked.few, asked.only)
    if asked.share:
        return look_with(asked, looks, asked.home)
    named = asked.pictures / DRAWN_BY
    if asked.act == "update" and not (named.exists() and (asked.few or asked.only)):
        asked.pictures.mkdir(parents=True, exist_ok=True)
        named.write_text(hand() + "\n", "utf-8")
    elif not same_hand(asked.pictures):
        print(
            "The stored pictures were drawn by another browser or font; small changes in letters"
            " may be named."
        )
    shutil.rmtree(LEFT, ignore_errors=True)
    names = list(dict.fromkeys(name for name, *_ in looks))
    processes = min(os.cpu_count() or 1, len(names))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if asked.home or asked.few or processes == 1:
            failed = look_with(asked, looks, asked.home or home)
        else:
            failed = look_together(arguments, names, home, processes)
    if failed:
        print(
            f"Before and after stand in {LEFT.relative_to(ROOT)}. `make visual-update` keeps"
            " the new ones."
        )
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
