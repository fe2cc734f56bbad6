"""Joins our own scripts and style sheets to three files: first scripts, other scripts, styles.

They are put together when the server starts; every address carries a digest of the content, so a
browser keeps each for good and asks for it once.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import brotli

from dashboard.base.settings import ROOT
from dashboard.base.vendor_assets import Served

ASSETS = ROOT / "assets"
FIRST = ("plain/root.js", "plain/browser.js", "10-base/theme.js")  # before anything is painted
HEAD, SCRIPTS, STYLES = "first.js", "dashboard.js", "dashboard.css"
# What is written for who reads the source, a sixth of it: lines of their own in scripts.
_SCRIPT_COMMENTS = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_STYLE_COMMENTS = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_QUALITY = 9  # of brotli's 11: a tenth of the time for nearly the same


def own_files(kind: str, folder: Path = ASSETS) -> list[str]:
    """The files of this ending that a page needs, in the order in which they depend on each other.

    Those of ``plain`` are for pages without scripts; those of FIRST stand before.
    """
    names = (file.relative_to(folder).as_posix() for file in sorted(folder.rglob(f"*.{kind}")))
    return [name for name in names if not name.startswith("plain/") and name not in FIRST]


@lru_cache(maxsize=4)
def own_bundles(folder: Path = ASSETS) -> dict[str, Served]:
    """The files as they are served, by name."""
    parts = {HEAD: FIRST, SCRIPTS: own_files("js", folder), STYLES: own_files("css", folder)}
    return {name: _bundle(name, folder, files) for name, files in parts.items()}


def _bundle(name: str, folder: Path, files: Sequence[str]) -> Served:
    is_script = name.endswith(".js")
    texts = ((folder / file).read_text(encoding="utf-8").strip() for file in files)
    text = (";\n" if is_script else "\n").join(texts)
    comments = _SCRIPT_COMMENTS if is_script else _STYLE_COMMENTS
    plain = (comments.sub("", text) + "\n").encode()
    bodies = {
        "": plain,
        "br": brotli.compress(plain, quality=_QUALITY),
        "gzip": gzip.compress(plain, mtime=0),
    }
    return Served(name, hashlib.sha256(plain).hexdigest()[:12], ("zh", "en"), bodies, folder="own")
