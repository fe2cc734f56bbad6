"""Serves other people's front-end files: Bootstrap's CSS, plotly's bundle and locale.

They are npm packages fetched once by ``npm ci`` and never committed. Every address carries the
version and a digest of the content: a browser keeps it for good, a new version has a new address.
``python -m dashboard.base.vendor_assets`` compresses them once; without that step they are served
as they are.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request

from dashboard.base.settings import ROOT

NODE_MODULES = ROOT / "node_modules"
COMPRESSED = ".dashboard"
HOW_TO_INSTALL = "npm ci --omit=dev && python -m dashboard.base.vendor_assets"
SUFFIXES = {"br": ".br", "gzip": ".gz"}  # best first


class PackagesMissing(RuntimeError):
    """A front-end package is not installed; the message says which and what to run."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file we serve: its public name, the npm package and where it stands in there."""

    name: str
    package: str
    file: str
    languages: tuple[str, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Served:
    """A file as it leaves: ``version`` is the package's version and a digest of ``bodies[""]``."""

    name: str
    version: str
    languages: tuple[str, ...]
    bodies: Mapping[str, bytes]  # by content encoding; "" is the plain one
    folder: str = "vendor"

    @property
    def address(self) -> str:
        """The path below the site's root, without a leading slash."""
        return f"{self.folder}/{self.version}/{self.name}"


WANTED = (
    Wanted("bootstrap.min.css", "bootstrap", "dist/css/bootstrap.min.css"),
    Wanted("plotly-cartesian.min.js", "plotly.js-cartesian-dist-min", "plotly-cartesian.min.js"),
    Wanted("plotly-locale-zh-cn.js", "plotly.js-locales", "zh-cn.js", ("zh",)),
)


def wrap_locale(source: str) -> str:
    """A CommonJS locale of plotly.js as a script for a browser, after plotly.js or before it."""
    return (
        "(function () {\nvar module = {exports: {}}, exports = module.exports;\n"
        f"{source}\n"
        "if (window.Plotly) { window.Plotly.register(module.exports); }\n"
        "else { (window.PlotlyLocales = window.PlotlyLocales || []).push(module.exports); }\n"
        "})();\n"
    )


def package_version(package: str, folder: Path = NODE_MODULES) -> str:
    """The installed version of an npm package; raises PackagesMissing where there is none."""
    try:
        return str(json.loads((folder / package / "package.json").read_bytes())["version"])
    except FileNotFoundError as error:
        raise PackagesMissing(
            f"The front-end package {package} is not installed. Run: {HOW_TO_INSTALL}"
        ) from error


def read_vendor(folder: Path = NODE_MODULES) -> dict[str, Served]:
    """All served files by name, with the compressed variants prepared for this very content."""
    served = {}
    for wanted in WANTED:
        version = package_version(wanted.package, folder)
        plain = (folder / wanted.package / wanted.file).read_bytes()
        if wanted.package == "plotly.js-locales":
            plain = wrap_locale(plain.decode("utf-8")).encode("utf-8")
        version = f"{version}-{hashlib.sha256(plain).hexdigest()[:10]}"
        bodies = {"": plain}
        for encoding, suffix in SUFFIXES.items():
            prepared = folder / COMPRESSED / version / (wanted.name + suffix)
            if prepared.is_file():
                bodies[encoding] = prepared.read_bytes()
        served[wanted.name] = Served(wanted.name, version, wanted.languages, bodies)
    return served


def compress(folder: Path = NODE_MODULES) -> int:
    """Write the brotli and gzip variants that are not there yet; returns how many were written."""
    written = 0
    for file in read_vendor(folder).values():
        place = folder / COMPRESSED / file.version
        place.mkdir(parents=True, exist_ok=True)
        for encoding, suffix in SUFFIXES.items():
            if encoding in file.bodies:
                continue
            plain = file.bodies[""]
            packed = brotli.compress(plain) if encoding == "br" else gzip.compress(plain, mtime=0)
            half = place / f"{file.name}{suffix}.part"  # a reader never sees half a file
            half.write_bytes(packed)
            half.replace(place / (file.name + suffix))
            written += 1
    return written


@lru_cache(maxsize=8)
def vendor_tags(language: str, folder: Path = NODE_MODULES, prefix: str = "/") -> str:
    """The ``<link>`` and ``<script>`` tags of a page; they belong before Dash's own scripts.

    plotly.js is then there when a graph first looks for it, and Dash fetches no second copy.
    """
    tags = []
    for file in read_vendor(folder).values():
        if language not in file.languages:
            continue
        address = f"{prefix}{file.address}"
        if file.name.endswith(".css"):
            tags.append(f'<link rel="stylesheet" href="{address}">')
        else:
            tags.append(f'<script src="{address}"></script>')
    return "\n".join(tags)


def _encoding(file: Served) -> str:
    """The best prepared encoding this request accepts; "" for the plain file."""
    accepted = request.accept_encodings
    return next((name for name in SUFFIXES if name in file.bodies and accepted[name] > 0), "")


def add_vendor(server: Flask, folder: Path = NODE_MODULES) -> None:
    """Serve ``/vendor/<version>/<file>``; raises PackagesMissing at the start, not later."""
    add_files(server, "vendor", read_vendor(folder))


def add_files(server: Flask, folder: str, files: Mapping[str, Served]) -> None:
    """Serve ``/<folder>/<version>/<file>``, to be kept for good, each as the browser takes it."""

    def serve(version: str, name: str) -> Response:
        file = files.get(name)
        if file is None or file.version != version:
            abort(404)
        return immutable(file)

    server.add_url_rule(f"/{folder}/<version>/<name>", folder, serve)


def immutable(file: Served) -> Response:
    """The answer to a request for a file, which the browser may keep for good."""
    encoding = _encoding(file)
    kind = "text/css" if file.name.endswith(".css") else "text/javascript"
    response = Response(file.bodies[encoding], content_type=f"{kind}; charset=utf-8")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.set_etag(f"{file.version}-{encoding or 'plain'}")
    response.make_conditional(request)
    return response


if __name__ == "__main__":
    try:
        compress()
    except PackagesMissing as error:
        sys.exit(str(error))
