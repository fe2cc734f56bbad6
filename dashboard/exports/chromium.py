"""Prints or draws a page by the Chromium of this machine, within a time limit, without a network.

Paper and pictures made here look as on screen. Where there is no Chromium, or no Chinese typeface,
nothing is drawn: the error says what to install.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

from dashboard.base.language import Text
from dashboard.base.settings import CHROMIUM as SETTING

# The first is the same browser without windows: it prints with a third of the work.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
)
LONGEST = 120  # seconds
_ARGUMENTS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--virtual-time-budget=60000",
    "--run-all-compositor-stages-before-draw",
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class PrintError(RuntimeError):
    """Nothing could be printed; the message says in both languages what is missing."""

    def __init__(self, message: Text) -> None:
        """``message`` in both languages."""
        super().__init__(message.en)
        self.message = message


def find_chromium() -> str:
    """The program's path: DASHBOARD_CHROMIUM, else the first found on PATH; raises PrintError."""
    stated = os.environ.get(SETTING, "")
    candidates = [stated] if stated else NAMES
    found = next((path for name in candidates if (path := shutil.which(name))), None)
    if found:
        return found
    if stated:
        raise PrintError(
            Text(
                f"{SETTING}={stated}：没有这个程序", f"{SETTING}={stated}: there is no such program"
            )
        )
    raise PrintError(
        Text(
            "生成 PDF 和 PNG 需要 Chromium（或 Chrome），本机没有找到；请安装（Debian：apt install "
            f"chromium），或用 {SETTING} 指明程序",
            "PDF and PNG need Chromium (or Chrome), which was not found on this machine: install "
            f"it (Debian: apt install chromium) or name the program in {SETTING}",
        )
    )


def _need_chinese() -> None:
    """Raises PrintError where this machine would draw boxes instead of Chinese."""
    if not sys.platform.startswith("linux"):
        return  # the other systems bring Chinese typefaces
    program = shutil.which("fc-list")
    fonts = ""
    if program:
        fonts = subprocess.run(
            [program, ":lang=zh", "family"], capture_output=True, text=True, timeout=30, check=False
        ).stdout
    if not fonts.strip():
        raise PrintError(
            Text(
                "本机没有中文字体，图中的汉字会变成方框；请安装中文字体（Debian：apt install "
                "fontconfig fonts-noto-cjk）",
                "this machine has no Chinese typeface, Chinese would be drawn as boxes: install "
                "one (Debian: apt install fontconfig fonts-noto-cjk)",
            )
        )


def _run(page: str, folder: Path, *arguments: str) -> bytes:
    """Opens the page and returns what the browser writes; raises PrintError."""
    program = find_chromium()
    if _CHINESE.search(page):
        _need_chinese()
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    # The page is written here, of escaped texts; in containers the sandbox cannot start.
    own = [f"--user-data-dir={folder / 'profile'}", "--no-sandbox"]
    command = [program, *_ARGUMENTS, *own, *arguments, file.as_uri()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired as error:
        raise _failed(f"> {LONGEST} s") from error
    except OSError as error:
        raise _failed(str(error)) from error
    if done.returncode:
        raise _failed(done.stderr.decode("utf-8", "replace").strip()[-300:])
    return done.stdout


def _failed(reason: str) -> PrintError:
    return PrintError(
        Text(f"Chromium 没有完成打印：{reason}", f"Chromium did not finish printing: {reason}")
    )


def printed(page: str) -> bytes:
    """An HTML page as PDF, paper and margins as its own @page says; raises PrintError."""
    with tempfile.TemporaryDirectory(prefix="print-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        file = folder / "page.pdf"
        _run(page, folder, "--no-pdf-header-footer", f"--print-to-pdf={file}")
        if not file.is_file():
            raise _failed("PDF")
        return file.read_bytes()


def answered(page: str, mark: str) -> str:
    """What scripts of the page left in the element with this id, as text; raises PrintError."""
    with tempfile.TemporaryDirectory(prefix="print-", ignore_cleanup_errors=True) as name:
        text = _run(page, Path(name), "--dump-dom").decode("utf-8")
    match = re.search(f'<pre id="{mark}">(.*?)</pre>', text, re.DOTALL)
    if match is None or not match[1]:
        raise _failed("SVG")
    return unescape(match[1])
